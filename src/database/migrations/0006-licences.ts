import { sql, type Kysely } from 'kysely'

/** Licences with their terms, offers, payments and our own invoices; what the mail room needs besides. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create table licences (
      integration_id uuid primary key references integrations (id) on delete cascade,
      billing text not null check (billing in ('offer', 'store')),
      term text not null check (term in ('trial', 'paid')),
      ends_on date not null,
      stopped_on date,
      stopped_by text check (stopped_by in ('merchant', 'operator', 'store', 'lapse')),
      store_cancelled_on date,
      -- The step of the ladder that was taken last, for the end it was taken for.
      step text,
      step_for date,
      look_on date
    )`.execute(db)
  await sql`create index licences_due on licences (look_on) where look_on is not null`.execute(db)
  // Who was here before licences were gets a whole trial.
  await sql`
    insert into licences (integration_id, billing, term, ends_on, stopped_on, look_on)
    select id, 'offer', 'trial', current_date + 30,
      case when state = 'stopped' then current_date end,
      case when state = 'stopped' then null else current_date + 23 end
    from integrations`.execute(db)

  await sql`
    create table tariffs (
      service text not null check (service in ('year', 'migration', 'installation')),
      from_on date not null,
      cents bigint not null check (cents between 0 and 10000000),
      primary key (service, from_on)
    )`.execute(db)
  // Spec §2.6; the price of a year is the operator's to set.
  await sql`
    insert into tariffs (service, from_on, cents)
    values ('year', '2026-01-01', 12000), ('migration', '2026-01-01', 6750),
      ('installation', '2026-01-01', 3950)`.execute(db)

  await sql`
    create table billing_details (
      merchant_id text primary key,
      company text not null,
      attention text not null default '',
      street text not null default '',
      postcode text not null default '',
      city text not null default '',
      country char(2) not null,
      vat_number text not null default '',
      vat_verdict text check (vat_verdict in ('valid', 'invalid')),
      vat_asked_at timestamptz,
      vat_proof text,
      email text not null default '',
      changed_at timestamptz not null
    )`.execute(db)
  await sql`
    create index billing_details_unasked on billing_details (vat_asked_at)
      where vat_number <> '' and vat_verdict is null`.execute(db)

  await sql`
    create table offers (
      id uuid primary key,
      integration_id uuid not null references integrations (id) on delete cascade,
      merchant_id text not null,
      -- Part of the payment link: whoever has it may see the offer and pay it, nothing else.
      token text not null unique,
      service text not null check (service in ('year', 'migration', 'installation')),
      quantity integer not null check (quantity between 1 and 10000),
      unit_cents bigint not null check (unit_cents >= 0),
      -- The end of the licence that it follows on; null for what extends none.
      for_end date,
      state text not null check (state in ('open', 'paid', 'withdrawn')),
      made_at timestamptz not null,
      changed_at timestamptz not null
    )`.execute(db)
  await sql`
    create unique index offers_of_term on offers (integration_id, for_end)
      where for_end is not null and state = 'open'`.execute(db)
  await sql`create index offers_of_integration on offers (integration_id, id desc)`.execute(db)
  await sql`create index offers_open on offers (id) where state = 'open'`.execute(db)

  await sql`
    create table payments (
      id uuid primary key,
      offer_id uuid not null references offers (id) on delete cascade,
      integration_id uuid not null,
      merchant_id text not null,
      way text not null check (way in ('mollie', 'transfer')),
      remote_id text unique,
      checkout_url text,
      state text not null check (state in
        ('creating', 'open', 'paid', 'failed', 'expired', 'canceled', 'surplus')),
      net_cents bigint not null,
      vat_cents bigint not null,
      gross_cents bigint not null,
      vat_percent text not null,
      vat_treatment text not null,
      -- What of it we keep: all when paid, less what went back by refund or chargeback.
      kept_cents bigint not null default 0,
      -- The days it bought, for when it is taken back.
      granted_days integer not null default 0,
      trouble text,
      -- Grows with every change: what was read before another change is read again.
      version integer not null default 0,
      look_at timestamptz,
      created_at timestamptz not null,
      changed_at timestamptz not null,
      check (kept_cents between 0 and gross_cents)
    )`.execute(db)
  // One payment of an offer is under way at a time, however often somebody clicks.
  await sql`
    create unique index payments_under_way on payments (offer_id)
      where state in ('creating', 'open')`.execute(db)
  await sql`create index payments_of_offer on payments (offer_id, id desc)`.execute(db)
  await sql`create index payments_due on payments (look_at) where look_at is not null`.execute(db)
  await sql`
    create index payments_troubled on payments (id desc) where trouble is not null`.execute(db)

  await sql`
    create table invoice_series (
      series text primary key,
      last integer not null
    )`.execute(db)

  // Kept for the tax office when everything else of a merchant is gone: they refer to nothing.
  await sql`
    create table invoices (
      id uuid primary key,
      number text not null unique,
      series text not null,
      sequence integer not null,
      merchant_id text not null,
      integration_id uuid not null,
      payment_id uuid not null,
      credits text,
      issued_on date not null,
      language text not null check (language in ('nl', 'en')),
      seller jsonb not null,
      buyer jsonb not null,
      service text not null,
      quantity integer not null,
      subject jsonb not null,
      net_cents bigint not null,
      vat_cents bigint not null,
      gross_cents bigint not null,
      vat_percent text not null,
      vat_treatment text not null,
      pdf bytea,
      unique (series, sequence),
      check (net_cents + vat_cents = gross_cents)
    )`.execute(db)
  await sql`create index invoices_of_integration on invoices (integration_id, id desc)`.execute(db)
  await sql`create index invoices_of_payment on invoices (payment_id, id)`.execute(db)
  await sql`create index invoices_of_merchant on invoices (merchant_id, id desc)`.execute(db)

  await sql`
    create table mail_unsubscriptions (
      -- SHA-256 of the lower-case address: what somebody does not want to get is no reason to keep it.
      address_hash bytea not null,
      kind text not null,
      -- The integration, or '' for mails that are about none.
      scope text not null,
      at timestamptz not null,
      primary key (address_hash, kind, scope)
    )`.execute(db)

  // When a connection turned red, so that its merchant hears of it once.
  await sql`alter table connections add column red_since timestamptz`.execute(db)
  await sql`update connections set red_since = checked_at where dot = 'red'`.execute(db)
  await sql`
    create function note_red() returns trigger language plpgsql as $$
    begin
      if new.dot <> 'red' then new.red_since = null;
      elsif old.dot <> 'red' then new.red_since = coalesce(new.checked_at, now());
      end if;
      return new;
    end $$`.execute(db)
  await sql`
    create trigger note_red before update of dot on connections
      for each row execute function note_red()`.execute(db)
  await sql`create index connections_red on connections (red_since) where red_since is not null`.execute(
    db,
  )
  await sql`
    create index integrations_configured on integrations (configured_at)
      where configured_at is not null`.execute(db)
}

export const down = async (db: Kysely<unknown>): Promise<void> => {
  await sql`drop index integrations_configured`.execute(db)
  await sql`drop trigger note_red on connections`.execute(db)
  await sql`drop function note_red()`.execute(db)
  await sql`alter table connections drop column red_since`.execute(db)
  for (const table of [
    'mail_unsubscriptions',
    'invoices',
    'invoice_series',
    'payments',
    'offers',
    'billing_details',
    'tariffs',
    'licences',
  ]) {
    await sql`drop table ${sql.table(table)}`.execute(db)
  }
}
