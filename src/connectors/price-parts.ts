import { amount, round, zero, type Amount } from '../money/amount.ts'

/** Some pieces of a line, and the unit price of them. */
export interface PricePart {
  quantity: Amount
  price: Amount
}

const cent = amount('0.01')
const half = amount('0.005')
const hundred = amount(100)

/** Steps to either side of the exact division that are tried for a weight. */
const stepsMax = 60

/**
 * Whole pieces at two prices that lie one step apart, which come to the target exactly: three for 10.00 are two of
 * 3.33 and one of 3.34.
 * @param target a whole number of steps, not below zero
 * @param decimals of a price
 */
export const wholePieces = (target: Amount, pieces: Amount, decimals = 2): PricePart[] => {
  const perMajor = amount(10).pow(decimals)
  const steps = target.times(perMajor)
  const low = steps.dividedToIntegerBy(pieces)
  const dearer = steps.minus(low.times(pieces))
  return [
    { quantity: pieces.minus(dearer), price: low.dividedBy(perMajor) },
    { quantity: dearer, price: low.plus(1).dividedBy(perMajor) },
  ].filter(({ quantity }) => !quantity.isZero())
}

/**
 * `few`: at one price where one does; `tight`: so near the target that many such lines together are still right for
 * a remote that adds up what it has not rounded.
 */
export type Fit = 'few' | 'tight'

export const fits: readonly Fit[] = ['few', 'tight']

const totalOf = ({ quantity, price }: PricePart): Amount => quantity.times(price)

/** Both ways of adding up come to the target: parts rounded to the cent first, or the sum alone. */
const comesTo = (parts: readonly PricePart[], target: Amount): boolean => {
  const exact = parts.reduce((sum, part) => sum.plus(totalOf(part)), zero)
  const rounded = parts.reduce((sum, part) => sum.plus(round(totalOf(part))), zero)
  return rounded.equals(target) && exact.minus(target).abs().lessThan(half)
}

/**
 * A weight at one price, or divided over two prices a cent apart: 4.5 kg for 10.00 are 3.5 kg of 2.22 and 1 kg of
 * 2.23. Parts have no more decimals than the weight itself.
 */
const ofWeight = (target: Amount, pieces: Amount, fit: Fit): PricePart[] | null => {
  const single = { quantity: pieces, price: round(target.dividedBy(pieces)) }
  const isExact = totalOf(single).equals(target)
  if (isExact || (fit === 'few' && comesTo([single], target))) return [single]
  const price = target.dividedBy(pieces).times(hundred).floor().dividedBy(hundred)
  const decimals = pieces.decimalPlaces()
  const step = amount(1).dividedBy(amount(10).pow(decimals))
  const middle = target.minus(price.times(pieces)).dividedBy(cent).toDecimalPlaces(decimals)
  for (let away = 0; away <= stepsMax; away += 1) {
    for (const sign of away === 0 ? [1] : [1, -1]) {
      const dearer = middle.plus(step.times(away * sign))
      const parts = [
        { quantity: pieces.minus(dearer), price },
        { quantity: dearer, price: price.plus(cent) },
      ]
      const isDivided = parts.every(({ quantity }) => quantity.greaterThan(0))
      if (isDivided && comesTo(parts, target)) return parts
    }
  }
  return null
}

/**
 * The pieces of a line with unit prices of two decimals that bring it to its target however the remote rounds:
 * at one price where one does, else divided over two prices that lie a cent apart. As many pieces as were sold, at
 * the same rate (contracts/vat.md §6: quantity and rate are never bent).
 * @param target in whole cents, not below zero
 * @param pieces not below zero
 * @returns null when nothing comes to it
 */
export const priceParts = (
  target: Amount,
  pieces: Amount,
  fit: Fit = 'few',
): PricePart[] | null => {
  if (!target.times(hundred).isInteger()) return null
  if (pieces.isZero()) return target.isZero() ? [{ quantity: zero, price: zero }] : null
  return pieces.isInteger() ? wholePieces(target, pieces) : ofWeight(target, pieces, fit)
}
