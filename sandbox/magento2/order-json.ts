import { createHash } from 'node:crypto'
import { addressIds, currencyOf } from './document-json.ts'
import { type Paper } from './documents.ts'
import { databaseMoment, type Fields, type Value } from './json.ts'
import { toEuros } from './money.ts'
import { type Order, type OrderItem } from './order.ts'
import { type AddressSpec } from './order-spec.ts'
import {
  creditsAmong,
  documentSums,
  invoicesAmong,
  shippingTotal,
  statusHistories,
} from './order-sums.ts'
import { type Switches } from './switches.ts'

const percent = (rate: number) => rate / 100
const code = (rate: number) => `NL ${percent(rate)}%`

function addressValue(order: Order, type: 'billing' | 'shipping'): Fields {
  const { spec } = order
  const ids = addressIds(order)
  const address: AddressSpec =
    (type === 'shipping' ? spec.delivery : undefined) ?? spec.billing ?? {}
  const company = address.company ?? spec.company
  return {
    address_type: type,
    city: address.city ?? 'Amsterdam',
    ...(company !== undefined && { company }),
    country_id: address.country ?? 'NL',
    ...(spec.customerId !== undefined && { customer_address_id: spec.customerId }),
    email: spec.email ?? 'jan@example.com',
    entity_id: type === 'billing' ? ids.billing : ids.shipping,
    firstname: address.firstName ?? spec.firstName ?? 'Jan',
    lastname: address.lastName ?? spec.lastName ?? 'de Vries',
    parent_id: order.entityId,
    postcode: address.postcode ?? '1015 CS',
    street: address.street ?? ['Keizersgracht 12'],
    telephone: spec.phone ?? '0201234567',
    ...(spec.vatNumber !== undefined && { vat_id: spec.vatNumber }),
  }
}

/** On output discounts are taken off row totals already, net and gross alike, never below 0 (recordings). */
function shownRow(item: OrderItem, switchesDiscount: boolean) {
  const off = switchesDiscount ? item.discountCents : 0
  return {
    net: Math.max(item.rowCents - off, 0),
    incl: Math.max(item.rowInclCents - off, 0),
  }
}

/** One whose price is that of its parts. */
const isBundle = (item: OrderItem): boolean => item.dummy && item.type === 'bundle'

/** A dynamic bundle's row shows the sum of its parts: counted twice by who adds them up. */
function bundleFigures(order: Order, item: OrderItem) {
  const parts = order.items.filter((part) => part.parent === item)
  const sum = (pick: (part: OrderItem) => number) =>
    parts.reduce((total, part) => total + pick(part), 0)
  const net = sum((part) => part.rowCents)
  const tax = sum((part) => part.taxCents)
  return { net, tax, incl: net + tax }
}

function itemValue(order: Order, item: OrderItem, discounted: boolean, withParent = true): Fields {
  const money = currencyOf(order)
  const isDynamic = isBundle(item)
  const isChild = item.dummy && item.parent !== null
  const bundle = bundleFigures(order, item)
  const row = isDynamic ? { net: bundle.net, incl: bundle.incl } : shownRow(item, discounted)
  const tax = isDynamic ? bundle.tax : item.taxCents
  const refund = item.refunded.quantity > 0
  const prefixed = (how: (cents: number) => number, prefix: 'base_' | ''): Fields => ({
    [`${prefix}amount_refunded`]: how(item.refunded.rowCents),
    [`${prefix}discount_amount`]: how(item.discountCents),
    [`${prefix}discount_invoiced`]: how(item.invoiced.discountCents),
    [`${prefix}discount_refunded`]: refund ? how(item.refunded.discountCents) : undefined,
    [`${prefix}discount_tax_compensation_refunded`]: refund
      ? how(item.refunded.compensationCents)
      : undefined,
    [`${prefix}discount_tax_compensation_amount`]: item.dummy
      ? undefined
      : how(item.compensationCents),
    [`${prefix}discount_tax_compensation_invoiced`]: how(item.invoiced.compensationCents),
    [`${prefix}original_price`]: how(isChild ? 0 : item.shownCents),
    [`${prefix}price`]: how(item.priceCents),
    [`${prefix}price_incl_tax`]:
      item.priceInclCents === null ? undefined : how(item.priceInclCents),
    [`${prefix}row_invoiced`]: how(item.invoiced.rowCents),
    [`${prefix}row_total`]: how(row.net),
    [`${prefix}row_total_incl_tax`]: how(row.incl),
    [`${prefix}tax_amount`]: how(tax),
    [`${prefix}tax_invoiced`]: how(item.invoiced.taxCents),
    [`${prefix}tax_refunded`]: refund ? how(item.refunded.taxCents) : undefined,
  })
  return {
    ...prefixed(money.base, 'base_'),
    ...prefixed(money.order, ''),
    applied_rule_ids: order.spec.coupon && '1',
    created_at: databaseMoment(order.createdAtMs),
    discount_percent: order.spec.coupon?.percent ?? 0,
    free_shipping: 0,
    is_qty_decimal: 0,
    is_virtual: order.spec.virtual === true ? 1 : 0,
    item_id: item.itemId,
    name: item.name,
    no_discount: 0,
    order_id: order.entityId,
    parent_item_id: item.parent?.itemId,
    product_id: item.productId,
    product_type: item.type,
    qty_canceled: 0,
    qty_invoiced: item.invoiced.quantity,
    qty_ordered: item.quantity,
    qty_refunded: item.refunded.quantity,
    qty_shipped: 0,
    quote_item_id: item.itemId,
    // Goods of one kilo; what a bundle or a configurable carries is weighed with it.
    row_weight: item.parent === null ? kilosOf(order, item) : 0,
    weight: item.parent === null ? kilosOf(order, item) / item.quantity : 1,
    ...(item.type !== 'simple' && { product_option: optionsOf(item) }),
    sku: item.sku,
    store_id: 1,
    tax_percent: item.rate === null ? undefined : percent(item.rate),
    updated_at: databaseMoment(order.updatedAtMs),
    weee_tax_applied: item.dummy ? undefined : '[]',
    ...(withParent &&
      item.parent !== null && { parent_item: itemValue(order, item.parent, discounted, false) }),
  }
}

