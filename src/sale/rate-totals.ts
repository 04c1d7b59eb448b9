import { round, sum, vatOn, withoutVat, zero } from '../money/amount.ts'
import type { DraftLine, RateTotal } from './draft.ts'

/** Net, VAT and gross per percentage, each rounded once, on the sum (contracts/vat.md §6). */
export const rateTotals = (lines: readonly DraftLine[]): RateTotal[] => {
  const byPercent = Map.groupBy(lines, (line) => line.vatPercent.toString())
  return [...byPercent.values()]
    .map((group) => {
      const vatPercent = group[0]?.vatPercent ?? zero
      const incl = sum(group.filter((l) => l.amountIncludesVat).map((l) => l.amount))
      const excl = sum(group.filter((l) => !l.amountIncludesVat).map((l) => l.amount))
      const netOfIncl = round(withoutVat(incl, vatPercent))
      const vat = incl.minus(netOfIncl).plus(round(vatOn(excl, vatPercent)))
      const net = netOfIncl.plus(excl)
      return { vatPercent, net, vat, gross: net.plus(vat) }
    })
    .sort((a, b) => b.vatPercent.comparedTo(a.vatPercent))
}
