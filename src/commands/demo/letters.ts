import type { Engine } from '../../bookings/engine.ts'
import { places } from '../../merchants/vault.ts'
import type { MailKind } from '../../support/mail/mail-kind.ts'
import { mailKinds, type MailKindName } from '../../support/mail/mail-kinds.ts'
import { renderMail } from '../../support/mail/render-mail.ts'

const lookEveryMs = 1_000
/** Letters of one look; the rest come with the next. */
const lettersMax = 20

/** Reads the letters of the outbox out loud, since the demo has no mailboxes to send them to. */
export const readLetters = (
  { db, vault, clock }: Engine,
  say: (line: string) => void,
): { stop(): Promise<void> } => {
  const stopped = new AbortController()
  let last = '00000000-0000-0000-0000-000000000000'
  const look = async () => {
    const rows = await db
      .selectFrom('mails')
      .selectAll()
      .where('id', '>', last)
      .orderBy('id')
      .limit(lettersMax)
      .execute()
    for (const { id, kind, language, toAddress, sealed } of rows) {
      last = id
      if (sealed === null) continue
      const { params, write } = mailKinds[kind as MailKindName] as unknown as Pick<
        MailKind,
        'params'
      > & { write: (given: unknown, language: 'nl' | 'en') => never }
      const { subject, text } = renderMail(
        write(params.parse(JSON.parse(vault.open(sealed, places.mail(id)))), language),
      )
      say(`\n  Mail to ${toAddress}: ${subject}\n`)
      say(text.replace(/^/gm, '    '))
    }
  }
  const run = async () => {
    while (!stopped.signal.aborted) {
      // A look that fails is made again; the demo goes on.
      await look().catch(() => undefined)
      await clock.sleep(lookEveryMs, stopped.signal)
    }
  }
  const running = run()
  return {
    stop: () => {
      stopped.abort()
      return running
    },
  }
}
