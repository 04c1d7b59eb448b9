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
import type { Draft, DraftLine } from '../../../sale/draft.ts'

/** Whether the prices of an invoice are written incl. or excl. VAT (contract 3.4). */
export type Sense = 'incl' | 'excl'

/** A line and what it must come to, in whole cents, in the sense of the invoice. */
export interface Target {
  line: DraftLine
  target: Amount
}

/** What EenvoudigFactureren calculates with. The price is never below zero; the quantity may be. */
export interface PricedLine {
  quantity: Amount
  price: Amount
  vatPercent: Amount
}

const half = amount('0.005')

/** Items that share a percentage, in the order of their first appearance. */
export const groups = <T>(items: readonly T[], percentOf: (item: T) => Amount): T[][] => [
  ...Map.groupBy(items, (item) => percentOf(item).toString()).values(),
]

/**
 * What every line must come to when prices are written in `sense`. Where the shop states lines the other way
 * round they are converted together, so that each rate keeps its total: incl. VAT the gross total of the
 * draft; excl. VAT the net amount nearest to it, the only one whose VAT can bring it back to that total.
 */
export const targetsOf = (draft: Draft, sense: Sense): Target[] => {
  const includesVat = sense === 'incl'
  const targets = draft.lines.map((line): Target => ({ line, target: line.amount }))
  for (const group of groups(targets, ({ line }) => line.vatPercent)) {
    const converted = group.filter(({ line }) => line.amountIncludesVat !== includesVat)
    const exact = converted.map(({ line }) =>
      includesVat
        ? withVat(line.amount, line.vatPercent)
        : withoutVat(line.amount, line.vatPercent),
    )
    const kept = group.filter(({ line }) => line.amountIncludesVat === includesVat)
    const rate = draft.rates.find(({ vatPercent }) =>
      vatPercent.equals(group[0]?.line.vatPercent ?? 0),
    )
    const total =
      includesVat && rate !== undefined
        ? rate.gross.minus(sum(kept.map(({ target }) => target)))
        : round(sum(exact))
    const rounded = roundTogether(exact, total) ?? exact.map((value) => round(value))
    for (const [index, each] of converted.entries()) each.target = rounded[index] ?? zero
  }
  return targets
}

/**
 * The ladder of contracts/vat.md §6: the unit price with the fewest decimals, from `least` to `most`, that
 * brings the quantity to the target. The product must round to it without being a tie: a remote that
 * calculates in floating point may round a tie either way.
 * @returns null when none does
 */
const unitPrice = (
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

/** A line's price, with the sign of its amount on the quantity: prices are never below zero (BR-27). */
export const priceLine = (
  { line, target }: Target,
  decimals: { least: number; most: number },
): PricedLine | null => {
  const size = line.quantity.abs()
  const price = unitPrice(target.abs(), size, decimals)
  if (price === null) return null
  const quantity = target.isZero() ? line.quantity : target.isNegative() ? size.negated() : size
  return { quantity, price, vatPercent: line.vatPercent }
}

/** The ways in which a sum might be worked out: the contract leaves it open (3.4). */
const roundings = ['cents', 'exact'] as const
const netPriceDecimals = 6

const lineTotals = (lines: readonly PricedLine[], rounding: (typeof roundings)[number]): Amount =>
  sum(
    lines.map(({ quantity, price }) => {
      const total = quantity.times(price)
      return rounding === 'cents' ? round(total) : total
    }),
  )

/** Net total and VAT on it, each rounded once: what `tax_calculation` "total" says (contract 3.1). */
const grossOfNet = (net: Amount, percent: Amount): Amount =>
  round(net).plus(round(vatOn(net, percent)))

/**
 * The totals that EenvoudigFactureren may come to. Which one is not known: whether lines are rounded before
 * they are added, and whether a price incl. VAT is added up as it is or becomes a net price of six decimals
 * first (`amount`, contract 3.2). An invoice is only good when all of them are the same.
 */
export const predictTotals = (lines: readonly PricedLine[], sense: Sense): Amount[] => {
  const byRate = groups(lines, ({ vatPercent }) => vatPercent)
  const percentOf = (group: readonly PricedLine[]) => group[0]?.vatPercent ?? zero
  if (sense === 'excl') {
    return roundings.map((rounding) =>
      sum(byRate.map((group) => grossOfNet(lineTotals(group, rounding), percentOf(group)))),
    )
  }
  const asStated = roundings.map((rounding) =>
    sum(byRate.map((group) => round(lineTotals(group, rounding)))),
  )
  const throughNet = byRate.map((group) => {
    const percent = percentOf(group)
    const net = group.map((line) => ({
      ...line,
      price: round(withoutVat(line.price, percent), netPriceDecimals),
    }))
    return grossOfNet(lineTotals(net, 'exact'), percent)
  })
  return [...asStated, sum(throughNet)]
}
