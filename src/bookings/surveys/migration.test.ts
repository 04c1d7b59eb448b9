import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { setBookingStage, type BookingStage } from '../../../test/support/booking-stage.ts'
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.ts'
import { askSurvey, findSurvey, steerSurvey } from './ask-survey.ts'
import { surveySlice } from './survey-slice.ts'
import { countStandings, listStanding, summarise } from './survey-summary.ts'
import type { Survey } from './survey.ts'

/** What a merchant notices of passing on the sales of before the integration. */

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

const october = { from: '2026-10-01', until: '2026-10-31' }
const inOctober = (day: number) => `2026-10-${String(day).padStart(2, '0')}T10:00:00Z`

/** The test's own way of waiting: time moves while a slice sleeps between two looks. */
const slice = async (stage: BookingStage): Promise<boolean> => {
  let over = false
  const done = surveySlice(stage.engine, stage.id).finally(() => {
    over = true
  })
  while (!over) {
    await Promise.race([done, new Promise((resolve) => setImmediate(resolve))])
    // One sleeper is its sign of life.
    if (stage.clock.sleepers() > 1) await stage.clock.advance(500)
  }
  return done
}

const dryRun = async (stage: BookingStage, period = october): Promise<Survey> => {
  const asked = await askSurvey(stage.engine, stage.id, 'migration', period)
  if (asked.is === 'refused') throw new Error(asked.reason.code)
  await slice(stage)
  const survey = await findSurvey(stage.engine, stage.id, asked.survey.id)
  if (survey === undefined) throw new Error('the survey is gone')
  return survey
}

const steer = async (
  stage: BookingStage,
  survey: Survey,
  wish: Parameters<typeof steerSurvey>[3],
) => {
  const answer = await steerSurvey(stage.engine, stage.id, survey.id, wish)
  if (answer?.is !== 'done') throw new Error(`${wish}: ${JSON.stringify(answer)}`)
  return answer.survey
}

/** Runs to the end, feeding and booking in turns. */
const run = async (stage: BookingStage, survey: Survey): Promise<Survey> => {
  for (let turns = 0; turns < 50; turns += 1) {
    const sliced = slice(stage)
    await stage.drain()
    await sliced
    const now = await findSurvey(stage.engine, stage.id, survey.id)
    if (now?.state === 'done') return now
  }
  throw new Error('the migration does not end')
}

const invoices = ({ books }: BookingStage) => books.ledger().invoices

describe('the dry run of a migration', () => {
  test('counts the period, and books nothing', async () => {
    const stage = await setBookingStage(database)
    for (let day = 1; day <= 3; day += 1) stage.place({ createdAt: inOctober(day) })
    stage.place({ createdAt: '2026-09-30T10:00:00Z' })
    stage.place({ createdAt: inOctober(9), email: '' })
    stage.place({ createdAt: inOctober(10), paid: false })
    const survey = await dryRun(stage)
    expect(survey).toMatchObject({ state: 'ready', booksComplete: true })
    const summary = await summarise(database.db, survey)
    expect(summary.standings).toEqual({ bookable: 3, refused: 1, waits: 1 })
    expect(summary.rates).toEqual([{ currency: 'EUR', percent: '21', net: 3000, vat: 630 }])
    expect(summary.causes).toMatchObject([
      { standing: 'refused', code: 'EMAIL_MISSING', count: 1 },
      { standing: 'waits', code: 'STATUS_NOT_YET', count: 1 },
    ])
    expect(invoices(stage)).toEqual([])
    expect(await stage.states()).toEqual({})
  })

  test('names what is booked already, by Doorvoer or by hand, by reference or by debtor, day and total', async () => {
    const stage = await setBookingStage(database)
    const ours = stage.place({ createdAt: inOctober(1) })
    await stage.hear(ours)
    // Closed for its age: so it is not booked yet.
    await stage.drain()
    const known = stage.place({ createdAt: inOctober(2), email: 'vast@klant.example' })
    const other = stage.place({ createdAt: inOctober(3), email: 'ander@klant.example' })
    await stage.plant('clients', { clientnr: 77, email: 'vast@klant.example', contact: 'V' })
    await stage.plant('clients', { clientnr: 78, email: 'ander@klant.example', contact: 'A' })
    const line = { amount: 1, description: 'Mok', tax_rate: 21, price: 10 }
    await stage.plant('invoices', {
      clientnr: 77,
      date: '2026-10-02',
      lines: [line],
      reference: { line1: 'telefonisch' },
    })
    const number = stage.shop.orders().find(({ id }) => String(id) === other)?.number ?? ''
    await stage.plant('invoices', {
      clientnr: 78,
      date: '2026-10-20',
      lines: [line],
      reference: { line1: number },
    })
    const survey = await dryRun(stage)
    expect(await countStandings(database.db, survey)).toEqual({ bookable: 1, 'by-hand': 2 })
    const byHand = await listStanding(database.db, survey, 'by-hand', { offset: 0, limit: 10 })
    expect(byHand.map(({ shopId, remoteNumber }) => [shopId, remoteNumber !== null])).toEqual([
      [known, true],
      [other, true],
    ])

    await steer(stage, survey, 'start')
    const done = await run(stage, survey)
    expect(await countStandings(database.db, done)).toEqual({ booked: 1, 'by-hand': 2 })
    expect(invoices(stage)).toHaveLength(3)
    expect(await stage.row(known)).toMatchObject({ state: 'booked', reasonCode: 'FOUND_IN_BOOKS' })
    expect(await stage.row(ours)).toMatchObject({ state: 'booked', reasonCode: null })
  })
})
