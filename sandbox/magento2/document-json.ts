import { type DocumentRow, type Paper } from './documents.ts'
import { databaseMoment, type Fields, type Value } from './json.ts'
import { divideRounded, toEuros } from './money.ts'
import { type Order } from './order.ts'
import { type Switches } from './switches.ts'

/** Turns base cents into the two amounts Magento keeps: in the order's currency and in the base one. */
export interface Currency {
  base: (cents: number) => number
  order: (cents: number) => number
}

export function currencyOf({ spec }: Order): Currency {
  const rate = Math.round((spec.currencyRate ?? 1) * 10_000)
  return {
    base: toEuros,
    order: (cents) => toEuros(divideRounded(cents * rate, 10_000)),
  }
}

export function addressIds(order: Order): { billing: number; shipping: number | undefined } {
  const billing = order.entityId * 2
  return { billing, shipping: order.spec.virtual === true ? undefined : billing - 1 }
}

/** Four decimals of VAT and net of a row before its discount, as a custom module adds them [SEED]. */
function fourDecimals(row: DocumentRow): Fields {
  const { item, quantity } = row
  const shown = item.shownCents * quantity
  const rate = item.rate ?? 0
  const gross = row.item.priceInclCents === item.shownCents && rate !== 0
  const net = gross ? divideRounded(shown * 1_000_000, 10_000 + rate) : shown * 100
  return {
    extension_attributes: {
      tax_amount4_decimals: divideRounded(net * rate, 10_000) / 10_000,
      base_row_total4_decimals: net / 10_000,
    },
  }
}

/** Rows that count nowhere have no totals at all; free rows have no VAT keys (contract 7.1). */
function rowValue(paper: Paper, row: DocumentRow, switches: Switches): Fields {
  const { item, quantity } = row
  const money = currencyOf(paper.order)
  const isCredit = paper.kind === 'creditmemo'
  const counts = !row.dummy
  const untouched = quantity === 0
  const isFree = counts && row.rowInclCents === 0 && !untouched
  const hasDiscount = paper.totals.discountCents !== 0 || row.discountCents !== 0
  const amount = (cents: number, when: boolean, how: (cents: number) => number): Value =>
    when ? how(cents) : undefined
  const zeros = row.dummy && switches.zeroDummies
  const figures = (prefix: 'base_' | '', how: (cents: number) => number): Fields => ({
    [`${prefix}discount_amount`]: amount(row.discountCents, counts && hasDiscount, how),
    [`${prefix}discount_tax_compensation_amount`]: amount(
      row.compensationCents,
      counts && !isFree && !untouched,
      how,
    ),
    [`${prefix}price`]: how(item.priceCents),
    [`${prefix}price_incl_tax`]: amount(
      item.priceInclCents ?? 0,
      item.priceInclCents !== null,
      how,
    ),
    [`${prefix}row_total`]: amount(row.rowCents, counts || zeros, how),
    [`${prefix}row_total_incl_tax`]: amount(row.rowInclCents, (counts && !isFree) || zeros, how),
    [`${prefix}tax_amount`]: amount(row.taxCents, (counts && !isFree && !untouched) || zeros, how),
  })
  const base = figures('base_', money.base)
  const own = figures('', money.order)
  const weee = isCredit && counts
  return {
    ...(isCredit && { base_cost: null }),
    ...base,
    base_weee_tax_row_disposition: weee ? 0 : undefined,
    discount_amount: own['discount_amount'],
    entity_id: row.rowId,
    discount_tax_compensation_amount: own['discount_tax_compensation_amount'],
    name: item.name,
    ...(isCredit && { order_item_id: item.itemId }),
    parent_id: paper.entityId,
    price: own['price'],
    price_incl_tax: own['price_incl_tax'],
    product_id: item.productId,
    ...(isCredit && { qty: quantity }),
    row_total: own['row_total'],
    row_total_incl_tax: own['row_total_incl_tax'],
    sku: item.sku,
    tax_amount: own['tax_amount'],
    weee_tax_applied: weee ? '[]' : undefined,
    weee_tax_applied_row_amount: weee ? 0 : undefined,
    weee_tax_row_disposition: weee ? 0 : undefined,
    ...(switches.fourDecimals && counts && !isFree && !untouched && fourDecimals(row)),
    ...(!isCredit && { order_item_id: item.itemId, qty: quantity }),
  }
}

