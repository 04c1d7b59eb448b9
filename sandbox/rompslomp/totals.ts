import { type Decimal, roundDivide, unit } from './decimal.ts'
import { type Switches } from './switches.ts'

/** The numbers of one line. The rate is a fraction: 0.21. */
export interface PricedLine {
  quantity: Decimal
  price: Decimal
  rate: Decimal
}

/** In whole cents. */
export interface Totals {
  withVatCents: number
  withoutVatCents: number
}

type Rounding = Switches['rounding']

const addUp = (totals: readonly Totals[]): Totals => ({
  withVatCents: totals.reduce((sum, each) => sum + each.withVatCents, 0),
  withoutVatCents: totals.reduce((sum, each) => sum + each.withoutVatCents, 0),
})

/**
 * One line (contract §9, a guess): both amounts are rounded from the unrounded product. With
 * 'rounded-net' VAT is taken over the rounded net amount instead.
 */
export function lineTotals({ quantity, price, rate }: PricedLine, rounding: Rounding): Totals {
  const net = quantity * price
  const withoutVat = roundDivide(net * 100n, unit ** 2n)
  const withVat =
    rounding === 'rounded-net'
      ? withoutVat + roundDivide(withoutVat * rate, unit)
      : roundDivide(net * (unit + rate) * 100n, unit ** 3n)
  return { withVatCents: Number(withVat), withoutVatCents: Number(withoutVat) }
}

/** The whole invoice: the sum of its lines, or of the unrounded lines of each rate. */
export function invoiceTotals(lines: readonly PricedLine[], rounding: Rounding): Totals {
  if (rounding !== 'rate') return addUp(lines.map((line) => lineTotals(line, rounding)))
  const nets = new Map<Decimal, bigint>()
  for (const { quantity, price, rate } of lines) {
    nets.set(rate, (nets.get(rate) ?? 0n) + quantity * price)
  }
  return addUp(
    [...nets].map(([rate, net]) => {
      const withoutVatCents = Number(roundDivide(net * 100n, unit ** 2n))
      const vatCents = Number(roundDivide(net * rate * 100n, unit ** 3n))
      return { withoutVatCents, withVatCents: withoutVatCents + vatCents }
    }),
  )
}
