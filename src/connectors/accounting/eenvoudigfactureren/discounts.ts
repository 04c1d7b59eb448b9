import { allocate } from '../../../money/allocate.ts'
import { sum, zero } from '../../../money/amount.ts'
import { groups, type Target } from './arithmetic.ts'

/** Costs are rarely discounted; they bear a discount only when the goods can't bear it. */
const isCost = ({ line }: Target): boolean => line.kind === 'shipping' || line.kind === 'payment'

/**
 * Takes discount lines off the other lines of their rate, each in proportion, so that the rate keeps its
 * total to the cent. Peppol takes no negative price (BR-27), and EenvoudigFactureren has no discount field
 * for an amount (contract 3.1: whole percentages only). A discount that its rate can't bear stays a line.
 *
 * @param sign 1, or -1 on a credit invoice, where a discount is above zero
 */
export const spreadDiscounts = (targets: readonly Target[], sign: 1 | -1): Target[] => {
  const spread = targets.map((each) => ({ ...each, target: each.target.times(sign) }))
  const gone = new Set<Target>()
  for (const group of groups(spread, ({ line }) => line.vatPercent)) {
    const discounts = group.filter(
      ({ line, target }) => line.kind === 'discount' && target.lessThan(0),
    )
    const discount = sum(discounts.map(({ target }) => target)).negated()
    const bearers = group.filter(({ target }) => target.greaterThan(0))
    const goods = bearers.filter((each) => !isCost(each))
    const chosen = [goods, bearers].find((some) =>
      sum(some.map(({ target }) => target)).greaterThan(discount),
    )
    if (chosen === undefined || discounts.length === 0) continue
    const weights = chosen.map(({ target }) => target)
    const parts = allocate(discount, weights)
    for (const [index, each] of chosen.entries()) {
      each.target = each.target.minus(parts[index] ?? zero)
    }
    for (const each of discounts) gone.add(each)
  }
  return spread
    .filter((each) => !gone.has(each))
    .map((each) => ({ ...each, target: each.target.times(sign) }))
}
