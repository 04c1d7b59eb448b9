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
const sortColumn = { report: 'booked_at', errors: 'changed_at', open: 'changed_at' } as const

const encodeCursor = (at: Date, id: string) => `${at.toISOString()}_${id}`

/** @returns null when it is not one of ours; the list then starts from the beginning */
const decodeCursor = (text: string | undefined): { at: string; id: string } | null => {
  const [at = '', id = '', ...more] = (text ?? '').split('_')
  const isOurs = z.iso.datetime().safeParse(at).success && z.uuid().safeParse(id).success
  return isOurs && more.length === 0 ? { at, id } : null
}

const likePattern = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`

/** The rows of one page and of one more, which tells whether there is a next. */
export const selectPage = (db: Database, integrationId: string, query: ListQuery) => {
  const column = sortColumn[query.tab]
  const sortedBy = sql.ref<Date>(column)
  const cursor = decodeCursor(query.after)
  let select = db
    .selectFrom('bookings')
    .selectAll()
    .where('integrationId', '=', integrationId)
    .where('state', 'in', tabStates[query.tab])
  if (query.search !== '') {
    const pattern = likePattern(query.search)
    select = select.where((eb) =>
      eb.or([
        eb('number', 'ilike', pattern),
        eb('remoteNumber', 'ilike', pattern),
        eb('reference', 'ilike', pattern),
      ]),
    )
  }
  if (query.code !== undefined) select = select.where('reasonCode', '=', query.code)
  if (query.from !== undefined) select = select.where('saleDate', '>=', query.from)
  if (query.until !== undefined) select = select.where('saleDate', '<=', query.until)
  if (cursor !== null) {
    select = select.where(
      sql<boolean>`(${sortedBy}, id) < (${cursor.at}::timestamptz, ${cursor.id}::uuid)`,
    )
  }
  return select
    .orderBy(sortedBy, 'desc')
    .orderBy('id', 'desc')
    .limit(query.limit + 1)
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
  const at = query.tab === 'report' ? last?.bookedAt : last?.changedAt
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

/** How many bookings each tab holds. */
export const countTabs = async (
  db: Database,
  integrationId: string,
): Promise<Record<Tab, number>> => {
  const rows = await db
    .selectFrom('bookings')
    .select(['state', (eb) => eb.fn.countAll<number>().as('count')])
    .where('integrationId', '=', integrationId)
    .groupBy('state')
    .execute()
  const count = (tab: Tab) =>
    rows
      .filter((row) => (tabStates[tab] as readonly string[]).includes(row.state))
      .reduce((total, row) => total + row.count, 0)
  return { report: count('report'), errors: count('errors'), open: count('open') }
}

/** Refused bookings by cause, most frequent first, each with the parameters of its newest one. */
export const listCauses = async (
  db: Database,
  integrationId: string,
  period: { from?: string | undefined; until?: string | undefined },
): Promise<{ code: string; params: Record<string, string | number>; count: number }[]> => {
  const found = await sql<{ code: string; params: Record<string, string | number>; count: number }>`
    select reason_code as code, count(*) as count,
      (array_agg(reason_params order by changed_at desc))[1] as params
    from bookings
    where integration_id = ${integrationId} and state = 'refused'
      and (${period.from ?? null}::date is null or sale_date >= ${period.from ?? null}::date)
      and (${period.until ?? null}::date is null or sale_date <= ${period.until ?? null}::date)
    group by reason_code order by count(*) desc, reason_code`.execute(db)
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
      count(b.id) filter (where b.state = 'booked') as booked,
      count(b.id) filter (where b.state = 'refused') as refused,
      count(b.id) filter (where b.state in ('seen', 'open', 'reserved', 'uncertain', 'parked')) as open
    from generate_series(${today}::date - ${days - 1}::int, ${today}::date, interval '1 day') d
    left join bookings b on b.integration_id = ${integrationId} and b.sale_date = d::date
    group by d order by d`.execute(db)
  return found.rows
}
