import { exact, type Fraction, fraction, plus, round, times } from './fraction.ts'
import { type Switches } from './switches.ts'

/** What an order's totals are made of. All amounts in cents, as they stand on the order. */
export interface TotalsInput {
  rows: { amountCents: number; vatPercent: number }[]
  rowsIncludeVat: boolean
  shippingCents: number
  shippingVatPercent: number
  shippingIncludesVat: boolean
  paymentCostsCents: number
  extraPaymentOptionCents: number
  extraCostsCents: number
  /** Both are positive and are subtracted. */
  creditPointCents: number
  couponCents: number
  /** `taxes_included`: false = no VAT is charged and the total has none. */
  vatCharged: boolean
}

export interface Totals {
  rowsCents: number
  totalCents: number
  taxCents: number
}

/** An amount with one VAT rate. */
interface Part {
  cents: Fraction
  vatPercent: number
  includesVat: boolean
}

const zero = fraction(0n)

/**
 * The balance of section 6.2: rows + shipping + payment costs + extra payment option + extra costs
 * - coupon - credit points, plus the VAT of whatever is excluding VAT. VAT is summed exactly and rounded
 * once: the full example (25.62, not 25.61) shows the cent that rounding per rate would cost.
 */
export function computeTotals(
  input: TotalsInput,
  switches: Pick<Switches, 'couponVat' | 'costsVat'>,
): Totals {
  const rows = rowParts(input)
  const coupon = couponParts(input, rows, switches.couponVat)
  const parts = [...rows, ...coupon, ...costParts(input, switches.costsVat)]
  const charged = input.vatCharged ? parts : []
  const tax = charged.map(vatOf).reduce(plus, zero)
  const onTop = charged.filter((part) => !part.includesVat).map(vatOf)
  const rowsCents = input.rows.reduce((sum, row) => sum + row.amountCents, 0)
  const asStated =
    rowsCents +
    input.shippingCents +
    input.paymentCostsCents +
    input.extraPaymentOptionCents +
    input.extraCostsCents -
    input.couponCents -
    input.creditPointCents
  return {
    rowsCents,
    totalCents: asStated + round(onTop.reduce(plus, zero)),
    taxCents: round(tax),
  }
}

function vatOf({ cents, vatPercent, includesVat }: Part): Fraction {
  const rate = exact(vatPercent)
  const base = includesVat ? plus(rate, exact(100)) : exact(100)
  return times(cents, fraction(rate.over * base.under, rate.under * base.over))
}

function rowParts({ rows, rowsIncludeVat }: TotalsInput): Part[] {
  const byRate = new Map<number, number>()
  for (const { vatPercent, amountCents } of rows)
    byRate.set(vatPercent, (byRate.get(vatPercent) ?? 0) + amountCents)
  return [...byRate].map(([vatPercent, cents]) => ({
    cents: whole(cents),
    vatPercent,
    includesVat: rowsIncludeVat,
  }))
}

/** How a coupon lowers the VAT is a guess of the contract (section 6.3, "spread over the rows"). */
function couponParts(input: TotalsInput, rows: Part[], how: Switches['couponVat']): Part[] {
  const total = rows.map((part) => part.cents).reduce(plus, zero)
  if (input.couponCents === 0 || total.over === 0n || how === 'none') return []
  const discount = whole(-input.couponCents)
  if (how === 'highest-rate') {
    const vatPercent = Math.max(...rows.map((part) => part.vatPercent))
    return [{ cents: discount, vatPercent, includesVat: input.rowsIncludeVat }]
  }
  return rows.map((part) => {
    const share = fraction(part.cents.over * total.under, part.cents.under * total.over)
    return { ...part, cents: times(discount, share) }
  })
}

/** The API gives no VAT rate for the costs; the contract takes the shipping rate (section 6.2). */
function costParts(input: TotalsInput, costsVat: Switches['costsVat']): Part[] {
  const costs =
    input.paymentCostsCents +
    input.extraPaymentOptionCents +
    input.extraCostsCents -
    input.creditPointCents
  const carrying = input.shippingCents + (costsVat === 'shipping-rate' ? costs : 0)
  const { shippingVatPercent: vatPercent, shippingIncludesVat: includesVat } = input
  return [{ cents: whole(carrying), vatPercent, includesVat }]
}

function whole(cents: number): Fraction {
  return fraction(BigInt(cents))
}