/** A bundle weighs what is in it. */
const kilosOf = ({ items }: Order, item: OrderItem): number =>
  isBundle(item)
    ? items.filter(({ parent }) => parent === item).reduce((sum, { quantity }) => sum + quantity, 0)
    : item.quantity

/** What the buyer chose of a product that has choices. */
const optionsOf = ({ type }: OrderItem): Fields => ({
  extension_attributes:
    type === 'bundle'
      ? { bundle_options: [{ option_id: 1, option_qty: 1, option_selections: [1] }] }
      : { configurable_item_options: [{ option_id: '137', option_value: 4 }] },
})

const tax = (rate: number, cents: number, money: { order: (cents: number) => number }): Fields => ({
  code: code(rate),
  title: code(rate),
  percent: percent(rate),
  amount: money.order(cents),
  base_amount: toEuros(cents),
})

/** Which VAT fell where; with no VAT at all both lists are empty (recordings). */
function taxFields(order: Order): Fields {
  const money = currencyOf(order)
  const rows = order.items.filter((item) => !item.dummy && item.taxCents > 0)
  const perRate = new Map<number, number>()
  const add = (rate: number, cents: number) => perRate.set(rate, (perRate.get(rate) ?? 0) + cents)
  for (const item of rows) add(item.rate ?? 0, item.taxCents)
  const { shipping } = order
  if (shipping.taxCents > 0) add(shipping.rate, shipping.taxCents)
  const sent = { type: 'shipping', applied_taxes: [tax(shipping.rate, shipping.taxCents, money)] }
  return {
    applied_taxes: [...perRate].map(([rate, cents]) => tax(rate, cents, money)),
    item_applied_taxes: [
      ...(shipping.taxCents > 0 ? [sent] : []),
      ...rows.map((item) => ({
        type: 'product',
        item_id: item.itemId,
        applied_taxes: [tax(item.rate ?? 0, item.taxCents, money)],
      })),
    ],
  }
}

function paymentFields(order: Order, papers: readonly Paper[]): Fields {
  const { spec, totals } = order
  const money = currencyOf(order)
  const method = spec.paymentMethod ?? 'checkmo'
  const credits = creditsAmong(papers)
  const refundedCents = credits.reduce((sum, paper) => sum + paper.totals.grandCents, 0)
  const sentBack = credits.reduce((sum, paper) => sum + (paper.shipping?.netCents ?? 0), 0)
  const isCaptured = invoicesAmong(papers).length > 0
  const amounts = (how: (cents: number) => number, prefix: 'base_' | ''): Fields => ({
    [`${prefix}amount_ordered`]: how(totals.grandCents),
    [`${prefix}amount_paid`]: how(totals.grandCents),
    [`${prefix}amount_refunded`]: refundedCents === 0 ? undefined : how(refundedCents),
    [`${prefix}shipping_amount`]: how(order.shipping.netCents),
    ...(isCaptured && { [`${prefix}shipping_captured`]: how(order.shipping.netCents) }),
    ...(credits.length > 0 && { [`${prefix}shipping_refunded`]: how(sentBack) }),
  })
  return {
    account_status: null,
    additional_information: [titleOf(order)],
    ...amounts(money.order, ''),
    ...amounts(money.base, 'base_'),
    cc_exp_year: '0',
    cc_last4: null,
    cc_ss_start_month: '0',
    cc_ss_start_year: '0',
    entity_id: order.entityId,
    method,
    parent_id: order.entityId,
  }
}

const titleOf = ({ spec }: Order) => spec.paymentTitle ?? 'Check / Money order'

const feeFields = (order: Order): Fields => {
  const { netCents, taxCents } = order.fee
  if (netCents === 0) return {}
  const money = currencyOf(order)
  return {
    mollie_payment_fee: money.order(netCents),
    base_mollie_payment_fee: money.base(netCents),
    mollie_payment_fee_tax: money.order(taxCents),
    base_mollie_payment_fee_tax: money.base(taxCents),
  }
}

