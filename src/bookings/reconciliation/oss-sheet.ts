import { sql } from 'kysely'
import type { Database } from '../../database/connect.ts'

/** A quarter of a year: "2026-Q3". */
export interface Quarter {
  name: string
  /** YYYY-MM-DD, both included. */
  from: string
  until: string
}

/** @returns null for anything that is no quarter */
export const readQuarter = (name: string): Quarter | null => {
  const [, year = '', quarter = ''] = /^(20\d\d)-Q([1-4])$/.exec(name) ?? []
  if (year === '') return null
  const first = (Number(quarter) - 1) * 3
  const last = new Date(Date.UTC(Number(year), first + 3, 0))
  const from = `${year}-${String(first + 1).padStart(2, '0')}-01`
  return { name, from, until: last.toISOString().slice(0, 10) }
}

/** The quarter a day lies in. @param day YYYY-MM-DD */
export const quarterOf = (day: string): string =>
  `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`

export interface OssSheet {
  rows: {
    country: string
    percent: string
    currency: string
    sales: number
    /** Cents. */
    net: number
    vat: number
  }[]
  /** Booked sales of the quarter of before amounts per rate were kept: reconcile the quarter to add them. */
  unknown: number
}

/**
 * The sheet for the one-stop shop: what was really booked in a quarter with the rates of another country, per
 * country and percentage (contracts/vat.md §5.1, regime `destination`). Credits lower it.
 */
export const ossSheet = async (
  db: Database,
  integrationId: string,
  { from, until }: Quarter,
): Promise<OssSheet> => {
  const rows = await sql<OssSheet['rows'][number]>`
    select evidence->>'destination' as country, sum->>'percent' as percent, currency,
      count(distinct id) as sales,
      sum((sum->>'net')::bigint)::bigint as net, sum((sum->>'vat')::bigint)::bigint as vat
    from bookings, jsonb_array_elements(evidence->'sums') sum
    where integration_id = ${integrationId} and state = 'booked'
      and sale_date between ${from}::date and ${until}::date and evidence->>'regime' = 'destination'
    group by 1, 2, 3 order by 1, (sum->>'percent')::numeric desc`.execute(db)
  const unknown = await sql<{ count: number }>`
    select count(*) as count from bookings
    where integration_id = ${integrationId} and state = 'booked'
      and sale_date between ${from}::date and ${until}::date and evidence->'sums' is null`.execute(
    db,
  )
  return { rows: rows.rows, unknown: unknown.rows[0]?.count ?? 0 }
}
