import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { Tables } from '../../database/schema.ts'
import { places, type Vault } from '../../merchants/vault.ts'
import type { Language } from '../../problems/problem.ts'
import { calendarDay } from '../../world/calendar-day.ts'
import { later, type Clock } from '../../world/clock.ts'
import type { Random } from '../../world/random.ts'
import { queueMail } from './queue-mail.ts'

/** Somebody added an address to an integration's mails; whoever reads there says whether they want them. */
export interface Confirmation {
  integrationId: string
  /** The name of the integration, for the reader. */
  name: string
  /** In lower case. */
  address: string
}

const confirmationShape = z.object({
  integrationId: z.uuid(),
  name: z.string(),
  address: z.string(),
})

export const confirmPath = '/mail/confirm'

/** @returns null for a link that is not ours, or was changed on its way */
export const readConfirmation = (vault: Vault, sealed: string): Confirmation | null => {
  try {
    return confirmationShape.parse(JSON.parse(vault.open(sealed, places.confirmAddress)))
  } catch {
    return null
  }
}

/** So many strangers may be asked for one integration in a day: nobody writes to the world through us. */
const asksMax = 20
const dayMs = 86_400_000

interface AskRoom {
  db: Kysely<Tables>
  vault: Vault
  clock: Clock
  random: Random
}

const askedToday = async ({ db, clock }: AskRoom, integrationId: string): Promise<number> => {
  const row = await db
    .selectFrom('mails')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('integrationId', '=', integrationId)
    .where('kind', '=', 'confirm-address')
    .where('createdAt', '>', later(clock.now(), -dayMs))
    .executeTakeFirstOrThrow()
  return row.count
}

/** Asks addresses whether they want the mails of an integration: each once a day at most, when it is saved. */
export const askAddresses = async (
  room: AskRoom,
  publicUrl: string,
  { id, name }: { id: string; name: string },
  addresses: readonly string[],
  language: Language,
): Promise<void> => {
  const left = asksMax - (await askedToday(room, id))
  for (const address of addresses.slice(0, Math.max(0, left))) {
    const url = new URL(publicUrl + confirmPath)
    const asked: Confirmation = { integrationId: id, name, address }
    url.searchParams.set('with', room.vault.seal(JSON.stringify(asked), places.confirmAddress))
    await queueMail(room.db, room, {
      kind: 'confirm-address',
      to: address,
      language,
      integrationId: id,
      onceKey: `confirm:${id}:${address}:${calendarDay(room.clock.now())}`,
      params: { integration: name, confirmUrl: url.toString() },
    })
  }
}

/** Notes that a reader wants the mails. @returns false when the address was taken away meanwhile */
export const confirmAddress = async (
  { db, clock }: Pick<AskRoom, 'db' | 'clock'>,
  { integrationId, address }: Confirmation,
): Promise<boolean> => {
  const row = await db
    .selectFrom('notifications')
    .select('addresses')
    .where('integrationId', '=', integrationId)
    .executeTakeFirst()
  if (row?.addresses.includes(address) !== true) return false
  await db
    .insertInto('confirmedAddresses')
    .values({ integrationId, email: address, confirmedAt: clock.now() })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return true
}