/** An order as both the list and the single answer show it (contract 7.4). */
export function orderValue(
  order: Order,
  papers: readonly Paper[],
  switches: Switches,
  discounted: boolean,
): Fields {
  const { spec, totals, shipping } = order
  const money = currencyOf(order)
  const ids = addressIds(order)
  const paidCents = papers
    .filter((paper) => paper.kind === 'invoice' && paper.state === 2)
    .reduce((sum, paper) => sum + paper.totals.grandCents, 0)
  const amounts = (how: (cents: number) => number, prefix: 'base_' | ''): Fields => ({
    [`${prefix}discount_amount`]: how(totals.discountCents === 0 ? 0 : -totals.discountCents),
    [`${prefix}grand_total`]: how(totals.grandCents),
    [`${prefix}discount_tax_compensation_amount`]: how(totals.compensationCents),
    [`${prefix}shipping_amount`]: how(shipping.netCents),
    [`${prefix}shipping_discount_amount`]: how(shipping.discountCents),
    [prefix === 'base_'
      ? 'base_shipping_discount_tax_compensation_amnt'
      : 'shipping_discount_tax_compensation_amount']: how(shipping.compensationCents),
    [`${prefix}shipping_incl_tax`]: how(shipping.inclCents),
    [`${prefix}shipping_tax_amount`]: how(shipping.taxCents),
    [`${prefix}subtotal`]: how(totals.subtotalCents),
    [`${prefix}subtotal_incl_tax`]: how(totals.subtotalInclCents),
    [`${prefix}tax_amount`]: how(totals.taxCents),
    [`${prefix}total_due`]: how(totals.grandCents - paidCents),
    [`${prefix}total_paid`]: paidCents === 0 ? undefined : how(paidCents),
  })
  const items = order.items.map((item) => itemValue(order, item, discounted))
  const info = Object.entries({ method_title: titleOf(order), ...spec.paymentInfo })
  const assignment: Value = {
    shipping: {
      ...(spec.virtual !== true && { address: addressValue(order, 'shipping') }),
      method: 'flatrate_flatrate',
      total: shippingTotal(order, papers),
    },
    items,
  }
  return {
    ...amounts(money.base, 'base_'),
    ...amounts(money.order, ''),
    ...documentSums(order, papers),
    applied_rule_ids: spec.coupon && '1',
    base_currency_code: 'EUR',
    base_to_global_rate: 1,
    base_to_order_rate: spec.currencyRate ?? 1,
    billing_address_id: ids.billing,
    coupon_code: spec.coupon?.code,
    created_at: databaseMoment(order.createdAtMs),
    customer_email: spec.email ?? 'jan@example.com',
    customer_firstname: spec.firstName ?? 'Jan',
    customer_group_id: spec.customerId === undefined ? 0 : 1,
    customer_id: spec.customerId,
    customer_is_guest: spec.customerId === undefined ? 1 : 0,
    customer_lastname: spec.lastName ?? 'de Vries',
    customer_note: spec.note,
    customer_note_notify: 1,
    customer_taxvat: spec.accountVatNumber,
    discount_description: spec.coupon?.code,
    entity_id: order.entityId,
    global_currency_code: 'EUR',
    increment_id: order.incrementId,
    is_virtual: spec.virtual === true ? 1 : 0,
    order_currency_code: spec.currency ?? 'EUR',
    protect_code: createHash('md5').update(order.incrementId).digest('hex'),
    quote_id: order.entityId,
    shipping_description: spec.virtual === true ? undefined : 'Flat Rate - Fixed',
    state: order.state,
    status: order.state === 'new' ? 'pending' : order.state,
    store_currency_code: 'EUR',
    store_id: 1,
    store_name: 'Main Website\nMain Website Store\nDefault Store View',
    store_to_base_rate: 0,
    store_to_order_rate: 0,
    // A bundle counts for its parts (recordings).
    total_item_count: order.items.filter(
      (item) => !isBundle(item) && (item.parent === null || isBundle(item.parent)),
    ).length,
    total_qty_ordered: order.items
      .filter((item) => item.parent === null)
      .reduce((sum, item) => sum + item.quantity, 0),
    updated_at: databaseMoment(order.updatedAtMs),
    weight: order.items
      .filter((item) => item.parent === null)
      .reduce((sum, item) => sum + kilosOf(order, item), 0),
    ...(switches.extraFields && { new_module_field: 'x' }),
    items,
    billing_address: addressValue(order, 'billing'),
    payment: paymentFields(order, papers),
    status_histories: statusHistories(order, papers),
    extension_attributes: {
      shipping_assignments: [assignment],
      payment_additional_info: info.map(([key, value]) => ({ key, value })),
      ...feeFields(order),
      ...taxFields(order),
      ...(totals.taxCents > 0 && { converting_from_quote: true }),
    },
  }
}
