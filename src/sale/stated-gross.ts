import { round, sum } from '../money/amount.ts'
import type { DraftLine } from './draft.ts'
import type { Sale } from './sale.ts'
import { inWholeCents } from './whole-cents.ts'

/**
 * The lines incl. VAT as the shop rounds them itself, for a shop with prices excl. VAT whose rounding comes to
 * another total than VAT on the sum does: gross prices then come out to the cent where net ones need a rounding line
 * (contracts/vat.md §6 step 1).
 * @param lines the lines of the draft, in the order of the sale
 * @returns null when the shop does not state them all, or they are not the total
 */
export const statedGross = (sale: Sale, lines: readonly DraftLine[]): DraftLine[] | null => {
  if (sale.pricesIncludeVat || sale.lines.length !== lines.length) return null
  const gross = sale.lines.flatMap(({ stated }) =>
    stated === undefined ? [] : [stated.gross ?? stated.net.plus(stated.tax)],
  )
  if (gross.length !== lines.length || !round(sum(gross)).equals(sale.total)) return null
  const whole = inWholeCents(
    lines.map((line, index) => ({
      ...line,
      amount: gross[index] ?? line.amount,
      amountIncludesVat: true,
    })),
  )
  return sum(whole.map(({ amount }) => amount)).equals(sale.total) ? whole : null
}
