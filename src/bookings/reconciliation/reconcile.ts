import { sql } from 'kysely'
import type { Database } from '../../database/connect.ts'
import type { SaleRef } from '../../sale/sale.ts'
import type { Survey } from '../surveys/survey.ts'

/** What a row is about; always one currency, too. */
const groupings = {
  all: ['day', 'country', 'percent'],
  day: ['day'],
  rate: ['country', 'percent'],
  country: ['country'],
  total: [],
} as const satisfies Record<string, readonly ('day' | 'country' | 'percent')[]>

export type Grouping = keyof typeof groupings

/**
 * What of the shop's sales of one day, country and percentage is where, in cents incl. VAT.
 * `shop` = `booked` + `refused` + `open` + `aside` + `difference`.
 */
export interface ReconciledRow {
  /** null where rows are not by day. */
  day: string | null
  /** null where rows are not by country. */
  country: string | null
  currency: string
  /** null for what could not be worked out, and where rows are not by percentage. */
  percent: string | null
  sales: number
  shop: number
  booked: number
  refused: number
  open: number
  /** Put aside by a person, or older than the integration: not to be booked. */
  aside: number
  difference: number
}

/** What is wrong with one sale, by what has to be done about it. */
export type DifferenceKind =
  /** The shop has it and may book it, and Doorvoer never heard of it. */
  | 'not-seen'
  /** The shop states another total than was booked. */
  | 'total-changed'
  /** The same total, but other amounts per percentage or another country. */
  | 'vat-changed'
  /** Booked, and cancelled or gone in the shop. */
  | 'gone-from-shop'
  /** The books have another total than was booked. */
  | 'books-differ'
  /** Booked, and no longer in the books. */
  | 'gone-from-books'

export interface Difference {
  kind: DifferenceKind
  number: string
  day: string | null
  bookingId: string | null
  shopId: string
  saleKind: 'order' | 'invoice' | 'credit'
  remoteNumber: string | null
  currency: string | null
  /** Cents; what each side says, null where it says nothing. */
  shop: number | null
  booked: number | null
  books: number | null
}

/**
 * Every sale of the survey with its booking and its invoice. Its amounts per percentage are the booking's own
 * where it is booked and kept them, else the shop's.
 *
 * A sale counts for the shop when its status may be booked (`bookable` or `refused`), or when it is booked.
 */
const compared = ({ integrationId, id, fromDay, untilDay }: Survey, startDay: string) => sql`
  both_sides as (
    select coalesce(s.kind, b.kind) as kind, coalesce(s.shop_id, b.shop_id) as shop_id,
      coalesce(b.number, s.number) as number, coalesce(s.sale_date, b.sale_date) as day,
      coalesce(s.currency, b.currency, 'EUR') as currency, s.verdict,
      b.id as booking_id, b.state, b.reason_code, b.remote_id, b.remote_number,
      case when s.verdict in ('left-out', 'gone') then 0 else s.total_cents end as shop_total,
      case when b.state = 'booked' then b.total_cents end as booked_total,
      case when s.verdict in ('left-out', 'gone') then '[]'::jsonb else s.sums end as shop_sums,
      case when b.state = 'booked' then coalesce(b.evidence->'sums', s.sums) end as booked_sums,
      coalesce(s.country, b.evidence->>'destination', '') as country,
      b.evidence->>'destination' as booked_country,
      coalesce(s.sale_date, b.sale_date) < ${startDay}::date as is_before_start,
      b.migration_id
    from (select * from survey_sales where integration_id = ${integrationId} and survey_id = ${id}) s
    -- One that was only heard of yet has no day; it is no longer unheard of.
    full join (select * from bookings where integration_id = ${integrationId}
      and (sale_date between ${fromDay}::date and ${untilDay}::date or sale_date is null)) b
      on b.kind = s.kind and b.shop_id = s.shop_id
    where coalesce(s.sale_date, b.sale_date) between ${fromDay}::date and ${untilDay}::date
  ), placed as (
    select *, case
      when state = 'booked' then 'booked'
      when state = 'refused' then 'refused'
      when state in ('seen', 'open', 'reserved', 'uncertain', 'parked') then 'open'
      when state = 'closed' or is_before_start then 'aside'
      else 'difference' end as place
    from both_sides
    where (verdict in ('bookable', 'refused', 'unreadable') or state = 'booked')
  )`

/** Rows, and how many there are where not all were wanted. */
export interface Reconciled {
  rows: ReconciledRow[]
  count: number
}

