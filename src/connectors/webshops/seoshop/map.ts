import { amount, type Amount } from '../../../money/amount.ts'
import type { Sale } from '../../../sale/sale.ts'
import type { SaleMention } from '../../webshop.ts'
import { basedOn, type TwoSided } from './basis.ts'
import { shopDay } from './days.ts'
import { billingOf, buyerOf, deliveryOf } from './person.ts'
import { cancelledStatus, paidStatus, statusLabel } from './statuses.ts'
import type { WireInvoice, WireOrder, WireOrderHead, WireProduct } from './wire.ts'

const hundred = amount(100)
const one = amount(1)

/** Rates are fractions on the wire (contract §0, item 5): 0.21 is 21 %. */
export const percentOf = (rate: Amount | null): Amount | null => rate?.times(hundred) ?? null

/** What the platform calls the only variant of a product. */
const plainVariants = new Set(['', 'standaard', 'default', 'standard'])

/** "Filterkoffieapparaat (Zwart)"; the variant only where there is a choice. */
export const describe = (title: string, variant: string): string =>
  plainVariants.has(variant.toLowerCase()) || variant === title ? title : `${title} (${variant})`

export const skuOf = (each: { sku: string; articleCode: string; ean: string }): string =>
  each.sku || each.articleCode || each.ean

const productLine = (product: WireProduct): TwoSided => ({
  kind: 'product',
  description: describe(product.productTitle, product.variantTitle),
  sku: skuOf(product),
  quantity: product.quantityOrdered,
  vatPercent: percentOf(product.taxRate),
  price: { excl: product.priceExcl, incl: product.priceIncl },
  base: { excl: product.basePriceExcl, incl: product.basePriceIncl },
})

/** Shipping and payment costs, which carry their own rates; only what is not zero (spec §4). */
const costLines = (order: WireOrder): TwoSided[] => {
  const costs: TwoSided[] = [
    {
      kind: 'shipping',
      description: 'Verzendkosten',
      sku: '',
      quantity: one,
      vatPercent: percentOf(order.shipmentTaxRate),
      price: { excl: order.shipmentPriceExcl, incl: order.shipmentPriceIncl },
      base: { excl: order.shipmentBasePriceExcl, incl: order.shipmentBasePriceIncl },
    },
    {
      kind: 'payment',
      description: 'Betaalkosten',
      sku: '',
      quantity: one,
      vatPercent: percentOf(order.paymentTaxRate),
      price: { excl: order.paymentPriceExcl, incl: order.paymentPriceIncl },
      base: { excl: order.paymentBasePriceExcl, incl: order.paymentBasePriceIncl },
    },
  ]
  return costs.filter(({ price }) => !price.incl.isZero() || !price.excl.isZero())
}

const paymentMethodOf = ({ paymentId: id, paymentTitle: label }: WireOrder) =>
  id === '' && label === '' ? null : { id: id || label, label: label || id }

/** What an order and its credit invoice share: who bought it, how, and where it goes. */
export const partiesOf = (order: WireOrder) => ({
  orderNumber: order.number,
  buyer: buyerOf(order),
  billing: billingOf(order),
  delivery: deliveryOf(order),
  ...(order.shipmentIsPickup && { pickedUp: true as const }),
  paymentMethod: paymentMethodOf(order),
  marketplaceAccountsForVat: false,
})

/**
 * An order as a sale. Pure. Discounts on the order are in its lines already and are not taken off again
 * (contract §0, item 8).
 *
 * @param currency of the shop: an order has none (contract §1)
 */
export const saleOf = (
  order: WireOrder,
  products: readonly WireProduct[],
  invoices: readonly WireInvoice[],
  currency: string,
): Sale => {
  const total = { excl: order.priceExcl, incl: order.priceIncl }
  const based = basedOn([...products.map(productLine), ...costLines(order)], total)
  const invoice = invoices.find(({ isCreditNote }) => !isCreditNote)
  const isShifted = invoice?.isVatShifted === true
  // VAT that the invoice shifts to the buyer while the order charges it: the checks then refuse the sale.
  const stated = isShifted ? { excl: invoice.priceExcl, incl: invoice.priceIncl } : total
  return {
    ref: { kind: 'order', id: order.id },
    ...partiesOf(order),
    invoiceNumber: invoice?.number ?? null,
    date: shopDay(order.createdAt),
    status: { id: order.status, label: statusLabel(order.status) },
    paid: order.paymentStatus === paidStatus,
    cancelled: order.status === cancelledStatus,
    currency,
    pricesIncludeVat: based.pricesIncludeVat,
    lines: based.lines,
    total: order.priceIncl,
    vatTotal: stated.incl.minus(stated.excl),
    ...(order.comment !== '' && { remark: order.comment }),
    shopSaysIntraCommunity: isShifted,
    assumptions: [
      ...based.assumptions,
      // What a gift card paid is money like any other; the contract does not know more (§6.1).
      ...(order.giftCardsPayment.length > 0 ? ['gift-card-as-payment'] : []),
    ],
  }
}

/** Changes with the moment of change, and with all that decides about booking, should that one lie. */
const fingerprintOf = (order: WireOrderHead): string =>
  [
    order.number,
    order.status,
    order.paymentStatus,
    order.priceIncl.toString(),
    order.updatedAt.toISOString(),
  ].join('|')

export const mentionOf = (order: WireOrderHead): SaleMention => ({
  ref: { kind: 'order', id: order.id },
  number: order.number,
  date: shopDay(order.createdAt),
  fingerprint: fingerprintOf(order),
  ...(order.priceIncl.decimalPlaces() <= 2 && { total: order.priceIncl }),
})
