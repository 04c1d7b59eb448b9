import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { setBookingStage } from '../../test/support/booking-stage.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { systemRandom, type Random } from '../world/random.ts'
import { process } from './decisions.ts'
import { callBudgetMs, heartbeatMs, leaseMs, restAfter, retryAfter } from './schedule.ts'

const always = (fraction: number): Random => ({ ...systemRandom, fraction: () => fraction })
const middle = always(0.5)
const seconds = (delaysMs: readonly (number | null)[]) =>
  delaysMs.map((delayMs) => (delayMs === null ? null : delayMs / 1_000))

describe('the schedule', () => {
  test('of retries is the published one, for about five days', () => {
    const delays = Array.from({ length: 28 }, (_, index) => retryAfter(index + 1, middle))
    expect(seconds(delays.slice(0, 9))).toEqual([
      10, 30, 120, 600, 1_800, 3_600, 7_200, 14_400, 21_600,
    ])
    expect(new Set(delays.slice(8, 26))).toEqual(new Set([21_600_000]))
    expect(delays.slice(26)).toEqual([null, null])
    const days = delays.reduce<number>((total, delay) => total + (delay ?? 0), 0) / 86_400_000
    expect(days).toBeGreaterThan(4.5)
    expect(days).toBeLessThan(5.5)
  })

  test('spreads every retry by a quarter either way', () => {
    expect(retryAfter(1, always(0))).toBe(7_500)
    expect(retryAfter(1, always(1 - 2 ** -32))).toBe(12_500)
  })

  test('of rests doubles from half a minute to a quarter of an hour', () => {
    const rests = Array.from({ length: 13 }, (_, failures) => restAfter(failures, middle))
    expect(seconds(rests)).toEqual([0, 0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900])
    expect(restAfter(1_000_000, middle)).toBe(900_000)
  })

  test('lets every call end before the lease it was made under, with a heartbeat missed', () => {
    expect(leaseMs - heartbeatMs).toBeGreaterThan(callBudgetMs)
  })
})

describe('a sale that cannot be finished for a reason that passes', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await createTestDatabase()
  })
  afterAll(() => database.close())

  test('is tried by the schedule, and is an error for a person in the end', async () => {
    const stage = await setBookingStage(database)
    stage.engine.random = middle
    const shopId = await stage.sell()
    stage.shop.faults.add({ fault: 'error-before', match: { path: '/orders/' }, times: 0 })
    const startedMs = stage.clock.now().getTime()
    const delays: (number | null)[] = []
    let row = await stage.row(shopId)
    for (let count = 0; row.dueAt !== null && count < 40; count += 1) {
      const { restUntil } = await database.db
        .selectFrom('mailboxes')
        .select('restUntil')
        .where('integrationId', '=', stage.id)
        .executeTakeFirstOrThrow()
      const next = Math.max(row.dueAt.getTime(), restUntil?.getTime() ?? 0)
      await stage.passes(next - stage.clock.now().getTime())
      row = await stage.row(shopId)
      delays.push(row.dueAt === null ? null : row.dueAt.getTime() - stage.clock.now().getTime())
    }
    expect(delays).toEqual(Array.from({ length: 27 }, (_, index) => retryAfter(index + 1, middle)))
    expect(row).toMatchObject({
      state: 'refused',
      reasonCode: 'RETRIES_EXHAUSTED',
      reasonParams: { attempts: 27 },
      attempts: 0,
      dueAt: null,
    })
    expect((stage.clock.now().getTime() - startedMs) / 86_400_000).toBeLessThan(5.5)

    // A person who mended it has the whole schedule again.
    stage.shop.faults.clear()
    await process(stage.engine, stage.id, { code: 'RETRIES_EXHAUSTED' })
    await stage.passes(900_000)
    expect(await stage.row(shopId)).toMatchObject({ state: 'booked' })
  })

  test('says what it waits for, and keeps what was learnt', async () => {
    const stage = await setBookingStage(database)
    const shopId = await stage.sell()
    stage.books.faults.add({ fault: 'reset-before', match: { method: 'POST', path: '/clients$' } })
    await stage.drain()
    expect(await stage.row(shopId)).toMatchObject({
      state: 'open',
      reasonCode: 'REMOTE_SILENT',
      reasonParams: { system: 'Factuursturen', cause: 'connection-lost' },
      number: 'W-1001',
      totalCents: 1210,
      attempts: 1,
    })
  })

  test('waits as long as the remote asked, when that is longer', async () => {
    const stage = await setBookingStage(database)
    const shopId = await stage.sell()
    stage.shop.faults.add({ fault: 'rate-limit', match: { path: '/orders/' }, times: 2 })
    await stage.drain()
    const { dueAt } = await stage.row(shopId)
    expect(dueAt?.getTime()).toBe(stage.clock.now().getTime() + 60_000)
  })

  test('and is refused at once when it does not pass', async () => {
    const stage = await setBookingStage(database)
    const shopId = await stage.sell()
    stage.shop.setSwitches({ failures: { orders: '500.20' } })
    await stage.drain()
    expect(await stage.row(shopId)).toMatchObject({
      state: 'refused',
      reasonCode: 'REMOTE_REFUSES',
      attempts: 0,
      dueAt: null,
    })
  })

  test('forgets its attempts once it waits for something else', async () => {
    const stage = await setBookingStage(database)
    const shopId = await stage.sell({ paid: false, status: 2 })
    stage.shop.faults.add({ fault: 'error-before', match: { path: '/orders/' }, times: 2 })
    await stage.drain()
    expect(await stage.row(shopId)).toMatchObject({ attempts: 1 })
    await stage.passes(12_500)
    expect(await stage.row(shopId)).toMatchObject({ reasonCode: 'NOT_PAID_YET', attempts: 0 })
  })
})
