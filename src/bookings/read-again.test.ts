import { afterAll, beforeAll, expect, test } from 'vitest'
import { setBookingStage, type BookingStage } from '../../test/support/booking-stage.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'

/** A sale that waits between its reading and its invoice (reliability §3, case 5). */
let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

/** Sells, and lets `waitS` seconds pass between the look-up and the create, with `meanwhile` in them. */
const sellSlowly = async (
  stage: BookingStage,
  waitS: number,
  meanwhile: (orderId: number) => void = () => undefined,
): Promise<string> => {
  const shopId = await stage.sell()
  const held = stage.holdAt('after:call-look-up')
  const draining = stage.drain()
  await held.reached
  for (let passedS = 0; passedS < waitS; passedS += 4) {
    await stage.clock.advance(4_000)
    // The heart beats in the database: give it the time.
    await stage.states()
  }
  meanwhile(Number(shopId))
  held.letGo()
  await draining
  await stage.drain()
  return shopId
}

const readsOf = ({ shop }: BookingStage) =>
  Object.entries(shop.ledger().requests)
    .filter(([request]) => request.startsWith('GET orders'))
    .reduce((sum, [, count]) => sum + count, 0)

const totals = ({ books }: BookingStage) =>
  books.ledger().invoices.map(({ totalCents }) => totalCents)

const dearer: Parameters<BookingStage['shop']['changeOrder']>[1] = {
  edit: { lines: [{ name: 'Mok', unitPrice: 24.2 }] },
  webhook: 'lost',
}

test('is booked as it was read while that is fresh', async () => {
  const stage = await setBookingStage(database)
  await sellSlowly(stage, 0)
  const reads = readsOf(stage)
  expect(reads).toBeGreaterThan(0)
  const slow = await setBookingStage(database)
  await sellSlowly(slow, 24)
  expect([readsOf(slow), totals(slow)]).toEqual([reads, [1210]])
})

test('is read once more after a long wait, and booked when nothing changed', async () => {
  const stage = await setBookingStage(database)
  const shopId = await sellSlowly(stage, 40)
  expect(await stage.row(shopId)).toMatchObject({ state: 'booked' })
  expect(totals(stage)).toEqual([1210])
})

test('is booked as it is now when it was edited meanwhile, without any webhook', async () => {
  const stage = await setBookingStage(database)
  const shopId = await sellSlowly(stage, 40, (id) => stage.shop.changeOrder(id, dearer))
  const { state, totalCents, history } = await stage.row(shopId)
  expect([state, totalCents]).toEqual(['booked', 2420])
  expect(history.map(({ code }) => code)).toContain('SALE_CHANGED_MEANWHILE')
  expect(totals(stage)).toEqual([2420])
})

test('waits when the shop does not answer then', async () => {
  const stage = await setBookingStage(database)
  const shopId = await sellSlowly(stage, 40, () =>
    stage.shop.faults.add({ fault: 'error-before', match: { path: '/orders/' }, times: 1 }),
  )
  expect(await stage.row(shopId)).toMatchObject({ state: 'open', reasonCode: 'REMOTE_TROUBLE' })
  expect(totals(stage)).toEqual([])
  await stage.passes(60_000)
  expect(totals(stage)).toEqual([1210])
})