/** What is booked, refused and open of each day, country and percentage, or of fewer of them together. */
export const reconciledRows = async (
  db: Database,
  survey: Survey,
  startDay: string,
  grouping: Grouping,
  limit: number | null = null,
): Promise<Reconciled> => {
  const keys: readonly string[] = groupings[grouping]
  const key = (name: 'day' | 'country' | 'percent', type: 'date' | 'text') =>
    keys.includes(name) ? sql.ref(name) : sql`null::${sql.raw(type)}`
  const found = await sql<ReconciledRow & { count: number }>`
    with ${compared(survey, startDay)}, parts as (
      select day, country, currency, number, kind, shop_id, place,
        sum->>'percent' as percent, (sum->>'net')::bigint + (sum->>'vat')::bigint as gross, 'shop' as side
      from placed, jsonb_array_elements(shop_sums) sum
      union all
      select day, country, currency, number, kind, shop_id, place, null, shop_total, 'shop'
      from placed where shop_sums is null and shop_total is not null
      union all
      select day, coalesce(booked_country, country), currency, number, kind, shop_id, place,
        sum->>'percent', (sum->>'net')::bigint + (sum->>'vat')::bigint, 'booked'
      from placed, jsonb_array_elements(booked_sums) sum where place = 'booked'
      union all
      select day, country, currency, number, kind, shop_id, place, null, booked_total, 'booked'
      from placed where place = 'booked' and booked_sums is null and booked_total is not null
    ), counted as (
      select ${key('day', 'date')} as day, ${key('country', 'text')} as country, currency,
        ${key('percent', 'text')} as percent, count(distinct kind || ' ' || shop_id) as sales,
        coalesce(sum(gross) filter (where side = 'shop'), 0)::bigint as shop,
        coalesce(sum(gross) filter (where side = 'booked'), 0)::bigint as booked,
        coalesce(sum(gross) filter (where side = 'shop' and place = 'refused'), 0)::bigint as refused,
        coalesce(sum(gross) filter (where side = 'shop' and place = 'open'), 0)::bigint as open,
        coalesce(sum(gross) filter (where side = 'shop' and place = 'aside'), 0)::bigint as aside
      from parts group by 1, 2, 3, 4
    )
    select *, (shop - booked - refused - open - aside)::bigint as difference, count(*) over () as count
    from counted
    order by day, country, percent::numeric desc nulls last, currency
    limit ${limit}::int`.execute(db)
  const [first] = found.rows
  return { rows: found.rows.map(({ count: _, ...row }) => row), count: first?.count ?? 0 }
}

/** What is wrong with each sale; the first thing that is, where there are more. */
const judged = (survey: Survey, startDay: string) => sql`
  ${compared(survey, startDay)}, judged as (
    select p.*, i.total_cents as books_total, case
      when place = 'difference' then 'not-seen'
      when place <> 'booked' then null
      when verdict is null or verdict in ('left-out', 'gone') then 'gone-from-shop'
      when shop_total is distinct from booked_total then 'total-changed'
      when verdict in ('bookable', 'refused') and shop_sums is not null and booked_sums is not null
        and (shop_sums <> booked_sums or coalesce(booked_country, country) <> country) then 'vat-changed'
      when i.remote_id is not null and i.total_cents is distinct from booked_total then 'books-differ'
      when i.remote_id is null and ${survey.booksComplete === true} and p.remote_id is not null
        then 'gone-from-books'
      end as wrong
    from placed p left join survey_invoices i
      on i.integration_id = ${survey.integrationId} and i.survey_id = ${survey.id}
      and i.remote_id = p.remote_id
  )`

/** The first differences, and how many there are, of which nobody ever heard of `missed`. */
export interface Differences {
  differences: Difference[]
  count: number
  missed: number
}

/** Every sale that does not agree, each with what is wrong. */
export const listDifferences = async (
  db: Database,
  survey: Survey,
  startDay: string,
  limit: number,
): Promise<Differences> => {
  const found = await sql<Difference & { count: number; missed: number }>`
    with ${judged(survey, startDay)}
    select wrong as kind, number, day, booking_id, shop_id, kind as sale_kind, remote_number, currency,
      shop_total as shop, booked_total as booked, books_total as books,
      count(*) over () as count, count(*) filter (where wrong = 'not-seen') over () as missed
    from judged where wrong is not null
    order by day, number limit ${limit}`.execute(db)
  const [first] = found.rows
  return {
    differences: found.rows.map(({ count: _, missed: __, ...difference }) => difference),
    count: first?.count ?? 0,
    missed: first?.missed ?? 0,
  }
}

/** All sales that the shop may book and Doorvoer never heard of, oldest first. */
export const missedSales = async (
  db: Database,
  survey: Survey,
  startDay: string,
): Promise<SaleRef[]> => {
  const found = await sql<SaleRef>`
    with ${judged(survey, startDay)}
    select kind, shop_id as id from judged where wrong = 'not-seen' order by day, number`.execute(
    db,
  )
  return found.rows
}
