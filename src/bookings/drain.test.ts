import { afterAll, beforeAll, expect, test } from 'vitest'
import { setBookingStage } from '../../test/support/booking-stage.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

test('a sale is booked', async () => {
  const stage = await setBookingStage(database)
  const id = await stage.sell()
  await stage.drain()
  expect(await stage.row(id)).toMatchObject({ state: 'booked', totalCents: 1210 })
  expect(stage.books.ledger().invoices).toMatchObject([{ totalCents: 1210 }])
})
