import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { setBookingStage, type BookingStage } from '../../../test/support/booking-stage.ts'
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.ts'
import { surveySliceOn } from '../../../test/support/survey-slice.ts'
import { askSurvey, findSurvey } from '../surveys/ask-survey.ts'
import type { Survey } from '../surveys/survey.ts'
import { findDoubles } from './doubles.ts'
import { ossSheet, readQuarter } from './oss-sheet.ts'
import { pickUp } from './pick-up.ts'
import { listDifferences, reconciledRows, type Grouping } from './reconcile.ts'
import { startDayOf } from './start-day.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

const today = '2026-11-20'

const reconcile = async (stage: BookingStage): Promise<Survey> => {
  const period = { from: '2026-11-01', until: today }
  const asked = await askSurvey(stage.engine, stage.id, 'reconciliation', period)
  if (asked.is === 'refused') throw new Error(asked.reason.code)
  await surveySliceOn(stage)
  const survey = await findSurvey(stage.engine, stage.id, asked.survey.id)
  if (survey?.state !== 'ready') throw new Error(`it is ${survey?.state}`)
  return survey
}

const differencesOf = async (stage: BookingStage, survey: Survey) =>
  listDifferences(database.db, survey, await startDayOf(stage.engine, stage.id), 100)

const rowsOf = async (stage: BookingStage, survey: Survey, grouping: Grouping) =>
  reconciledRows(database.db, survey, await startDayOf(stage.engine, stage.id), grouping)

const numberOf = (stage: BookingStage, shopId: string) =>
  stage.shop.orders().find(({ id }) => String(id) === shopId)?.number

