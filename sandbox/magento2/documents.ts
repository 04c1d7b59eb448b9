import { divideRounded, toCents } from './money.ts'
import {
  type Figures,
  noFigures,
  type Order,
  type OrderItem,
  shared,
  type Shipping,
  type Totals,
  totalsOf,
} from './order.ts'

export interface DocumentRow extends Figures {
  rowId: number
  item: OrderItem
  dummy: boolean
  quantity: number
}

/** An invoice or a credit memo. Its amounts are positive either way (contract 6.1). */
export interface Paper {
  kind: 'invoice' | 'creditmemo'
  entityId: number
  incrementId: string
  order: Order
  createdAtMs: number
  updatedAtMs: number
  /** 1 open, 2 paid or refunded, 3 cancelled. */
  state: number
  rows: DocumentRow[]
  /** null where the document carries none: then its keys are absent. */
  shipping: Shipping | null
  totals: Totals
  /** Only on credit memos; in euros as entered. */
  adjustment: { positiveCents: number; negativeCents: number }
  invoice: Paper | null
}

/** Quantities by order item id; everything that is left when absent. */
export type Quantities = Readonly<Record<string, number>>

export interface InvoiceWish {
  quantities?: Record<string, number>
  state?: number
  at?: string
}

export interface CreditWish {
  invoiceId?: number
  quantities?: Record<string, number>
  /** Net shipping to give back; all that is left when absent. */
  shipping?: number
  adjustmentPositive?: number
  adjustmentNegative?: number
  at?: string
}

/** How much of a row is asked for. A child goes with its parent, a parent with its children. */
function quantityOf(item: OrderItem, left: number, wish: Quantities | undefined): number {
  if (wish === undefined) return left
  const own = wish[String(item.itemId)]
  const parent = item.parent
  const asked =
    own ??
    (parent !== null && wish[String(parent.itemId)] !== undefined
      ? ((wish[String(parent.itemId)] ?? 0) * item.quantity) / parent.quantity
      : 0)
  if (asked < 0 || asked > left || !Number.isInteger(asked)) {
    throw new Error(`item ${item.itemId} has ${left} left, not ${asked}`)
  }
  return asked
}

/** The figures of `quantity` of the row, so that all parts together are the whole (contract 6.4). */
function share(
  whole: Figures & { quantity: number },
  had: Figures & { quantity: number },
  quantity: number,
): Figures {
  const upTo = had.quantity + quantity
  const parts = { ...noFigures }
  for (const name of shared) {
    const sum = whole.quantity === 0 ? 0 : divideRounded(whole[name] * upTo, whole.quantity)
    parts[name] = sum - had[name]
  }
  return parts
}

function addTo(had: Figures & { quantity: number }, part: Figures, quantity: number): void {
  for (const name of shared) had[name] += part[name]
  had.quantity += quantity
}

const noFee = { netCents: 0, taxCents: 0 }
const noShipping = { netCents: 0, taxCents: 0, discountCents: 0, compensationCents: 0 }

function withStatedTotal({ spec }: Order, totals: Totals): Totals {
  const { statedTotal, statedTax } = spec
  return {
    ...totals,
    ...(statedTotal !== undefined && { grandCents: toCents(statedTotal, 'statedTotal') }),
    ...(statedTax !== undefined && { taxCents: toCents(statedTax, 'statedTax') }),
  }
}

