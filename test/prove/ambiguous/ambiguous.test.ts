import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accountings } from '../../../src/connectors/registry.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { ambiguousCases, titleOf } from './cases.ts'
import { faultOf, tryCase } from './try-case.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

/** All thirty-six ways, each with one of the books in turn; `npm run prove -- ambiguous` tries all with all. */
const perBooks = ambiguousCases.length / accountings.length
const slice = ambiguousCases.filter(
  (_, index) => index % accountings.length === Math.floor(index / perBooks),
)

test('every way to lose an answer is tried here', () => {
  expect(new Set(slice.map(({ form, effect, search }) => `${form} ${effect} ${search}`)).size).toBe(
    36,
  )
})

describe('an answer that gets lost leads to one invoice, or to a person', () => {
  test.each(slice.map((each) => [titleOf(each), each] as const))('%s', async (_title, each) => {
    expect(faultOf(each, await tryCase(database, each))).toBeNull()
  })
})