describe('a reconciliation', () => {
  test('finds every euro of the shop booked, refused or open, per day, country and rate', async () => {
    const stage = await setBookingStage(database)
    await stage.sell()
    await stage.sell({ lines: [{ name: 'Boek', unitPrice: 10.9, vatPercent: 9 }] })
    await stage.sell({ email: '' })
    await stage.sell({ paid: false })
    await stage.drain()
    const survey = await reconcile(stage)
    const { rows, count } = await rowsOf(stage, survey, 'all')
    expect(count).toBe(2)
    expect(rows).toMatchObject([
      {
        day: today,
        percent: '21',
        shop: 2420,
        booked: 1210,
        refused: 1210,
        open: 0,
        difference: 0,
      },
      { day: today, percent: '9', shop: 1090, booked: 1090, refused: 0, open: 0, difference: 0 },
    ])
    expect(await differencesOf(stage, survey)).toEqual({ differences: [], count: 0, missed: 0 })
    expect(await findDoubles(database.db, survey, 10)).toEqual({ doubles: [], count: 0 })
  })

  test('puts the same euros together by day, country or rate', async () => {
    const stage = await setBookingStage(database)
    await stage.sell()
    await stage.sell({ country: 'NL' })
    await stage.sell({
      lines: [
        { name: 'Boek', unitPrice: 10.9, vatPercent: 9 },
        { name: 'Mok', unitPrice: 12.1, vatPercent: 21 },
      ],
    })
    await stage.sell({ paid: false })
    await stage.drain()
    const survey = await reconcile(stage)
    const by = async (grouping: Grouping) => (await rowsOf(stage, survey, grouping)).rows
    const all = await by('all')
    const [total, ...others] = await by('total')
    expect(others).toEqual([])
    expect(total).toMatchObject({ day: null, country: null, percent: null, sales: 3 })
    expect(all.reduce((sum, { booked }) => sum + booked, 0)).toBe(total?.booked)
    expect(all.reduce((sum, { shop }) => sum + shop, 0)).toBe(total?.shop)
    // A sale of two rates counts once for its day and its country, and once for each of its rates.
    expect(await by('day')).toEqual([{ ...total, day: today }])
    for (const grouping of ['country', 'rate'] as const) {
      const rows = await by(grouping)
      expect(rows.every(({ day, country }) => day === null && country !== null)).toBe(true)
      expect(rows.reduce((sum, { booked }) => sum + booked, 0)).toBe(total?.booked)
    }
    expect((await by('country')).map(({ country }) => country).sort()).toEqual(
      [...new Set(all.map(({ country }) => country))].sort(),
    )
    const { rows, count } = await reconciledRows(
      database.db,
      survey,
      await startDayOf(stage.engine, stage.id),
      'all',
      1,
    )
    expect([rows.length, count]).toEqual([1, all.length])
  })

  test('counts and takes up everything that was never seen, however much it is', async () => {
    const stage = await setBookingStage(database)
    await stage.sell()
    await stage.drain()
    const survey = await reconcile(stage)
    const many = 1_200
    await database.pool.query(
      `insert into survey_sales (integration_id, survey_id, kind, shop_id, number, sale_date, verdict,
         total_cents, currency, country, sums)
       select $1, $2, 'order', 'missed-' || n, 'M' || n, $4::date, 'bookable', 1210,
         'EUR', 'NL', '[{"percent": "21", "net": 1000, "vat": 210}]'
       from generate_series(1, $3::int) n`,
      [stage.id, survey.id, many, today],
    )
    const found = await differencesOf(stage, survey)
    expect([found.differences.length, found.count, found.missed]).toEqual([100, many, many])
    const { rows } = await rowsOf(stage, survey, 'total')
    expect(rows).toMatchObject([{ sales: many + 1, difference: many * 1210 }])
    expect(await pickUp(stage.engine, survey, await startDayOf(stage.engine, stage.id))).toBe(many)
    expect(await differencesOf(stage, survey)).toMatchObject({ count: 0, missed: 0 })
  })

  test('names what was never seen, changed, cancelled, and gone from or different in the books', async () => {
    const stage = await setBookingStage(database)
    const changed = await stage.sell()
    const cancelled = await stage.sell()
    const deleted = await stage.sell()
    const fine = await stage.sell()
    await stage.drain()
    const missed = stage.place()
    stage.shop.changeOrder(Number(changed), {
      edit: { lines: [{ name: 'Mok', unitPrice: 13.1 }] },
      webhook: 'lost',
    })
    stage.shop.changeOrder(Number(cancelled), { cancel: true, webhook: 'lost' })
    const invoice = (await stage.row(deleted)).remoteId
    const gone = await fetch(`${stage.books.url}/api/v1/invoices/${invoice ?? ''}`, {
      method: 'DELETE',
      headers: {
        authorization: `Basic ${Buffer.from('sandbox:sandbox-key').toString('base64')}`,
        accept: 'application/json',
      },
    })
    expect(gone.status).toBe(200)
    const survey = await reconcile(stage)
    const { differences: found, count, missed: unheard } = await differencesOf(stage, survey)
    expect([count, unheard]).toEqual([4, 1])
    expect(found.map(({ kind, number }) => [kind, number])).toEqual([
      ['total-changed', numberOf(stage, changed)],
      ['gone-from-shop', numberOf(stage, cancelled)],
      ['gone-from-books', numberOf(stage, deleted)],
      ['not-seen', numberOf(stage, missed)],
    ])
    expect(found.some(({ number }) => number === numberOf(stage, fine))).toBe(false)

    expect(await pickUp(stage.engine, survey, await startDayOf(stage.engine, stage.id))).toBe(1)
    await stage.drain()
    expect(await stage.row(missed)).toMatchObject({ state: 'booked' })
  })

  test('finds a sale that somebody booked a second time, and no other', async () => {
    const stage = await setBookingStage(database)
    const twice = await stage.sell({ email: 'dubbel@klant.example' })
    await stage.sell({ email: 'dubbel@klant.example', lines: [{ name: 'Pen', unitPrice: 2.42 }] })
    // The same customer, day and total, and two sales: no double.
    await stage.sell({ email: 'dubbel@klant.example', lines: [{ name: 'Pen', unitPrice: 2.42 }] })
    await stage.drain()
    const number = numberOf(stage, twice) ?? ''
    const [invoice] = stage.books.ledger().invoices
    await stage.plant('invoices', {
      clientnr: invoice?.clientnr,
      date: today,
      lines: [{ amount: 1, description: 'Mok', tax_rate: 21, price: 12.1 }],
      reference: { line1: number },
    })
    const { doubles, count } = await findDoubles(database.db, await reconcile(stage), 10)
    expect([doubles.length, count]).toEqual([1, 1])
    expect(doubles[0]).toMatchObject({ by: 'reference', reference: number })
    expect(doubles[0]?.invoices.map(({ sale }) => sale).sort()).toEqual([number, null].sort())
  })
})

describe('the sheet for the one-stop shop', () => {
  test('is what was booked with the rates of other countries, and learns what was booked before', async () => {
    const stage = await setBookingStage(database, { settings: { oneStopShop: 'yes' } })
    const quarter = readQuarter('2026-Q4')
    if (quarter === null) throw new Error('no quarter')
    await stage.sell({ country: 'NL' })
    await stage.sell({ country: 'BE' })
    const old = await stage.sell({ country: 'BE' })
    await stage.drain()
    expect(await stage.states()).toEqual({ booked: 3 })
    await database.pool.query(
      `update bookings set evidence = evidence - 'sums' - 'destination' where shop_id = $1`,
      [old],
    )
    const sheet = await ossSheet(database.db, stage.id, quarter)
    expect(sheet).toEqual({
      rows: [{ country: 'BE', percent: '21', currency: 'EUR', sales: 1, net: 1000, vat: 210 }],
      unknown: 1,
    })
    await reconcile(stage)
    expect(await ossSheet(database.db, stage.id, quarter)).toMatchObject({
      rows: [{ country: 'BE', sales: 2, net: 2000, vat: 420 }],
      unknown: 0,
    })
  })

  test.each(['2026-Q5', '2026', '', '26-Q1', '2026-Q0'])('has no quarter "%s"', (text) => {
    expect(readQuarter(text)).toBeNull()
  })
})
