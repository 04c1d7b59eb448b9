import { sql, type Kysely } from 'kysely'

/** Integrations, their connections, mailboxes and bookings: what the engine stands on. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create table integrations (
      id uuid primary key,
      merchant_id text not null,
      name text not null,
      state text not null check (state in ('installing', 'active', 'stopped')),
      webshop text not null,
      accounting text not null,
      licence_key text not null unique,
      hook_key text not null unique,
      debtor_key text not null,
      settings jsonb not null default '{}',
      configured_at timestamptz,
      created_at timestamptz not null
    )`.execute(db)
  await sql`create index integrations_of_merchant on integrations (merchant_id)`.execute(db)

  await sql`
    create table connections (
      integration_id uuid not null references integrations (id) on delete cascade,
      side text not null check (side in ('webshop', 'accounting')),
      system text not null,
      account text,
      credentials text,
      subscriptions text,
      settings jsonb not null default '{}',
      choices jsonb not null default '{}',
      dot text not null default 'new' check (dot in ('new', 'green', 'red')),
      problem_code text,
      problem_params jsonb,
      checked_at timestamptz,
      primary key (integration_id, side)
    )`.execute(db)
  await sql`create index connections_by_account on connections (system, account) where account is not null`.execute(
    db,
  )

  await sql`
    create table mailboxes (
      integration_id uuid primary key references integrations (id) on delete cascade,
      fence bigint not null default 0,
      holder text,
      lease_until timestamptz,
      bell boolean not null default false,
      rest_until timestamptz,
      failures integer not null default 0
    ) with (fillfactor = 50)`.execute(db)

  await sql`
    create table bookings (
      integration_id uuid not null references integrations (id) on delete cascade,
      id uuid not null,
      kind text not null check (kind in ('order', 'invoice', 'credit')),
      shop_id text not null,
      number text not null,
      sale_date date,
      state text not null check (state in
        ('seen', 'open', 'reserved', 'uncertain', 'parked', 'booked', 'refused', 'closed')),
      lane smallint not null default 0,
      due_at timestamptz,
      mentions integer not null default 1,
      fingerprint text,
      reason_code text,
      reason_params jsonb,
      total_cents bigint,
      currency char(3),
      reference text,
      draft_hash text,
      debtor_id text,
      remote_id text,
      remote_number text,
      remote_total_cents bigint,
      attempts integer not null default 0,
      lookups integer not null default 0,
      uncertain_since timestamptz,
      recreated boolean not null default false,
      seen_at timestamptz not null,
      changed_at timestamptz not null,
      booked_at timestamptz,
      history jsonb not null default '[]',
      primary key (integration_id, id),
      unique (integration_id, kind, shop_id),
      -- A booking without proof is no booking; a reserved one without a reference can't be looked up.
      check (state <> 'booked' or remote_number is not null),
      check (state not in ('reserved', 'uncertain') or reference is not null)
    ) with (fillfactor = 80)`.execute(db)
  // What a drain takes next: live before migration, oldest first.
  await sql`
    create index bookings_due on bookings (integration_id, lane, due_at)
      where due_at is not null`.execute(db)
  await sql`
    create index bookings_report on bookings (integration_id, booked_at desc, id desc)
      where state = 'booked'`.execute(db)
  await sql`
    create index bookings_errors on bookings (integration_id, changed_at desc, id desc)
      where state = 'refused'`.execute(db)
  await sql`
    create index bookings_open on bookings (integration_id, changed_at desc, id desc)
      where state in ('seen', 'open', 'reserved', 'uncertain', 'parked')`.execute(db)

  await sql`
    create table debtors (
      integration_id uuid not null references integrations (id) on delete cascade,
      email_hash bytea not null,
      remote_id text,
      held_until timestamptz,
      primary key (integration_id, email_hash)
    )`.execute(db)

  await sql`
    create table polls (
      integration_id uuid primary key references integrations (id) on delete cascade,
      cursor text,
      started_at timestamptz,
      alive_at timestamptz,
      finished_at timestamptz
    )`.execute(db)

  await sql`
    create table store_handshakes (
      system text not null,
      account text not null,
      credentials text not null,
      received_at timestamptz not null,
      primary key (system, account)
    )`.execute(db)

  // Whether whoever has just changed a due booking must ring for this integration, in the same transaction.
  //
  // A waiting bell needs no second one, so most callers only read. The share lock makes a drain that is
  // about to answer the bell wait for them: without it a caller could see the bell still waiting, while the
  // drain answers it and looks before the caller's rows are committed, and the rows would lie until the
  // sweep. A caller that finds the bell silent under the share lock does not change the row (two of them
  // upgrading their locks would deadlock) but rings a second time, which harms nobody.
  await sql`
    create function must_ring(integration uuid) returns boolean language plpgsql as $$
    declare waiting boolean;
    begin
      select bell into waiting from mailboxes where integration_id = integration;
      if not waiting then
        update mailboxes set bell = true where integration_id = integration and not bell;
        if found then return true; end if;
      end if;
      select bell into waiting from mailboxes where integration_id = integration for share;
      return not waiting;
    end $$`.execute(db)
}

export const down = async (db: Kysely<unknown>): Promise<void> => {
  await sql`drop function must_ring(uuid)`.execute(db)
  for (const table of [
    'store_handshakes',
    'polls',
    'debtors',
    'bookings',
    'mailboxes',
    'connections',
    'integrations',
  ]) {
    await sql`drop table ${sql.table(table)}`.execute(db)
  }
}
