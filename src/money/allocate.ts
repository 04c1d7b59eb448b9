import { amount, Decimal, sum, zero, type Amount } from './amount.ts'

/**
 * Divides `total` over `weights` in proportion, in steps of one unit of `decimals` places, by the method of
 * the largest remainder: the parts always add up to `total` exactly and no part is more than one step from
 * its fair share. Used for a coupon or shipping costs over VAT rates (contracts/vat.md §7 H).
 *
 * @param total a whole number of steps, may be negative
 * @param weights not negative; when all are zero the first part takes everything
 * @returns as many parts as weights, in their order
 */
export const allocate = (total: Amount, weights: readonly Amount[], decimals = 2): Amount[] => {
  if (weights.length === 0) throw new Error('nothing to allocate over')
  if (weights.some((weight) => weight.isNegative() && !weight.isZero()))
    throw new Error('a weight is negative')
  const whole = sum(weights)
  if (whole.isZero()) return weights.map((_, index) => (index === 0 ? total : zero))

  const step = new Decimal(10).pow(-decimals)
  const sign = total.isNegative() ? -1 : 1
  const steps = total.abs().dividedBy(step)
  if (!steps.isInteger()) throw new Error(`${total.toString()} has more than ${decimals} decimals`)

  const shares = weights.map((weight) => steps.times(weight).dividedBy(whole))
  const parts = shares.map((share) => share.floor())
  const missing = steps.minus(sum(parts)).toNumber()
  const byRemainder = shares
    .map((share, index) => ({ index, remainder: share.minus(share.floor()) }))
    .sort((a, b) => b.remainder.comparedTo(a.remainder) || a.index - b.index)
  for (const { index } of byRemainder.slice(0, missing)) {
    parts[index] = (parts[index] ?? zero).plus(amount(1))
  }
  return parts.map((part) => part.times(step).times(sign))
}
