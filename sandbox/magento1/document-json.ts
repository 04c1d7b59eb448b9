import { type DocumentRow, type Paper } from '../magento2/documents.ts'
import { databaseMoment, type Fields, type Value } from '../magento2/json.ts'
import { divideRounded } from '../magento2/money.ts'
import { type Columns, columnsOf, fourPlaces } from './columns.ts'
import { orderPart } from './order-part.ts'
import { type Switches } from './switches.ts'

/** Minus nothing is nothing, not minus zero. */
const minus = (cents: number) => (cents === 0 ? 0 : -cents)

/** The sums at the head of a document, in cents of the base currency. */
export interface Head {
  grandCents: number
  hiddenCents: number
  discountCents: number
}

/**
 * The header's hidden tax holds the shipping's part, too (contract 5), but in the base amounts of a credit
 * memo, which then misses it in its total (recordings).
 */
export function headOf(paper: Paper): { base: Head; order: Head } {
  const { totals, shipping, kind } = paper
  const ofShipping = shipping?.compensationCents ?? 0
  const isCredit = kind === 'creditmemo'
  const hidden = isCredit ? totals.compensationCents : totals.compensationCents + ofShipping
  const order = {
    grandCents: totals.grandCents,
    hiddenCents: hidden,
    discountCents: totals.discountCents,
  }
  const missed = isCredit ? ofShipping : 0
  const base = {
    ...order,
    grandCents: order.grandCents - missed,
    hiddenCents: order.hiddenCents - missed,
  }
  return { base, order }
}

/** The grand total in whole cents, as a person reads it. */
export const wholeCents = (cents: number): number => Math.sign(cents) * Math.round(Math.abs(cents))

/** Net and VAT of a row before they are rounded to cents, as our extension works them out. */
function fourDecimals(row: DocumentRow): { net: number; tax: number } | null {
  const { item, quantity } = row
  const rate = item.rate
  if (rate === null || rate === 0) return null
  const shown = item.shownCents * quantity
  const isGross = item.priceInclCents === item.shownCents
  const net = isGross ? divideRounded(shown * 1_000_000, 10_000 + rate) : shown * 100
  const tax = isGross ? shown * 100 - net : divideRounded(net * rate, 10_000)
  return { net, tax }
}

function rowValue(paper: Paper, row: DocumentRow, columns: Columns, switches: Switches): Fields {
  const { item, quantity } = row
  const counts = !row.dummy
  const zeros = row.dummy && switches.zeroDummies
  const isUntouched = quantity === 0
  const isFree = counts && row.rowInclCents === 0 && !isUntouched
  const hasVat = counts && !isFree && !isUntouched
  const hasDiscount = paper.order.spec.coupon !== undefined
  const figures = (prefix: 'base_' | '', money: (cents: number) => string): Fields => {
    const when = (is: boolean, cents: number): Value => (is ? money(cents) : null)
    return {
      [`${prefix}price`]: money(item.priceCents),
      [`${prefix}price_incl_tax`]: when(item.priceInclCents !== null, item.priceInclCents ?? 0),
      [`${prefix}row_total`]: when(counts || zeros, row.rowCents),
      [`${prefix}row_total_incl_tax`]: when((counts && !isFree) || zeros, row.rowInclCents),
      [`${prefix}tax_amount`]: when(hasVat || zeros, row.taxCents),
      [`${prefix}discount_amount`]: when(hasVat && hasDiscount, row.discountCents),
      [`${prefix}hidden_tax_amount`]: when(hasVat, row.compensationCents),
    }
  }
  const exact = hasVat && switches.fourDecimals ? fourDecimals(row) : null
  return {
    entity_id: columns.int(row.rowId),
    parent_id: columns.int(paper.entityId),
    order_item_id: columns.int(item.itemId),
    product_id: columns.int(item.productId),
    sku: item.sku,
    name: item.name,
    qty: columns.decimal(quantity),
    ...figures('base_', columns.money),
    ...figures('', columns.orderMoney),
    base_row_total4_decimals: exact && fourPlaces(exact.net),
    tax_amount4_decimals: exact && fourPlaces(exact.tax),
    order_item: {
      parent_item_id: item.parent === null ? null : columns.int(item.parent.itemId),
      product_type: item.type,
      // null on the child of a configurable and on a bundle (recordings).
      tax_percent: row.dummy || item.rate === null ? null : columns.decimal(item.rate / 100),
    },
  }
}

