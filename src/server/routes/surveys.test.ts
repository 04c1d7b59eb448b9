import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.ts'
import { openHouse, type TestHouse, type Visitor } from '../../../test/support/house.ts'
import { createIntegration } from '../../merchants/integrations.ts'
import { setTariff } from '../../merchants/tariffs.ts'
import { addDays, calendarDay } from '../../world/calendar-day.ts'
import { newIdentifier } from '../../world/identifier.ts'

/** What a migration costs, as the merchant sees it; the migration itself has tests beside the engine. */

let database: TestDatabase
let there: TestHouse
let owner: Visitor
let id: string

beforeAll(async () => {
  database = await createTestDatabase()
  there = await openHouse(database)
  owner = await there.welcome('Noor')
  const { merchantId } = owner
  const wanted = { merchantId, name: 'Winkel', webshop: 'kmoshops', accounting: 'informer' }
  id = (await createIntegration(there.engine, wanted)).id
})
afterAll(async () => {
  await there.close()
  await database.close()
})

/** A dry run that is ready, of so many sales that would be booked. */
const dryRun = async (bookable: number): Promise<string> => {
  const { clock, random } = there.engine
  const surveyId = newIdentifier(clock, random)
  const now = clock.now()
  await sql`
    insert into surveys (integration_id, id, purpose, from_day, until_day, state, created_at, changed_at)
    values (${id}, ${surveyId}, 'migration', '2026-01-01', '2026-06-30', 'ready', ${now}, ${now})`.execute(
    database.db,
  )
  await sql`
    insert into survey_sales (integration_id, survey_id, kind, shop_id, number, sale_date, verdict)
    select ${id}, ${surveyId}, 'order', n::text, n::text, '2026-03-01', 'bookable'
    from generate_series(1, ${bookable}::int) n`.execute(database.db)
  return surveyId
}

const ask = async (path: string, body?: object) => {
  const answer = await there.ask(`/api/integrations/${id}/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      cookie: owner.cookie,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  return { status: answer.status, json: (await answer.json()) as Record<string, unknown> }
}

const priceOf = async (surveyId: string) => (await ask(`surveys/${surveyId}`)).json['price']

const today = () => calendarDay(there.clock.now())
const askFor = (cents: number, fromOn = today()) =>
  setTariff(database.db, { service: 'migration', fromOn, cents }, today())

test('a dry run costs what the tariff of the day says, for every thousand that is begun', async () => {
  const small = await dryRun(1_000)
  expect(await priceOf(small)).toBe('67.50')
  const large = await dryRun(1_001)
  expect(await priceOf(large)).toBe('135.00')
  await askFor(9_000, addDays(today(), 1))
  expect(await priceOf(large)).toBe('135.00')
  await askFor(10_000)
  expect(await priceOf(large)).toBe('200.00')
  await askFor(0)
  expect(await priceOf(large)).toBe('0.00')
})

test('a migration costs what it said when it was started, whatever it costs others later', async () => {
  await askFor(5_000)
  const surveyId = await dryRun(1)
  expect(await ask(`surveys/${surveyId}/steer`, { wish: 'start' })).toMatchObject({
    status: 200,
    json: { state: 'running' },
  })
  await askFor(8_000)
  expect(await priceOf(surveyId)).toBe('50.00')
  const listed = await ask('surveys?purpose=migration')
  expect(Object.values(listed.json)).toContainEqual(
    expect.objectContaining({ id: surveyId, price: '50.00' }),
  )
  await ask(`surveys/${surveyId}/steer`, { wish: 'cancel' })
})

test('a migration of nothing is not started, and so costs nothing', async () => {
  const surveyId = await dryRun(0)
  expect(await ask(`surveys/${surveyId}/steer`, { wish: 'start' })).toMatchObject({
    json: { error: { code: 'MIGRATION_EMPTY' } },
  })
})

test.each(['2026', '2026-Q5', 'Q3-2026'])('"%s" is no quarter', async (quarter) => {
  expect(await ask(`oss?quarter=${quarter}`)).toMatchObject({
    status: 400,
    json: { error: { code: 'QUARTER_UNKNOWN', params: { quarter } } },
  })
})
