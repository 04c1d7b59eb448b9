import { sql } from 'kysely'
import type { Database } from '../database/connect.ts'
import { later } from '../world/clock.ts'

/** What is measured of one integration. */
export interface Health {
  integrationId: string
  lastSeenAt: Date | null
  lastBookedAt: Date | null
  /** How long the oldest work that is due has been waiting. */
  lagSeconds: number
  /** Not booked and not refused: on its way, or waiting. */
  waiting: number
  /** Of unknown outcome, or waiting for a person to find out. */
  uncertain: number
  refused: number
  bookedWeek: number
  refusedWeek: number
  /** 0: both green; 1: one was never connected; 2: one is red. */
  dots: number
}

const weekMs = 7 * 86_400_000
/** One statement measures so many. */
const atOnce = 100

/**
 * The time in front of an identifier (RFC 9562): a booking's own tells when the sale was first heard of, so the
 * primary key is also an index by time.
 */
const identifierTime = sql`to_timestamp(('x' || lpad(replace(left(last.id::text, 13), '-', ''), 16, '0'))::bit(64)::bigint / 1000.0)`

/** Measures integrations as they are now. What is counted has its index; nothing reads whole mailboxes. */
export const measure = async (
  db: Database,
  integrationIds: readonly string[],
  now: Date,
): Promise<Health[]> => {
  const weekAgo = later(now, -weekMs)
  const found = await sql<Health>`
    select i.id as integration_id,
      (select ${identifierTime} from bookings last where last.integration_id = i.id and last.lane = 0
        order by last.id desc limit 1) as last_seen_at,
      (select booked_at from bookings b where b.integration_id = i.id and b.state = 'booked'
        order by b.booked_at desc, b.id desc limit 1) as last_booked_at,
      coalesce((select greatest(0, extract(epoch from ${now}::timestamptz - min(b.due_at)))::int
        from bookings b where b.integration_id = i.id and b.due_at <= ${now}
          and b.state in ('seen', 'open', 'reserved', 'uncertain')
          and b.reason_code is distinct from 'REMOTE_PAUSED'), 0) as lag_seconds,
      open.waiting, open.uncertain,
      (select count(*)::int from bookings b where b.integration_id = i.id and b.state = 'refused')
        as refused,
      (select count(*)::int from bookings b where b.integration_id = i.id and b.state = 'booked'
        and b.booked_at > ${weekAgo}) as booked_week,
      (select count(*)::int from bookings b where b.integration_id = i.id and b.state = 'refused'
        and b.changed_at > ${weekAgo}) as refused_week,
      (select case when bool_or(c.dot = 'red') then 2 when bool_or(c.dot = 'new') then 1 else 0 end
        from connections c where c.integration_id = i.id) as dots
    from integrations i, lateral (
      select count(*)::int as waiting,
        (count(*) filter (where b.state in ('uncertain', 'parked')))::int as uncertain
      from bookings b where b.integration_id = i.id
        and b.state in ('seen', 'open', 'reserved', 'uncertain', 'parked')
    ) open
    where i.id = any (${[...integrationIds]}::uuid[])`.execute(db)
  return found.rows
}

const store = async (db: Database, measured: readonly Health[], now: Date): Promise<void> => {
  if (measured.length === 0) return
  await db
    .insertInto('integrationHealth')
    .values(measured.map((each) => ({ ...each, measuredAt: now })))
    .onConflict((conflict) =>
      conflict.column('integrationId').doUpdateSet((eb) => ({
        measuredAt: eb.ref('excluded.measuredAt'),
        lastSeenAt: eb.ref('excluded.lastSeenAt'),
        lastBookedAt: eb.ref('excluded.lastBookedAt'),
        lagSeconds: eb.ref('excluded.lagSeconds'),
        waiting: eb.ref('excluded.waiting'),
        uncertain: eb.ref('excluded.uncertain'),
        refused: eb.ref('excluded.refused'),
        bookedWeek: eb.ref('excluded.bookedWeek'),
        refusedWeek: eb.ref('excluded.refusedWeek'),
        dots: eb.ref('excluded.dots'),
      })),
    )
    .execute()
}

/** What was measured now, beside what was measured the time before. */
export interface Measured {
  now: Health
  before: Health | null
}

/** Measures every integration that has not stopped, a page at a time, and remembers it for the console. */
export async function* measureAll(db: Database, now: Date): AsyncGenerator<Measured[]> {
  for (let after: string | null = null; ;) {
    const page: { id: string }[] = await db
      .selectFrom('integrations')
      .select('id')
      .where('state', '<>', 'stopped')
      .where((eb) => (after === null ? eb.val(true) : eb('id', '>', after)))
      .orderBy('id')
      .limit(atOnce)
      .execute()
    if (page.length === 0) return
    const ids = page.map(({ id }) => id)
    after = ids.at(-1) ?? null
    const before = await db
      .selectFrom('integrationHealth')
      .selectAll()
      .where('integrationId', 'in', ids)
      .execute()
    const measured = await measure(db, ids, now)
    await store(db, measured, now)
    yield measured.map((each) => ({
      now: each,
      before: before.find(({ integrationId }) => integrationId === each.integrationId) ?? null,
    }))
  }
}
