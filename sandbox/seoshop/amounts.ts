import {
  inCents,
  spread,
  toBasisPoints,
  toCents,
  toUnits,
  type Units,
  unitsPerCent,
  withoutVat,
  withVat,
} from './money.ts'
import { type Order } from './order-spec.ts'
import { type Switches } from './switches.ts'

/** An amount on both sides, in units. */
export interface Both {
  excl: Units
  incl: Units
}

/** A line, or one of the two costs, as the API writes it. */
export interface Priced {
  basisPoints: number
  quantity: number
  base: Both
  discount: Both
  /** The line total after discount (section 0, item 4). */
  price: Both
  /** VAT to four decimals, as taxRates states it. */
  tax: Units
}

export interface Amounts {
  lines: Priced[]
  shipping: Priced
  payment: Priced
  total: Both
}

const none: Both = { excl: 0, incl: 0 }

/** The side that was entered, and the other one calculated from it, to a unit. */
function bothOf(entered: Units, basisPoints: number, includesVat: boolean): Both {
  return includesVat
    ? { incl: entered, excl: withoutVat(entered, basisPoints) }
    : { excl: entered, incl: withVat(entered, basisPoints) }
}

function priced(
  wish: { quantity: number; base: Units; discount: Units; basisPoints: number },
  includesVat: boolean,
  round: (units: Units) => Units,
): Priced {
  const { quantity, basisPoints } = wish
  const entered = wish.base * quantity - wish.discount
  const exact = bothOf(entered, basisPoints, includesVat)
  return {
    basisPoints,
    quantity,
    base: bothOf(wish.base, basisPoints, includesVat),
    discount: wish.discount === 0 ? none : bothOf(wish.discount, basisPoints, includesVat),
    price: { excl: round(exact.excl), incl: round(exact.incl) },
    tax: exact.incl - exact.excl,
  }
}

/** What the coupon takes off each line, in units, in proportion to the lines and to the cent. */
function couponShares({ coupon, lines }: Order): Units[] {
  const worth = lines.map((line) =>
    Math.max(0, toUnits(line.unitPrice) * line.quantity - toUnits(line.discount)),
  )
  if (coupon === null) return lines.map(() => 0)
  if (coupon.percentage !== undefined) {
    const { percentage } = coupon
    return worth.map((units) => inCents(Math.round((units * percentage) / 100)))
  }
  const cents = toCents(toUnits(coupon.amount ?? 0))
  return spread(cents, worth).map((share) => share * unitsPerCent)
}

/** Everything that is money in an order. Sums are of rounded parts (section 6.1, "amount rules"). */
export function amountsOf(order: Order, switches: Pick<Switches, 'lineRounding'>): Amounts {
  const { pricesIncludeVat: includesVat } = order
  const ofLine = switches.lineRounding === 'cents' ? inCents : (units: Units) => units
  const shares = couponShares(order)
  const lines = order.lines.map((line, index) =>
    priced(
      {
        quantity: line.quantity,
        base: toUnits(line.unitPrice),
        discount: toUnits(line.discount) + (shares[index] ?? 0),
        basisPoints: toBasisPoints(line.vatPercent),
      },
      includesVat,
      ofLine,
    ),
  )
  const cost = (base: number, discount: number, percent: number) =>
    priced(
      {
        quantity: 1,
        base: toUnits(base),
        discount: toUnits(discount),
        basisPoints: toBasisPoints(percent),
      },
      includesVat,
      inCents,
    )
  const shipping = cost(order.shipping, order.shippingDiscount, order.shippingVatPercent)
  const payment = cost(order.paymentCosts, 0, order.paymentVatPercent)
  const all = [...lines, shipping, payment]
  const sumOf = (side: keyof Both) => inCents(all.reduce((sum, { price }) => sum + price[side], 0))
  return { lines, shipping, payment, total: { excl: sumOf('excl'), incl: sumOf('incl') } }
}

export function add(all: readonly Priced[]): Both {
  return {
    excl: inCents(all.reduce((sum, { price }) => sum + price.excl, 0)),
    incl: inCents(all.reduce((sum, { price }) => sum + price.incl, 0)),
  }
}
