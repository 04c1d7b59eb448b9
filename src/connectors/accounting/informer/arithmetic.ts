import { round, sum, vatOn, withoutVat, zero, type Amount } from '../../../money/amount.ts'
import { reason, type Reason } from '../../../problems/reason.ts'
import type { Draft, DraftLine } from '../../../sale/draft.ts'
import { grossTargets } from '../../gross-targets.ts'
import { fits, priceParts, type Fit, type PricePart } from '../../price-parts.ts'
import { system } from './fields.ts'

/** Whether unit prices are written incl. or excl. VAT. */
export type VatOption = 'incl' | 'excl'

/** Pieces of one article at one unit price. Several may come of one line of the draft. */
export interface PricedLine {
  /** Position of the line of the draft. */
  index: number
  quantity: Amount
  /** Of one piece, with at most two decimals (contract §5). */
  price: Amount
  vatPercent: Amount
}

/** What Informer may do with cents; which is not known (contract §9). */
interface Rounding {
  vat: 'rate' | 'line'
  lines: 'cents' | 'exact'
}

const roundings: readonly Rounding[] = (['rate', 'line'] as const).flatMap((vat) =>
  (['cents', 'exact'] as const).map((lines) => ({ vat, lines })),
)

/** The total that Informer will come to. Prices incl. VAT make it the sum of the lines. */
export const predictTotal = (
  lines: readonly PricedLine[],
  option: VatOption,
  rounding: Rounding,
): Amount => {
  const totalOf = ({ quantity, price }: PricedLine) => {
    const total = quantity.times(price)
    return rounding.lines === 'cents' ? round(total) : total
  }
  const net = round(sum(lines.map(totalOf)))
  if (option === 'incl') return net
  const groups =
    rounding.vat === 'line'
      ? lines.map((line) => [line])
      : [...Map.groupBy(lines, ({ vatPercent }) => vatPercent.toString()).values()]
  const vats = groups.map((group) =>
    round(vatOn(sum(group.map(totalOf)), group[0]?.vatPercent ?? zero)),
  )
  return net.plus(sum(vats))
}

/** What every line must come to excl. VAT, in whole cents, so that each rate keeps its net total. */
const netTargets = (lines: readonly DraftLine[]): Amount[] => {
  const running = new Map<string, Amount>()
  return lines.map((line) => {
    if (!line.amountIncludesVat) return line.amount
    const rate = line.vatPercent.toString()
    const before = running.get(rate) ?? zero
    const after = before.plus(withoutVat(line.amount, line.vatPercent))
    running.set(rate, after)
    return round(after).minus(round(before))
  })
}

/** Which factor of a line below zero carries the sign (contract §9). */
export type SignOn = 'quantity' | 'amount'

const signed = ({ quantity, price }: PricePart, isNegative: boolean, signOn: SignOn): PricePart => {
  if (!isNegative) return { quantity, price }
  return signOn === 'quantity'
    ? { quantity: quantity.negated(), price }
    : { quantity, price: price.negated() }
}

export type Pricing =
  | { is: 'priced'; option: VatOption; lines: PricedLine[]; total: Amount }
  | { is: 'refused'; reason: Reason }

const inexpressible = ({ lines }: Draft, index: number): Reason =>
  reason('UNIT_PRICE_INEXPRESSIBLE', {
    system,
    line: index + 1,
    amount: lines[index]?.amount.toFixed(2) ?? '',
    quantity: lines[index]?.quantity.toString() ?? '',
  })

interface Way {
  option: VatOption
  signOn: SignOn
  fit: Fit
}

/** Lines that come to the total of the draft however Informer rounds. */
const priceWith = (draft: Draft, { option, signOn, fit }: Way): Pricing => {
  const targets = option === 'incl' ? grossTargets(draft.lines) : netTargets(draft.lines)
  const lines: PricedLine[] = []
  for (const [index, line] of draft.lines.entries()) {
    const target = targets[index] ?? zero
    const parts = priceParts(target.abs(), line.quantity.abs(), fit)
    if (parts === null) return { is: 'refused', reason: inexpressible(draft, index) }
    for (const part of parts) {
      const { quantity, price } = signed(part, target.isNegative(), signOn)
      lines.push({ index, quantity, price, vatPercent: line.vatPercent })
    }
  }
  const { gross } = draft.totals
  const wrong = roundings
    .map((rounding) => predictTotal(lines, option, rounding))
    .find((total) => !total.equals(gross))
  if (wrong === undefined) return { is: 'priced', option, lines, total: gross }
  const params = { system, predicted: wrong.toFixed(2), total: gross.toFixed(2) }
  return { is: 'refused', reason: reason('TOTAL_WOULD_DIFFER', params) }
}

/**
 * Unit prices of two decimals. Excl. VAT only where that comes to the total; else incl. VAT, which the books
 * turn into the same net amounts and VAT for each rate. With as few lines as will do.
 */
export const priceDraft = (draft: Draft, wanted: VatOption, signOn: SignOn): Pricing => {
  const options: readonly VatOption[] = wanted === 'excl' ? ['excl', 'incl'] : ['incl']
  let refused: Pricing | null = null
  for (const option of options) {
    for (const fit of fits) {
      const priced = priceWith(draft, { option, signOn, fit })
      if (priced.is === 'priced') return priced
      refused = priced
    }
  }
  if (refused === null) throw new Error('a draft that was never priced')
  return refused
}
