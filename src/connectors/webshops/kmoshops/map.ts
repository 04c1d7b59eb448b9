import type { Gone, Sale, SaleLine } from '../../../sale/sale.ts'
import type { SaleMention } from '../../webshop.ts'
import { costLines } from './costs.ts'
import { spreadDiscount } from './coupon.ts'
import { shopDay } from './days.ts'
import { billingOf, buyerOf, deliveryOf } from './person.ts'
import { cancelledStatus, statusLabel } from './statuses.ts'
import type { WireOrder, WireOrderHead, WireOrderRow, WireOrderStage } from './wire.ts'

export const gone: Gone = { is: 'gone' }

/** A checkout that was never finished: it has neither a number nor a status (contract §6.2). */
export const isAbandoned = (order: WireOrderStage): boolean =>
  order.is_completed === false || (order.ordernumber_full === '' && order.status === '')

/**
 * Changes when anything that decides about booking changes (contract §6.4). The list has no time of change,
 * so an edit that leaves all five alone (an address, two lines that swap amounts) is not seen until the
 * order is read again for another reason.
 */
const fingerprintOf = (order: WireOrderHead): string =>
  [
    order.status,
    order.paid ? 'paid' : 'unpaid',
    order.total_price.toString(),
    order.invoicenumber,
    order.is_intra_community_order === true ? 'icp' : '',
  ].join('|')

export const mentionOf = (order: WireOrderHead): SaleMention => ({
  ref: { kind: 'order', id: order.id },
  number: order.ordernumber_full,
  date: shopDay(order.create_date),
  fingerprint: fingerprintOf(order),
  total: order.total_price,
})

const describe = ({ product_name: name, attributes }: WireOrderRow): string => {
  const options = attributes
    .map((option) => [option.option_name, option.value_name].filter(Boolean).join(': '))
    .filter(Boolean)
  return options.length === 0 ? name : `${name} (${options.join(', ')})`
}

/** `total_price_with_attributes` is the line after discounts and with its options (contract §6.3). */
const rowLine = (row: WireOrderRow): SaleLine => {
  const sku = row.sub_product_number || row.product_number
  return {
    kind: 'product',
    description: describe(row),
    ...(sku !== '' && { sku }),
    quantity: row.count,
    amount: row.total_price_with_attributes,
    vatPercent: row.tax,
  }
}

const discountLines = (order: WireOrder, rows: readonly SaleLine[]) => {
  const discount = order.total_discounts
  if (discount.isZero()) return { lines: [], assumptions: [] }
  const code = order.discountcoupon?.code ?? ''
  const lines = spreadDiscount(discount.abs(), code === '' ? 'Korting' : `Korting ${code}`, rows)
  return {
    lines,
    assumptions: [
      ...(lines.length > 1 ? ['coupon-spread-over-rates'] : []),
      ...(discount.isNegative() ? ['discount-sign-ignored'] : []),
    ],
  }
}

/** The payment method; its id is the one of `paymethods`, so that settings can refer to it. */
const paymentMethodOf = (order: WireOrder): Sale['paymentMethod'] => {
  const label = order.paymethod_label || order.paymethod
  const id = order.paymethod_id || order.paymethod
  return id === '' && label === '' ? null : { id: id || label, label: label || id }
}

/**
 * An order with its rows as a sale. Pure.
 *
 * @param unverified whether answers without a right signature were used for it
 * @throws Trouble when costs and rows differ in including VAT and no reading gives the total
 */
export const saleOf = (
  order: WireOrder,
  rows: readonly WireOrderRow[],
  unverified: boolean,
): Sale => {
  const products = rows.map(rowLine)
  const discounts = discountLines(order, products)
  const costs = costLines(order, [...products, ...discounts.lines])
  // The only words of the buyer that come with an order (contract §6.2; what it is for is a guess).
  const remark = order.customer?.billingaddress?.comment ?? ''
  return {
    ref: { kind: 'order', id: order.id },
    orderNumber: order.ordernumber_full,
    invoiceNumber: order.invoicenumber === '' ? null : order.invoicenumber,
    date: shopDay(order.create_date),
    status: { id: order.status, label: statusLabel(order.status) },
    paid: order.paid,
    cancelled: order.status === cancelledStatus,
    currency: order.currency.toUpperCase(),
    pricesIncludeVat: order.order_row_taxes_included,
    lines: [...products, ...costs.lines, ...discounts.lines],
    total: order.total_price,
    vatTotal: order.total_tax,
    buyer: buyerOf(order),
    billing: billingOf(order),
    delivery: deliveryOf(order),
    paymentMethod: paymentMethodOf(order),
    shopSaysIntraCommunity: order.is_intra_community_order === true,
    marketplaceAccountsForVat: order.is_platform_sale === true,
    ...(remark !== '' && { remark }),
    assumptions: [
      ...new Set([
        ...costs.assumptions,
        ...discounts.assumptions,
        ...(order.taxes_included === false ? ['vat-not-in-total'] : []),
        ...(unverified ? ['response-signature-unverified'] : []),
      ]),
    ],
  }
}
