import { customerValue, userValue } from './customers.ts'
import { toEuros } from './fraction.ts'
import {
  fullNumber,
  type OrderRecord,
  rowsIncludeVat,
  shippingIncludesVat,
  shippingVatPercent,
} from './order.ts'
import { type OrderSpec } from './order-spec.ts'
import { payMethodOf } from './pay-methods.ts'
import { apiUrl, isoMoment, type World } from './world.ts'

const parts = [
  'orderrows',
  'ordernotes',
  'ordermessages',
  'ordernotifications',
  'orderaffiliatenetworks',
  'orderlabels',
  'invoices',
]

/** The order as the API shows it: every field of the full example of section 6.2, in its order. */
export function orderValue(world: World, order: OrderRecord): Record<string, unknown> {
  const { id, spec } = order
  return {
    href: apiUrl(world, `orders/${id}/`),
    id,
    ...orderNumbers(order),
    invoicenumber: order.invoiceNumber,
    transaction_id: spec.transactionId ?? null,
    create_date: isoMoment(order.createdAtMs),
    deliver_method: 'shipping',
    deliver_date: spec.deliverDate ?? null,
    take_out_window: { start: null, end: null },
    is_platform_sale: spec.platformSale ?? false,
    orderedinlng: 'nl',
    status: order.status,
    is_completed: order.completed,
    basket_href: null,
    checkout_href: null,
    paid: order.paid,
    safety_deposit_returned: false,
    ...payMethodOf(spec),
    ...moneyFields(world, order),
    track_and_trace_code: order.trackAndTrace?.code ?? '',
    track_and_trace_carrier: order.trackAndTrace?.carrier ?? null,
    track_and_trace_deeplink: '',
    reservationnumber: '',
    delivery_option: null,
    user: userValue(world, spec.customerNumber),
    discountcoupon: couponValue(spec.coupon),
    customer: customerValue(world, spec),
    pickup_address: null,
    packing_slip_deeplink: `${world.root}/onderhoud/PackingSlip?OrderId=abc`,
    ...Object.fromEntries(
      parts.map((part) => [part, { href: apiUrl(world, `orders/${id}/${part}/`) }]),
    ),
  }
}

/** The three forms of the number; all null in an abandoned checkout. */
export function orderNumbers(order: OrderRecord): Record<string, unknown> {
  return {
    ordernumber_prefix: order.number === null ? null : (order.spec.numberPrefix ?? 'W'),
    ordernumber: order.number,
    ordernumber_full: fullNumber(order),
  }
}

function moneyFields(world: World, order: OrderRecord): Record<string, unknown> {
  const { spec, rows, totals } = order
  const { rowTotalIncludesShipping, discountSign } = world.switches
  const shipping = spec.shipping ?? 0
  const paymentCosts = spec.paymentCosts ?? 0
  const option = spec.extraPaymentOption
  const shownRows = toEuros(totals.rowsCents)
  const weight = spec.lines.reduce(
    (sum, line) => sum + (line.weight ?? 0) * (line.quantity ?? 1),
    0,
  )
  return {
    taxes_included: spec.vatCharged ?? true,
    order_row_taxes_included: rowsIncludeVat(spec),
    shipping_taxes_included: shippingIncludesVat(spec),
    shipping_tax_percentage: shippingVatPercent(spec, rows),
    is_intra_community_order: spec.intraCommunity ?? false,
    total_orderrow_price: rowTotalIncludesShipping ? sum(shownRows, shipping) : shownRows,
    total_shipping: shipping,
    total_discounts: toEuros(totals.couponCents) * (discountSign === 'negative' ? -1 : 1),
    total_price: toEuros(order.totalCents),
    currency: spec.currency ?? 'EUR',
    total_tax: toEuros(order.taxCents),
    total_weight: sum(weight),
    extra_payment_option: option?.name ?? '',
    extra_payment_option_price: option?.price ?? 0,
    extra_payment_option_no_sentprice: false,
    extra_payment_option_pay_on_pickup: false,
    // Deprecated, a mix of the others.
    extra_price: sum(paymentCosts, option?.price ?? 0, spec.extraCosts ?? 0),
    paymethod_costs: paymentCosts,
    credit_point_discount: spec.creditPointDiscount ?? 0,
    extra_costs: spec.extraCosts ?? 0,
    extra_costs_description: spec.extraCostsDescription ?? '',
  }
}

/** Always there; all of it empty texts when there was no coupon (section 6.2). */
export function couponValue(coupon: OrderSpec['coupon']): Record<string, unknown> {
  const used = coupon !== undefined
  return {
    code: coupon?.code ?? '',
    discount: coupon?.discount ?? '',
    type: used ? (coupon.type ?? 'fixed') : '',
    enddate: used ? null : '',
    onetimeuse: used ? false : '',
    minimumprice: used ? 0 : '',
    givesfreeshipping: used ? false : '',
  }
}

/** Adds numbers of a few decimals without the dust of binary fractions. */
function sum(...values: number[]): number {
  return Math.round(values.reduce((total, value) => total + value, 0) * 10_000) / 10_000
}
