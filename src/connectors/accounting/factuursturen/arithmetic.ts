import {
  amount,
  round,
  sum,
  vatOn,
  withoutVat,
  withVat,
  zero,
  type Amount,
} from '../../../money/amount.ts'
import { roundTogether } from '../../../money/round-together.ts'
import type { Draft } from '../../../sale/draft.ts'

/** Whether Factuursturen reads the line prices of a debtor incl. VAT (contract 3.5). */
export type TaxType = 'intax' | 'extax'

/** What Factuursturen calculates with. Several may come of one line of the draft. */
export interface PricedLine {
  /** Position of the line of the draft. */
  index: number
  quantity: Amount
  price: Amount
  vatPercent: Amount
}

const half = amount('0.005')

/** The items by the VAT percentage they have, in the order of their first appearance. */
const byRate = <T extends { vatPercent: Amount }>(items: readonly T[]): T[][] => [
  ...Map.groupBy(items, (item) => item.vatPercent.toString()).values(),
]

/**
 * What every line must come to, in whole cents, when prices are read as `taxType` says. Where the shop
 * states lines the other way round they are converted together, so that each rate keeps its total: incl.
 * VAT the gross total of the draft; excl. VAT the net amount nearest to it, the only one whose VAT can
 * bring it back to that gross total.
 */
export const lineTargets = (draft: Draft, taxType: TaxType): Amount[] => {
  const targets = draft.lines.map((line) => line.amount)
  const includesVat = taxType === 'intax'
  const numbered = draft.lines.map((line, index) => ({ ...line, index }))
  for (const lines of byRate(numbered)) {
    const converted = lines.filter((line) => line.amountIncludesVat !== includesVat)
    const exact = converted.map(({ amount: stated, vatPercent }) =>
      includesVat ? withVat(stated, vatPercent) : withoutVat(stated, vatPercent),
    )
    const kept = lines.filter((line) => line.amountIncludesVat === includesVat)
    const rate = draft.rates.find(({ vatPercent }) => vatPercent.equals(lines[0]?.vatPercent ?? 0))
    const total =
      includesVat && rate !== undefined
        ? rate.gross.minus(sum(kept.map((line) => line.amount)))
        : round(sum(exact))
    const rounded = roundTogether(exact, total) ?? exact.map((value) => round(value))
    for (const [position, { index }] of converted.entries()) {
      targets[index] = rounded[position] ?? zero
    }
  }
  return targets
}

/**
 * The ladder of contracts/vat.md §6: the unit price with the fewest decimals, from `least` to `most`, that
 * brings the quantity to the target. The product must round to it without being a tie: a remote that
 * calculates in floating point may round a tie either way.
 * @returns null when none does
 */
export const unitPrice = (
  target: Amount,
  quantity: Amount,
  { least, most }: { least: number; most: number },
): Amount | null => {
  if (quantity.isZero()) return target.isZero() ? zero : null
  for (let decimals = least; decimals <= most; decimals += 1) {
    const price = target.dividedBy(quantity).toDecimalPlaces(decimals)
    if (price.times(quantity).minus(target).abs().lessThan(half)) return price
  }
  return null
}

/**
 * The total that Factuursturen will come to (contract 3.5): a line is quantity × price; VAT is two decimals
 * per rate; with prices incl. VAT the total is the sum of the lines.
 *
 * @param lineTotals whether a line is rounded to the cent before it is added. The contract does not know,
 *   so a composition is only good when both ways come to the same.
 */
export const predictTotal = (
  lines: readonly Omit<PricedLine, 'index'>[],
  taxType: TaxType,
  lineTotals: 'cents' | 'exact',
): Amount =>
  sum(
    byRate(lines).map((group) => {
      const totals = group.map(({ quantity, price }) => quantity.times(price))
      const whole = sum(lineTotals === 'cents' ? totals.map((total) => round(total)) : totals)
      if (taxType === 'intax') return round(whole)
      return round(whole).plus(round(vatOn(whole, group[0]?.vatPercent ?? zero)))
    }),
  )
