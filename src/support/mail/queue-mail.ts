import type { Kysely } from 'kysely'
import type { z } from 'zod'
import type { Tables } from '../../database/schema.ts'
import { places, type Vault } from '../../merchants/vault.ts'
import type { Language } from '../../problems/problem.ts'
import type { Clock } from '../../world/clock.ts'
import { newIdentifier } from '../../world/identifier.ts'
import type { Random } from '../../world/random.ts'
import { mailKinds, type MailKindName } from './mail-kinds.ts'

interface MailRoom {
  vault: Vault
  clock: Clock
  random: Random
}

export interface NewMail<K extends MailKindName> {
  kind: K
  params: z.input<(typeof mailKinds)[K]['params']>
  to: string
  language: Language
  /** The integration it is about, when it is about one. */
  integrationId: string | null
  /** One mail per key, ever. */
  onceKey: string
}

/**
 * Puts a mail into the outbox; the mail room sends it when the transaction of `db` has committed.
 * @returns false when a mail with this key was written before: nothing happens then
 */
export const queueMail = async <K extends MailKindName>(
  db: Kysely<Tables>,
  { vault, clock, random }: MailRoom,
  mail: NewMail<K>,
): Promise<boolean> => {
  const id = newIdentifier(clock, random)
  const params = mailKinds[mail.kind].params.parse(mail.params)
  const written = await db
    .insertInto('mails')
    .values({
      id,
      kind: mail.kind,
      language: mail.language,
      toAddress: mail.to,
      integrationId: mail.integrationId,
      onceKey: mail.onceKey,
      sealed: vault.seal(JSON.stringify(params), places.mail(id)),
      state: 'waiting',
      dueAt: clock.now(),
      trouble: null,
      createdAt: clock.now(),
      sentAt: null,
    })
    .onConflict((conflict) => conflict.column('onceKey').doNothing())
    .executeTakeFirst()
  return written.numInsertedOrUpdatedRows === 1n
}
