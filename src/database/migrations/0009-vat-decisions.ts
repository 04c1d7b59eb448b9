import { sql, type Kysely } from 'kysely'

/** What a merchant decided about the VAT of a sale that VIES stayed silent about. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  // A percentage: the amount that was paid is taken to include VAT at it.
  await sql`alter table bookings add column with_vat text`.execute(db)
}

export const down = async (db: Kysely<unknown>): Promise<void> => {
  await sql`alter table bookings drop column with_vat`.execute(db)
}
