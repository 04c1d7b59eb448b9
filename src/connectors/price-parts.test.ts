import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { amount, round, sum } from '../money/amount.ts'
import { fits, priceParts, wholePieces } from './price-parts.ts'

const told = (target: string, pieces: string) =>
  priceParts(amount(target), amount(pieces))
    ?.map(({ quantity, price }) => `${quantity.toString()} × ${price.toFixed(2)}`)
    .join(' + ') ?? null

describe('the pieces of a line', () => {
  test.each([
    ['10.00', '2', '2 × 5.00'],
    ['10.00', '3', '2 × 3.33 + 1 × 3.34'],
    ['9.99', '0.75', '0.75 × 13.32'],
    ['10.00', '4.5', '3.5 × 2.22 + 1 × 2.23'],
    ['0.00', '0', '0 × 0.00'],
    ['5.00', '0', null],
    ['0.005', '1', null],
  ])('%s for %s', (target, pieces, parts) => {
    expect(told(target, pieces)).toBe(parts)
  })

  test('may have finer prices than cents', () => {
    expect(wholePieces(amount('0.82645'), amount('3000'), 5)).toEqual([
      { quantity: amount(1355), price: amount('0.00027') },
      { quantity: amount(1645), price: amount('0.00028') },
    ])
  })

  test('of many weights together are still within a fraction of a cent of their sum', () => {
    const off = (fit: (typeof fits)[number]) => {
      const parts = priceParts(amount('48.27'), amount('2.561'), fit) ?? []
      return sum(parts.map(({ quantity, price }) => quantity.times(price))).minus('48.27')
    }
    expect(off('few').abs().toNumber()).toBeGreaterThan(0.0004)
    expect(off('tight').abs().toNumber()).toBeLessThan(0.0001)
  })

  test.each(fits)(
    '(%s) are as many as were sold, and come to the amount whoever rounds what',
    (fit) => {
      let found = 0
      let asked = 0
      fc.assert(
        fc.property(
          fc.integer({ min: 0, max: 500_000 }),
          fc.integer({ min: 1, max: 900_000 }),
          (cents, thousandths) => {
            const target = amount(cents).dividedBy(100)
            const pieces = amount(thousandths).dividedBy(1000)
            const parts = priceParts(target, pieces, fit)
            asked += 1
            if (parts === null) return
            found += 1
            expect(parts.length).toBeLessThanOrEqual(2)
            expect(sum(parts.map(({ quantity }) => quantity)).equals(pieces)).toBe(true)
            const totals = parts.map(({ quantity, price }) => quantity.times(price))
            expect(sum(totals.map((each) => round(each))).equals(target)).toBe(true)
            expect(round(sum(totals)).equals(target)).toBe(true)
          },
        ),
        { numRuns: 2_000, seed: 4 },
      )
      expect(found / asked).toBeGreaterThan(0.99)
    },
  )
})
