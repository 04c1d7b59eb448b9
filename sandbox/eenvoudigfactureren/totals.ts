import { type Decimal, roundDivide, unit } from './decimal.ts'
import { type Switches } from './switches.ts'

/** The numbers of one item. Exactly one of the two prices counts. */
export interface PricedItem {
  quantity: Decimal
  /** Unit price excl. VAT; undefined when the price is given incl. VAT. */
  amount: Decimal | undefined
  amountWithTax: Decimal | undefined
  /** Percentage. */
  taxRate: Decimal
}

/** How a document is added up. */
export interface TotalsRules {
  /** VAT over the sum per rate, or per item (contract 3.1). */
  taxCalculation: 'total' | 'item'
  /** Percentage. */
  discount: Decimal
  switches: Pick<Switches, 'grossArithmetic' | 'lineTotals'>
}

export interface Sum {
  netCents: bigint
  taxCents: bigint
}

export interface Totals {
  items: Sum[]
  rates: (Sum & { rate: Decimal })[]
  net: bigint
  tax: bigint
  total: bigint
}

// Values are products of two Decimals: millionths of millionths. A cent is this many of them.
const cent = 10_000_000_000n
const hundredPercent = 100n * unit

interface Share {
  rate: Decimal
  isGross: boolean
  /** quantity × price, in the sense of `isGross`. */
  value: bigint
}

/**
 * Adds up a document exactly. The contract (3.4) says that the server computes every total and that
 * VAT is over the sum per rate; how a price incl. VAT gets there is not known, hence the switches.
 */
export function computeTotals(items: readonly PricedItem[], rules: TotalsRules): Totals {
  const shares = items.map((item) => shareOf(item, rules))
  const perItem = shares.map((share) => sumOf([share]))
  const byRate = new Map<Decimal, Share[]>()
  for (const share of shares) byRate.set(share.rate, [...(byRate.get(share.rate) ?? []), share])
  const rates = [...byRate].map(([rate, some]) => {
    const whole = rules.taxCalculation === 'total'
    const sums = whole ? [sumOf(some)] : some.map((share) => sumOf([share]))
    return { rate, netCents: add(sums, 'netCents'), taxCents: add(sums, 'taxCents') }
  })
  const net = add(rates, 'netCents')
  const tax = add(rates, 'taxCents')
  return { items: perItem, rates, net, tax, total: net + tax }
}

function add(sums: readonly Sum[], key: keyof Sum): bigint {
  return sums.reduce((whole, sum) => whole + sum[key], 0n)
}

function shareOf(item: PricedItem, { discount, switches }: TotalsRules): Share {
  const { quantity, amountWithTax, taxRate: rate } = item
  const isGross = amountWithTax !== undefined && switches.grossArithmetic === 'gross'
  const price = isGross ? amountWithTax : netPriceOf(item)
  const full = quantity * price
  const value =
    discount === 0n ? full : roundDivide(full * (hundredPercent - discount), hundredPercent)
  const isRounded = switches.lineTotals === 'cents'
  return { rate, isGross, value: isRounded ? roundDivide(value, cent) * cent : value }
}

/** The net unit price with six decimals: that is what `amount` can hold (contract 3.2). */
function netPriceOf({ amount, amountWithTax, taxRate }: PricedItem): Decimal {
  if (amountWithTax === undefined) return amount ?? 0n
  return roundDivide(amountWithTax * hundredPercent, hundredPercent + taxRate)
}

/** Net and VAT of shares with one rate, rounded once. */
function sumOf(shares: readonly Share[]): Sum {
  const rate = shares[0]?.rate ?? 0n
  const valueOf = (isGross: boolean): bigint =>
    shares
      .filter((share) => share.isGross === isGross)
      .reduce((whole, share) => whole + share.value, 0n)
  const net = valueOf(false)
  const gross = valueOf(true)
  const grossCents = roundDivide(gross, cent)
  const taxInGross = roundDivide(gross * rate, (hundredPercent + rate) * cent)
  return {
    netCents: roundDivide(net, cent) + grossCents - taxInGross,
    taxCents: roundDivide(net * rate, hundredPercent * cent) + taxInGross,
  }
}
