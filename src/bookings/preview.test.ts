import { afterAll, beforeAll, expect, test } from 'vitest'
import { setBookingStage, type BookingStage } from '../../test/support/booking-stage.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { stopIntegration } from '../merchants/integrations.ts'
import { preview } from './preview.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

test('a preview has the figures and every verdict, and books nothing', async () => {
  const stage = await setBookingStage(database)
  const shopId = await stage.sell({ totalOverride: 13 })
  const before = await stage.row(shopId)
  const shown = await preview(stage.engine, before)
  if (shown.is !== 'read') throw new Error(shown.is)
  expect(shown.draft.totals.gross.toFixed(2)).toBe('12.10')
  expect(shown.sale.total.toFixed(2)).toBe('13.00')
  const problems = shown.verdicts.flatMap(({ problem }) => (problem === null ? [] : [problem.code]))
  expect(problems).toContain('TOTAL_DIFFERS_FROM_LINES')
  expect(await stage.row(shopId)).toEqual(before)
  expect(stage.books.ledger().clients).toEqual([])
})

test('a preview of a sale that is gone, or cannot be drafted, says so', async () => {
  const stage = await setBookingStage(database)
  const nowhere = await stage.sell({ country: 'XX' })
  await stage.hear('999999')
  expect(await preview(stage.engine, await stage.row('999999'))).toEqual({ is: 'gone' })
  expect(await preview(stage.engine, await stage.row(nowhere))).toMatchObject({
    is: 'undrafted',
    reason: { code: 'COUNTRY_UNKNOWN' },
  })
})

/** What a preview finds wrong. */
const objections = async (stage: BookingStage, shopId: string) => {
  const shown = await preview(stage.engine, await stage.row(shopId))
  if (shown.is !== 'read') throw new Error(shown.is)
  return shown.verdicts.flatMap(({ problem }) => (problem === null ? [] : [problem.code]))
}

test('FAULT: a preview says what the books would refuse, as the booking does', async () => {
  const fixedDebtors = { Marktplaats: '7' }
  const stage = await setBookingStage(database, { settings: { fixedDebtors } })
  const discounted = { tax_type: 'intax', country: 146, stddiscount: 10 }
  await stage.plant('clients', { clientnr: 5, email: 'an@klant.example', ...discounted })
  const gone = await stage.sell({ paymentMethod: 'Marktplaats' })
  const discount = await stage.sell({ email: 'an@klant.example' })
  const sound = await stage.sell()
  const said: string[][] = []
  for (const shopId of [gone, discount, sound]) said.push(await objections(stage, shopId))
  expect(said).toEqual([['DEBTOR_NOT_FOUND'], ['DEBTOR_DISCOUNT'], []])
  expect(stage.books.ledger().clients).toHaveLength(1)
  await stage.drain()
  const codes = [gone, discount, sound].map(async (each) => (await stage.row(each)).reasonCode)
  expect(await Promise.all(codes)).toEqual(['DEBTOR_NOT_FOUND', 'DEBTOR_DISCOUNT', null])
})

test('a preview says that the books do not answer', async () => {
  const stage = await setBookingStage(database)
  const shopId = await stage.sell()
  stage.books.faults.add({ fault: 'error-before', times: 0, match: { path: '/' } })
  expect(await objections(stage, shopId)).toEqual(['REMOTE_TROUBLE'])
})

test('a preview that cannot reach the shop says why', async () => {
  const stage = await setBookingStage(database)
  const booking = await stage.row(await stage.sell())
  stage.shop.faults.add({ fault: 'error-before', match: { path: '/orders/' }, times: 2 })
  expect(await preview(stage.engine, booking)).toMatchObject({
    is: 'unreachable',
    reason: { code: 'REMOTE_TROUBLE' },
  })
  await stopIntegration(stage.engine, stage.id)
  expect(await preview(stage.engine, booking)).toMatchObject({
    is: 'unreachable',
    reason: { code: 'NOT_COMPLETE' },
  })
})

test('a preview shows the rounding line that the books need, and figures per rate that come to the total', async () => {
  const stage = await setBookingStage(database)
  const email = 'an@klant.example'
  await stage.plant('clients', { clientnr: 7, email, tax_type: 'extax', country: 146 })
  // No whole net amount has 0.03 with 21 % VAT: 0.02 becomes 0.02 and 0.03 becomes 0.04.
  const shopId = await stage.sell({ email, lines: [{ name: 'Sticker', unitPrice: 0.03 }] })
  const shown = await preview(stage.engine, await stage.row(shopId))
  if (shown.is !== 'read') throw new Error(shown.is)
  const { lines, rates, totals, remarks } = shown.draft
  const rounding = lines.filter(({ kind }) => kind === 'rounding')
  expect(rounding).toHaveLength(1)
  expect(remarks.map(({ code }) => code)).toContain('ROUNDING_LINE')
  expect(totals.gross.toFixed(2)).toBe('0.03')
  expect(totals.net.plus(totals.vat).equals(totals.gross)).toBe(true)
  for (const rate of rates) expect(rate.net.plus(rate.vat).equals(rate.gross)).toBe(true)
  const sum = rates.reduce((total, { gross }) => total.plus(gross), totals.gross.times(0))
  expect(sum.toFixed(2)).toBe('0.03')
  await stage.drain()
  const [invoice] = stage.books.ledger().invoices
  expect(invoice?.totalCents).toBe(3)
  expect(invoice?.lines.map(({ description }) => description)).toEqual(
    lines.map(({ description }) => description),
  )
})
