import type { Kysely, Transaction } from 'kysely'
import type { Tables } from '../database/schema.ts'
import type { Clock } from '../world/clock.ts'
import { newIdentifier } from '../world/identifier.ts'
import type { Random } from '../world/random.ts'
import type { Database } from '../database/connect.ts'
import type { StoppedBy } from '../database/licence-tables.ts'
import { calendarDay } from '../world/calendar-day.ts'
import { createLicence, stopLicence } from './licences.ts'
import { places, type Vault } from './vault.ts'

/** What every function about merchants needs from outside. */
export interface MerchantRoom {
  db: Database
  vault: Vault
  clock: Clock
  random: Random
}

export interface NewIntegration {
  merchantId: string
  name: string
  webshop: string
  accounting: string
  /** Of the integration itself; the rest gets its defaults. */
  settings?: Record<string, unknown>
  /** In which language its mails are written. */
  language?: 'nl' | 'en'
}

/** A licence key as people copy it: five groups of four, without letters that look alike. */
const newLicenceKey = (random: Random): string => {
  const letters = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'
  const text = [...random.bytes(20)].map((byte) => letters[byte % letters.length]).join('')
  return (text.match(/.{4}/g) ?? []).join('-')
}

/** Makes an integration with its two empty connections and its mailbox. Nothing is booked yet. */
export const createIntegration = (
  room: MerchantRoom,
  wanted: NewIntegration,
): Promise<{ id: string; licenceKey: string; hookKey: string }> =>
  room.db.transaction().execute((trx) => insertIntegration(trx, room, wanted))

/** The same in a transaction of the caller's. */
export const insertIntegration = async (
  trx: Kysely<Tables>,
  room: Omit<MerchantRoom, 'db'>,
  wanted: NewIntegration,
): Promise<{ id: string; licenceKey: string; hookKey: string }> => {
  const { vault, clock, random } = room
  const id = newIdentifier(clock, random)
  const licenceKey = newLicenceKey(random)
  const hookKey = Buffer.from(random.bytes(24)).toString('base64url')
  const debtorKey = Buffer.from(random.bytes(32)).toString('base64')
  await trx
    .insertInto('integrations')
    .values({
      id,
      merchantId: wanted.merchantId,
      name: wanted.name,
      state: 'installing',
      webshop: wanted.webshop,
      accounting: wanted.accounting,
      licenceKey,
      hookKey,
      debtorKey: vault.seal(debtorKey, places.debtorKey(id)),
      // A merchant looks at the first invoices before they are made, until they say otherwise.
      settings: JSON.stringify({ goAhead: true, ...wanted.settings }),
      configuredAt: null,
      createdAt: clock.now(),
    })
    .execute()
  for (const side of ['webshop', 'accounting'] as const) {
    await trx
      .insertInto('connections')
      .values({
        integrationId: id,
        side,
        system: wanted[side],
        account: null,
        credentials: null,
        subscriptions: null,
        settings: '{}',
        choices: '{}',
        dot: 'new',
        problemCode: null,
        problemParams: null,
        checkedAt: null,
      })
      .execute()
  }
  await trx.insertInto('mailboxes').values({ integrationId: id }).execute()
  await trx.insertInto('polls').values({ integrationId: id }).execute()
  await createLicence(trx, id, calendarDay(clock.now()))
  await trx
    .insertInto('notifications')
    .values({
      integrationId: id,
      language: wanted.language ?? 'nl',
      digest: 'daily',
      connectionRed: true,
      addresses: '[]',
    })
    .execute()
  return { id, licenceKey, hookKey }
}

/**
 * Marks the first poll as begun and dead, so that the sweep has it made within seconds: nobody who has just
 * installed waits for the next hour.
 */
const oweFirstPoll = async (
  { db, clock }: Pick<MerchantRoom, 'db' | 'clock'>,
  integrationId: string,
): Promise<void> => {
  await db
    .updateTable('polls')
    .set({ startedAt: clock.now(), aliveAt: null, finishedAt: null })
    .where('integrationId', '=', integrationId)
    .where('startedAt', 'is', null)
    .execute()
}

/**
 * Completes an installation when the terms were accepted, both dots are green and the configuration was saved; else
 * changes nothing.
 * @returns whether the integration books now
 */
export const activateWhenComplete = async (
  { db, clock }: MerchantRoom,
  integrationId: string,
): Promise<boolean> => {
  const dots = await db
    .selectFrom('connections')
    .select('dot')
    .where('integrationId', '=', integrationId)
    .execute()
  if (dots.length !== 2 || dots.some(({ dot }) => dot !== 'green')) return false
  const done = await db
    .updateTable('integrations')
    .set({ state: 'active', configuredAt: clock.now() })
    .where('id', '=', integrationId)
    .where('state', '=', 'installing')
    .where('configurationSavedAt', 'is not', null)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('termsAcceptances')
          .select('version')
          .whereRef('termsAcceptances.integrationId', '=', 'integrations.id'),
      ),
    )
    .executeTakeFirst()
  if (done.numUpdatedRows === 1n) {
    await oweFirstPoll({ db, clock }, integrationId)
    return true
  }
  const row = await db
    .selectFrom('integrations')
    .select('state')
    .where('id', '=', integrationId)
    .executeTakeFirst()
  return row?.state === 'active'
}

/**
 * Stops as of today: no bookings any more, credentials gone, audit rows stay (spec §2.5). The licence job
 * tells the merchant.
 */
export const stopIntegration = (
  { db, clock }: Pick<MerchantRoom, 'db' | 'clock'>,
  integrationId: string,
  by: StoppedBy = 'merchant',
): Promise<void> =>
  db.transaction().execute((trx) => stopWithin(trx, integrationId, by, clock.now()))

/** The same, as part of something larger. */
export const stopWithin = async (
  trx: Transaction<Tables>,
  integrationId: string,
  by: StoppedBy,
  at: Date,
): Promise<void> => {
  // The licence first: whoever is changing it at this moment is let finish.
  await stopLicence(trx, integrationId, by, at)
  await trx
    .updateTable('integrations')
    .set({ state: 'stopped' })
    .where('id', '=', integrationId)
    .execute()
  await trx
    .updateTable('connections')
    .set({ credentials: null, subscriptions: null, dot: 'red' })
    .where('integrationId', '=', integrationId)
    .execute()
}
