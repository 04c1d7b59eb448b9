import { round, sum, vatOn, zero, type Amount } from '../../../money/amount.ts'
import type { LineKind, SaleLine } from '../../../sale/sale.ts'
import type { Decimals } from '../../../vat/units.ts'

/** An amount with and without VAT, as the shop states both. */
export interface Both {
  excl: Amount
  incl: Amount
}

/** A line as the shop states it, before it is known which side was entered. */
export interface TwoSided {
  kind: LineKind
  description: string
  sku: string
  quantity: Amount
  /** A percentage; null when the shop states none. */
  vatPercent: Amount | null
  /** The whole line after discount. */
  price: Both
  /** One piece before discount, unrounded on the side that was calculated (contract §0, item 7). */
  base: Both
}

export interface Based {
  pricesIncludeVat: boolean
  lines: readonly SaleLine[]
  assumptions: readonly string[]
}

type Side = keyof Both

const isInCents = (value: Amount) => value.decimalPlaces() <= 2

/** Whether the lines of one side are whole cents and add up to that side's total. */
const addsUp = (lines: readonly TwoSided[], side: Side, total: Both): boolean =>
  lines.every(({ price }) => isInCents(price[side])) &&
  sum(lines.map(({ price }) => price[side])).equals(total[side])

/** Whether the net lines, with VAT rounded once per rate, come to what the buyer pays. */
const netLeadsToTotal = (lines: readonly TwoSided[], total: Both): boolean => {
  const byRate = Map.groupBy(lines, ({ vatPercent }) => vatPercent?.toString() ?? '')
  const gross = [...byRate.values()].map((group) => {
    const net = sum(group.map(({ price }) => price.excl))
    return net.plus(round(vatOn(net, group[0]?.vatPercent ?? zero)))
  })
  return sum(gross).equals(total.incl)
}

/** The side that prices were typed on shows in the unit prices: the other one has fractions of a cent. */
const isTypedExcl = (lines: readonly TwoSided[]): boolean =>
  lines.every(({ base }) => isInCents(base.excl)) && lines.some(({ base }) => !isInCents(base.incl))

const decimalsOf = (value: Amount): Decimals => (isInCents(value) ? 2 : 4)

const toLine = (line: TwoSided, side: Side): SaleLine => {
  const { excl, incl } = line.price
  const tax = incl.minus(excl)
  return {
    kind: line.kind,
    description: line.description,
    ...(line.sku !== '' && { sku: line.sku }),
    quantity: line.quantity,
    amount: round(line.price[side]),
    vatPercent: line.vatPercent,
    stated: {
      net: excl,
      tax,
      gross: incl,
      quantity: line.quantity,
      decimals: { net: decimalsOf(excl), tax: decimalsOf(tax), gross: decimalsOf(incl) },
      // A line is pieces times a unit price that the platform keeps to four decimals (contract §6.1).
      workedIn: 4,
      entered: side === 'incl' ? 'gross' : 'net',
    },
  }
}

/**
 * Chooses the side to book from. The shop's price setting is not on the order (contract §6.1), so it is read
 * off the amounts: the side the unit prices were typed on, where that side leads to what the buyer pays to
 * the cent; otherwise the side incl. VAT, whose lines are the total by definition. Lines with fractions of a
 * cent are rounded once, here; when they then do not add up any more, the checks refuse the sale.
 *
 * @param total of the whole order or invoice, both sides
 */
export const basedOn = (lines: readonly TwoSided[], total: Both): Based => {
  const isExclSound = addsUp(lines, 'excl', total) && netLeadsToTotal(lines, total)
  const isInclSound = addsUp(lines, 'incl', total)
  const isExcl = isExclSound && (isTypedExcl(lines) || !isInclSound)
  const side: Side = isExcl ? 'excl' : 'incl'
  return {
    pricesIncludeVat: !isExcl,
    lines: lines.map((line) => toLine(line, side)),
    assumptions: lines.every(({ price }) => isInCents(price[side]))
      ? []
      : ['lines-rounded-to-cents'],
  }
}