/** Shipping keys; a document without shipping has none of them. */
function shippingFields(
  paper: Paper,
  prefix: 'base_' | '',
  how: (cents: number) => number,
): Fields {
  const { shipping, kind } = paper
  if (shipping === null) return {}
  const comp =
    prefix === 'base_'
      ? 'base_shipping_discount_tax_compensation_amnt'
      : 'shipping_discount_tax_compensation_amount'
  return {
    [`${prefix}shipping_amount`]: how(shipping.netCents),
    ...(kind === 'invoice' && { [comp]: how(shipping.compensationCents) }),
    [`${prefix}shipping_incl_tax`]: how(shipping.inclCents),
    [`${prefix}shipping_tax_amount`]: how(shipping.taxCents),
  }
}

/** The adjustments that are nothing are null in the database, but for their sum. */
function adjustmentFields(
  paper: Paper,
  how: (cents: number) => number,
  prefix: 'base_' | '',
): Fields {
  if (paper.kind === 'invoice') return {}
  const { positiveCents, negativeCents } = paper.adjustment
  return {
    [`${prefix}adjustment`]: how(positiveCents - negativeCents),
    [`${prefix}adjustment_negative`]: negativeCents === 0 ? undefined : how(negativeCents),
    [`${prefix}adjustment_positive`]: positiveCents === 0 ? undefined : how(positiveCents),
  }
}

/** Minus nothing is nothing, not minus zero. */
const minus = (cents: number) => (cents === 0 ? 0 : -cents)

/** An invoice or credit memo as both the list and the single answer show it (contract 7.1, 7.3). */
export function documentValue(paper: Paper, switches: Switches): Fields {
  const { order, totals } = paper
  const { spec } = order
  const money = currencyOf(order)
  const ids = addressIds(order)
  const currency = spec.currency ?? 'EUR'
  const isInvoice = paper.kind === 'invoice'
  // A bundle's parts are counted beside it, the child of a configurable is not (recordings).
  const quantity = paper.rows
    .filter((row) => row.item.parent?.type !== 'configurable')
    .reduce((sum, row) => sum + row.quantity, 0)
  return {
    ...adjustmentFields(paper, money.order, ''),
    ...adjustmentFields(paper, money.base, 'base_'),
    base_currency_code: 'EUR',
    base_discount_amount: money.base(minus(totals.discountCents)),
    base_grand_total: money.base(totals.grandCents),
    base_discount_tax_compensation_amount: money.base(totals.compensationCents),
    ...shippingFields(paper, 'base_', money.base),
    base_subtotal: money.base(totals.subtotalCents),
    base_subtotal_incl_tax: money.base(totals.subtotalInclCents),
    base_tax_amount: money.base(totals.taxCents),
    base_to_global_rate: 1,
    base_to_order_rate: spec.currencyRate ?? 1,
    billing_address_id: ids.billing,
    ...(isInvoice && { can_void_flag: 0 }),
    created_at: databaseMoment(paper.createdAtMs),
    discount_amount: money.order(minus(totals.discountCents)),
    discount_description: spec.coupon?.code,
    entity_id: paper.entityId,
    global_currency_code: 'EUR',
    grand_total: money.order(totals.grandCents),
    discount_tax_compensation_amount: money.order(totals.compensationCents),
    increment_id: paper.incrementId,
    ...(!isInvoice && { invoice_id: paper.invoice?.entityId }),
    order_currency_code: currency,
    order_id: order.entityId,
    shipping_address_id: ids.shipping,
    ...shippingFields(paper, '', money.order),
    state: paper.state,
    store_currency_code: 'EUR',
    store_id: 1,
    store_to_base_rate: 0,
    store_to_order_rate: 0,
    subtotal: money.order(totals.subtotalCents),
    subtotal_incl_tax: money.order(totals.subtotalInclCents),
    tax_amount: money.order(totals.taxCents),
    ...(isInvoice && { total_qty: quantity }),
    updated_at: databaseMoment(paper.updatedAtMs),
    items: paper.rows.map((row) => rowValue(paper, row, switches)),
    comments: [],
    ...(spec.extra && { extension_attributes: { ...spec.extra } }),
  }
}
