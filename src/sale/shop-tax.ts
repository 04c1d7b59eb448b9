import { amount, round, vatOn, withoutVat, type Amount } from '../money/amount.ts'
import type { Rounding } from '../vat/stated-line.ts'
import type { DraftLine } from './draft.ts'

/** What the VAT of a line is worked out from. */
type TaxedLine = Pick<DraftLine, 'amount' | 'quantity' | 'vatPercent' | 'amountIncludesVat'>

/** How many decimals shops are known to keep. */
export const shopDecimals = [2, 4] as const

const taxIn = (value: Amount, { vatPercent, amountIncludesVat }: TaxedLine): Amount =>
  amountIncludesVat ? value.minus(withoutVat(value, vatPercent)) : vatOn(value, vatPercent)

/**
 * The price of one piece: the one in whole steps that the row came of, where there is one. A weight's row was
 * rounded, so that its quotient is a little beside it: 120.90 for 1.765 kg at 68.50.
 */
const pieceOf = ({ amount: row, quantity }: TaxedLine, decimals: number): Amount => {
  const exact = row.dividedBy(quantity)
  const price = round(exact, decimals)
  const step = amount(10).pow(-decimals)
  return price.times(quantity).minus(row).abs().lessThan(step) ? price : exact
}

/**
 * The VAT of a line as a shop rounds it (contracts/vat.md §6): of the row, of each piece, or not at all, where the
 * residue is carried to the total.
 * @param decimals to how many the shop rounds
 */
export const shopTax = (line: TaxedLine, rounding: Rounding, decimals: number): Amount => {
  if (rounding === 'total') return taxIn(line.amount, line)
  if (rounding === 'row' || line.quantity.isZero()) return round(taxIn(line.amount, line), decimals)
  const ofPiece = round(taxIn(pieceOf(line, decimals), line), decimals)
  return round(ofPiece.times(line.quantity), decimals)
}
