import { describe, expect, it } from 'vitest'
import {
  addressIn,
  dutch,
  lineOf,
  saleOf,
  type LineSample,
  type SaleSample,
} from '../../test/support/sale.ts'
import { amount, sum } from '../money/amount.ts'
import { explain } from '../problems/catalogue.ts'
import { makeDraft, type DraftOptions } from './make-draft.ts'

const coupon = (text: string): LineSample => ({ amount: text, percent: null, kind: 'discount' })

const drafting = (
  lines: readonly LineSample[],
  change: SaleSample = {},
  options: DraftOptions = dutch,
) => makeDraft(saleOf(lines, change), options)

/** The discount lines of the draft as "amount at percent", or the code of the refusal. */
const spread = (...given: Parameters<typeof drafting>) => {
  const made = drafting(...given)
  if (made.is !== 'drafted') return `${made.reason.code} ${made.reason.params['line'] ?? ''}`
  return made.draft.lines
    .filter(({ kind }) => kind === 'discount')
    .map((line) => `${line.amount.toFixed(2)} at ${line.vatPercent.toString()}`)
    .join(', ')
}

const mug = { amount: '30.00' }
const book = { amount: '10.00', percent: '9' }

describe('a discount of which the shop tells no VAT', () => {
  it('is spread over the rates of the goods, in proportion and to the cent', () => {
    expect(spread([mug, book, coupon('-10.00')])).toBe('-7.50 at 21, -2.50 at 9')
    expect(spread([mug, book, coupon('-0.99')])).toBe('-0.74 at 21, -0.25 at 9')
    expect(spread([mug, mug, coupon('-10.00')])).toBe('-10.00 at 21')
    // Less than a cent at 9 %: no line of nothing.
    expect(spread([mug, book, coupon('-0.01')])).toBe('-0.01 at 21')
  })

  it('is no discount on shipping, unless there is nothing else', () => {
    const shipping: LineSample = { amount: '6.95', kind: 'shipping' }
    expect(spread([book, shipping, coupon('-1.00')])).toBe('-1.00 at 9')
    expect(spread([shipping, coupon('-1.00')])).toBe('-1.00 at 21')
  })

  it('is not earned by goods that come back', () => {
    const back = { ...book, amount: '-10.00', quantity: '-1' }
    expect(spread([mug, back, coupon('-1.00')])).toBe('-1.00 at 21')
  })

  it('turns round on a credit', () => {
    const turned = [mug, book].map((line) => ({
      ...line,
      amount: `-${line.amount}`,
      quantity: '-1',
    }))
    const credit: SaleSample = { ref: { kind: 'credit', id: '9' } }
    expect(spread([...turned, { ...coupon('10.00'), quantity: '-1' }], credit)).toBe(
      '7.50 at 21, 2.50 at 9',
    )
  })

  it('is without VAT where the sale is', () => {
    const abroad = { billing: addressIn('CH') }
    expect(spread([{ ...mug, percent: '0' }, coupon('-1.00')], abroad)).toBe('-1.00 at 0')
  })

  it('passes over gift cards and deposits', () => {
    const vat = {
      ...dutch.vat,
      marked: [{ marking: 'deposit' as const, products: ['STATIEGELD'] }],
    }
    const sale = saleOf([book, { amount: '40.00', percent: '0' }, coupon('-5.00')])
    const lines = sale.lines.map((line, index) =>
      index === 1 ? { ...line, sku: 'STATIEGELD' } : line,
    )
    const made = makeDraft({ ...sale, lines }, { ...dutch, vat })
    if (made.is !== 'drafted') throw new Error(made.reason.code)
    expect(made.draft.lines.map((line) => line.amount.toFixed(2))).toEqual([
      '10.00',
      '40.00',
      '-5.00',
    ])
    expect(made.draft.lines[2]?.vatPercent.toString()).toBe('9')
  })

  it('may have four decimals, and loses nothing', () => {
    const made = drafting([mug, book, coupon('-3.3333')], { total: amount('36.67') })
    if (made.is !== 'drafted') throw new Error(made.reason.code)
    expect(made.draft.totals.gross.toFixed(2)).toBe('36.67')
    expect(sum(made.draft.lines.map((line) => line.amount)).toFixed(4)).toBe('36.6700')
  })

  it('is said in a remark, with the figures', () => {
    const made = drafting([mug, coupon('-1.00'), book])
    if (made.is !== 'drafted') throw new Error(made.reason.code)
    const remark = made.draft.remarks.find(({ code }) => code === 'DISCOUNT_SPREAD')
    expect(remark?.params).toEqual({ line: 2, amount: '-1.00', rate: '21 %, 9 %' })
    expect(explain('DISCOUNT_SPREAD', remark?.params ?? {}, 'nl').text).toBe(
      'Regel 2: de korting van -1,00 is naar rato verdeeld over 21 %, 9 %.',
    )
  })
})

describe('what stays refused', () => {
  it('is a discount with nothing to take it off', () => {
    expect(spread([coupon('-1.00')])).toBe('LINE_VAT_MISSING 1')
    expect(spread([{ amount: '0.00' }, coupon('-1.00')])).toBe('LINE_VAT_MISSING 2')
  })

  it('is any other line without VAT, by its own number', () => {
    expect(spread([coupon('-1.00'), { ...mug, percent: null }])).toBe('LINE_VAT_MISSING 2')
    expect(spread([coupon('-1.00'), mug, { amount: '2.00', percent: '19' }])).toBe(
      'VAT_RATE_NOT_LEGAL 3',
    )
    expect(lineOf(coupon('-1.00')).vatPercent).toBeNull()
  })
})
