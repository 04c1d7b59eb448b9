import { amount, Decimal, sum, zero, type Amount } from './amount.ts'

const cent = amount('0.01')

/**
 * Rounds to whole cents so that the results add up to `total`: the method of the largest remainder, which
 * `allocate` has for shares of a positive whole; here discounts stand among the values.
 * @returns null when `total` is not within reach of rounding: then it belongs to other values
 */
export const roundTogether = (values: readonly Amount[], total: Amount): Amount[] | null => {
  const floors = values.map((value) => value.toDecimalPlaces(2, Decimal.ROUND_FLOOR))
  const missing = total.minus(sum(floors)).dividedBy(cent)
  if (!missing.isInteger() || missing.lessThan(0) || missing.greaterThan(values.length)) return null
  const byRemainder = values
    .map((value, index) => ({ index, remainder: value.minus(floors[index] ?? zero) }))
    .sort((a, b) => b.remainder.comparedTo(a.remainder) || a.index - b.index)
  const raised = new Set(byRemainder.slice(0, missing.toNumber()).map(({ index }) => index))
  return floors.map((floor, index) => (raised.has(index) ? floor.plus(cent) : floor))
}
