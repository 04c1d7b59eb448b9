import { amount, Decimal, sum, zero, type Amount } from '../../money/amount.ts'
import { reason } from '../../problems/reason.ts'
import type { Check, CheckInput } from './check.ts'

const perLine = amount('0.005')
const toleranceMax = amount('0.05')

/** The VAT of the lines with a rate: as the shop states it line by line, else on their sum. */
const vatAt = (percent: Amount, { sale, draft }: CheckInput): Amount => {
  const lines = sale.lines.flatMap(({ stated }, index) =>
    stated === undefined ? [] : [{ tax: stated.tax, rate: draft.lines[index]?.vatPercent }],
  )
  if (lines.length === sale.lines.length) {
    return sum(lines.filter(({ rate }) => rate?.equals(percent)).map(({ tax }) => tax))
  }
  return draft.rates.find(({ vatPercent }) => vatPercent.equals(percent))?.vat ?? zero
}

/** Check E of contracts/vat.md §7: the shop's own VAT per rate is that of the lines with that rate. */
export const vatPerRate: Check = {
  id: 'vat-per-rate',
  title: { nl: 'Btw per tarief klopt met de winkel', en: 'VAT per rate is as the shop says' },
  run(input) {
    const { sale } = input
    const tolerance = Decimal.min(perLine.times(sale.lines.length + 1), toleranceMax)
    for (const { percent, vat } of sale.vatByRate ?? []) {
      const ours = vatAt(percent, input)
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
