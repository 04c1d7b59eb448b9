import type { Engine } from '../../src/bookings/engine.ts'
import { places } from '../../src/merchants/vault.ts'
import type { MailKind } from '../../src/support/mail/mail-kind.ts'
import { mailKinds, type MailKindName } from '../../src/support/mail/mail-kinds.ts'
import { renderMail } from '../../src/support/mail/render-mail.ts'

export interface Letter {
  to: string
  kind: string
  language: 'nl' | 'en'
  subject: string
  text: string
}

/** What lies in the outbox for an address, as its reader would see it, oldest first. */
export const lettersTo = async ({ db, vault }: Engine, to: string): Promise<Letter[]> => {
  const rows = await db
    .selectFrom('mails')
    .selectAll()
    .where('toAddress', '=', to)
    .orderBy('id')
    .execute()
  return rows.map((row) => {
    // The kind's own parameter type is lost in the table; its schema reads it anew.
    const kind = mailKinds[row.kind as MailKindName] as unknown as MailKind
    const params: unknown = JSON.parse(vault.open(row.sealed ?? '', places.mail(row.id)))
    const { subject, text } = renderMail(kind.write(kind.params.parse(params), row.language))
    return { to: row.toAddress, kind: row.kind, language: row.language, subject, text }
  })
}

/** The address in a letter that holds `part`. @throws when there is none */
export const linkIn = (letter: Letter | undefined, part: string): string => {
  const found = letter?.text.match(/https?:\/\/\S+/g)?.find((each) => each.includes(part))
  if (found === undefined) throw new Error(`no link with ${part} in ${JSON.stringify(letter)}`)
  return found
}

/** What stands behind the # of the address in a letter. */
export const tokenIn = (letter: Letter | undefined, part: string): string =>
  new URL(linkIn(letter, part)).hash.slice(1)
