import { sql } from 'kysely'
import type { Database } from '../database/connect.ts'
import { later } from '../world/clock.ts'
import { rhythmDays, type HourOfSales } from './rhythm.ts'

/** The smallest identifier that was made at `date` or later: they begin with the time (RFC 9562). */
const identifierFrom = (date: Date): string => {
  const hex = date.getTime().toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`
}

/** When the live sales of an integration were first heard of, by hour, oldest first. */
export const salesByHour = async (
  db: Database,
  integrationId: string,
  now: Date,
): Promise<HourOfSales[]> => {
  const from = identifierFrom(later(now, -rhythmDays * 86_400_000))
  const found = await sql<HourOfSales>`
    select date_trunc('hour', seen_at, 'UTC') as at, count(*)::int as count from bookings
    where integration_id = ${integrationId} and id >= ${from}::uuid and lane = 0
    group by 1 order by 1`.execute(db)
  return found.rows
}
