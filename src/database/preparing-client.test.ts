import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
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
