import { sum } from '../money/amount.ts'
import { roundings, type Rounding } from '../vat/stated-line.ts'
import type { DraftLine } from './draft.ts'
import type { Sale } from './sale.ts'
import { shopDecimals, shopTax } from './shop-tax.ts'
import { inWholeCents } from './whole-cents.ts'

/**
 * The lines incl. VAT of a shop that states prices excl. VAT and percentages, but no VAT amounts: the VAT is worked
 * out as shops do, per row, per piece or carried along, in cents or in hundredths of them, and taken when the lines
 * then come to the very total the buyer pays.
 * @param lines as the shop states them, in its own decimals
 * @param known how the shop is known to round, tried first
 * @returns null when no way explains the total
 */
export const roundedLikeTheShop = (
  sale: Sale,
  lines: readonly DraftLine[],
  known: Rounding,
): DraftLine[] | null => {
  if (sale.pricesIncludeVat || lines.some(({ quantity }) => quantity.isZero())) return null
  const modes = [known, ...roundings.filter((mode) => mode !== known)]
  for (const decimals of shopDecimals) {
    for (const mode of modes) {
      const gross = lines.map((line) => ({
        ...line,
        amount: line.amount.plus(shopTax(line, mode, decimals)),
        amountIncludesVat: true,
      }))
      const whole = inWholeCents(gross)
      if (sum(whole.map(({ amount }) => amount)).equals(sale.total)) return whole
    }
  }
  return null
}
