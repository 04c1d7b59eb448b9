import type { Language } from '../../problems/problem.ts'
import type { MailPart, MailText } from './mail-kind.ts'

const marks: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, (mark) => marks[mark] ?? mark)

/** A line break in a subject would start a header of its own. */
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

const partAsText = (part: MailPart): string => {
  switch (part.is) {
    case 'text':
      return part.text
    case 'button':
      return `${part.label}:\n${part.url}`
    case 'facts':
      return part.facts.map(([label, value]) => `${label}: ${value}`).join('\n')
    case 'list':
      return part.items
        .map(({ text, url }) => `- ${text}${url === undefined ? '' : `\n  ${url}`}`)
        .join('\n')
  }
}

const link = (label: string, url: string): string =>
  `<a href="${escaped(url)}" style="color:#0b6e5f">${escaped(label)}</a>`

const partAsHtml = (part: MailPart): string => {
  switch (part.is) {
    case 'text':
      return `<p>${escaped(part.text).replaceAll('\n', '<br>')}</p>`
    case 'button':
      return `<p><a href="${escaped(part.url)}" style="display:inline-block;padding:10px 18px;border-radius:6px;background:#0b6e5f;color:#ffffff;text-decoration:none">${escaped(part.label)}</a></p>`
    case 'facts': {
      const rows = part.facts.map(
        ([label, value]) =>
          `<tr><th align="left" style="padding:2px 16px 2px 0;font-weight:normal;color:#5b6b66">${escaped(label)}</th><td>${escaped(value)}</td></tr>`,
      )
      return `<table role="presentation">${rows.join('')}</table>`
    }
    case 'list': {
      const items = part.items.map(
        ({ text, url }) => `<li>${url === undefined ? escaped(text) : link(text, url)}</li>`,
      )
      return `<ul>${items.join('')}</ul>`
    }
  }
}

/** What stands under every mail; `leave` is the address that ends this kind of mail. */
const footers = {
  nl: {
    why: 'U krijgt deze mail omdat u Doorvoer gebruikt.',
    leave: 'Deze mails niet meer ontvangen',
  },
  en: {
    why: 'You get this mail because you use Doorvoer.',
    leave: 'Stop getting these mails',
  },
} as const

const page = {
  body: 'margin:0;padding:24px 12px;background:#f4f6f5;font-family:system-ui,-apple-system,Segoe UI,Roboto,sans-serif;font-size:16px;line-height:1.55;color:#1c2b27',
  sheet:
    'max-width:36em;margin:0 auto;padding:28px 28px 20px;background:#ffffff;border-radius:10px;border:1px solid #dfe6e3',
  name: 'margin:0 0 20px;font-weight:700;letter-spacing:0.01em;color:#0b6e5f',
  foot: 'max-width:36em;margin:16px auto 0;padding:0 4px;font-size:13px;color:#5b6b66',
}

/**
 * A mail as its two bodies: plain text for every reader, HTML that needs no picture and no style sheet.
 * @param leave where its reader can unsubscribe; null for what belongs to the service itself
 */
export const renderMail = (
  { subject, parts }: MailText,
  language: Language = 'nl',
  leave: string | null = null,
): { subject: string; text: string; html: string } => {
  const footer = footers[language]
  const leaving = leave === null ? '' : `\n${footer.leave}: ${leave}`
  const leavingHtml = leave === null ? '' : `<br>${link(footer.leave, leave)}`
  return {
    subject: oneLine(subject),
    text: `${parts.map(partAsText).join('\n\n')}\n\n-- \nDoorvoer\n${footer.why}${leaving}\n`,
    html:
      `<!doctype html><html lang="${language}"><head><meta charset="utf-8">` +
      `<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light">` +
      `<title>${escaped(oneLine(subject))}</title></head><body style="${page.body}">` +
      `<div style="${page.sheet}"><p style="${page.name}">Doorvoer</p>${parts.map(partAsHtml).join('')}</div>` +
      `<div style="${page.foot}"><p>${footer.why}${leavingHtml}</p></div></body></html>`,
  }
}
