import pg from 'pg'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { virtualClock } from '../../test/support/virtual-clock.ts'
import { behindWeakLink } from '../../test/support/weak-link.ts'
import { eventually } from '../../test/support/eventually.ts'
import { wallClock } from '../world/clock.ts'
import { announcerOn, listenForChanges } from './announcements.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

const connect = () =>
  new pg.Client({ connectionString: database.url, application_name: 'test listener' })

const listeners = async (): Promise<number[]> => {
  const found = await database.pool.query<{ pid: number }>(
    `select pid from pg_stat_activity
     where datname = current_database() and application_name = 'test listener' and query like 'listen%'`,
  )
  return found.rows.map(({ pid }) => pid)
}

const listen = async (onChange: (id: string) => void) => {
  const stop = listenForChanges(connect, wallClock, onChange)
  await eventually(async () => expect(await listeners()).toHaveLength(1))
  return stop
}

test('an announcement is heard, and many of one integration are one', async () => {
  const heard: string[] = []
  const stop = await listen((id) => heard.push(id))
  const clock = virtualClock()
  const announce = announcerOn(database.pool, clock)
  announce('a')
  await eventually(() => expect(heard).toEqual(['a']))
  for (let count = 0; count < 50; count += 1) {
    announce('a')
    announce('b')
  }
  // Quiet for a moment, however much is announced.
  await eventually(() => expect(clock.sleepers()).toBe(1))
  expect(heard).toEqual(['a'])
  await clock.advance(400)
  await eventually(() => expect([...heard].sort()).toEqual(['a', 'a', 'b']))
  await eventually(() => expect(clock.sleepers()).toBe(1))
  await clock.advance(400)
  announce('c')
  await eventually(() => expect(heard).toHaveLength(4))
  await eventually(() => expect(clock.sleepers()).toBe(1))
  await clock.advance(400)
  await stop()
})

test('a listener whose connection is cut listens again', async () => {
  const heard: string[] = []
  const stop = await listen((id) => heard.push(id))
  const [first] = await listeners()
  await database.pool.query('select pg_terminate_backend($1)', [first])
  await eventually(async () => {
    const now = await listeners()
    expect(now).toHaveLength(1)
    expect(now).not.toEqual([first])
  })
  await database.pool.query(`select pg_notify('doorvoer_changed', 'a')`)
  await eventually(() => expect(heard).toEqual(['a']))
  await stop()
})

test('a database that cannot be reached is tried every second until it is stopped', async () => {
  const clock = virtualClock()
  let attempts = 0
  const stop = listenForChanges(
    () => {
      attempts += 1
      return new pg.Client({ connectionString: 'postgres://127.0.0.1:1/nowhere' })
    },
    clock,
    () => undefined,
  )
  for (let count = 1; count <= 3; count += 1) {
    await eventually(() => expect(clock.sleepers()).toBe(1))
    expect(attempts).toBe(count)
    await clock.advance(1_000)
  }
  await stop()
  expect(clock.sleepers()).toBe(0)
})

test('an announcement that cannot be sent stops nothing', async () => {
  const pool = new pg.Pool({ connectionString: 'postgres://127.0.0.1:1/nowhere' })
  const clock = virtualClock()
  const announce = announcerOn(pool, clock)
  announce('a')
  await eventually(() => expect(clock.sleepers()).toBe(1))
  await clock.advance(400)
  announce('b')
  await eventually(() => expect(clock.sleepers()).toBe(1))
  await clock.advance(400)
  await pool.end()
})

test('a listener whose connection hangs listens again', async () => {
  const link = await behindWeakLink(database)
  onTestFinished(() => link.close())
  const clock = virtualClock()
  const heard: string[] = []
  const stop = listenForChanges(
    () =>
      new pg.Client({
        connectionString: link.database.url,
        application_name: 'test listener',
        query_timeout: 300,
      }),
    clock,
    (id) => heard.push(id),
  )
  await eventually(() => expect(clock.sleepers()).toBe(1))
  link.hang()
  await clock.advance(20_000)
  await eventually(async () => expect(await listeners()).toHaveLength(2))
  await database.pool.query(`select pg_notify('doorvoer_changed', 'a')`)
  await eventually(() => expect(heard).toEqual(['a']))
  await stop()
})
