import { reason } from '../../problems/reason.ts'
import { rightVat } from '../vat-of-lines.ts'
import type { Check } from './check.ts'

/**
 * Check B of contracts/vat.md §7: the VAT the shop states is the VAT of its lines, as it states that too; where it
 * doesn't, on their sum or rounded as shops do.
 */
export const vatEqualsLines: Check = {
  id: 'vat-equals-lines',
  title: { nl: 'Btw is de som van de btw per regel', en: 'VAT is the sum of the VAT per line' },
  run({ sale, draft }) {
    const { vatTotal } = sale
    if (vatTotal === null) return null
    // One more than the lines: the stated total was rounded too.
    const amounts = sale.lines.length + 1
    const right = rightVat(vatTotal, draft.lines, { onSum: draft.totals.vat, amounts })
    if (right === null) return null
    return reason('VAT_TOTAL_DIFFERS', {
      vat: vatTotal.toFixed(2),
      sum: right.toFixed(2),
      difference: vatTotal.minus(right).toFixed(2),
    })
  },
}
