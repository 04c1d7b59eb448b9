import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { wallClock, type Clock } from '../world/clock.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { virtualClock } from '../../test/support/virtual-clock.ts'
import { databaseClock } from './database-clock.ts'

const day = 86_400_000

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

const start = (own: Clock) => {
  const ended = new AbortController()
  onTestFinished(() => ended.abort())
  return databaseClock(database.pool, own, ended.signal)
}

const theirNow = async (): Promise<number> => {
  const { rows } = await database.pool.query<{ at: Date }>('select clock_timestamp() as at')
  return rows[0]?.at.getTime() ?? NaN
}

test('a worker whose clock is a day off has the time of the database', async () => {
  for (const offMs of [-day, day]) {
    const own = { ...wallClock, now: () => new Date(wallClock.now().getTime() + offMs) }
    const clock = await start(own)
    expect(Math.abs(clock.now().getTime() - (await theirNow()))).toBeLessThan(1_000)
  }
})

test('a clock that is set while the process runs changes nothing, and time goes on', async () => {
  const own = virtualClock('2020-02-29T23:59:59.000Z')
  const clock = await start(own)
  const before = clock.now().getTime()
  own.jump(day)
  expect(clock.now().getTime()).toBe(before)
  own.oversleep(5_000)
  expect(clock.now().getTime()).toBe(before + 5_000)
})

test('it is put right by the next answer of the database', async () => {
  const own = virtualClock()
  const clock = await start(own)
  // As after a sleep of the machine: by our clock an hour has passed, by the database's nothing.
  own.oversleep(3_600_000)
  expect(clock.now().getTime() - (await theirNow())).toBeGreaterThan(3_000_000)
  await own.advance(0)
  await expect
    .poll(async () => Math.abs(clock.now().getTime() - (await theirNow())), { timeout: 10_000 })
    .toBeLessThan(1_000)
})
