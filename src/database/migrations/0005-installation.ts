import { sql, type Kysely } from 'kysely'

/** When the configuration was saved, which saving it was, and the sales a merchant gave the go-ahead. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    alter table integrations
      add column configuration_saved_at timestamptz,
      add column configuration_version integer not null default 0,
      add column go_aheads integer not null default 0`.execute(db)
  // What books today was complete by the rules of its day.
  await sql`update integrations set configuration_saved_at = configured_at`.execute(db)
  await sql`alter table bookings add column go_ahead_at timestamptz`.execute(db)
}

export const down = async (db: Kysely<unknown>): Promise<void> => {
  await sql`alter table bookings drop column go_ahead_at`.execute(db)
  await sql`
    alter table integrations
      drop column configuration_saved_at,
      drop column configuration_version,
      drop column go_aheads`.execute(db)
}
