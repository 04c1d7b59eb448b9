import { sql, type Kysely } from 'kysely'
import type { Tables } from '../database/schema.ts'
import { forgetKnocks } from './knocks.ts'
import { places, type Vault } from './vault.ts'

/**
 * Everything that is kept of a merchant, found by the columns that name it instead of by a list of tables: a
 * table that is added later is exported and deleted too.
 */
interface OwnedTable {
  name: string
  key: 'integration_id' | 'merchant_id'
}

const ownedTables = async (db: Kysely<Tables>): Promise<OwnedTable[]> => {
  const found = await sql<OwnedTable>`
    select c.table_name as name, c.column_name as key
    from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE'
      and c.column_name in ('integration_id', 'merchant_id') and c.table_name <> 'integrations'
    order by c.table_name, c.column_name desc`.execute(db)
  // A table that names both is found by its integration, or all the same by its merchant.
  return found.rows
}

interface Owner {
  merchantId: string
  integrationIds: string[]
}

const ownerOf = async (db: Kysely<Tables>, merchantId: string): Promise<Owner> => {
  const rows = await db
    .selectFrom('integrations')
    .select('id')
    .where('merchantId', '=', merchantId)
    .execute()
  return { merchantId, integrationIds: rows.map(({ id }) => id) }
}

const ownedBy = ({ key }: OwnedTable, { merchantId, integrationIds }: Owner) =>
  key === 'merchant_id'
    ? sql`merchant_id::text = ${merchantId}`
    : sql`integration_id = any(${integrationIds}::uuid[])`

export type Row = Readonly<Record<string, unknown>>

/** More rows of one table than a year of a large merchant's. */
const rowsMax = 250_000

/** Keys and envelopes are of no use to anybody but us, and must not lie in a download. */
const secretColumns = new Set([
  ...['credentials', 'subscriptions', 'sealed', 'debtor_key', 'hook_key', 'licence_key'],
  ...['token_hash', 'email_hash', 'number_hash', 'text_hash', 'password', 'secret'],
])

const isEnvelope = (value: unknown) => typeof value === 'string' && /^v1\.[\w-]+\./.test(value)

const withoutSecrets = (row: Row): Row =>
  Object.fromEntries(
    Object.entries(row).filter(
      ([name, value]) => !secretColumns.has(name) && !isEnvelope(value) && !Buffer.isBuffer(value),
    ),
  )

/** Every row that is kept of a merchant and its users, by table, without secrets. */
export const exportMerchant = async (
  db: Kysely<Tables>,
  merchantId: string,
): Promise<Record<string, Row[]>> => {
  // The names as they are in the database, which are also those of the documentation.
  const plain = db.withoutPlugins()
  const owner = await ownerOf(db, merchantId)
  const tables: Record<string, Row[]> = {}
  const add = async (name: string, rows: Promise<{ rows: Row[] }>) => {
    tables[name] = [...(tables[name] ?? []), ...(await rows).rows.map(withoutSecrets)]
  }
  await add('merchant', sql<Row>`select * from merchant where id = ${merchantId}`.execute(plain))
  await add(
    'users',
    sql<Row>`select u.id, u.name, u.email, u.language, u."createdAt", s.role
      from seat s join "user" u on u.id = s."userId"
      where s."organizationId" = ${merchantId} order by u.id`.execute(plain),
  )
  await add(
    'integrations',
    sql<Row>`select * from integrations where merchant_id = ${merchantId} order by id`.execute(
      plain,
    ),
  )
  const seen = new Set<string>()
  for (const table of await ownedTables(db)) {
    if (seen.has(table.name)) continue
    seen.add(table.name)
    await add(
      table.name,
      sql<Row>`select * from ${sql.table(table.name)} where ${ownedBy(table, owner)}
        limit ${rowsMax}`.execute(plain),
    )
  }
  return tables
}

/**
 * What stays whatever a merchant wishes: the invoices to the merchant, which the law makes us keep for years,
 * and the operators' log, which nobody may change and which names an integration by its id only.
 */
export const keptTables: ReadonlySet<string> = new Set([
  ...['invoices', 'invoice_lines', 'invoice_numbers'],
  'operator_log',
])

/** The shops that a merchant's integrations were installed on from a store: their handshakes go too. */
const deleteHandshakes = (trx: Kysely<Tables>, { integrationIds }: Owner) =>
  sql`delete from store_handshakes h using connections c
    where c.integration_id = any(${integrationIds}::uuid[])
      and c.system = h.system and c.account = h.account`.execute(trx)

/** Sign-ins at remotes that were begun say in their envelope only whose they are. */
const deleteSignIns = async (trx: Kysely<Tables>, vault: Vault, { integrationIds }: Owner) => {
  for (const { state, sealed } of await trx.selectFrom('signIns').selectAll().execute()) {
    const begun = vault.open(sealed, places.signIn(state))
    if (!integrationIds.some((id) => begun.includes(id))) continue
    await trx.deleteFrom('signIns').where('state', '=', state).execute()
  }
}

/** Users without a seat anywhere: nobody they could work for is left. */
const deleteUsers = async (trx: Kysely<Tables>, userIds: readonly string[]) => {
  const gone = await sql<{ id: string; email: string }>`
    delete from "user" u where u.id = any(${userIds}) and not exists (
      select 1 from seat s where s."userId" = u.id)
    returning u.id, u.email`.execute(trx)
  for (const { id, email } of gone.rows) {
    await trx.deleteFrom('apiTokens').where('userId', '=', id).execute()
    await trx.deleteFrom('passwordLinks').where('userId', '=', id).execute()
    await trx.deleteFrom('seatOffers').where('email', '=', email).execute()
    await trx.deleteFrom('mails').where('toAddress', '=', email).execute()
    await sql`delete from verification where value = ${id}`.execute(trx)
    await forgetKnocks(trx, email)
  }
}

/**
 * Deletes a merchant with everything that is kept of it, and those of its users who have no other seat: in one
 * transaction, so that it is all there or all gone. Its integrations must have been stopped before.
 * @returns how many users went with it
 */
export const deleteMerchant = (
  { db, vault }: { db: Kysely<Tables>; vault: Vault },
  merchantId: string,
): Promise<void> =>
  db.transaction().execute(async (trx) => {
    const owner = await ownerOf(trx, merchantId)
    const seats = await sql<{ userId: string }>`
      delete from seat where "organizationId" = ${merchantId} returning "userId"`.execute(trx)
    await deleteHandshakes(trx, owner)
    await deleteSignIns(trx, vault, owner)
    for (const table of await ownedTables(trx)) {
      if (keptTables.has(table.name)) continue
      await sql`delete from ${sql.table(table.name)} where ${ownedBy(table, owner)}`.execute(trx)
    }
    await trx.deleteFrom('integrations').where('merchantId', '=', merchantId).execute()
    await sql`delete from merchant where id = ${merchantId}`.execute(trx)
    await deleteUsers(
      trx,
      seats.rows.map(({ userId }) => userId),
    )
  })
