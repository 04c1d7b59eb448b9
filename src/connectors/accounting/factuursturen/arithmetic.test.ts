import fc from 'fast-check'
import { expect, test } from 'vitest'
import { amount, fromCents, round, sum, type Amount } from '../../../money/amount.ts'
import { lineTargets, predictTotal, unitPrice } from './arithmetic.ts'
import { debtorWith, draftOf, factsOf } from './fixtures/samples.ts'
import { compose } from './map.ts'

const ladder = { least: 2, most: 4 }

const price = (target: string, quantity: string, decimals = ladder): string | null =>
  unitPrice(amount(target), amount(quantity), decimals)?.toString() ?? null

test('a unit price has two decimals where they do', () => {
  expect(price('24.20', '2')).toBe('12.1')
  expect(price('5.00', '1.25')).toBe('4')
})

test('and as many more as it takes', () => {
  expect(price('5.00', '3')).toBe('1.667')
  expect(price('10.00', '30')).toBe('0.3333')
  expect(price('1.00', '3', { least: 4, most: 4 })).toBe('0.3333')
})

test('a tie is not good enough: floating point may round it either way', () => {
  // 1.5 × 2.93 = 4.395
  expect(price('4.40', '1.5')).toBe('2.933')
})

test('what four decimals cannot express has no price', () => {
  expect(price('1.00', '3000')).toBeNull()
  expect(price('1.00', '3000', { least: 2, most: 6 })).toBe('0.000333')
  expect(price('1.00', '0')).toBeNull()
  expect(price('0.00', '0')).toBe('0')
})

test('VAT is rounded per rate: 37.50 + 12.50 at 21 % is 10.50, not 10.51', () => {
  const lines = ['37.50', '12.50'].map((each) => ({
    quantity: amount(1),
    price: amount(each),
    vatPercent: amount(21),
  }))
  expect(predictTotal(lines, 'extax', 'cents').toString()).toBe('60.5')
})

test('converted lines keep the total of their rate, discounts among them', () => {
  const draft = draftOf(
    ['3.33', '3.33', '3.33', '-1.00'].map((each) => ({ amount: each, includesVat: false })),
  )
  const targets = lineTargets(draft, 'intax')
  expect(targets.map(String)).toEqual(['4.03', '4.03', '4.03', '-1.21'])
  expect(draft.totals.gross.toString()).toBe('10.88')
})

const rate = fc.constantFrom('21', '9', '0')
const quantity = fc.oneof(
  fc.integer({ min: 1, max: 60 }).map((whole) => amount(whole)),
  fc.integer({ min: 1, max: 9_999 }).map((thousandths) => amount(thousandths).dividedBy(1000)),
)

const draftOfLines = (
  lines: readonly { cents: number; quantity: Amount; percent: string }[],
  includesVat: boolean,
) =>
  draftOf(
    lines.map(({ cents, ...line }) => ({
      amount: fromCents(cents).toString(),
      quantity: line.quantity.toString(),
      percent: line.percent,
      includesVat,
    })),
  )

test('whatever is composed comes to the total and changes no quantity', () => {
  const line = fc.record({
    cents: fc.integer({ min: -20_000, max: 200_000 }),
    quantity,
    percent: rate,
  })
  const baskets = fc.array(line, { minLength: 1, maxLength: 40 })
  const taxTypes = fc.constantFrom('intax' as const, 'extax' as const)
  fc.assert(
    fc.property(baskets, fc.boolean(), taxTypes, (basket, includesVat, taxType) => {
      const draft = draftOfLines(basket, includesVat)
      const composition = compose(draft, debtorWith({ taxType }), factsOf())
      if (composition.is === 'refused') {
        expect(['TOTAL_WOULD_DIFFER', 'UNIT_PRICE_INEXPRESSIBLE']).toContain(
          composition.reason.code,
        )
        return
      }
      const lines = composition.wire.lines.map((each) => ({
        quantity: amount(each.amount),
        price: amount(each.price),
        vatPercent: amount(each.tax_rate),
      }))
      const gross = draft.totals.gross.toString()
      expect(composition.predictedTotal.toString()).toBe(gross)
      expect(predictTotal(lines, taxType, 'cents').toString()).toBe(gross)
      expect(predictTotal(lines, taxType, 'exact').toString()).toBe(gross)
      // A line may be divided over two prices: its pieces stay as many as were sold.
      let left = lines.map((each) => each.quantity)
      for (const { quantity: pieces } of draft.lines) {
        const parts = left[0]?.equals(pieces) === true ? 1 : 2
        expect(sum(left.slice(0, parts)).toString()).toBe(pieces.toString())
        left = left.slice(parts)
      }
      expect(left).toEqual([])
      expect(lines.every((each) => round(each.price, 4).equals(each.price))).toBe(true)
    }),
    { numRuns: 500 },
  )
})

test('prices in the sense of the debtor go through as they are', () => {
  const line = fc.record({
    cents: fc.integer({ min: -20_000, max: 200_000 }),
    quantity: fc.integer({ min: 1, max: 500 }),
    percent: rate,
  })
  const baskets = fc.array(line, { minLength: 1, maxLength: 20 })
  fc.assert(
    fc.property(baskets, fc.boolean(), (basket, includesVat) => {
      const lines = basket.map((each) => ({
        cents: each.cents * each.quantity,
        quantity: amount(each.quantity),
        percent: each.percent,
      }))
      const debtor = debtorWith({ taxType: includesVat ? 'intax' : 'extax' })
      const composition = compose(draftOfLines(lines, includesVat), debtor, factsOf())
      const prices = composition.is === 'composed' && composition.wire.lines.map((l) => l.price)
      // `+ 0` because a free line has the price 0, never -0.
      expect(prices).toEqual(basket.map((each) => each.cents / 100 + 0))
    }),
    { numRuns: 500 },
  )
})
