import { round, sum, vatOn, type Amount } from '../money/amount.ts'
import type { Rounding } from '../vat/stated-line.ts'
import type { DraftLine } from './draft.ts'
import type { Sale } from './sale.ts'
import { inWholeCents } from './whole-cents.ts'

/**
 * The VAT of a line excl. VAT as a shop rounds it (contracts/vat.md §6). Rounded on the total there is nothing to
 * gain: that is how the draft is added up already.
 */
const taxOf: Readonly<Record<Exclude<Rounding, 'total'>, (line: DraftLine) => Amount>> = {
  row: ({ amount, vatPercent }) => round(vatOn(amount, vatPercent)),
  unit: ({ amount, quantity, vatPercent }) =>
    round(round(vatOn(amount.dividedBy(quantity), vatPercent)).times(quantity)),
}

/**
 * The lines incl. VAT of a shop that states prices excl. VAT and percentages, but no VAT amounts: the VAT is worked
 * out as shops do, per row or per piece, and taken when the lines then come to the very total the buyer pays.
 * @param known how the shop is known to round, tried first
 * @returns null when neither way explains the total
 */
export const roundedLikeTheShop = (
  sale: Sale,
  lines: readonly DraftLine[],
  known: Rounding,
): DraftLine[] | null => {
  if (sale.pricesIncludeVat || lines.some(({ quantity }) => quantity.isZero())) return null
  const modes = known === 'unit' ? (['unit', 'row'] as const) : (['row', 'unit'] as const)
  for (const mode of modes) {
    const gross = lines.map((line) => ({
      ...line,
      amount: line.amount.plus(taxOf[mode](line)),
      amountIncludesVat: true,
    }))
    const whole = inWholeCents(gross)
    if (sum(whole.map(({ amount }) => amount)).equals(sale.total)) return whole
  }
  return null
}
