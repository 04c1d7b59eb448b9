import { sql, type Kysely } from 'kysely'

/**
 * One-time links, seats that were offered, tokens of the interface, terms, and who is told what. Users live in
 * the tables of sign-in, which are made after these, so they are named here without a foreign key.
 */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create table password_links (
      token_hash bytea primary key,
      user_id text not null,
      expires_at timestamptz not null
    )`.execute(db)
  await sql`create index password_links_of_user on password_links (user_id)`.execute(db)

  await sql`
    create table seat_offers (
      merchant_id text not null,
      id uuid not null,
      email text not null,
      role text not null check (role in ('owner', 'admin', 'member')),
      token_hash bytea not null unique,
      offered_by text not null,
      offered_at timestamptz not null,
      expires_at timestamptz not null,
      primary key (merchant_id, id),
      unique (merchant_id, email)
    )`.execute(db)

  await sql`
    create table api_tokens (
      id uuid primary key,
      user_id text not null,
      name text not null,
      token_hash bytea not null unique,
      hint text not null,
      scopes jsonb not null,
      created_at timestamptz not null,
      expires_at timestamptz,
      last_used_at timestamptz
    )`.execute(db)
  await sql`create index api_tokens_of_user on api_tokens (user_id)`.execute(db)

  await sql`
    create table terms_acceptances (
      integration_id uuid not null references integrations (id) on delete cascade,
      version text not null,
      text_hash text not null,
      user_id text not null,
      accepted_at timestamptz not null,
      primary key (integration_id, version)
    )`.execute(db)

  await sql`
    create table notifications (
      integration_id uuid primary key references integrations (id) on delete cascade,
      language text not null check (language in ('nl', 'en')),
      digest text not null check (digest in ('daily', 'weekly', 'never')),
      connection_red boolean not null,
      addresses jsonb not null default '[]'
    )`.execute(db)

  await sql`
    create table knocks (
      key bytea primary key,
      count integer not null,
      since timestamptz not null
    )`.execute(db)
  await sql`create index knocks_by_age on knocks (since)`.execute(db)
}

export const down = async (db: Kysely<unknown>): Promise<void> => {
  for (const table of [
    'knocks',
    'notifications',
    'terms_acceptances',
    'api_tokens',
    'seat_offers',
    'password_links',
  ]) {
    await sql`drop table ${sql.table(table)}`.execute(db)
  }
}
