import { sql, type Kysely } from 'kysely'

/**
 * What keeps the lists quick at 100,000 bookings (`node bench/lists.ts`): each question is answered from an index
 * alone, and the rows are fetched for the fifty that are shown.
 */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  // Whatever part of it somebody remembers is searched in one text, in small letters as the database folds them.
  await sql`
    alter table bookings add column found_by text not null generated always as
      (lower(number || E'\n' || coalesce(remote_number, '') || E'\n' || coalesce(reference, ''))) stored`.execute(
    db,
  )
  await sql`drop index bookings_report, bookings_errors, bookings_day`.execute(db)
  await sql`
    create index bookings_report on bookings (integration_id, booked_at desc, id desc)
      include (sale_date, found_by) where state = 'booked'`.execute(db)
  await sql`
    create index bookings_errors on bookings (integration_id, changed_at desc, id desc)
      include (sale_date, found_by) where state = 'refused'`.execute(db)
  await sql`
    create index bookings_causes on bookings (integration_id, reason_code, changed_at desc, id desc)
      include (sale_date, found_by) where state = 'refused'`.execute(db)
  await sql`
    create index bookings_day on bookings (integration_id, sale_date)
      include (state) where sale_date is not null`.execute(db)
}

export const down = async (db: Kysely<unknown>): Promise<void> => {
  await sql`drop index bookings_report, bookings_errors, bookings_causes, bookings_day`.execute(db)
  await sql`alter table bookings drop column found_by`.execute(db)
  await sql`
    create index bookings_report on bookings (integration_id, booked_at desc, id desc)
      where state = 'booked'`.execute(db)
  await sql`
    create index bookings_errors on bookings (integration_id, changed_at desc, id desc)
      where state = 'refused'`.execute(db)
  await sql`
    create index bookings_day on bookings (integration_id, sale_date) where sale_date is not null`.execute(
    db,
  )
}
