import { type Decimal, roundDivide, unit } from './decimal.ts'
import { type Switches } from './switches.ts'

/** The numbers of one line. Discount and rate are percentages. */
export interface PricedLine {
  qty: Decimal
  amount: Decimal
  discount: Decimal
  percentage: Decimal
  vatId: number
}

export type VatOption = 'incl' | 'excl'

/** In whole cents. */
export interface Totals {
  inclCents: number
  exclCents: number
}

type Rounding = Pick<Switches, 'lineTotals' | 'vatRounding'>

const hundred = 100n * unit
/** What `exactLine` counts in: this many are one cent. */
const perCent = unit ** 3n

/** quantity × unit price × (1 − discount), unrounded, in parts of `perCent`. */
const exactLine = ({ qty, amount, discount }: PricedLine): bigint =>
  qty * amount * (hundred - discount)

const lineOf = (line: PricedLine, { lineTotals }: Rounding): bigint => {
  const exact = exactLine(line)
  return lineTotals === 'cents' ? roundDivide(exact, perCent) * perCent : exact
}

/** The VAT in or on a sum, in whole cents. */
const vatOf = (sum: bigint, percentage: Decimal, option: VatOption): bigint =>
  option === 'incl'
    ? roundDivide(sum * percentage, (hundred + percentage) * perCent)
    : roundDivide(sum * percentage, hundred * perCent)

/** The whole invoice (contract §9, a guess): VAT per rate, or per line. */
export function invoiceTotals(
  lines: readonly PricedLine[],
  option: VatOption,
  rounding: Rounding,
): Totals {
  const groups =
    rounding.vatRounding === 'line'
      ? lines.map((line) => [line])
      : [...Map.groupBy(lines, ({ vatId }) => vatId).values()]
  let sum = 0n
  let vat = 0n
  for (const group of groups) {
    const base = group.reduce((total, line) => total + lineOf(line, rounding), 0n)
    sum += base
    vat += vatOf(base, group[0]?.percentage ?? 0n, option)
  }
  const cents = roundDivide(sum, perCent)
  return option === 'incl'
    ? { inclCents: Number(cents), exclCents: Number(cents - vat) }
    : { inclCents: Number(cents + vat), exclCents: Number(cents) }
}
