import { sql, type RawBuilder, type Selectable } from 'kysely'
import type { Database } from '../database/connect.ts'
import type { LicenceTable } from '../database/licence-tables.ts'
import { addDays, type Day } from '../world/calendar-day.ts'
import { decodeCursor, encodeCursor, likePattern } from './cursor.ts'

/** A licence as the console lists it. */
export interface LicenceLine extends Pick<
  Selectable<LicenceTable>,
  'billing' | 'term' | 'endsOn' | 'stoppedOn' | 'stoppedBy' | 'storeCancelledOn'
> {
  integrationId: string
  name: string
  merchant: string
  /** Sales that wait for it. */
  waiting: number
  /** The offer of its next year that waits to be paid. */
  offerId: string | null
}

export type LicenceShow = 'ending' | 'expired' | 'trial' | 'paid' | 'store' | 'stopped' | 'all'

/** Within so many days it is worth a look. */
const soonDays = 30

const ours = sql<boolean>`l.billing = 'offer' and l.stopped_on is null`
const shows: Readonly<Record<LicenceShow, (today: Day) => RawBuilder<boolean>>> = {
  ending: (today) =>
    sql<boolean>`${ours} and l.ends_on > ${today} and l.ends_on <= ${addDays(today, soonDays)}`,
  expired: (today) => sql<boolean>`${ours} and l.ends_on <= ${today}`,
  trial: (today) => sql<boolean>`${ours} and l.term = 'trial' and l.ends_on > ${today}`,
  paid: (today) => sql<boolean>`${ours} and l.term = 'paid' and l.ends_on > ${today}`,
  store: () => sql<boolean>`l.billing = 'store' and l.stopped_on is null`,
  stopped: () => sql<boolean>`l.stopped_on is not null`,
  all: () => sql<boolean>`true`,
}

/** One page of licences, the one that ends first in front. */
export const listLicences = async (
  db: Database,
  today: Day,
  wanted: { show: LicenceShow; search: string; after?: string | undefined; limit: number },
): Promise<{ items: LicenceLine[]; next: string | null }> => {
  const cursor = decodeCursor(wanted.after)
  const search = wanted.search === '' ? null : wanted.search
  const found = await sql<LicenceLine>`
    select l.integration_id, i.name, coalesce(m.name, '') as merchant, l.billing, l.term, l.ends_on,
      l.stopped_on, l.stopped_by, l.store_cancelled_on, o.id as offer_id,
      (select count(*)::int from bookings b where b.integration_id = l.integration_id
        and b.state = 'open' and b.reason_code = 'LICENCE_EXPIRED') as waiting
    from licences l
    join integrations i on i.id = l.integration_id
    left join merchant m on m.id = i.merchant_id
    left join offers o on o.integration_id = l.integration_id and o.for_end is not null
      and o.state = 'open'
    where ${shows[wanted.show](today)}
      and (${search}::text is null or i.name ilike ${likePattern(wanted.search)}
        or m.name ilike ${likePattern(wanted.search)} or i.licence_key = upper(${wanted.search}))
      and (${cursor === null}::boolean or (l.ends_on, l.integration_id)
        > (${cursor?.[0] ?? null}::date, ${cursor?.[1] ?? null}::uuid))
    order by l.ends_on, l.integration_id limit ${wanted.limit + 1}`.execute(db)
  const items = found.rows.slice(0, wanted.limit)
  const last = items.at(-1)
  const more = found.rows.length > wanted.limit && last !== undefined
  return { items, next: more ? encodeCursor(last.endsOn, last.integrationId) : null }
}
