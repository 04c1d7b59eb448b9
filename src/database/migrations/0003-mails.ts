import { sql, type Kysely } from 'kysely'

/** The outbox: what goes out by mail is written in the same transaction as what it tells of. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create table mails (
      id uuid primary key,
      kind text not null,
      language text not null check (language in ('nl', 'en')),
      to_address text not null,
      integration_id uuid references integrations (id) on delete cascade,
      once_key text not null unique,
      sealed text,
      state text not null check (state in ('waiting', 'sent', 'refused', 'unwanted')),
      due_at timestamptz,
      attempts integer not null default 0,
      trouble text,
      created_at timestamptz not null,
      sent_at timestamptz
    )`.execute(db)
  await sql`create index mails_due on mails (due_at) where state = 'waiting'`.execute(db)
  // For whoever looks through the outbox, newest first: all of it, or what was never delivered.
  await sql`create index mails_refused on mails (id desc) where state = 'refused'`.execute(db)
  await sql`create index mails_of_integration on mails (integration_id, id desc)`.execute(db)
  await sql`create index mails_kept on mails (created_at) where to_address <> ''`.execute(db)
}

export const down = async (db: Kysely<unknown>): Promise<void> => {
  await sql`drop table mails`.execute(db)
}
