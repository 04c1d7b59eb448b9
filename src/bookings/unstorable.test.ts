import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { setBookingStage } from '../../test/support/booking-stage.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { setRompslompStage } from '../../test/support/rompslomp-stage.ts'

/** As long as no number is, and not to be made shorter by compressing. */
const endless = Array.from({ length: 200 }, (_, n) =>
  createHash('sha512').update(`${n}`).digest('hex'),
).join('')

/** Text that PostgreSQL refuses: one odd sale must not stop every sale behind it for ever. */
let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

test.each([
  ['a NUL in its number', { numberPrefix: 'W\0' }, 'booked'],
  ['half a character in its number', { numberPrefix: 'W\ud800' }, 'booked'],
  ['a number of 25,000 characters', { numberPrefix: endless }, 'refused'],
  ['a NUL in its country', { country: 'N\0' }, 'refused'],
])('FAULT: a sale with %s stops no sale behind it', async (_, spec, state) => {
  const stage = await setBookingStage(database, { concurrency: 1 })
  const odd = await stage.sell(spec)
  const sound = await stage.sell()
  await stage.drain()
  expect(await stage.row(sound)).toMatchObject({ state: 'booked' })
  expect(await stage.row(odd)).toMatchObject({ state })
  if (state === 'booked') expect((await stage.row(odd)).remoteTotalCents).toBe(1210)
})

test('FAULT: a sale whose product cannot be kept is a fault of its own', async () => {
  const stage = await setRompslompStage(database)
  const faults: unknown[] = []
  stage.bench.engine.onFault = (error) => faults.push(error)
  stage.bench.engine.concurrency = 1
  await stage.sell({ lines: [{ name: 'Mok', sku: 'M\ud800K', unitPrice: 12.1 }] }, {})
  await stage.sell({ lines: [{ name: 'Mok', sku: 'M\0K', unitPrice: 12.1 }] }, {})
  await stage.drain()
  const rows = await stage.rows()
  expect(rows.filter(({ state }) => state === 'booked').length).toBeGreaterThanOrEqual(2)
  for (const { state, reasonCode } of rows) {
    if (state !== 'booked')
      expect({ state, reasonCode }).toEqual({ state: 'refused', reasonCode: 'INTERNAL_FAULT' })
  }
  expect(faults).toHaveLength(rows.filter(({ state }) => state !== 'booked').length)
})
