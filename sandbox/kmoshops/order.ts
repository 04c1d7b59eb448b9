import { emailOf } from './customers.ts'
import { toCents, toEuros } from './fraction.ts'
import { makeRow, type OrderRow, type RowNumbers } from './order-rows.ts'
import { type OrderSpec } from './order-spec.ts'
import { computeTotals, type Totals } from './totals.ts'
import { isoMoment, type World } from './world.ts'

/** An order as the shop keeps it. */
export interface OrderRecord {
  id: number
  /** Null while it is an abandoned checkout; so are status and everything made of the number. */
  number: number | null
  status: number | null
  paid: boolean
  completed: boolean
  createdAtMs: number
  invoiceNumber: number | null
  trackAndTrace: { code: string; carrier: string } | null
  spec: OrderSpec
  rows: OrderRow[]
  /** By the shop's own arithmetic, also when the order states others. */
  totals: Totals & { couponCents: number }
  /** As stated on the order. */
  totalCents: number
  taxCents: number
}

/** An order as tests and the ledger see it. */
export interface Order {
  id: number
  /** `W-1042`; null for an abandoned checkout. */
  number: string | null
  createdAt: string
  status: number | null
  paid: boolean
  completed: boolean
  /** `total_price` and `total_tax` as the order states them. */
  totalCents: number
  taxCents: number
  currency: string
  email: string
  intraCommunity: boolean
  platformSale: boolean
}

/** Works out rows and totals of a basket. `before` keeps the numbers of rows that were there. */
export function settle(
  world: World,
  numbers: RowNumbers,
  parts: { id: number; spec: OrderSpec; before?: OrderRow[] },
): Pick<OrderRecord, 'spec' | 'rows' | 'totals' | 'totalCents' | 'taxCents'> {
  const { id, spec, before } = parts
  const vatFree = isVatFree(spec)
  const rows = spec.lines.map((line, index) =>
    makeRow({ orderId: id, line, vatFree, before: before?.[index] }, numbers),
  )
  const couponCents = couponOf(spec, rows)
  const totals = computeTotals(
    {
      rows,
      rowsIncludeVat: rowsIncludeVat(spec),
      shippingCents: toCents(spec.shipping ?? 0),
      shippingVatPercent: shippingVatPercent(spec, rows),
      shippingIncludesVat: shippingIncludesVat(spec),
      paymentCostsCents: toCents(spec.paymentCosts ?? 0),
      extraPaymentOptionCents: toCents(spec.extraPaymentOption?.price ?? 0),
      extraCostsCents: toCents(spec.extraCosts ?? 0),
      creditPointCents: toCents(spec.creditPointDiscount ?? 0),
      couponCents,
      vatCharged: spec.vatCharged ?? true,
    },
    world.switches,
  )
  const { totalOverride, taxOverride } = spec
  return {
    spec,
    rows,
    totals: { ...totals, couponCents },
    totalCents: totalOverride === undefined ? totals.totalCents : toCents(totalOverride),
    taxCents: taxOverride === undefined ? totals.taxCents : toCents(taxOverride),
  }
}

/** ICP and platform sales have 0 percent on every row (section 6.2). */
function isVatFree(spec: OrderSpec): boolean {
  return spec.intraCommunity === true || spec.platformSale === true
}

export function rowsIncludeVat(spec: OrderSpec): boolean {
  const byDefault = spec.intraCommunity !== true && spec.vatCharged !== false
  return spec.pricesIncludeVat ?? byDefault
}

/** The ICP variant of section 6.3 changes only the rows' flag, so shipping keeps a flag of its own. */
export function shippingIncludesVat(spec: OrderSpec): boolean {
  if (spec.shippingIncludesVat !== undefined) return spec.shippingIncludesVat
  return spec.intraCommunity === true || rowsIncludeVat(spec)
}

export function shippingVatPercent(spec: OrderSpec, rows: OrderRow[]): number {
  if (isVatFree(spec)) return 0
  return spec.shippingVatPercent ?? Math.max(0, ...rows.map((row) => row.vatPercent))
}

export function fullNumber(order: OrderRecord): string | null {
  if (order.number === null) return null
  const prefix = order.spec.numberPrefix ?? 'W'
  return prefix === '' ? String(order.number) : `${prefix}-${order.number}`
}

export function summary(order: OrderRecord): Order {
  const { id, status, paid, completed, totalCents, taxCents, spec } = order
  return {
    id,
    number: fullNumber(order),
    createdAt: isoMoment(order.createdAtMs),
    status,
    paid,
    completed,
    totalCents,
    taxCents,
    currency: spec.currency ?? 'EUR',
    email: emailOf(spec),
    intraCommunity: spec.intraCommunity ?? false,
    platformSale: spec.platformSale ?? false,
  }
}

function couponOf({ coupon }: OrderSpec, rows: OrderRow[]): number {
  if (coupon === undefined) return 0
  if (coupon.type !== 'percentage') return toCents(coupon.discount)
  const rowsCents = rows.reduce((sum, row) => sum + row.amountCents, 0)
  return toCents((toEuros(rowsCents) * coupon.discount) / 100)
}
