import { sql, type Kysely } from 'kysely'

/** Which migration an offer is for, and which extra addresses said themselves that they want our mails. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`alter table offers add column for_survey uuid`.execute(db)
  // One offer of a migration counts, however often somebody presses Start.
  await sql`
    create unique index offers_of_survey on offers (integration_id, for_survey)
      where for_survey is not null and state in ('open', 'paid')`.execute(db)

  await sql`
    create table confirmed_addresses (
      integration_id uuid not null references integrations (id) on delete cascade,
      email text not null,
      confirmed_at timestamptz not null,
      primary key (integration_id, email)
    )`.execute(db)
  // Who got mails before somebody had to say so goes on getting them.
  await sql`
    insert into confirmed_addresses (integration_id, email, confirmed_at)
    select integration_id, lower(email), now()
    from notifications, jsonb_array_elements_text(addresses) email
    on conflict do nothing`.execute(db)

  // The console lists licences by their end, and migrations of everybody by their age.
  await sql`create index licences_by_end on licences (ends_on, integration_id)`.execute(db)
  await sql`create index surveys_by_age on surveys (id desc) where purpose = 'migration'`.execute(
    db,
  )
}

export const down = async (db: Kysely<unknown>): Promise<void> => {
  await sql`drop index surveys_by_age`.execute(db)
  await sql`drop index licences_by_end`.execute(db)
  await sql`drop table confirmed_addresses`.execute(db)
  await sql`drop index offers_of_survey`.execute(db)
  await sql`alter table offers drop column for_survey`.execute(db)
}
