import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allocate } from './allocate.ts'
import { amount, Decimal, fromCents, sum } from './amount.ts'

const texts = (total: string, weights: readonly string[], decimals?: number) =>
  allocate(
    amount(total),
    weights.map((weight) => amount(weight)),
    decimals,
  ).map((part) => part.toString())

const totals = fc.integer({ min: -10_000_000, max: 10_000_000 }).map(fromCents)
const weight = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 0, max: 5 }),
  fc.integer({ min: 0, max: 100_000_000 }),
)
const weightLists = fc
  .array(weight, { minLength: 1, maxLength: 40 })
  .map((list) => list.map(fromCents))

describe('allocate', () => {
  it.each([
    ['10', ['1', '1', '1'], ['3.34', '3.33', '3.33']],
    ['-10', ['1', '1', '1'], ['-3.34', '-3.33', '-3.33']],
    ['0.01', ['5', '3'], ['0.01', '0']],
    ['0.02', ['1', '1', '1'], ['0.01', '0.01', '0']],
    ['0.05', ['3', '7'], ['0.02', '0.03']],
    ['100', ['0', '1', '0'], ['0', '100', '0']],
    ['0', ['1', '2'], ['0', '0']],
    ['7.50', ['42'], ['7.5']],
    // A coupon over two rates: 7.25 + 2.75 by 108.90 and 41.30.
    ['10', ['108.90', '41.30'], ['7.25', '2.75']],
  ])('divides %s over %j', (total, weights, parts) => {
    expect(texts(total, weights)).toEqual(parts)
  })

  it('gives the first part everything when no weight says more', () => {
    expect(texts('5.95', ['0', '0'])).toEqual(['5.95', '0'])
    expect(texts('-5.95', ['0', '-0'])).toEqual(['-5.95', '0'])
  })

  it('divides in steps of other sizes', () => {
    expect(texts('1', ['1', '1', '1'], 4)).toEqual(['0.3334', '0.3333', '0.3333'])
    expect(texts('10', ['1', '1', '1'], 0)).toEqual(['4', '3', '3'])
  })

  it('says no to what is no question', () => {
    expect(() => texts('1', [])).toThrow('nothing to allocate over')
    expect(() => texts('1', ['1', '-1'])).toThrow('a weight is negative')
    expect(() => texts('0.001', ['1', '1'])).toThrow('0.001 has more than 2 decimals')
  })

  it('never loses or makes a cent', () => {
    fc.assert(
      fc.property(totals, weightLists, (total, weights) => {
        const parts = allocate(total, weights)
        expect(parts).toHaveLength(weights.length)
        expect(sum(parts).equals(total)).toBe(true)
        expect(parts.every((part) => part.decimalPlaces() <= 2)).toBe(true)
      }),
    )
  })

  it('keeps every part within a cent of its fair share, and on its side of zero', () => {
    fc.assert(
      fc.property(totals, weightLists, (total, weights) => {
        const whole = sum(weights)
        fc.pre(!whole.isZero())
        for (const [index, part] of allocate(total, weights).entries()) {
          const share = total.times(weights[index] ?? 0).dividedBy(whole)
          expect(part.minus(share).abs().lessThan('0.01')).toBe(true)
          expect(part.isZero() || part.isNegative() === total.isNegative()).toBe(true)
          if (share.isZero()) expect(part.isZero()).toBe(true)
        }
      }),
    )
  })

  it('gives a larger weight no smaller part, and the first of equals the odd cent', () => {
    fc.assert(
      fc.property(totals, weightLists, (total, weights) => {
        fc.pre(!sum(weights).isZero())
        const parts = allocate(total.abs(), weights)
        const sorted = weights
          .map((each, index) => ({ weight: each, part: parts[index] ?? new Decimal(NaN), index }))
          .sort((a, b) => b.weight.comparedTo(a.weight) || a.index - b.index)
        for (const [index, { part }] of sorted.entries()) {
          const next = sorted[index + 1]
          if (next) expect(part.greaterThanOrEqualTo(next.part)).toBe(true)
        }
      }),
    )
  })

  it('divides a negative total as the positive one', () => {
    fc.assert(
      fc.property(totals, weightLists, (total, weights) => {
        const there = allocate(total, weights)
        const back = allocate(total.negated(), weights)
        expect(there.every((part, index) => part.equals(back[index]?.negated() ?? NaN))).toBe(true)
      }),
    )
  })
})
