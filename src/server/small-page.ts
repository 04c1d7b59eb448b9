import { createHash } from 'node:crypto'
import type { FastifyReply } from 'fastify'
import type { Language } from '../problems/problem.ts'
import { policyWithStyle } from './content-policy.ts'
import { escapeHtml } from './escape-html.ts'

/** The one thing that can be done on a small page: its form posts `act` to where the page stands. */
export interface Button {
  label: string
  act: string
}

const style =
  'body{font:17px/1.6 system-ui,sans-serif;max-width:34rem;margin:15vh auto;padding:0 1.25rem}' +
  'h1{font-size:1.4rem}button{font:inherit;padding:.6rem 1.1rem;cursor:pointer}'

const pagePolicy = policyWithStyle(`sha256-${createHash('sha256').update(style).digest('base64')}`)

/** A page of one sentence and at most one button, that needs no dashboard and no script: links in mails lead there. */
export const smallPage = (
  language: Language,
  title: string,
  text: string,
  button: Button | null,
): string =>
  `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title>` +
  '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">' +
  `<style>${style}</style></head>` +
  `<body><main><h1>${escapeHtml(title)}</h1><p role="status">${escapeHtml(text)}</p>` +
  (button === null
    ? ''
    : `<form method="post"><input type="hidden" name="act" value="${escapeHtml(button.act)}">` +
      `<button>${escapeHtml(button.label)}</button></form>`) +
  '</main></body></html>'

/** Sends one; kept by no browser, and its address, which is a secret, is told to nobody. */
export const showSmallPage = (reply: FastifyReply, body: string, status = 200): FastifyReply =>
  reply
    .status(status)
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('referrer-policy', 'no-referrer')
    .header('content-security-policy', pagePolicy)
    .send(body)
