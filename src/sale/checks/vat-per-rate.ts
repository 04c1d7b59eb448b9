import { amount, Decimal } from '../../money/amount.ts'
import { reason } from '../../problems/reason.ts'
import type { Check } from './check.ts'

const perLine = amount('0.005')
const toleranceMax = amount('0.05')

/** Check E of contracts/vat.md §7: the shop's own VAT per rate is that of the lines with that rate. */
export const vatPerRate: Check = {
  id: 'vat-per-rate',
  title: { nl: 'Btw per tarief klopt met de winkel', en: 'VAT per rate is as the shop says' },
  run({ sale, draft }) {
    const tolerance = Decimal.min(perLine.times(sale.lines.length + 1), toleranceMax)
    for (const { percent, vat } of sale.vatByRate ?? []) {
      const ours =
        draft.rates.find(({ vatPercent }) => vatPercent.equals(percent))?.vat ?? amount(0)
      const difference = vat.minus(ours)
      if (difference.abs().lessThanOrEqualTo(tolerance)) continue
      return reason('VAT_OF_RATE_DIFFERS', {
        rate: percent.toString(),
        vat: vat.toFixed(2),
        sum: ours.toFixed(2),
        difference: difference.toFixed(2),
      })
    }
    return null
  },
}
