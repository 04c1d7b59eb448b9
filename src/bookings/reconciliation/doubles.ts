import { sql } from 'kysely'
import type { Database } from '../../database/connect.ts'
import type { Survey } from '../surveys/survey.ts'

/** Invoices of the books that look like one sale booked more than once. */
export interface Double {
  /** They carry the same reference; or the same debtor has them on one day for the same total. */
  by: 'reference' | 'debtor'
  reference: string
  day: string | null
  /** Cents. */
  total: number | null
  invoices: {
    remoteId: string
    remoteNumber: string
    reference: string
    day: string | null
    /** Cents. */
    total: number | null
    /** The sale Doorvoer booked it for; null: it was made by somebody else. */
    sale: string | null
    bookingId: string | null
  }[]
}

/**
 * Sales that stand in the books twice. Two invoices that Doorvoer made for two sales are none, however alike
 * they are; an order and its credit share a reference and differ in sign.
 * @returns the first of them, and how many there are
 */
export const findDoubles = async (
  db: Database,
  { integrationId, id }: Survey,
  limit: number,
): Promise<{ doubles: Double[]; count: number }> => {
  const found = await sql<Double & { count: number }>`
    with listed as (
      select i.*, b.number as sale, b.id as booking_id,
        sign(coalesce(i.total_cents, 0)) as sign
      from survey_invoices i left join lateral (
        select number, id from bookings b
        where b.integration_id = i.integration_id and b.remote_id = i.remote_id limit 1) b on true
      where i.integration_id = ${integrationId} and i.survey_id = ${id}
    ), by_reference as (
      select 'reference' as by, reference, min(day) as day, min(total_cents) as total,
        array_agg(remote_id) as ids
      from listed where reference <> ''
      group by reference, sign having count(*) > 1 and count(booking_id) < count(*)
    ), by_debtor as (
      select 'debtor' as by, '' as reference, day, total_cents as total, array_agg(remote_id) as ids
      from listed l
      where debtor_id is not null and day is not null and total_cents <> 0
        and not exists (select 1 from by_reference r where l.remote_id = any (r.ids))
      group by debtor_id, day, total_cents
      -- Somebody else's beside one of ours, or two of somebody else's without a reference to tell them apart.
      having count(*) > 1 and count(booking_id) < count(*)
        and (count(booking_id) > 0 or count(distinct reference) < count(*))
    )
    select g.by, g.reference, g.day, g.total, (
      select json_agg(json_build_object('remoteId', l.remote_id, 'remoteNumber', l.remote_number,
        'reference', l.reference, 'day', l.day, 'total', l.total_cents, 'sale', l.sale,
        'bookingId', l.booking_id) order by l.remote_number)
      from listed l where l.remote_id = any (g.ids)) as invoices, count(*) over () as count
    from (select * from by_reference union all select * from by_debtor) g
    order by g.day, g.reference limit ${limit}`.execute(db)
  return {
    doubles: found.rows.map(({ count: _, ...double }) => double),
    count: found.rows[0]?.count ?? 0,
  }
}
