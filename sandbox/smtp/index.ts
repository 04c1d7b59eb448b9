import { type AddressInfo } from 'node:net'
import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { readJson } from '../kit/control.ts'
import { html, json, text } from '../kit/message.ts'
import { type Sandbox, type SandboxOptions, startServer } from '../kit/server.ts'
import { showMail, showMails } from './back-office.ts'
import { type ReceivedMail } from './received-mail.ts'
import { defaultSwitches, readSwitches, type Switches } from './switches.ts'

export type { ReceivedMail } from './received-mail.ts'
export type { Switches } from './switches.ts'

export type SmtpSandbox = Sandbox & {
  /** Where mail is taken: smtp://127.0.0.1:port */
  smtpUrl: string
  mails(): ReceivedMail[]
  switches: Switches
}

const mailsMax = 5_000
const mailBytesMax = 10 * 1024 * 1024

/** What an SMTP server answers in a refusal. */
const refusal = (code: number, message: string): Error =>
  Object.assign(new Error(message), { responseCode: code })

/** Starts the sink: SMTP on a free port, its page on the sandbox's own. */
export async function startSmtp(options: SandboxOptions): Promise<SmtpSandbox> {
  const now = options.now ?? (() => new Date())
  const mails: ReceivedMail[] = []
  const switches: Switches = { ...defaultSwitches }

  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    size: mailBytesMax,
    onConnect: (_session, done) => {
      done(switches.down ? refusal(421, 'Service not available') : null)
    },
    onAuth: (auth, _session, done) => {
      if (switches.signInFails) done(refusal(535, 'Authentication failed'))
      else done(null, { user: auth.username ?? 'somebody' })
    },
    onMailFrom: (_address, _session, done) => {
      done(switches.senderRefused ? refusal(553, 'Sender not allowed') : null)
    },
    onRcptTo: ({ address }, _session, done) => {
      if (switches.rejects.includes(address)) done(refusal(550, `5.1.1 <${address}> no such user`))
      else if (switches.defers.includes(address)) done(refusal(451, '4.2.1 try again later'))
      else done()
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        const envelope = {
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
        }
        void keep(envelope, Buffer.concat(chunks)).then(
          () => done(),
          (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
        )
      })
    },
  })
  // A client that hangs up in the middle is no news here.
  smtp.on('error', () => undefined)

  async function keep(envelope: ReceivedMail['envelope'], raw: Buffer): Promise<void> {
    const read = await PostalMime.parse(raw)
    mails.push({
      at: now().toISOString(),
      envelope,
      headers: Object.fromEntries(read.headers.map(({ key, value }) => [key, value])),
      subject: read.subject ?? '',
      text: read.text ?? '',
      html: read.html ?? '',
      attachments: read.attachments.map(({ filename, mimeType, content }) => ({
        filename: filename ?? '',
        contentType: mimeType,
        content: typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content),
      })),
      raw: raw.toString('utf8'),
    })
    if (mails.length > mailsMax) mails.shift()
  }

  await new Promise<void>((resolve, reject) => {
    smtp.server.once('error', reject)
    smtp.listen(0, '127.0.0.1', () => resolve())
  })
  const smtpUrl = `smtp://127.0.0.1:${(smtp.server.address() as AddressInfo).port}`

  const sandbox = await startServer({
    name: 'smtp',
    options,
    handle: () => text('mail is taken over SMTP', 404),
    control: {
      'GET /smtp': () => json({ url: smtpUrl }),
      'GET /mails': () =>
        json(
          mails.map(({ raw: _raw, attachments, ...mail }) => ({
            ...mail,
            attachments: attachments.map(({ filename, contentType, content }) => ({
              filename,
              contentType,
              bytes: content.byteLength,
            })),
          })),
        ),
      'GET /mail': ({ query }) => {
        const mail = mails[Number(query.get('n') ?? Number.NaN)]
        return mail === undefined ? text('there is no such mail', 404) : html(showMail(mail))
      },
      'GET /switches': () => json(switches),
      'PUT /switches': ({ body }) => json(Object.assign(switches, readSwitches(readJson(body)))),
    },
    backOffice: () => showMails(mails, smtpUrl),
    reset: () => {
      mails.length = 0
      Object.assign(switches, defaultSwitches)
    },
  })

  return {
    ...sandbox,
    smtpUrl,
    mails: () => [...mails],
    switches,
    close: async () => {
      await new Promise<void>((resolve) => {
        smtp.close(() => resolve())
      })
      await sandbox.close()
    },
  }
}
