import { sql, type Kysely } from 'kysely'
import type { Tables } from '../database/schema.ts'
import { later, type Clock } from '../world/clock.ts'
import { hashOf } from '../world/secret.ts'

/** How often a door may be knocked at before it stays shut. */
export interface KnockLimit {
  max: number
  windowMs: number
}

const hour = 3_600_000
/** Longer than any window. */
const forgetAfterMs = 48 * hour

/**
 * The doors that send mail to whoever is named: nobody's mailbox is filled through them. And wrong passwords
 * of one address, wherever they come from: a thousand callers that guess together are one guesser.
 */
const knockLimits = {
  'sign-up': { max: 3, windowMs: 24 * hour },
  'password-reset': { max: 3, windowMs: hour },
  'seat-offer': { max: 5, windowMs: 24 * hour },
  'wrong-password': { max: 50, windowMs: hour },
} as const satisfies Record<string, KnockLimit>

type Door = keyof typeof knockLimits

const keyOf = (door: Door, subject: string): Buffer => hashOf(`${door}:${subject.toLowerCase()}`)

/**
 * Counts one knock of `subject` (an address, a merchant) at `door`, in the database, so that all web servers
 * count together. Only a hash of the subject is kept, for two days.
 * @returns whether it may go on
 */
export const mayKnock = async (
  db: Kysely<Tables>,
  clock: Clock,
  door: Door,
  subject: string,
): Promise<boolean> => {
  const { max, windowMs } = knockLimits[door]
  const now = clock.now()
  const start = later(now, -windowMs)
  await db.deleteFrom('knocks').where('since', '<', later(now, -forgetAfterMs)).execute()
  const row = await db
    .insertInto('knocks')
    .values({ key: keyOf(door, subject), count: 1, since: now })
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet({
        count: sql<number>`case when knocks.since < ${start} then 1 else knocks.count + 1 end`,
        since: sql<Date>`case when knocks.since < ${start} then ${now} else knocks.since end`,
      }),
    )
    .returning('count')
    .executeTakeFirstOrThrow()
  return row.count <= max
}

/** Whether `door` is shut for `subject` because of what was counted before; counts nothing. */
export const isShut = async (
  db: Kysely<Tables>,
  clock: Clock,
  door: Door,
  subject: string,
): Promise<boolean> => {
  const { max, windowMs } = knockLimits[door]
  const row = await db
    .selectFrom('knocks')
    .select('count')
    .where('key', '=', keyOf(door, subject))
    .where('since', '>=', later(clock.now(), -windowMs))
    .executeTakeFirst()
  return row !== undefined && row.count >= max
}

/** Forgets what was counted of a subject at one door. */
export const openAgain = async (db: Kysely<Tables>, door: Door, subject: string): Promise<void> => {
  await db.deleteFrom('knocks').where('key', '=', keyOf(door, subject)).execute()
}

/** Forgets what was counted of a subject. */
export const forgetKnocks = async (db: Kysely<Tables>, subject: string): Promise<void> => {
  const keys = (Object.keys(knockLimits) as Door[]).map((door) => keyOf(door, subject))
  await db.deleteFrom('knocks').where('key', 'in', keys).execute()
}
