import { sql, type Kysely } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { bookingStates } from './booking-state.ts'
import { migrate, migrations } from './migrate.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

const untyped = <T>() => database.db as unknown as Kysely<T>

/** What every drain of an integration reads or writes. */
const hotTables = [
  ...['bookings', 'connections', 'debtor_scans', 'debtors', 'mailboxes', 'polls', 'products'],
  'vat_checks',
]

const tables = async (): Promise<string[]> => {
  const found = await sql<{ name: string }>`select table_name as name from information_schema.tables
    where table_schema = 'public' order by table_name`.execute(database.db)
  return found.rows.map((row) => row.name)
}

/** Everything that decides how the tables behave. */
const schema = async (): Promise<unknown> => {
  const columns = await sql`select table_name, column_name, data_type, is_nullable, column_default
    from information_schema.columns where table_schema = 'public' order by 1, 2`.execute(
    database.db,
  )
  const indexes = await sql`select tablename, indexdef from pg_indexes
    where schemaname = 'public' order by 1, 2`.execute(database.db)
  const constraints =
    await sql`select conrelid::regclass::text as on_table, pg_get_constraintdef(oid) as says
    from pg_constraint where connamespace = 'public'::regnamespace order by 1, 2`.execute(
      database.db,
    )
  return [columns.rows, indexes.rows, constraints.rows]
}

test('migrating again, also by several at once, changes nothing', async () => {
  const before = await schema()
  const ran = await Promise.all(Array.from({ length: 4 }, () => migrate(untyped())))
  expect(ran).toEqual([[], [], [], []])
  expect(await schema()).toEqual(before)
})

test('what went up comes down, and goes up again the same', async () => {
  const before = await schema()
  const all = await tables()
  for (const each of Object.values(migrations).toReversed()) await each.down?.(untyped())
  const left = await tables()
  expect(hotTables.filter((name) => left.includes(name))).toEqual([])
  for (const each of Object.values(migrations)) await each.up(untyped())
  expect(await tables()).toEqual(all)
  expect(await schema()).toEqual(before)
})

test('the table takes the states of the code and no other', async () => {
  const found = await sql<{
    says: string
  }>`select pg_get_constraintdef(oid) as says from pg_constraint
    where conrelid = 'bookings'::regclass and conname = 'bookings_state_check'`.execute(database.db)
  const allowed = [...(found.rows[0]?.says ?? '').matchAll(/'(\w+)'/g)].map(([, state]) => state)
  expect(allowed.sort()).toEqual([...bookingStates].sort())
})

test('every table of the hot path is keyed by its integration', async () => {
  const found = await sql<{ name: string; key: string }>`
    select c.conrelid::regclass::text as name, a.attname as key
    from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
    where c.contype = 'p' and c.connamespace = 'public'::regnamespace`.execute(database.db)
  const keys = new Map(found.rows.map(({ name, key }) => [name, key]))
  for (const table of hotTables) expect(keys.get(table), table).toBe('integration_id')
})
