import { zero } from '../../money/amount.ts'
import { reason } from '../../problems/reason.ts'
import { rightVat } from '../vat-of-lines.ts'
import type { Check } from './check.ts'

/** Check E of contracts/vat.md §7: the shop's own VAT per rate is that of the lines with that rate. */
export const vatPerRate: Check = {
  id: 'vat-per-rate',
  title: { nl: 'Btw per tarief klopt met de winkel', en: 'VAT per rate is as the shop says' },
  run({ sale, draft }) {
    const amounts = sale.lines.length + 1
    for (const { percent, vat } of sale.vatByRate ?? []) {
      const lines = draft.lines.filter(({ vatPercent }) => vatPercent.equals(percent))
      const rate = draft.rates.find(({ vatPercent }) => vatPercent.equals(percent))
      const right = rightVat(vat, lines, { onSum: rate?.vat ?? zero, amounts })
      if (right === null) continue
      return reason('VAT_OF_RATE_DIFFERS', {
        rate: percent.toString(),
        vat: vat.toFixed(2),
        sum: right.toFixed(2),
        difference: vat.minus(right).toFixed(2),
      })
    }
    return null
  },
}
