import { expect, test } from 'vitest'
import { draftOf, dutch, saleOf } from '../../test/support/sale.ts'
import { amount } from '../money/amount.ts'

const excl = { pricesIncludeVat: false }
const grossOf = (sale: ReturnType<typeof saleOf>, rounding: 'row' | 'unit' | 'total' = 'row') =>
  draftOf(sale, { ...dutch, vat: { ...dutch.vat, rounding } }).lines.map(
    ({ amount: total, amountIncludesVat }) =>
      `${total.toFixed(2)} ${amountIncludesVat ? 'incl' : 'excl'}`,
  )

// 0.99 a piece: 0.2079 VAT is 0.21 a piece and 21.00 for a hundred; 20.79 on the row.
const hundred = [{ amount: '99.00', quantity: '100' }]

test('a shop that rounds VAT by piece and states no VAT is booked with the total it charged', () => {
  const sale = saleOf(hundred, { ...excl, total: amount('120.00') })
  for (const rounding of ['row', 'unit', 'total'] as const) {
    expect(grossOf(sale, rounding)).toEqual(['120.00 incl'])
  }
})

test('a shop that rounds by row keeps its prices excl. VAT', () => {
  expect(grossOf(saleOf(hundred, { ...excl, total: amount('119.79') }))).toEqual(['99.00 excl'])
})

test('FAULT: a total that no way of rounding explains is not made to fit', () => {
  expect(grossOf(saleOf(hundred, { ...excl, total: amount('120.06') }))).toEqual(['99.00 excl'])
})
