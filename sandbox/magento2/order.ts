import { divideRounded, createRunningRound, spread, toCents, toRate } from './money.ts'
import { type LineSpec, type OrderSpec } from './order-spec.ts'
import { createCalculator, type TaxedRow, type TaxSettings } from './tax.ts'

/** The figures of a row that documents share out, in cents. */
export const shared = [
  'rowCents',
  'rowInclCents',
  'taxCents',
  'discountCents',
  'compensationCents',
] as const
export type Figures = Record<(typeof shared)[number], number>
export const noFigures: Figures = {
  rowCents: 0,
  rowInclCents: 0,
  taxCents: 0,
  discountCents: 0,
  compensationCents: 0,
}

export interface OrderItem extends Figures {
  itemId: number
  parent: OrderItem | null
  type: 'simple' | 'configurable' | 'bundle'
  /** Its amounts count nowhere: they stand on its parent, or on its children (contract 6.3). */
  dummy: boolean
  name: string
  sku: string
  productId: number
  quantity: number
  priceCents: number
  priceInclCents: number | null
  shownCents: number
  /** null on a parent whose children carry the VAT. */
  rate: number | null
  invoiced: Figures & { quantity: number }
  refunded: Figures & { quantity: number }
}

export interface Shipping {
  netCents: number
  inclCents: number
  taxCents: number
  discountCents: number
  compensationCents: number
  rate: number
}

export interface Order {
  entityId: number
  incrementId: string
  createdAtMs: number
  updatedAtMs: number
  spec: OrderSpec
  settings: TaxSettings
  items: OrderItem[]
  shipping: Shipping
  fee: { netCents: number; taxCents: number }
  totals: Totals
  state: string
}

/** The header of an order or of a document, in cents. */
export interface Totals {
  subtotalCents: number
  subtotalInclCents: number
  discountCents: number
  compensationCents: number
  taxCents: number
  grandCents: number
}

/** Magento 2: nine digits. Magento 1: the store's id goes before eight. */
export const increment = (id: number, storePrefix = 0): string =>
  String(storePrefix * 100_000_000 + id).padStart(9, '0')

const settingsOf = (spec: OrderSpec): TaxSettings => ({
  includesVat: spec.includesVat ?? true,
  method: spec.method ?? 'total',
  taxBeforeDiscount: spec.taxBeforeDiscount ?? false,
})

interface Draft {
  line: LineSpec
  parent: Draft | null
  dummy: boolean
  type: OrderItem['type']
  quantity: number
  unitCents: number
  rate: number
}

/** The rows of a basket with the children of each behind it, and which of them count. */
function flatten(lines: readonly LineSpec[]): Draft[] {
  return lines.flatMap((line, index) => {
    const type = line.type ?? 'simple'
    const quantity = line.quantity ?? 1
    if (quantity < 1) throw new Error(`lines[${index}].quantity must be 1 or more`)
    const dynamic = type === 'bundle'
    const parent: Draft = {
      line,
      parent: null,
      dummy: dynamic,
      type: type === 'bundle-fixed' ? 'bundle' : type,
      quantity,
      unitCents: toCents(line.unitPrice, `lines[${index}].unitPrice`),
      rate: toRate(line.vatPercent ?? 21, `lines[${index}].vatPercent`),
    }
    const children = (line.children ?? []).map((child): Draft => ({
      line: child,
      parent,
      dummy: !dynamic,
      type: 'simple',
      quantity: quantity * (child.quantity ?? 1),
      unitCents: dynamic ? toCents(child.unitPrice, 'child.unitPrice') : 0,
      rate: dynamic ? toRate(child.vatPercent ?? 21, 'child.vatPercent') : 0,
    }))
    return [parent, ...children]
  })
}

/** What a coupon takes off each row, and off the shipping. */
function discountsOf(
  spec: OrderSpec,
  rows: readonly Draft[],
  shippingCents: number,
  keepsHalfCents: boolean,
) {
  const { coupon } = spec
  const shown = rows.map((row) => (row.dummy ? 0 : row.unitCents * row.quantity))
  if (coupon === undefined) return { rows: shown.map(() => 0), shipping: 0 }
  const { rows: told } = coupon
  if (told !== undefined) {
    return { rows: shown.map((_, row) => toCents(told[row] ?? 0, 'coupon.rows')), shipping: 0 }
  }
  if (coupon.percent !== undefined) {
    const rate = toRate(coupon.percent, 'coupon.percent')
    const round = createRunningRound()
    const ofShipping = (part: number) =>
      keepsHalfCents ? (shippingCents * part) / 10_000 : divideRounded(shippingCents * part, 10_000)
    return {
      rows: shown.map((cents) => round(cents * rate, 10_000)),
      shipping: coupon.onShipping === true ? ofShipping(rate) : 0,
    }
  }
  const whole = shown.reduce((sum, cents) => sum + cents, 0)
  const cents = Math.min(toCents(coupon.amount ?? 0, 'coupon.amount'), whole)
  return { rows: spread(cents, shown), shipping: 0 }
}

const nothing: TaxedRow = {
  priceCents: 0,
  priceInclCents: 0,
  rowCents: 0,
  rowInclCents: 0,
  taxCents: 0,
  compensationCents: 0,
}

