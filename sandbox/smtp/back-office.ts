import { escapeHtml, page } from '../kit/page.ts'
import { type ReceivedMail } from './received-mail.ts'

const shownMax = 200

/** The mails, newest first, each with its text and a link to how a mail program shows it. */
export function showMails(mails: readonly ReceivedMail[], smtpUrl: string): string {
  const shown = mails
    .map((mail, n) => ({ mail, n }))
    .slice(-shownMax)
    .reverse()
  const list = shown.map(
    ({ mail, n }) =>
      `<details${shown[0]?.n === n ? ' open' : ''}><summary><b>${escapeHtml(mail.subject)}</b> ` +
      `to ${escapeHtml(mail.envelope.to.join(', '))}, ${escapeHtml(mail.at)}</summary>` +
      `<pre style="white-space:pre-wrap">${withLinks(mail.text)}</pre>` +
      `<p><a href="mail?n=${n}">As a mail program shows it</a>` +
      `${mail.attachments.map(({ filename }) => `; with ${escapeHtml(filename)}`).join('')}</p></details>`,
  )
  return page(
    'Mail sandbox',
    `<p>Mail is taken at <code>${escapeHtml(smtpUrl)}</code> and delivered to nobody. ${mails.length} so far.</p>` +
      (list.length === 0 ? '<p class="empty">None.</p>' : list.join('')),
  )
}

/** One mail in a frame of its own that runs no script. */
export function showMail(mail: ReceivedMail): string {
  return page(
    mail.subject,
    `<iframe sandbox="allow-popups allow-top-navigation-by-user-activation" title="mail" ` +
      `style="width:100%;height:80vh;border:1px solid #d8dee4" srcdoc="${escapeHtml(mail.html)}"></iframe>`,
  )
}

function withLinks(text: string): string {
  return escapeHtml(text).replace(/https?:\/\/[^\s<]+/g, (url) => `<a href="${url}">${url}</a>`)
}
