import { sql, type Kysely } from 'kysely'

/** Tickets, and what the operator's console stands on. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create table tickets (
      integration_id uuid not null references integrations (id) on delete cascade,
      id uuid not null,
      reference text not null unique,
      asker_id text not null,
      language text not null check (language in ('nl', 'en')),
      topic text not null check (topic in ('question', 'problem')),
      state text not null check (state in ('asked', 'answered', 'settled')),
      subject text not null,
      code text,
      params jsonb,
      system text,
      booking_id uuid,
      facts jsonb,
      assignee_id text,
      created_at timestamptz not null,
      changed_at timestamptz not null,
      settled_at timestamptz,
      primary key (integration_id, id)
    )`.execute(db)
  await sql`create unique index tickets_id on tickets (id)`.execute(db)
  await sql`create index tickets_inbox on tickets (state, changed_at desc, id desc)`.execute(db)
  await sql`create index tickets_of_integration on tickets (integration_id, changed_at desc, id desc)`.execute(
    db,
  )

  await sql`
    create table ticket_messages (
      integration_id uuid not null,
      id uuid not null,
      ticket_id uuid not null,
      author text not null check (author in ('merchant', 'operator')),
      author_id text not null,
      text text not null,
      at timestamptz not null,
      primary key (integration_id, id),
      foreign key (integration_id, ticket_id) references tickets (integration_id, id) on delete cascade
    )`.execute(db)
  await sql`create index ticket_messages_thread on ticket_messages (integration_id, ticket_id, id)`.execute(
    db,
  )

  // What only a person who helps may see, for as long as helping takes (design §4).
  await sql`
    create table ticket_attachments (
      integration_id uuid not null,
      ticket_id uuid not null,
      content text not null,
      expires_at timestamptz not null,
      primary key (integration_id, ticket_id),
      foreign key (integration_id, ticket_id) references tickets (integration_id, id) on delete cascade
    )`.execute(db)
  await sql`create index ticket_attachments_expiry on ticket_attachments (expires_at)`.execute(db)

  await sql`
    create table operators (
      user_id text primary key,
      added_at timestamptz not null,
      removed_at timestamptz
    )`.execute(db)

  await sql`
    create table operator_log (
      id uuid primary key,
      at timestamptz not null,
      operator_id text not null,
      operator_name text not null,
      deed text not null,
      integration_id uuid,
      params jsonb not null default '{}',
      reason text not null default ''
    )`.execute(db)
  await sql`create index operator_log_of_integration on operator_log (integration_id, id desc)
    where integration_id is not null`.execute(db)
  // Who may write what happened may not rewrite it.
  await sql`
    create function operator_log_is_final() returns trigger language plpgsql as $$
    begin raise exception 'the operator log is only ever added to'; end $$`.execute(db)
  await sql`
    create trigger operator_log_is_final before update or delete or truncate on operator_log
      for each statement execute function operator_log_is_final()`.execute(db)

  await sql`
    create table integration_health (
      integration_id uuid primary key references integrations (id) on delete cascade,
      measured_at timestamptz not null,
      last_seen_at timestamptz,
      last_booked_at timestamptz,
      lag_seconds integer not null default 0,
      waiting integer not null default 0,
      uncertain integer not null default 0,
      refused integer not null default 0,
      booked_week integer not null default 0,
      refused_week integer not null default 0,
      dots smallint not null default 0
    )`.execute(db)

  await sql`
    create table alarms (
      id uuid primary key,
      integration_id uuid references integrations (id) on delete cascade,
      kind text not null check (kind in ('quiet', 'red', 'uncertain', 'lag')),
      params jsonb not null default '{}',
      raised_at timestamptz not null,
      acknowledged_at timestamptz,
      acknowledged_by text,
      resolved_at timestamptz
    )`.execute(db)
  await sql`create unique index alarms_standing on alarms (integration_id, kind)
    where resolved_at is null`.execute(db)
  await sql`create index alarms_newest on alarms (id desc)`.execute(db)

  await sql`
    create table remote_pauses (
      system text primary key,
      reason text not null,
      paused_by text not null,
      paused_at timestamptz not null
    )`.execute(db)

  await sql`
    create table merchant_views (
      id uuid primary key,
      operator_id text not null,
      integration_id uuid not null references integrations (id) on delete cascade,
      reason text not null,
      started_at timestamptz not null,
      ends_at timestamptz not null,
      ended_at timestamptz,
      escalated_at timestamptz
    )`.execute(db)
  await sql`create index merchant_views_standing on merchant_views (operator_id, integration_id)
    where ended_at is null`.execute(db)
}

export const down = async (db: Kysely<unknown>): Promise<void> => {
  for (const table of [
    'merchant_views',
    'remote_pauses',
    'alarms',
    'integration_health',
    'operator_log',
    'operators',
    'ticket_attachments',
    'ticket_messages',
    'tickets',
  ]) {
    await sql`drop table ${sql.table(table)}`.execute(db)
  }
  await sql`drop function operator_log_is_final()`.execute(db)
}
