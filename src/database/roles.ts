import { sql, type Kysely } from 'kysely'

/** What a process may do with a table: select, insert, update, delete. `pdf`: update of that column only. */
type Rights = readonly ('s' | 'i' | 'u' | 'd' | 'pdf')[]

const all: Rights = ['s', 'i', 'u', 'd']
const read: Rights = ['s']
const none: Rights = []
const change: Rights = ['s', 'u']
const write: Rights = ['s', 'i', 'u']

/** The two kinds of process that run all day. */
export const roles = { web: 'doorvoer_web', worker: 'doorvoer_worker' } as const
export type RoleName = keyof typeof roles

/**
 * Which process needs what of which table: [web, worker]. The web server deletes wherever a merchant may delete
 * what is theirs; a worker never sees passwords, sessions, tokens or links. Nobody deletes our invoices, and
 * nobody changes the operators' log. Tables change hands only by the owner of the database (`doorvoer migrate`).
 */
export const tableRights: Readonly<Record<string, readonly [web: Rights, worker: Rights]>> = {
  integrations: [all, change],
  connections: [all, change],
  mailboxes: [all, change],
  bookings: [all, write],
  debtors: [['s', 'd'], all],
  debtor_scans: [['s', 'd'], write],
  polls: [all, change],
  products: [['s', 'd'], write],
  vat_checks: [all, write],
  licences: [all, change],
  tariffs: [write, read],
  billing_details: [all, change],
  offers: [all, write],
  payments: [all, write],
  invoice_series: [write, write],
  invoices: [
    ['s', 'i', 'pdf'],
    ['s', 'i', 'pdf'],
  ],
  surveys: [all, change],
  survey_sales: [['s', 'd'], all],
  survey_invoices: [['s', 'd'], all],
  mails: [all, write],
  mail_unsubscriptions: [all, read],
  notifications: [all, read],
  tickets: [all, ['s', 'd']],
  ticket_messages: [all, read],
  ticket_attachments: [all, ['s', 'd']],
  operators: [read, read],
  operator_log: [['s', 'i'], none],
  integration_health: [all, write],
  alarms: [all, write],
  remote_pauses: [all, read],
  merchant_views: [all, none],
  store_handshakes: [all, none],
  sign_ins: [all, none],
  password_links: [all, none],
  seat_offers: [all, none],
  api_tokens: [all, none],
  terms_acceptances: [['s', 'i', 'd'], none],
  knocks: [all, none],
  confirmed_addresses: [all, read],
  merchant: [all, read],
  seat: [all, read],
  user: [all, read],
  session: [all, none],
  account: [all, none],
  verification: [all, none],
  twoFactor: [all, none],
  passkey: [all, none],
  invitation: [all, none],
  kysely_migration: [read, read],
  kysely_migration_lock: [none, none],
}

const verbs = { s: 'select', i: 'insert', u: 'update', d: 'delete', pdf: 'update (pdf)' } as const

const grantsOf = (role: RoleName, at: 0 | 1): string[] =>
  Object.entries(tableRights).flatMap(([table, rights]) => {
    const may = rights[at].map((right) => verbs[right]).join(', ')
    return may === '' ? [] : [`grant ${may} on public."${table}" to ${roles[role]}`]
  })

/** Makes a role that nobody signs in as; the operator's own users become members of it. */
const making = (role: string): string =>
  `do $$ begin
     if not exists (select 1 from pg_roles where rolname = '${role}') then
       create role ${role} nologin;
     end if;
   end $$`

/**
 * Both roles with exactly these rights, whatever they had before. May run again after every migration; the
 * owner of the database runs it, after the queue has made its own tables.
 */
const roleStatements = (): string[] => {
  const both = `${roles.web}, ${roles.worker}`
  return [
    ...Object.values(roles).map(making),
    'revoke create on schema public from public',
    `revoke all on all tables in schema public from ${both}`,
    `revoke all on all tables in schema pgboss from ${both}`,
    `grant usage on schema public, pgboss to ${both}`,
    ...grantsOf('web', 0),
    ...grantsOf('worker', 1),
    // A web process only rings; a worker keeps the queue.
    `grant select on all tables in schema pgboss to ${roles.web}`,
    `grant insert on pgboss.job, pgboss.job_common to ${roles.web}`,
    `grant select, insert, update, delete on all tables in schema pgboss to ${roles.worker}`,
  ]
}

/** Gives the two roles their rights, all of them or none. */
export const grantRoles = (db: Kysely<never>): Promise<void> =>
  db.transaction().execute(async (trx) => {
    for (const statement of roleStatements()) await sql.raw(statement).execute(trx)
  })

/** Whether whoever is connected may change tables, or only what is in them. */
export const mayChangeTables = async (db: Kysely<never>): Promise<boolean> => {
  const found = await sql<{ may: boolean }>`
    select has_schema_privilege('public', 'create') as may`.execute(db)
  return found.rows[0]?.may === true
}
