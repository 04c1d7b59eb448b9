import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { createTransport } from 'nodemailer'

/** A mail as it goes over the wire, written and addressed. */
export interface OutgoingMail {
  /** The same at every attempt, so that a mail server or reader knows a second copy for what it is. */
  messageId: string
  from: string
  to: string
  subject: string
  text: string
  html: string
  headers: Readonly<Record<string, string>>
  attachments: readonly MailAttachment[]
}

export interface MailAttachment {
  filename: string
  contentType: string
  content: Buffer
}

/**
 * What became of an attempt. `refused`: the server will never take this mail for this address. `later`: not
 * now. `down`: the server could not be talked to at all, which says nothing about this mail.
 */
export type MailOutcome =
  | { is: 'sent' }
  | { is: 'refused'; said: string }
  | { is: 'later'; said: string }
  | { is: 'down'; said: string }

export interface MailTransport {
  /** Never throws. */
  send(mail: OutgoingMail): Promise<MailOutcome>
  close(): void
}

/** What nodemailer puts on its errors. */
interface SmtpError {
  message: string
  code?: string
  responseCode?: number
  response?: string
  command?: string
}

const saidMax = 300

/** One line of what a server said; it may name the address, so that is taken out. */
const wordsOf = (error: SmtpError, to: string): string =>
  (error.response ?? error.message)
    .replaceAll(to, '…')
    .replace(/[\w.+-]+@[\w.-]+/g, '…')
    .replace(/\s+/g, ' ')
    .slice(0, saidMax)

/**
 * A 5xx about the recipient or the mail itself is final. One about who we are (greeting, sign-in, sender) is
 * the operator's to mend, and a mail must not be lost over it.
 */
const outcomeOf = (error: SmtpError, to: string): MailOutcome => {
  const said = wordsOf(error, to)
  const code = error.responseCode ?? 0
  const aboutMail = error.command === 'RCPT TO' || error.command === 'DATA'
  if (aboutMail && code >= 500) return { is: 'refused', said }
  if (aboutMail && code >= 400) return { is: 'later', said }
  return { is: 'down', said }
}

/** Sends over SMTP. @param url smtp(s)://user:password@host:port */
export const smtpTransport = (url: string): MailTransport => {
  const transport = createTransport({
    url,
    // Nothing of a mail may be fetched from elsewhere: all of it is ours.
    disableFileAccess: true,
    disableUrlAccess: true,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
  })
  return {
    async send(mail) {
      try {
        await transport.sendMail(inNodemailersWords(mail))
        return { is: 'sent' }
      } catch (error) {
        return outcomeOf(error as SmtpError, mail.to)
      }
    },
    close: () => transport.close(),
  }
}

const inNodemailersWords = (mail: OutgoingMail) => ({
  messageId: mail.messageId,
  from: mail.from,
  // An object, so that nothing in an address is read as a second one.
  to: { name: '', address: mail.to },
  subject: mail.subject,
  text: mail.text,
  html: mail.html,
  headers: { ...mail.headers },
  attachments: mail.attachments.map((each) => ({ ...each })),
})

/**
 * For trying Doorvoer out without a mail server: mails become files in a folder that only its owner reads.
 */
export const folderTransport = (folder: string): MailTransport => {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'unix' })
  return {
    async send(mail) {
      try {
        const { message } = await transport.sendMail(inNodemailersWords(mail))
        const name = `${mail.messageId.replace(/[^\w-]+/g, '.').replace(/^\.|\.$/g, '')}.eml`
        await mkdir(folder, { recursive: true, mode: 0o700 })
        await writeFile(path.join(folder, name), message as Buffer, { mode: 0o600 })
        return { is: 'sent' }
      } catch (error) {
        return { is: 'down', said: wordsOf(error as SmtpError, mail.to) }
      }
    },
    close: () => undefined,
  }
}
