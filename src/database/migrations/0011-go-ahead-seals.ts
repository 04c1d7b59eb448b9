import { sql, type Kysely } from 'kysely'

/** What was looked at when a first sale was let pass, so that one that changed meanwhile is shown again. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`alter table bookings
    -- The invoice as it waits, and as it was when somebody let it pass: hashes.
    add column waiting_seal text,
    add column go_ahead_seal text`.execute(db)
}

export const down = async (db: Kysely<unknown>): Promise<void> => {
  await sql`alter table bookings drop column waiting_seal, drop column go_ahead_seal`.execute(db)
}
