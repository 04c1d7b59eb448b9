import { sql } from 'kysely'
import type { Database } from '../../database/connect.ts'
import type { SaleVerdict } from '../../database/schema.ts'
import type { Survey } from './survey.ts'

/**
 * Where a sale of a survey stands. Before a migration runs: what is expected of it (a verdict, or that it is
 * there already); once it was handed to the engine: what became of it.
 */
export type SaleStanding =
  | SaleVerdict
  /** Not read yet. */
  | 'unread'
  /** Doorvoer had booked it before. */
  | 'booked-before'
  /** Somebody made an invoice for it by hand. */
  | 'by-hand'
  | 'booked'
  /** Under way, or its turn is still to come. */
  | 'waiting'
  /** It waits for a person, for a status or for an outage to pass. */
  | 'open'
  /** It ended without an invoice: put aside, gone or cancelled in the shop. */
  | 'closed'

const standing = sql<SaleStanding>`case
  when b.state = 'booked' and b.migration_id is distinct from s.survey_id then 'booked-before'
  when b.state = 'booked' and b.reason_code = 'FOUND_IN_BOOKS' then 'by-hand'
  when b.state = 'booked' then 'booked'
  when s.fed_at is not null then case
    when b.state = 'refused' then 'refused'
    when b.state = 'closed' then 'closed'
    when b.state in ('open', 'parked') then 'open'
    else 'waiting' end
  when s.hand_number is not null then 'by-hand'
  when s.verdict is null then 'unread'
  else s.verdict end`

/** The sales of a survey, each with its booking where it has one. */
const sales = ({ integrationId, id }: Survey) => sql`
  survey_sales s left join bookings b
    on b.integration_id = s.integration_id and b.kind = s.kind and b.shop_id = s.shop_id
  where s.integration_id = ${integrationId} and s.survey_id = ${id}`

export interface SurveySummary {
  /** How many sales stand where; absent ones are none. */
  standings: Partial<Record<SaleStanding, number>>
  /** What the sales that would be booked come to, per currency and percentage, in cents. */
  rates: { currency: string; percent: string; net: number; vat: number }[]
  /** Why sales would be refused, were refused or wait, most frequent first, with the numbers of a few. */
  causes: {
    standing: SaleStanding
    code: string
    params: Record<string, string | number>
    count: number
    examples: string[]
  }[]
}

export const countStandings = async (
  db: Database,
  survey: Survey,
): Promise<SurveySummary['standings']> => {
  const found = await sql<{ standing: SaleStanding; count: number }>`
    select ${standing} as standing, count(*) as count from ${sales(survey)} group by 1`.execute(db)
  return Object.fromEntries(found.rows.map((row) => [row.standing, row.count]))
}

/** All that a dry run tells, and what became of it. */
export const summarise = async (db: Database, survey: Survey): Promise<SurveySummary> => {
  const rates = await sql<SurveySummary['rates'][number]>`
    select currency, sum->>'percent' as percent,
      sum((sum->>'net')::bigint)::bigint as net, sum((sum->>'vat')::bigint)::bigint as vat
    from (select s.currency, s.sums, ${standing} as standing from ${sales(survey)}) judged,
      jsonb_array_elements(judged.sums) sum
    where standing in ('bookable', 'booked', 'waiting', 'open')
    group by 1, 2 order by 1, (sum->>'percent')::numeric desc`.execute(db)
  const causes = await sql<SurveySummary['causes'][number]>`
    select standing, code, (array_agg(params))[1] as params, count(*) as count,
      (array_agg(number order by number))[1:5] as examples
    from (
      select ${standing} as standing, s.number,
        case when s.fed_at is null then s.reason_code else b.reason_code end as code,
        coalesce(case when s.fed_at is null then s.reason_params else b.reason_params end, '{}') as params
      from ${sales(survey)}) judged
    where code is not null and standing in ('refused', 'unreadable', 'waits', 'open', 'left-out')
    group by standing, code order by count(*) desc, code limit 100`.execute(db)
  return {
    standings: await countStandings(db, survey),
    rates: rates.rows,
    causes: causes.rows,
  }
}

/** One sale of a survey, as a list names it. */
export interface StandingSale {
  kind: 'order' | 'invoice' | 'credit'
  shopId: string
  number: string
  saleDate: string | null
  standing: SaleStanding
  totalCents: number | null
  currency: string | null
  code: string | null
  params: Record<string, string | number> | null
  /** The number of its invoice in the books. */
  remoteNumber: string | null
  bookingId: string | null
}

/** A page of the sales that stand somewhere, by day; all when `wanted` is null. */
export const listStanding = async (
  db: Database,
  survey: Survey,
  wanted: SaleStanding | null,
  page: { offset: number; limit: number },
): Promise<StandingSale[]> => {
  const found = await sql<StandingSale>`
    select * from (
      select s.kind, s.shop_id, s.number, s.sale_date, ${standing} as standing,
        coalesce(b.total_cents, s.total_cents) as total_cents,
        coalesce(b.currency, s.currency) as currency,
        case when s.fed_at is null then s.reason_code else b.reason_code end as code,
        case when s.fed_at is null then s.reason_params else b.reason_params end as params,
        coalesce(b.remote_number, s.hand_number) as remote_number, b.id as booking_id
      from ${sales(survey)}) listed
    where ${wanted}::text is null or standing = ${wanted}
    order by sale_date, shop_id, kind offset ${page.offset} limit ${page.limit}`.execute(db)
  return found.rows
}

/** What a migration costs: so much for every thousand that is begun, in cents excl. VAT. */
export const priceOf = (sales: number, centsPerThousand: number): number =>
  Math.ceil(sales / 1000) * centsPerThousand

/** The sales that a migration would pass on: those it pays for. */
export const payable = ({ bookable = 0, refused = 0 }: SurveySummary['standings']): number =>
  bookable + refused