/** Invoices what is asked for, or all that is left. The first invoice carries all of the shipping. */
export function makeInvoice(
  order: Order,
  wish: InvoiceWish,
  parts: {
    entityId: number
    incrementId: string
    nextRowId: () => number
    nowMs: number
    isFirst: boolean
  },
): Paper {
  const rows: DocumentRow[] = []
  for (const item of order.items) {
    const quantity = quantityOf(item, item.quantity - item.invoiced.quantity, wish.quantities)
    if (quantity === 0) continue
    const figures = share(item, item.invoiced, quantity)
    addTo(item.invoiced, figures, quantity)
    rows.push({ ...figures, rowId: parts.nextRowId(), item, dummy: item.dummy, quantity })
  }
  if (rows.length === 0) throw new Error(`order ${order.entityId} has nothing left to invoice`)
  const hasShipping = parts.isFirst && order.spec.virtual !== true
  const shipping = hasShipping ? order.shipping : null
  return {
    kind: 'invoice',
    entityId: parts.entityId,
    incrementId: parts.incrementId,
    order,
    createdAtMs: parts.nowMs,
    updatedAtMs: parts.nowMs,
    state: wish.state ?? 2,
    rows,
    shipping,
    totals: withStatedTotal(
      order,
      totalsOf(rows, shipping ?? noShipping, parts.isFirst ? order.fee : noFee),
    ),
    adjustment: { positiveCents: 0, negativeCents: 0 },
    invoice: null,
  }
}

/** The shipping a credit memo gives back, in proportion to what the order charged. */
function refundedShipping(order: Order, wish: CreditWish, isFirst: boolean): Shipping | null {
  if (order.spec.virtual === true) return null
  const whole = order.shipping
  const netCents =
    wish.shipping === undefined
      ? isFirst
        ? whole.netCents
        : 0
      : toCents(wish.shipping, 'shipping')
  if (netCents > whole.netCents) throw new Error('that much shipping was never charged')
  const part = (cents: number) =>
    whole.netCents === netCents
      ? cents
      : whole.netCents === 0
        ? 0
        : divideRounded(cents * netCents, whole.netCents)
  return {
    ...whole,
    netCents,
    inclCents: part(whole.inclCents),
    taxCents: part(whole.taxCents),
    discountCents: part(whole.discountCents),
    compensationCents: part(whole.compensationCents),
  }
}

/** Refunds what is asked for, or all that is left. Untouched rows may be kept with quantity 0 (6.3). */
export function makeCreditMemo(
  order: Order,
  wish: CreditWish,
  parts: {
    entityId: number
    incrementId: string
    nextRowId: () => number
    nowMs: number
    isFirst: boolean
    invoice: Paper | null
    untouchedRows: 'omitted' | 'zero'
  },
): Paper {
  const rows: DocumentRow[] = []
  for (const item of order.items) {
    const left = item.invoiced.quantity - item.refunded.quantity
    const quantity = quantityOf(item, left, wish.quantities)
    if (quantity === 0 && parts.untouchedRows === 'omitted') continue
    const figures = quantity === 0 ? noFigures : share(item.invoiced, item.refunded, quantity)
    addTo(item.refunded, figures, quantity)
    rows.push({ ...figures, rowId: parts.nextRowId(), item, dummy: item.dummy, quantity })
  }
  const shipping = refundedShipping(order, wish, parts.isFirst)
  const adjustment = {
    positiveCents: toCents(wish.adjustmentPositive ?? 0, 'adjustmentPositive'),
    negativeCents: toCents(wish.adjustmentNegative ?? 0, 'adjustmentNegative'),
  }
  const isWhole = wish.quantities === undefined && parts.isFirst
  const totals = totalsOf(rows, shipping ?? noShipping, isWhole ? order.fee : noFee)
  return {
    kind: 'creditmemo',
    entityId: parts.entityId,
    incrementId: parts.incrementId,
    order,
    createdAtMs: parts.nowMs,
    updatedAtMs: parts.nowMs,
    state: 2,
    rows,
    shipping,
    totals: {
      ...totals,
      // On a credit memo the header's compensation includes the shipping's part (contract 6.1).
      compensationCents: totals.compensationCents + (shipping?.compensationCents ?? 0),
      grandCents: totals.grandCents + adjustment.positiveCents - adjustment.negativeCents,
    },
    adjustment,
    invoice: parts.invoice,
  }
}