function sums(paper: Paper, columns: Columns, prefix: 'base_' | ''): Fields {
  const { totals, shipping } = paper
  const money = prefix === 'base_' ? columns.money : columns.orderMoney
  const head = headOf(paper)[prefix === 'base_' ? 'base' : 'order']
  return {
    [`${prefix}grand_total`]: money(head.grandCents),
    [`${prefix}subtotal`]: money(totals.subtotalCents),
    [`${prefix}subtotal_incl_tax`]: money(totals.subtotalInclCents),
    [`${prefix}tax_amount`]: money(totals.taxCents),
    [`${prefix}discount_amount`]: money(minus(head.discountCents)),
    [`${prefix}shipping_amount`]: money(shipping?.netCents ?? 0),
    [`${prefix}shipping_incl_tax`]: money(shipping?.inclCents ?? 0),
    [`${prefix}shipping_tax_amount`]: money(shipping?.taxCents ?? 0),
    [`${prefix}hidden_tax_amount`]: money(head.hiddenCents),
  }
}

/** The adjustments that are nothing are null in the database, but for their sum (recordings). */
function adjustments(paper: Paper, columns: Columns): Fields {
  if (paper.kind === 'invoice') return {}
  const { positiveCents, negativeCents } = paper.adjustment
  return {
    base_adjustment: columns.money(positiveCents - negativeCents),
    base_adjustment_positive: positiveCents === 0 ? null : columns.money(positiveCents),
    base_adjustment_negative: negativeCents === 0 ? null : columns.money(negativeCents),
  }
}

/** What custom work in the shop lets our extension tell: amounts incl. VAT that are no row. */
function extras(paper: Paper, columns: Columns): Fields {
  const { fee, spec } = paper.order
  const feeCents = paper.totals.grandCents === 0 ? 0 : fee.netCents + fee.taxCents
  const told = (name: string) => {
    const euros = spec.extra?.[name]
    return euros === undefined ? null : columns.decimal(euros)
  }
  return {
    paymethod_costs: feeCents === 0 ? told('paymethod_costs') : columns.money(feeCents),
    extra_payment_option_price: told('extra_payment_option_price'),
    extra_costs: told('extra_costs'),
    credit_point_discount: told('credit_point_discount'),
  }
}

/** An invoice or credit memo as our extension shows it (contract 5.2, 5.3). */
export function documentValue(paper: Paper, switches: Switches): Fields {
  const { order } = paper
  const { spec } = order
  const columns = columnsOf(order, switches.php)
  const toOrder = columns.decimal(spec.currencyRate ?? 1)
  return {
    entity_id: columns.int(paper.entityId),
    increment_id: paper.incrementId,
    store_id: columns.int(1),
    order_id: columns.int(order.entityId),
    state: columns.int(paper.state),
    created_at: databaseMoment(paper.createdAtMs),
    updated_at: databaseMoment(paper.updatedAtMs),
    ...(paper.kind === 'creditmemo' && {
      invoice_id: paper.invoice === null ? null : columns.int(paper.invoice.entityId),
    }),
    ...sums(paper, columns, 'base_'),
    base_shipping_hidden_tax_amnt: null,
    ...adjustments(paper, columns),
    ...sums(paper, columns, ''),
    base_currency_code: 'EUR',
    order_currency_code: spec.currency ?? 'EUR',
    store_currency_code: 'EUR',
    global_currency_code: 'EUR',
    base_to_order_rate: toOrder,
    base_to_global_rate: '1.0000',
    store_to_base_rate: '1.0000',
    store_to_order_rate: toOrder,
    transaction_id: null,
    discount_description: spec.coupon?.code ?? null,
    ...extras(paper, columns),
    ...(switches.extraFields && { new_module_field: { deep: [1, 'x', null] } }),
    items: paper.rows.map((row) => rowValue(paper, row, columns, switches)),
    order: orderPart(order, switches.php),
  }
}
