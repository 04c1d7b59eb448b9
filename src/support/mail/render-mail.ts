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

/** A mail as its two bodies: plain text for every reader, HTML that needs no picture and no style sheet. */
export const renderMail = ({
  subject,
  parts,
}: MailText): { subject: string; text: string; html: string } => ({
  subject: oneLine(subject),
  text: `${parts.map(partAsText).join('\n\n')}\n`,
  html: `<!doctype html><html><body style="margin:0;padding:24px;background:#f4f6f5;font-family:sans-serif;font-size:16px;line-height:1.5;color:#1c2b27"><div style="max-width:36em;margin:0 auto;padding:24px;background:#ffffff;border-radius:8px">${parts.map(partAsHtml).join('')}</div></body></html>`,
})
