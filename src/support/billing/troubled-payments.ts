import { sql, type Kysely } from 'kysely'
import type { PaymentTable } from '../../database/licence-tables.ts'
import type { Tables } from '../../database/schema.ts'

/** A payment that somebody has to look at, with whose it is. */
export interface TroubledPayment extends Pick<PaymentTable, 'way' | 'remoteId'> {
  id: string
  integrationId: string
  name: string
  merchant: string
  grossCents: number
  keptCents: number
  /** A code of the catalogue. */
  trouble: string
  changedAt: Date
}

const rowsMax = 200

/** Payments that were charged back, paid twice, too late or otherwise than asked; newest first. */
export const listTroubled = async (db: Kysely<Tables>): Promise<TroubledPayment[]> => {
  const found = await sql<TroubledPayment>`
    select p.id, p.integration_id, coalesce(i.name, '') as name, coalesce(m.name, '') as merchant,
      p.way, p.remote_id, p.gross_cents, p.kept_cents, p.trouble, p.changed_at
    from payments p left join integrations i on i.id = p.integration_id
    left join merchant m on m.id = p.merchant_id
    where p.trouble is not null
    order by p.id desc limit ${sql.lit(rowsMax)}`.execute(db)
  return found.rows
}
