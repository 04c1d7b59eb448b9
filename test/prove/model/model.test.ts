import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { runModel } from './part.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

/** A little of `npm run prove -- model`. */
test('whatever happens in whatever order, a paid sale has one invoice, and a credit follows it', async () => {
  const { runs, sales, credits } = await runModel(database, { seed: 1, runs: 12 })
  expect(runs).toBe(12)
  expect(sales).toBeGreaterThan(5)
  expect(credits).toBeGreaterThan(3)
}, 120_000)
