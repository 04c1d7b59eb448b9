import { sql } from 'kysely'
import { z } from 'zod'
import type { Database } from '../database/connect.ts'
import type { Booking } from './booking.ts'
import { tabStates } from './transitions.ts'

export type Tab = keyof typeof tabStates

export interface ListQuery {
  tab: Tab
  search: string
  code?: string | undefined
  /** YYYY-MM-DD, both included. */
  from?: string | undefined
  until?: string | undefined
  after?: string | undefined
  limit: number
}

/** What a page is sorted by; with the id it is also where the next page begins. */
const sortColumn = { report: 'bookedAt', errors: 'changedAt', open: 'changedAt' } as const

const encodeCursor = (at: Date, id: string) => `${at.toISOString()}_${id}`

/** @returns null when it is not one of ours; the list then starts from the beginning */
const decodeCursor = (text: string | undefined): { at: string; id: string } | null => {
  const [at = '', id = '', ...more] = (text ?? '').split('_')
  const isOurs = z.iso.datetime().safeParse(at).success && z.uuid().safeParse(id).success
  return isOurs && more.length === 0 ? { at, id } : null
}

/** What somebody typed may be any part of what a sale can be found by. */
const containing = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`

/**
 * The rows of one page and of one more, which tells whether there is a next. Which they are is read from an index
 * alone: what does not fit the question costs no visit to its row.
 */
export const selectPage = (db: Database, integrationId: string, query: ListQuery) => {
  const sortedBy = sortColumn[query.tab]
  const cursor = decodeCursor(query.after)
  let ids = db
    .selectFrom('bookings')
    .select('id')
    .where('integrationId', '=', integrationId)
    .where('state', 'in', tabStates[query.tab])
  if (query.search !== '') {
    ids = ids.where(sql<boolean>`found_by like lower(${containing(query.search)})`)
  }
  if (query.code !== undefined) ids = ids.where('reasonCode', '=', query.code)
  if (query.from !== undefined) ids = ids.where('saleDate', '>=', query.from)
  if (query.until !== undefined) ids = ids.where('saleDate', '<=', query.until)
  if (cursor !== null) {
    ids = ids.where(
      sql<boolean>`(${sql.ref(sortedBy)}, id) < (${cursor.at}::timestamptz, ${cursor.id}::uuid)`,
    )
  }
  const page = ids
    .orderBy(sortedBy, 'desc')
    .orderBy('id', 'desc')
    .limit(query.limit + 1)
  return db
    .selectFrom('bookings')
    .selectAll()
    .where('integrationId', '=', integrationId)
    .where('id', 'in', page)
    .orderBy(sortedBy, 'desc')
    .orderBy('id', 'desc')
}

/** One page of a tab, newest first, by key: the thousandth page costs what the first one does. */
export const listBookings = async (
  db: Database,
  integrationId: string,
  query: ListQuery,
): Promise<{ items: Booking[]; next: string | null }> => {
  const rows = await selectPage(db, integrationId, query).execute()
  const items = rows.slice(0, query.limit)
  const last = items.at(-1)
  const at = last?.[sortColumn[query.tab]]
  const more = rows.length > query.limit && last !== undefined && at != null
  return { items, next: more ? encodeCursor(at, last.id) : null }
}

export const findBooking = (
  db: Database,
  integrationId: string,
  bookingId: string,
): Promise<Booking | undefined> =>
  db
    .selectFrom('bookings')
    .selectAll()
    .where('integrationId', '=', integrationId)
    .where('id', '=', bookingId)
    .executeTakeFirst()

/** Every page shows the counts and asks anew with every change, so that they may not grow with the years. */
const countMax = 10_000

/** How many bookings each tab holds, counted no further than `upTo`. */
export const countTabs = async (
  db: Database,
  integrationId: string,
  upTo = countMax,
): Promise<Record<Tab | 'upTo', number>> => {
  const count = (tab: Tab) => sql<number>`(
    select count(*) from (
      select from bookings
      where integration_id = ${integrationId} and state in (${sql.join(tabStates[tab].map((state) => sql.lit(state)))})
      limit ${upTo}
    ) first_ones)`
  const found = await sql<Record<Tab, number>>`
    select ${count('report')} as report, ${count('errors')} as errors, ${count('open')} as open`.execute(
    db,
  )
  return { report: 0, errors: 0, open: 0, ...found.rows[0], upTo }
}

/** Refused bookings by cause, most frequent first, each with the parameters of its newest one. */
export const listCauses = async (
  db: Database,
  integrationId: string,
  period: { from?: string | undefined; until?: string | undefined },
): Promise<{ code: string; params: Record<string, string | number>; count: number }[]> => {
  const refused = sql`integration_id = ${integrationId} and state = 'refused'
    and (${period.from ?? null}::date is null or sale_date >= ${period.from ?? null}::date)
    and (${period.until ?? null}::date is null or sale_date <= ${period.until ?? null}::date)`
  // Counted in the index; of each cause one row is looked at.
  const found = await sql<{ code: string; params: Record<string, string | number>; count: number }>`
    with causes as (
      select reason_code as code, count(*) as count from bookings where ${refused} group by reason_code)
    select code, count, params from causes, lateral (
      select reason_params as params from bookings where ${refused} and reason_code = code
      order by changed_at desc, id desc limit 1) newest
    order by count desc, code`.execute(db)
  return found.rows
}

/** Bookings per day of sale: what happened to the sales of each of the last `days` days. */
export const countDays = async (
  db: Database,
  integrationId: string,
  today: string,
  days: number,
): Promise<{ day: string; booked: number; refused: number; open: number }[]> => {
  const found = await sql<{ day: string; booked: number; refused: number; open: number }>`
    select d::date as day,
      count(*) filter (where b.state = 'booked') as booked,
      count(*) filter (where b.state = 'refused') as refused,
      count(*) filter (where b.state in ('seen', 'open', 'reserved', 'uncertain', 'parked')) as open
    from generate_series(${today}::date - ${days - 1}::int, ${today}::date, interval '1 day') d
    left join bookings b on b.integration_id = ${integrationId} and b.sale_date = d::date
    group by d order by d`.execute(db)
  return found.rows
}

/** How long the sales of one day took, in seconds from the moment they were heard of until they were booked. */
export interface Speed {
  /** The day they were booked on, YYYY-MM-DD. */
  day: string
  booked: number
  /** Half of them took no longer. */
  halfWithinS: number
  /** Nineteen of twenty took no longer. */
  mostWithinS: number
}

/**
 * How quickly sales were booked, for each of the last `days` days on which any was, and for all of them together (null
 * when there were none). Those of a migration are left out: they wait their turn.
 */
export const measureSpeed = async (
  db: Database,
  integrationId: string,
  today: string,
  days: number,
): Promise<{ days: Speed[]; all: Omit<Speed, 'day'> | null }> => {
  const found = await sql<Omit<Speed, 'day'> & { day: string | null }>`
    with waits as (
      select (booked_at at time zone 'Europe/Amsterdam')::date as day,
        ceil(greatest(0, extract(epoch from booked_at - seen_at)))::int as seconds
      from bookings
      where integration_id = ${integrationId} and state = 'booked' and lane = 0
        and booked_at >= (${today}::date - ${days - 1}::int)::timestamp at time zone 'Europe/Amsterdam')
    select day, count(*) as booked,
      percentile_disc(0.5) within group (order by seconds) as half_within_s,
      percentile_disc(0.95) within group (order by seconds) as most_within_s
    from waits group by grouping sets ((day), ()) order by day`.execute(db)
  const all = found.rows.find(({ day }) => day === null)
  return {
    days: found.rows.flatMap(({ day, ...speed }) => (day === null ? [] : [{ day, ...speed }])),
    all:
      all === undefined || all.booked === 0
        ? null
        : { booked: all.booked, halfWithinS: all.halfWithinS, mostWithinS: all.mostWithinS },
  }
}
