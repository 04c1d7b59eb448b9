import { expect, test } from 'vitest'
import { addressIn, draftOf, dutch, saleOf } from '../../test/support/sale.ts'
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

// 1.765 kg at 68.50 are 120.90 (rounded down); 14.385 VAT a kilo is 14.39, so 25.40 and not 25.39 on the row.
test('a weight is rounded by the piece at the price it came of', () => {
  const weight = [{ amount: '120.90', quantity: '1.765' }]
  expect(grossOf(saleOf(weight, { ...excl, total: amount('146.30') }))).toEqual(['146.30 incl'])
})

test('fractions of a cent are carried to the total: 307.0362 at 21 % is 371.51', () => {
  const fine = [{ amount: '307.0362', quantity: '2.185' }]
  expect(grossOf(saleOf(fine, { ...excl, total: amount('371.51') }))).toEqual(['371.51 incl'])
})

// 0.0038 VAT a piece of 0.1796: 2.17 for 570 of them, 2.15 on the row.
test('and may be rounded to by the piece', () => {
  const pieces = [{ amount: '102.372', quantity: '570', percent: '2.1' }]
  const sale = saleOf(pieces, { ...excl, total: amount('104.54'), billing: addressIn('FR') })
  expect(grossOf(sale)).toEqual(['104.54 incl'])
})
