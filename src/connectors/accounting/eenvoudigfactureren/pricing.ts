import { reason, type Reason } from '../../../problems/reason.ts'
import type { Draft } from '../../../sale/draft.ts'
import { predictTotals, priceLine, type PricedLine, type Sense, type Target } from './arithmetic.ts'
import { system } from './fields.ts'

/** A line with its price and what it is priced for. */
export interface PricedTarget extends PricedLine {
  target: Target
}

type Pricing = { is: 'priced'; lines: PricedTarget[] } | { is: 'refused'; reason: Reason }

const inexpressible = ({ lines }: Draft, { line, target }: Target): Reason =>
  reason('UNIT_PRICE_INEXPRESSIBLE', {
    system,
    line: lines.indexOf(line) + 1,
    amount: target.toFixed(2),
    quantity: line.quantity.toString(),
  })

/** Unit prices that come to the draft's total however the remote adds up, with as few decimals as do. */
export const priceDraft = (
  draft: Draft,
  targets: readonly Target[],
  sense: Sense,
  most: number,
): Pricing => {
  const { gross } = draft.totals
  let predicted = gross
  for (let least = 2; least <= most; least += 1) {
    const lines: PricedTarget[] = []
    for (const target of targets) {
      const priced = priceLine(target, { least, most })
      if (priced === null) return { is: 'refused', reason: inexpressible(draft, target) }
      lines.push({ ...priced, target })
    }
    const wrong = predictTotals(lines, sense).find((total) => !total.equals(gross))
    if (wrong === undefined) return { is: 'priced', lines }
    predicted = wrong
  }
  const params = { system, predicted: predicted.toFixed(2), total: gross.toFixed(2) }
  return { is: 'refused', reason: reason('TOTAL_WOULD_DIFFER', params) }
}
