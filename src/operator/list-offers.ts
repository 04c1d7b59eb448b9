import { sql } from 'kysely'
import type { Database } from '../database/connect.ts'
import type { OfferTable, PaymentTable } from '../database/licence-tables.ts'

/** An offer as the console lists it. */
export interface OfferLine extends Pick<OfferTable, 'service' | 'state' | 'token'> {
  id: string
  integrationId: string
  name: string
  merchant: string
  quantity: number
  unitCents: number
  /** The payment that was taken for it. */
  paymentId: string | null
  way: PaymentTable['way'] | null
  keptCents: number | null
  madeAt: Date
  changedAt: Date
}

/** One page of offers, newest first. */
export const listOffers = async (
  db: Database,
  wanted: { state: OfferTable['state'] | null; after?: string | undefined; limit: number },
): Promise<{ items: OfferLine[]; next: string | null }> => {
  const { state, after = null, limit } = wanted
  const found = await sql<OfferLine>`
    select o.id, o.integration_id, i.name, coalesce(m.name, '') as merchant, o.service, o.quantity,
      o.unit_cents, o.state, o.token, o.made_at, o.changed_at, p.id as payment_id, p.way, p.kept_cents
    from offers o join integrations i on i.id = o.integration_id
    left join merchant m on m.id = i.merchant_id
    left join payments p on p.offer_id = o.id and p.state = 'paid'
    where (${state}::text is null or o.state = ${state})
      and (${after}::uuid is null or o.id < ${after}::uuid)
    order by o.id desc limit ${limit + 1}`.execute(db)
  const items = found.rows.slice(0, limit)
  return { items, next: found.rows.length > limit ? (items.at(-1)?.id ?? null) : null }
}
