import { sum, zero, type Amount } from '../../../money/amount.ts'
import type { LineKind, Sale } from '../../../sale/sale.ts'
import { basedOn, type TwoSided } from './basis.ts'
import { shopDay } from './days.ts'
import { describe, partiesOf, percentOf, skuOf } from './map.ts'
import { creditStatus, paidStatus } from './statuses.ts'
import type { WireInvoice, WireItem, WireOrder } from './wire.ts'

/** What the platform calls the costs on an invoice: a type, and a title between underscores (contract §6.2). */
const costs: Readonly<Record<string, { kind: LineKind; description: string }>> = {
  shipment: { kind: 'shipping', description: 'Verzendkosten' },
  _shippingcosts_: { kind: 'shipping', description: 'Verzendkosten' },
  payment: { kind: 'payment', description: 'Betaalkosten' },
  _paymentcosts_: { kind: 'payment', description: 'Betaalkosten' },
}

const whatOf = (item: WireItem): { kind: LineKind; description: string } =>
  costs[item.type] ??
  costs[item.title] ?? {
    kind: item.type === 'product' || item.orderProductId !== '' ? 'product' : 'surcharge',
    description: describe(item.title, item.variant),
  }

/** As many pieces as its amount says: below zero with it, and below zero where it is nothing. */
const quantityOf = (quantity: Amount, price: Amount): Amount =>
  price.greaterThan(zero) ? quantity.abs() : quantity.abs().negated()

/**
 * The number of the order, with "-2" for its second credit invoice, and so on. The engine finds an invoice
 * again by this number (spec §2.4): two credit invoices of one order with one number would pass for the same,
 * and the second would never be booked.
 */
const numberOf = (order: WireOrder, invoice: WireInvoice, all: readonly WireInvoice[]): string => {
  const id = BigInt(invoice.id)
  const before = all.filter((each) => each.isCreditNote && BigInt(each.id) < id).length
  return before === 0 ? order.number : `${order.number}-${before + 1}`
}

/**
 * A credit invoice as a sale: everything below zero. Its amounts are positive in the vendor's example and may
 * be negative elsewhere (contract §6.2): the sign of the whole document decides, so that a line that goes the
 * other way (a charge for returning) keeps doing so. VAT is read from the items only: the totals were seen
 * with priceExcl the same as priceIncl.
 *
 * @param all invoices of the order
 */
export const creditSaleOf = (
  invoice: WireInvoice,
  items: readonly WireItem[],
  order: WireOrder,
  all: readonly WireInvoice[],
  currency: string,
): Sale => {
  const turned = (value: Amount) => (invoice.priceIncl.isNegative() ? value : value.negated())
  const lines = items.map((item): TwoSided => {
    const price = { excl: turned(item.priceExcl), incl: turned(item.priceIncl) }
    return {
      ...whatOf(item),
      sku: skuOf(item),
      quantity: quantityOf(item.quantity, price.incl),
      vatPercent: percentOf(item.taxRate),
      price,
      base: { excl: item.basePriceExcl, incl: item.basePriceIncl },
    }
  })
  const incl = turned(invoice.priceIncl)
  const based = basedOn(lines, { excl: sum(lines.map(({ price }) => price.excl)), incl })
  return {
    ref: { kind: 'credit', id: invoice.id },
    creditOf: { kind: 'order', id: order.id },
    ...partiesOf(order),
    orderNumber: numberOf(order, invoice, all),
    invoiceNumber: invoice.number,
    date: shopDay(invoice.createdAt),
    status: creditStatus,
    paid: invoice.status === paidStatus,
    cancelled: false,
    currency,
    pricesIncludeVat: based.pricesIncludeVat,
    lines: based.lines,
    total: incl,
    vatTotal: null,
    shopSaysIntraCommunity: invoice.isVatShifted,
    assumptions: based.assumptions,
  }
}
