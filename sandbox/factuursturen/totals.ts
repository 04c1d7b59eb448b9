import { type Decimal, roundDivide } from './decimal.ts'
import { type Switches } from './switches.ts'

/** The numbers of one invoice line. Rate and discount are percentages. */
export interface PricedLine {
  amount: Decimal
  price: Decimal
  taxRate: Decimal
  discountPct: Decimal
  /** A line with only a description counts for nothing (contract 3.2). */
  isText: boolean
}

/** How the lines are to be read. */
export interface TotalsRules {
  taxType: 'extax' | 'intax'
  taxShifted: boolean
  discountType: 'amount' | 'percentage'
  discount: Decimal
  switches: Pick<Switches, 'vatRounding' | 'lineTotals'>
}

export interface TaxTotal {
  /** Percentage; -1 is the tariff "no VAT". */
  rate: Decimal
  taxCents: number
  /** The amount without VAT that the tax is over. */
  baseCents: number
}

export interface Totals {
  /** One per line, in the sense (with or without VAT) of the prices; before the invoice's discount. */
  lineTotals: Decimal[]
  taxes: TaxTotal[]
  taxCents: number
  totalCents: number
}

// A millionth of a cent: fine enough that nothing is rounded before a rule says so.
const cent = 1_000_000n
const hundredPercent = 100_000_000n

/**
 * Adds up an invoice (contract 3.5), exactly. Guesses that only show in odd cases: line totals are
 * rounded to the cent before they are added (switch lineTotals), an invoice discount is in the same
 * sense as the prices, and an amount is spread over the lines in proportion.
 */
export function computeTotals(lines: PricedLine[], rules: TotalsRules): Totals {
  const values = lines.map((line) => lineValue(line, rules.switches.lineTotals))
  const discounted = applyDiscount(values, rules)
  const parts = lines.flatMap((line, index) =>
    line.isText ? [] : [{ rate: line.taxRate, value: discounted[index] ?? 0n }],
  )
  const shares = rules.switches.vatRounding === 'line' ? parts : addUpByRate(parts)
  const taxes = mergeByRate(shares.map((share) => taxOf(share, rules)))
  const taxCents = taxes.reduce((sum, tax) => sum + tax.taxCents, 0)
  const baseCents = taxes.reduce((sum, tax) => sum + tax.baseCents, 0)
  return {
    lineTotals: values.map((value) => roundDivide(value, 100n)),
    taxes,
    taxCents,
    totalCents: baseCents + taxCents,
  }
}

interface Share {
  rate: Decimal
  /** In millionths of a cent, in the sense of the prices. */
  value: bigint
}

function lineValue(line: PricedLine, lineTotals: Switches['lineTotals']): bigint {
  if (line.isText) return 0n
  const exact = line.amount * line.price * (hundredPercent - line.discountPct)
  const value = roundDivide(exact, 1_000_000_000_000n)
  return lineTotals === 'cents' ? roundDivide(value, cent) * cent : value
}

function applyDiscount(values: bigint[], rules: TotalsRules): bigint[] {
  const { discount } = rules
  if (discount === 0n) return values
  if (rules.discountType === 'percentage') {
    return values.map((value) => roundDivide(value * (hundredPercent - discount), hundredPercent))
  }
  const whole = values.reduce((sum, value) => sum + value, 0n)
  if (whole <= 0n) return values
  let left = discount * 100n
  return values.map((value, index) => {
    // The last line takes what rounding left over, so that the shares make up the discount.
    const share = index === values.length - 1 ? left : roundDivide(discount * 100n * value, whole)
    left -= share
    return value - share
  })
}

function addUpByRate(parts: Share[]): Share[] {
  const sums = new Map<Decimal, bigint>()
  for (const { rate, value } of parts) sums.set(rate, (sums.get(rate) ?? 0n) + value)
  return [...sums].map(([rate, value]) => ({ rate, value }))
}

function taxOf({ rate, value }: Share, rules: TotalsRules): TaxTotal {
  const percentage = rate < 0n ? 0n : rate
  const over = rules.taxType === 'intax' ? hundredPercent + percentage : hundredPercent
  const taxCents = Number(roundDivide(value * percentage, over * cent))
  const valueCents = Number(roundDivide(value, cent))
  const baseCents = rules.taxType === 'intax' ? valueCents - taxCents : valueCents
  // Reverse charge: the VAT inside a price is taken out and not charged (contract 3.5, guess).
  return rules.taxShifted ? { rate: 0n, taxCents: 0, baseCents } : { rate, taxCents, baseCents }
}

function mergeByRate(taxes: TaxTotal[]): TaxTotal[] {
  const merged = new Map<Decimal, TaxTotal>()
  for (const tax of taxes) {
    const sum = merged.get(tax.rate) ?? { rate: tax.rate, taxCents: 0, baseCents: 0 }
    sum.taxCents += tax.taxCents
    sum.baseCents += tax.baseCents
    merged.set(tax.rate, sum)
  }
  return [...merged.values()]
}
