import pg from 'pg'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { PreparingClient } from './preparing-client.ts'

let database: TestDatabase
let client: pg.Client
beforeAll(async () => {
  database = await createTestDatabase()
  client = new PreparingClient({ connectionString: database.url })
  await client.connect()
  await client.query('create table things (id int, name text)')
})
afterAll(async () => {
  await client.end()
  await database.close()
})

const prepared = async (like: string) => {
  const found = await client.query<{ count: number }>(
    `select count(*)::int as count from pg_prepared_statements where statement like $1`,
    [like],
  )
  return found.rows[0]?.count
}

test('keeps the plan of what writes, whatever its values', async () => {
  for (const id of [1, 2, 3]) {
    await client.query('insert into things (id, name) values ($1, $2)', [id, 'x'])
  }
  const updated = await client.query('update things set name = $1 where id > $2 returning id', [
    'y',
    1,
  ])
  expect(updated.rows).toEqual([{ id: 2 }, { id: 3 }])
  expect(await prepared('insert into things%')).toBe(1)
  expect(await prepared('update things%')).toBe(1)
})

test('keeps the plan of a read that names its columns', async () => {
  await client.query('select name from things where id = $1', [1])
  expect(await prepared('select name from things%')).toBe(1)
  await client.query('select t.* from things t where id = $1', [1])
  await client.query('select count(*) from things where id = $1', [1])
  expect(await prepared('select %*%')).toBe(0)
})

test('never that of a statement whose columns a migration beside us may change', async () => {
  const read = () => client.query('select * from things where id = $1', [1])
  await read()
  await client.query('alter table things add column more text')
  expect((await read()).rows).toEqual([{ id: 1, name: 'x', more: null }])
  await client.query('insert into things (id) values ($1) returning *', [4])
  await client.query('alter table things drop column more')
  const again = await client.query('insert into things (id) values ($1) returning *', [5])
  expect(again.rows).toEqual([{ id: 5, name: null }])
})

test('a value that does not fit fails that call and no other', async () => {
  const insert = (id: unknown) =>
    client.query('insert into things (id) values ($1)', [id]).then(
      () => 'done',
      (error: unknown) => (error as { code?: string }).code,
    )
  expect(await insert('no number')).toBe('22P02')
  expect(await insert(6)).toBe('done')
})

test('asks with a callback as with a promise', async () => {
  const answer = Promise.withResolvers<unknown>()
  client.query('select $1::int as one', [1], (error: unknown, result: unknown) =>
    answer.resolve({ error: error ?? null, rows: (result as pg.QueryResult).rows }),
  )
  expect(await answer.promise).toEqual({ error: null, rows: [{ one: 1 }] })
  const withoutValues = Promise.withResolvers<unknown>()
  client.query('select 2 as two', (_error: unknown, result: unknown) =>
    withoutValues.resolve((result as pg.QueryResult).rows),
  )
  expect(await withoutValues.promise).toEqual([{ two: 2 }])
  expect((await client.query({ text: 'select $1::int as three', values: [3] })).rows).toEqual([
    { three: 3 },
  ])
})

test('an error leads to whoever asked', async () => {
  const whoAsked = async () => {
    await client.query('select nothing_such from things')
  }
  const error = await whoAsked().catch((thrown: unknown) => thrown)
  expect((error as { code: string }).code).toBe('42703')
  expect((error as Error).stack).toContain('whoAsked')
})

describe('an answer that stays out', () => {
  const impatient = async () => {
    const late: pg.Client = new PreparingClient({
      connectionString: database.url,
      query_timeout: 200,
    })
    late.on('error', () => undefined)
    await late.connect()
    onTestFinished(() => late.end().catch(() => undefined))
    return late
  }

  test('is given up, and its connection closed', async () => {
    const late = await impatient()
    const closed = new Promise((resolve) => late.once('end', resolve))
    await expect(late.query('select pg_sleep(1)')).rejects.toThrow('Query read timeout')
    await closed
    await expect(late.query('select 1')).rejects.toThrow()
  })

  test('is told once to a callback', async () => {
    const late = await impatient()
    const closed = new Promise((resolve) => late.once('end', resolve))
    const told: unknown[] = []
    late.query('select pg_sleep(1)', (error: unknown) => told.push(String(error)))
    await closed
    expect(told).toEqual(['Error: Query read timeout'])
  })

  test('costs a pool one connection', async () => {
    const pool = new pg.Pool({
      connectionString: database.url,
      max: 1,
      query_timeout: 200,
      Client: PreparingClient,
    })
    onTestFinished(() => pool.end())
    const before = await pool.query<{ pid: number }>('select pg_backend_pid() as pid')
    await expect(pool.query('select pg_sleep(1)')).rejects.toThrow('Query read timeout')
    const after = await pool.query<{ pid: number }>('select pg_backend_pid() as pid')
    expect(after.rows[0]?.pid).not.toBe(before.rows[0]?.pid)
  })

  test('is none of what pg refused to ask', async () => {
    const late = await impatient()
    await expect(late.query(null as never)).rejects.toThrow(TypeError)
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect((await late.query<{ one: number }>('select 1 as one')).rows).toEqual([{ one: 1 }])
  })

  test('leaves others their time: the limit begins anew with each', async () => {
    const late = await impatient()
    for (const _ of [1, 2, 3]) await late.query('select pg_sleep(0.1)')
    expect((await late.query<{ one: number }>('select 1 as one')).rows).toEqual([{ one: 1 }])
  })
})
