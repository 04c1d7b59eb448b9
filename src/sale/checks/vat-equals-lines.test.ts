import { describe, expect, it } from 'vitest'
import { inputOf, saleOf } from '../../../test/support/sale.ts'
import { amount } from '../../money/amount.ts'
import { vatEqualsLines } from './vat-equals-lines.ts'
import { vatPerRate } from './vat-per-rate.ts'

/** The verdict on a sale of so many lines of € 1.21, whose VAT is € 0.21 each. */
const judge = (lines: number, vatTotal: string | null) =>
  vatEqualsLines.run(
    inputOf(
      saleOf(
        Array.from({ length: lines }, () => ({ amount: '1.21' })),
        { vatTotal: vatTotal === null ? null : amount(vatTotal) },
      ),
    ),
  )

it('passes where the shop states no VAT', () => {
  expect(judge(1, null)).toBeNull()
})

it('passes where the shop states the same', () => {
  expect(judge(1, '0.21')).toBeNull()
  expect(judge(20, '4.20')).toBeNull()
})

// Half a cent for every line and one for the stated total; contracts/vat.md §7 B.
describe.each([
  { lines: 1, vat: 0.21, tolerance: 0.01 },
  { lines: 2, vat: 0.42, tolerance: 0.015 },
  { lines: 3, vat: 0.63, tolerance: 0.02 },
  { lines: 8, vat: 1.68, tolerance: 0.045 },
  { lines: 9, vat: 1.89, tolerance: 0.05 },
  // Never more than five cents, however long the invoice.
  { lines: 10, vat: 2.1, tolerance: 0.05 },
  { lines: 200, vat: 42, tolerance: 0.05 },
])('$lines lines', ({ lines, vat, tolerance }) => {
  const stated = (difference: number) => judge(lines, (vat + difference).toFixed(4))

  it(`may differ by ${tolerance}`, () => {
    expect(stated(tolerance)).toBeNull()
    expect(stated(-tolerance)).toBeNull()
  })

  it('and not by the least more', () => {
    expect(stated(tolerance + 0.0001)?.code).toBe('VAT_TOTAL_DIFFERS')
    expect(stated(-tolerance - 0.0001)?.code).toBe('VAT_TOTAL_DIFFERS')
  })
})

it('gives the figures and their difference, with its sign', () => {
  expect(judge(1, '0.42')).toEqual({
    code: 'VAT_TOTAL_DIFFERS',
    params: { vat: '0.42', sum: '0.21', difference: '0.21' },
  })
  expect(judge(1, '0')?.params).toMatchObject({ difference: '-0.21' })
})

it('takes the VAT of the lines as the shop rounds it, where it states that', () => {
  // A thousand pieces of € 0.14, rounded by the piece: 0.02 each, where the row has 24.30.
  const [line] = saleOf([{ amount: '140.00', quantity: '1000' }]).lines
  if (line === undefined) throw new Error('no line')
  const stated = {
    net: amount('120.00'),
    tax: amount('20.00'),
    gross: amount('140.00'),
    quantity: amount('1000'),
    decimals: { net: 2, tax: 2, gross: 2 } as const,
    entered: 'gross' as const,
  }
  const sale = { ...saleOf([], { total: amount('140.00') }), lines: [{ ...line, stated }] }
  const input = inputOf(sale)
  const judged = (vat: string) =>
    vatEqualsLines.run({ ...input, sale: { ...sale, vatTotal: amount(vat) } })
  expect(judged('20.00')).toBeNull()
  expect(judged('24.30')?.params).toMatchObject({ sum: '20.00', difference: '4.30' })
  const rates = (vat: string) => ({
    ...sale,
    vatByRate: [{ percent: amount('21'), vat: amount(vat) }],
  })
  expect(vatPerRate.run({ ...input, sale: rates('20.00') })).toBeNull()
  expect(vatPerRate.run({ ...input, sale: rates('24.30') })?.params).toMatchObject({ sum: '20.00' })
})

it('takes the VAT rounded as shops do, where it states none by the line', () => {
  // A thousand pieces of € 0.14: 24.30 on the row, 20.00 by the piece.
  const many = saleOf([{ amount: '140.00', quantity: '1000' }])
  const judged = (vat: string) => vatEqualsLines.run(inputOf({ ...many, vatTotal: amount(vat) }))
  expect(judged('24.30')).toBeNull()
  expect(judged('20.00')).toBeNull()
  expect(judged('22.00')?.params).toMatchObject({ sum: '24.30', difference: '-2.30' })
  expect(judged('20.06')?.code).toBe('VAT_TOTAL_DIFFERS')
  const rate = (vat: string) =>
    vatPerRate.run(inputOf({ ...many, vatByRate: [{ percent: amount('21'), vat: amount(vat) }] }))
  expect(rate('20.00')).toBeNull()
  expect(rate('20.06')?.code).toBe('VAT_OF_RATE_DIFFERS')
})
