import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { behindWeakLink } from '../../test/support/weak-link.ts'
import { eventually } from '../../test/support/eventually.ts'
import { connectPool } from './connect.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

const ask = async (question: string): Promise<unknown> => {
  const found = await sql<{ value: unknown }>`select ${sql.raw(question)} as value`.execute(
    database.db,
  )
  return found.rows[0]?.value
}

describe('what comes out of the database', () => {
  test('is a number for a count or cents, and a day as its text', async () => {
    expect(await ask('count(*)')).toBe(1)
    expect(await ask('9007199254740991::bigint')).toBe(9_007_199_254_740_991)
    expect(await ask(`'2026-03-29'::date`)).toBe('2026-03-29')
    expect(await ask(`'2026-11-20T10:00:00.123Z'::timestamptz`)).toEqual(
      new Date('2026-11-20T10:00:00.123Z'),
    )
    expect(await ask(`null::bigint`)).toBeNull()
  })

  test('has our names outside, and its own inside of JSON', async () => {
    const found =
      await sql`select 1 as remote_number, '{"as_it_is": {"deep_down": 1}}'::jsonb as reason_params`.execute(
        database.db,
      )
    expect(found.rows).toEqual([{ remoteNumber: 1, reasonParams: { as_it_is: { deep_down: 1 } } }])
  })
})

describe('a pool', () => {
  const poolOf = (onIdleError?: (error: Error) => void) => {
    const pool = connectPool({
      url: database.url,
      applicationName: 'test pool',
      connectionsMax: 2,
      ...(onIdleError !== undefined && { onIdleError }),
    })
    onTestFinished(() => pool.end())
    return pool
  }

  const cut = (pid: number) => database.pool.query('select pg_terminate_backend($1)', [pid])

  test('replaces a connection that breaks while nobody uses it, and tells', async () => {
    const told: Error[] = []
    const pool = poolOf((error) => told.push(error))
    const { rows } = await pool.query<{ pid: number }>('select pg_backend_pid() as pid')
    await cut(rows[0]?.pid ?? 0)
    await eventually(() => expect(told.length).toBeGreaterThan(0))
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  })

  test('opens no more connections than it may', async () => {
    const pool = poolOf()
    await Promise.all(Array.from({ length: 10 }, () => pool.query('select 1')))
    expect(pool.totalCount).toBe(2)
  })

  test('keeps the session options that the operator gave in the address', async () => {
    const address = new URL(database.url)
    address.searchParams.set('options', '-c lock_timeout=1234')
    const pool = connectPool({ url: address.toString(), applicationName: 'test pool' })
    onTestFinished(() => pool.end())
    const { rows } = await pool.query<{ waits: string; scans: string }>(
      `select current_setting('lock_timeout') as waits, current_setting('enable_seqscan') as scans`,
    )
    expect(rows).toEqual([{ waits: '1234ms', scans: 'off' }])
  })

  test('survives a connection that breaks while it is in use', async () => {
    const pool = poolOf()
    // An error that nobody listens to ends the process; neither the pool nor Kysely listens to what is in use.
    const client = await pool.connect()
    const listeners = client.listenerCount('error')
    client.release()
    expect(listeners).toBeGreaterThan(0)
  })

  test('gives up connections that hang, and works on with others', async () => {
    const link = await behindWeakLink(database, { answerMsMax: 300 })
    onTestFinished(() => link.close())
    const { db } = link.database
    const ask = () => sql`select 1 as one`.execute(db)
    const inTransaction = () => db.transaction().execute((trx) => sql`select 1 as one`.execute(trx))
    await Promise.all([ask(), ask(), ask()])
    link.hang()
    const hung = await Promise.allSettled([ask(), ask(), inTransaction()])
    expect(hung.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    expect((await ask()).rows).toEqual([{ one: 1 }])
    expect((await inTransaction()).rows).toEqual([{ one: 1 }])
  })

  test('lets go, in the database, of what somebody locked who vanished or was stopped', async () => {
    // An operator's own settings in the address take nothing away.
    const pool = connectPool({ url: `${database.url}?options=-c%20work_mem%3D5MB` })
    onTestFinished(() => pool.end())
    const { rows } = await pool.query<{ name: string; setting: string }>(
      `select name, setting from pg_settings
       where name in ('idle_in_transaction_session_timeout', 'statement_timeout', 'work_mem')
       order by name`,
    )
    expect(rows).toEqual([
      { name: 'idle_in_transaction_session_timeout', setting: '10000' },
      { name: 'statement_timeout', setting: '15000' },
      { name: 'work_mem', setting: '5120' },
    ])
  })
})
