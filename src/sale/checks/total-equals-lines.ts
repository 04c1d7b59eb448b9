import { sum } from '../../money/amount.ts'
import { reason } from '../../problems/reason.ts'
import type { Check } from './check.ts'

/** Check A of contracts/vat.md §7: what the buyer pays is the sum of everything listed, to the cent. */
export const totalEqualsLines: Check = {
  id: 'total-equals-lines',
  title: { nl: 'Totaal is de som van de regels', en: 'Total is the sum of the lines' },
  run({ sale, draft }) {
    const lines = sale.pricesIncludeVat
      ? sum(sale.lines.map((line) => line.amount))
      : draft.totals.gross
    const difference = sale.total.minus(lines)
    if (difference.isZero()) return null
    return reason('TOTAL_DIFFERS_FROM_LINES', {
      total: sale.total.toFixed(2),
      sum: lines.toFixed(2),
      difference: difference.toFixed(2),
    })
  },
}
