import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { noticed, noticePath } from '../../support/billing/payments.ts'
import {
  readUnsubscribe,
  subscribe,
  unsubscribe,
  unsubscribePath,
  type Unwanted,
} from '../../support/mail/unsubscribe.ts'
import type { Language } from '../../problems/problem.ts'
import { policyWithStyle } from '../content-policy.ts'
import type { House } from '../house.ts'
import { languageOf, ProblemAnswer } from '../problem-answer.ts'

const bodyBytesMax = 4 * 1024

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`)

const words = {
  nl: {
    title: 'Mails van Doorvoer',
    ask: (address: string) => `Wilt u deze mails op ${address} niet meer ontvangen?`,
    leave: 'Niet meer ontvangen',
    done: (address: string) => `${address} krijgt deze mails niet meer.`,
    again: 'Toch weer ontvangen',
    back: (address: string) => `${address} krijgt deze mails weer.`,
    wrong: 'Deze link is niet volledig. Kopieer haar helemaal uit de mail.',
  },
  en: {
    title: 'Mails from Doorvoer',
    ask: (address: string) => `Should ${address} stop getting these mails?`,
    leave: 'Stop getting them',
    done: (address: string) => `${address} will not get these mails any more.`,
    again: 'Get them again',
    back: (address: string) => `${address} will get these mails again.`,
    wrong: 'This link is not complete. Copy all of it from the mail.',
  },
} as const

interface Button {
  label: string
  act: 'leave' | 'return'
}

const style =
  'body{font:17px/1.6 system-ui,sans-serif;max-width:34rem;margin:15vh auto;padding:0 1.25rem}' +
  'h1{font-size:1.4rem}button{font:inherit;padding:.6rem 1.1rem;cursor:pointer}'

const pagePolicy = policyWithStyle(`sha256-${createHash('sha256').update(style).digest('base64')}`)

/** A page of one sentence and at most one button, that needs no dashboard and no script. */
const page = (language: Language, text: string, button: Button | null) =>
  `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${words[language].title}</title>` +
  '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">' +
  `<style>${style}</style></head>` +
  `<body><main><h1>${words[language].title}</h1><p role="status">${escaped(text)}</p>` +
  (button === null
    ? ''
    : `<form method="post"><input type="hidden" name="act" value="${button.act}">` +
      `<button>${button.label}</button></form>`) +
  '</main></body></html>'

/** What others call that is no part of the dashboard: notices of Mollie, links in mails. */
export const officeRoutes =
  (house: House) =>
  (server: FastifyInstance): void => {
    const { db, vault, clock } = house.engine
    const options = { bodyLimit: bodyBytesMax, schema: { hide: true } }
    server.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: bodyBytesMax },
      (_request, body, done) => {
        done(null, new URLSearchParams(String(body)))
      },
    )
    const formOf = (request: FastifyRequest): URLSearchParams =>
      request.body instanceof URLSearchParams ? request.body : new URLSearchParams()

    // Unknown ids are answered like known ones: a stranger learns nothing (docs.mollie.com, Webhooks).
    server.post(noticePath, options, async (request, reply) => {
      const { billing } = house
      const result =
        billing === null ? 'unknown' : await noticed(billing, formOf(request).get('id') ?? '')
      if (result === 'silent') throw new ProblemAnswer('PAYMENT_SERVICE_SILENT')
      return reply.type('text/plain').send('OK')
    })

    const unwantedOf = (request: FastifyRequest): Unwanted | null => {
      const { with: sealed } = request.query as { with?: unknown }
      return typeof sealed === 'string' ? readUnsubscribe(vault, sealed) : null
    }
    const show = (reply: FastifyReply, body: string, status = 200) =>
      reply
        .status(status)
        .type('text/html; charset=utf-8')
        .header('cache-control', 'no-store')
        .header('referrer-policy', 'no-referrer')
        .header('content-security-policy', pagePolicy)
        .send(body)

    server.get(unsubscribePath, options, (request, reply) => {
      const language = languageOf(request)
      const { ask, leave, wrong } = words[language]
      const unwanted = unwantedOf(request)
      return unwanted === null
        ? show(reply, page(language, wrong, null), 404)
        : show(reply, page(language, ask(unwanted.address), { label: leave, act: 'leave' }))
    })

    // A mail program posts `List-Unsubscribe=One-Click` (RFC 8058), a person the form above.
    server.post(unsubscribePath, options, async (request, reply) => {
      const language = languageOf(request)
      const { done, again, back, leave, wrong } = words[language]
      const unwanted = unwantedOf(request)
      if (unwanted === null) return show(reply, page(language, wrong, null), 404)
      if (formOf(request).get('act') === 'return') {
        await subscribe(db, unwanted)
        const button: Button = { label: leave, act: 'leave' }
        return show(reply, page(language, back(unwanted.address), button))
      }
      await unsubscribe(db, unwanted, clock.now())
      const button: Button = { label: again, act: 'return' }
      return show(reply, page(language, done(unwanted.address), button))
    })
  }