/** Reckons a basket the way Magento does and gives it its numbers. `nextId` names its rows. */
export function makeOrder(
  spec: OrderSpec,
  parts: {
    entityId: number
    nextItemId: () => number
    nowMs: number
    storePrefix: number
    keepsHalfCents: boolean
  },
): Order {
  const settings = settingsOf(spec)
  const rows = flatten(spec.lines)
  const shippingShown = toCents(spec.shipping ?? 0, 'shipping')
  const discounts = discountsOf(spec, rows, shippingShown, parts.keepsHalfCents)
  const calculate = createCalculator(settings)
  const made = new Map<Draft, OrderItem>()
  for (const [index, row] of rows.entries()) {
    const discountCents = discounts.rows[index] ?? 0
    const { unitCents, quantity, rate } = row
    const figures = row.dummy ? nothing : calculate({ unitCents, quantity, rate, discountCents })
    made.set(row, {
      ...noFigures,
      ...figures,
      discountCents,
      itemId: parts.nextItemId(),
      parent: row.parent === null ? null : (made.get(row.parent) ?? null),
      type: row.type,
      dummy: row.dummy,
      name: row.line.name,
      sku:
        row.line.sku ?? (row.line.name.replace(/[^A-Za-z0-9]+/g, '-').toUpperCase() || 'ARTIKEL'),
      productId: 100 + index,
      quantity,
      priceInclCents: row.dummy ? null : figures.priceInclCents,
      shownCents: unitCents,
      rate: row.dummy && row.type === 'bundle' ? null : rate,
      invoiced: { ...noFigures, quantity: 0 },
      refunded: { ...noFigures, quantity: 0 },
    })
  }
  const items = [...made.values()]
  sumBundles(items)
  const rates = rows.filter((row) => !row.dummy).map((row) => row.rate)
  const highest = Math.max(0, ...rates)
  const shippingRate =
    spec.shippingVatPercent === undefined ? highest : toRate(spec.shippingVatPercent, 'shipping')
  const alone = createCalculator(settings)
  const sent = { quantity: 1, rate: shippingRate, discountCents: discounts.shipping }
  const taxed = alone({ ...sent, unitCents: shippingShown })
  const feeRow = createCalculator({ ...settings, method: 'row' })({
    unitCents: toCents(spec.paymentFee ?? 0, 'paymentFee'),
    quantity: 1,
    rate: shippingRate,
    discountCents: 0,
  })
  const order: Order = {
    entityId: parts.entityId,
    incrementId: increment(parts.entityId, parts.storePrefix),
    createdAtMs: parts.nowMs,
    updatedAtMs: parts.nowMs,
    spec,
    settings,
    items,
    shipping: {
      netCents: taxed.rowCents,
      inclCents: taxed.rowInclCents,
      taxCents: taxed.taxCents,
      discountCents: discounts.shipping,
      compensationCents: taxed.compensationCents,
      rate: shippingRate,
    },
    fee: { netCents: feeRow.rowCents, taxCents: feeRow.taxCents },
    totals: { ...emptyTotals },
    state: 'new',
  }
  order.totals = totalsOf(items, order.shipping, order.fee)
  return order
}

const emptyTotals: Totals = {
  subtotalCents: 0,
  subtotalInclCents: 0,
  discountCents: 0,
  compensationCents: 0,
  taxCents: 0,
  grandCents: 0,
}

/** The header: the identity of contract 6.1. The compensation excludes the shipping's part. */
export function totalsOf(
  rows: readonly (Figures & { dummy: boolean })[],
  shipping: Pick<Shipping, 'netCents' | 'taxCents' | 'discountCents' | 'compensationCents'>,
  fee: Order['fee'],
): Totals {
  const counted = rows.filter((row) => !row.dummy)
  const sum = (name: keyof Figures) => counted.reduce((total, row) => total + row[name], 0)
  const subtotalCents = sum('rowCents')
  const discountCents = sum('discountCents') + shipping.discountCents
  const compensationCents = sum('compensationCents')
  const taxCents = sum('taxCents') + shipping.taxCents + fee.taxCents
  return {
    subtotalCents,
    subtotalInclCents: sum('rowInclCents'),
    discountCents,
    compensationCents,
    taxCents,
    grandCents:
      subtotalCents -
      discountCents +
      shipping.netCents +
      taxCents +
      compensationCents +
      shipping.compensationCents +
      fee.netCents,
  }
}

/** A dynamic bundle shows the price of its parts; its own rows count nowhere. */
function sumBundles(items: readonly OrderItem[]): void {
  for (const bundle of items.filter((item) => item.dummy && item.type === 'bundle')) {
    const parts = items.filter((item) => item.parent === bundle)
    const sum = (pick: (part: OrderItem) => number) =>
      parts.reduce((total, part) => total + pick(part), 0)
    const each = (part: OrderItem) => part.quantity / bundle.quantity
    bundle.priceCents = sum((part) => part.priceCents * each(part))
    bundle.priceInclCents = sum((part) => (part.priceInclCents ?? 0) * each(part))
  }
}
