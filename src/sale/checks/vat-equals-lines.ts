import { amount, Decimal, sum } from '../../money/amount.ts'
import { reason } from '../../problems/reason.ts'
import type { Check } from './check.ts'

/** Half a cent for every amount that was rounded by itself, but never more than five cents. */
const perLine = amount('0.005')
const toleranceMax = amount('0.05')

/**
 * Check B of contracts/vat.md §7: the VAT the shop states is the VAT of its lines, as it states that too; where it
 * doesn't, the VAT on their sum.
 */
export const vatEqualsLines: Check = {
  id: 'vat-equals-lines',
  title: { nl: 'Btw is de som van de btw per regel', en: 'VAT is the sum of the VAT per line' },
  run({ sale, draft }) {
    if (sale.vatTotal === null) return null
    const taxes = sale.lines.flatMap(({ stated }) => (stated === undefined ? [] : [stated.tax]))
    const ours = taxes.length === sale.lines.length ? sum(taxes) : draft.totals.vat
    const difference = sale.vatTotal.minus(ours)
    // One more than the lines: the stated total was rounded too.
    const tolerance = Decimal.min(perLine.times(sale.lines.length + 1), toleranceMax)
    if (difference.abs().lessThanOrEqualTo(tolerance)) return null
    return reason('VAT_TOTAL_DIFFERS', {
      vat: sale.vatTotal.toFixed(2),
      sum: ours.toFixed(2),
      difference: difference.toFixed(2),
    })
  },
}
