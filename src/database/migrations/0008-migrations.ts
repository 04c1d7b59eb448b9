import { sql, type Kysely } from 'kysely'

/**
 * Surveys: what a shop and its books had in a period, read live, for a migration or a reconciliation. They hold
 * numbers, days, amounts, rates, countries and codes, and nothing of a buyer (spec §6.4).
 */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create table surveys (
      integration_id uuid not null references integrations (id) on delete cascade,
      id uuid not null,
      purpose text not null check (purpose in ('migration', 'reconciliation')),
      from_day date not null,
      until_day date not null check (until_day >= from_day),
      state text not null check (state in
        ('listing', 'invoices', 'reading', 'ready', 'running', 'paused', 'done', 'cancelled', 'failed')),
      cursor text,
      books_complete boolean,
      reason_code text,
      reason_params jsonb,
      price_cents bigint,
      holder text,
      alive_at timestamptz,
      rest_until timestamptz,
      failures integer not null default 0,
      created_at timestamptz not null,
      changed_at timestamptz not null,
      started_at timestamptz,
      finished_at timestamptz,
      primary key (integration_id, id)
    )`.execute(db)
  // Two at once would only be in each other's way.
  await sql`
    create unique index surveys_under_way on surveys (integration_id, purpose)
      where state in ('listing', 'invoices', 'reading', 'running', 'paused')`.execute(db)
  await sql`
    create index surveys_history on surveys (integration_id, purpose, id desc)`.execute(db)
  await sql`
    create index surveys_working on surveys (state, integration_id)
      where state in ('listing', 'invoices', 'reading', 'running')`.execute(db)

  await sql`
    create table survey_sales (
      integration_id uuid not null,
      survey_id uuid not null,
      kind text not null check (kind in ('order', 'invoice', 'credit')),
      shop_id text not null,
      number text not null,
      sale_date date,
      fingerprint text,
      verdict text check (verdict in
        ('bookable', 'refused', 'waits', 'left-out', 'gone', 'unreadable')),
      reason_code text,
      reason_params jsonb,
      total_cents bigint,
      currency char(3),
      country char(2),
      reference text,
      sums jsonb,
      hand_number text,
      fed_at timestamptz,
      primary key (integration_id, survey_id, kind, shop_id),
      foreign key (integration_id, survey_id) references surveys (integration_id, id) on delete cascade
    )`.execute(db)
  await sql`
    create index survey_sales_unread on survey_sales (integration_id, survey_id, sale_date, shop_id)
      where verdict is null`.execute(db)
  await sql`
    create index survey_sales_unfed on survey_sales (integration_id, survey_id, sale_date, shop_id)
      where fed_at is null`.execute(db)

  await sql`
    create table survey_invoices (
      integration_id uuid not null,
      survey_id uuid not null,
      remote_id text not null,
      remote_number text not null,
      reference text not null,
      day date,
      total_cents bigint,
      debtor_id text,
      primary key (integration_id, survey_id, remote_id),
      foreign key (integration_id, survey_id) references surveys (integration_id, id) on delete cascade
    )`.execute(db)
  await sql`
    create index survey_invoices_reference on survey_invoices (integration_id, survey_id, reference)`.execute(
    db,
  )
  await sql`
    create index survey_invoices_total on survey_invoices (integration_id, survey_id, day, total_cents)`.execute(
    db,
  )

  // Which migration asked for the sale: it is booked although it is older than the integration.
  await sql`alter table bookings add column migration_id uuid`.execute(db)
  await sql`
    create index bookings_migration on bookings (integration_id, migration_id, state)
      where migration_id is not null`.execute(db)
  // What was booked on which day of sale: reconciliation and the sheet of a quarter read by it.
  await sql`
    create index bookings_day on bookings (integration_id, sale_date) where sale_date is not null`.execute(
    db,
  )
  // Which of our bookings an invoice of the books belongs to.
  await sql`
    create index bookings_remote on bookings (integration_id, remote_id) where remote_id is not null`.execute(
    db,
  )
}

export const down = async (db: Kysely<unknown>): Promise<void> => {
  await sql`drop index bookings_remote`.execute(db)
  await sql`drop index bookings_day`.execute(db)
  await sql`drop index bookings_migration`.execute(db)
  await sql`alter table bookings drop column migration_id`.execute(db)
  for (const table of ['survey_invoices', 'survey_sales', 'surveys']) {
    await sql`drop table ${sql.table(table)}`.execute(db)
  }
}
