import { sql, type Kysely } from 'kysely'

/** What VIES said, why a booking's VAT is what it is, and the indexes of products and debtors. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create table vat_checks (
      integration_id uuid not null references integrations (id) on delete cascade,
      number_hash bytea not null,
      verdict text check (verdict in ('valid', 'invalid')),
      checked_at timestamptz,
      consultation_number text,
      silences integer not null default 0,
      ask_at timestamptz,
      accepted_at timestamptz,
      primary key (integration_id, number_hash)
    )`.execute(db)

  await sql`
    create table products (
      integration_id uuid not null references integrations (id) on delete cascade,
      code text not null,
      remote_id text,
      held_until timestamptz,
      primary key (integration_id, code)
    )`.execute(db)

  await sql`
    create table debtor_scans (
      integration_id uuid primary key references integrations (id) on delete cascade,
      cursor text,
      scanned_at timestamptz
    )`.execute(db)

  await sql`
    create table sign_ins (
      state text primary key,
      sealed text not null,
      started_at timestamptz not null
    )`.execute(db)

  await sql`alter table bookings add column evidence jsonb`.execute(db)
  // Two invoices of one order must not be taken for each other. By bytes, for ranges of a prefix.
  await sql`
    create index bookings_reference on bookings (integration_id, reference collate "C")
      where reference is not null`.execute(db)
}

export const down = async (db: Kysely<unknown>): Promise<void> => {
  await sql`drop index bookings_reference`.execute(db)
  await sql`alter table bookings drop column evidence`.execute(db)
  for (const table of ['sign_ins', 'debtor_scans', 'products', 'vat_checks']) {
    await sql`drop table ${sql.table(table)}`.execute(db)
  }
}
