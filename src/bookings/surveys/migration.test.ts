import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { setBookingStage, type BookingStage } from '../../../test/support/booking-stage.ts'
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.ts'
import { surveySliceOn } from '../../../test/support/survey-slice.ts'
import { askSurvey, findSurvey, steerSurvey } from './ask-survey.ts'
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

const dryRun = async (stage: BookingStage, period = october): Promise<Survey> => {
  const asked = await askSurvey(stage.engine, stage.id, 'migration', period)
  if (asked.is === 'refused') throw new Error(asked.reason.code)
  await surveySliceOn(stage)
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

/** Until an insert waits for a transaction that is not over. */
const untilAnInsertWaits = () =>
  vi.waitFor(async () => {
    const waiting = await sql`
      select 1 from pg_stat_activity where wait_event_type = 'Lock'
        and datname = current_database() and query like '%insert into surveys%'`.execute(
      database.db,
    )
    expect(waiting.rows).toHaveLength(1)
  })

/** Runs to the end, feeding and booking in turns. */
const run = async (stage: BookingStage, survey: Survey): Promise<Survey> => {
  for (let turns = 0; turns < 50; turns += 1) {
    const sliced = surveySliceOn(stage)
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

  test('takes one invoice that was typed by hand for one of two equal sales, not for both', async () => {
    const stage = await setBookingStage(database)
    const email = 'tweemaal@klant.example'
    stage.place({ createdAt: inOctober(2), email })
    stage.place({ createdAt: inOctober(2), email })
    await stage.plant('clients', { clientnr: 77, email, contact: 'T' })
    await stage.plant('invoices', {
      clientnr: 77,
      date: '2026-10-02',
      lines: [{ amount: 1, description: 'Mok', tax_rate: 21, price: 10 }],
      reference: { line1: 'telefonisch' },
    })
    const survey = await dryRun(stage)
    expect(await countStandings(database.db, survey)).toEqual({ bookable: 1, 'by-hand': 1 })
    await steer(stage, survey, 'start')
    await run(stage, survey)
    expect(invoices(stage)).toHaveLength(2)
  })
})

describe('a migration', () => {
  test('is paused, and books nothing until it is resumed; cancelled, nothing at all', async () => {
    const stage = await setBookingStage(database)
    const ids = Array.from({ length: 6 }, (_, day) =>
      stage.place({ createdAt: inOctober(day + 1) }),
    )
    const survey = await dryRun(stage)
    await steer(stage, survey, 'start')
    const fed = surveySliceOn(stage)
    // Handed over, and not worked on: nobody drains yet.
    await fed
    await steer(stage, survey, 'pause')
    await stage.drain()
    expect(invoices(stage)).toHaveLength(0)
    // What the shop says of one of them meanwhile makes it a live sale.
    await stage.hear(ids[0] ?? '')
    await stage.drain()
    expect(invoices(stage)).toHaveLength(1)
    await steer(stage, survey, 'resume')
    await run(stage, survey)
    expect(invoices(stage)).toHaveLength(6)

    const more = stage.place({ createdAt: inOctober(20) })
    const second = await dryRun(stage)
    await steer(stage, second, 'start')
    await surveySliceOn(stage)
    await steer(stage, second, 'cancel')
    await stage.drain()
    expect(await stage.row(more)).toMatchObject({
      state: 'closed',
      reasonCode: 'MIGRATION_CANCELLED',
    })
    // Its age counts again.
    await stage.hear(more)
    await stage.drain()
    expect(await stage.row(more)).toMatchObject({
      state: 'closed',
      reasonCode: 'SALE_BEFORE_START',
    })
    expect(invoices(stage)).toHaveLength(6)
    // And a new one takes it up after all.
    const third = await dryRun(stage)
    expect(await countStandings(database.db, third)).toEqual({ bookable: 1, 'booked-before': 6 })
    await steer(stage, third, 'start')
    await run(stage, third)
    expect(await stage.row(more)).toMatchObject({ state: 'booked' })
    expect(invoices(stage)).toHaveLength(7)
  })

  test.each([
    ['PERIOD_REVERSED', { from: '2026-10-31', until: '2026-10-01' }],
    ['PERIOD_IN_FUTURE', { from: '2026-10-01', until: '2031-01-01' }],
    ['PERIOD_TOO_LONG', { from: '2016-10-01', until: '2026-10-01' }],
  ])('is refused with %s', async (code, period) => {
    const stage = await setBookingStage(database)
    const asked = await askSurvey(stage.engine, stage.id, 'migration', period)
    expect(asked).toMatchObject({ is: 'refused', reason: { code } })
  })

  test('of a period without sales is ready, and says so; two at once are refused', async () => {
    const stage = await setBookingStage(database)
    const survey = await dryRun(stage)
    expect(survey.state).toBe('ready')
    expect(await countStandings(database.db, survey)).toEqual({})
    await askSurvey(stage.engine, stage.id, 'migration', october)
    expect(await askSurvey(stage.engine, stage.id, 'migration', october)).toMatchObject({
      is: 'refused',
      reason: { code: 'SURVEY_UNDER_WAY' },
    })
  })

  test('takes the place of one that becomes ready at that very moment', async () => {
    const stage = await setBookingStage(database)
    const first = await dryRun(stage)
    await database.db
      .updateTable('surveys')
      .set({ state: 'reading' })
      .where('id', '=', first.id)
      .execute()
    let asking: ReturnType<typeof askSurvey> | undefined
    await database.db.transaction().execute(async (trx) => {
      await trx.updateTable('surveys').set({ state: 'ready' }).where('id', '=', first.id).execute()
      asking = askSurvey(stage.engine, stage.id, 'migration', october)
      await untilAnInsertWaits()
    })
    expect(await asking).toMatchObject({ is: 'done', survey: { state: 'listing' } })
    expect(await findSurvey(stage.engine, stage.id, first.id)).toMatchObject({ state: 'cancelled' })
  })

  test('waits for an outage of the shop to pass, and fails when the shop says never', async () => {
    const stage = await setBookingStage(database)
    stage.place({ createdAt: inOctober(1) })
    stage.shop.faults.add({ match: { path: '/orders' }, fault: 'error-before', times: 1 })
    const asked = await askSurvey(stage.engine, stage.id, 'migration', october)
    if (asked.is === 'refused') throw new Error(asked.reason.code)
    await surveySliceOn(stage)
    expect(await findSurvey(stage.engine, stage.id, asked.survey.id)).toMatchObject({
      state: 'listing',
      reasonCode: 'REMOTE_TROUBLE',
    })
    await stage.clock.advance(60_000)
    await surveySliceOn(stage)
    expect(await findSurvey(stage.engine, stage.id, asked.survey.id)).toMatchObject({
      state: 'ready',
      reasonCode: null,
    })
  })

  test('leaves live sales their speed while a thousand of it wait', async () => {
    const stage = await setBookingStage(database)
    const pace = { calls: 60, windowMs: 60_000, concurrency: 4 }
    Object.assign(stage.engine, { paces: { kmoshops: pace, factuursturen: pace } })
    for (let count = 0; count < 1_000; count += 1) stage.place({ createdAt: inOctober(5) })
    const mentions = stage.shop
      .orders()
      .map(({ id }) => ({ ref: { kind: 'order' as const, id: String(id) } }))
    await stage.engine.commits.see(stage.id, mentions, {
      migration: '00000000-0000-7000-8000-000000000009',
    })
    // Long enough to have used up what a minute allows.
    const working = stage.drain()
    for (let steps = 0; steps < 40; steps += 1) await stage.clock.advance(200)
    const startedMs = stage.clock.monotonicMs()
    const live = await stage.sell()
    const drained = new AbortController()
    const going = (async () => {
      await working
      while (!drained.signal.aborted) await stage.drain()
    })()
    for (let steps = 0; steps < 300 && !drained.signal.aborted; steps += 1) {
      await stage.clock.advance(200)
      if ((await stage.row(live)).state === 'booked') drained.abort()
    }
    const tookMs = stage.clock.monotonicMs() - startedMs
    expect(drained.signal.aborted).toBe(true)
    // Five calls of its own, from what is kept for live sales: it does not wait for the minute to pass.
    expect(tookMs).toBeLessThan(10_000)
    const before = await stage.states()
    expect(before.seen).toBeGreaterThan(900)
    for (let steps = 0; steps < 100; steps += 1) await stage.clock.advance(1_000)
    await going
  })
})
