import { amount, sum, type Amount } from '../../money/amount.ts'
import { reason } from '../../problems/reason.ts'
import type { Check } from './check.ts'

/** Two decimals, or all there are when a fraction of a cent is the point. */
const shown = (value: Amount) => (value.decimalPlaces() > 2 ? value.toString() : value.toFixed(2))

/** What a sum of fractions of a cent may lose when the shop rounds it to what is paid. */
const lostMax = amount('0.005')

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
    const isRounded = lines.decimalPlaces() > 2 && sale.total.decimalPlaces() <= 2
    if (isRounded && difference.abs().lessThanOrEqualTo(lostMax)) return null
    return reason('TOTAL_DIFFERS_FROM_LINES', {
      total: shown(sale.total),
      sum: shown(lines),
      difference: shown(difference),
    })
  },
}
