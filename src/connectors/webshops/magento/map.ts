import { round } from '../../../money/amount.ts'
import type { Sale, SaleRef } from '../../../sale/sale.ts'
import type { SaleMention } from '../../webshop.ts'
import { shopDay } from './days.ts'
import { linesOf, signed, type Factor } from './lines.ts'
import { methodOf } from './payment-method.ts'
import { billingOf, buyerOf, deliveryOf } from './person.ts'
import type { MagentoDocument, MagentoHead, MagentoOrder } from './document.ts'

/** What the shop has under two names. */
export type Kind = 'invoice' | 'credit'

export interface MapSettings {
  timeZone: string
  paymentMethods: readonly string[]
}

const factorOf = (kind: Kind): Factor => (kind === 'credit' ? -1 : 1)

/** Documents of one order are numbered from the second on: the reference of each has to be its own. */
const numbered = (orderNumber: string, index: number): string =>
  index === 0 ? orderNumber : `${orderNumber}-${index + 1}`

/**
 * "To keep those IDs unique between debit and credit invoices, the integration places a 1 before the invoice
 * ID of the credit invoice" (manual, "Invoice-identifier"). What really keeps apart invoice 156 and credit
 * memo 56 is the kind, which is part of the ref.
 */
export const refOf = (kind: Kind, entityId: string): SaleRef => ({
  kind,
  id: kind === 'credit' ? `1${entityId}` : entityId,
})

/** A credit memo made from the order, and not from one of its invoices, names none (0, null or absent). */
const isId = (id: string): boolean => /^[1-9]\d{0,14}$/.test(id)

/** The shop's own id again; null for what cannot be one of ours. */
export const entityIdOf = ({ kind, id }: SaleRef): { kind: Kind; entityId: string } | null => {
  if (kind === 'order') return null
  const entityId =
    kind === 'credit' ? /^1([1-9]\d{0,14})$/.exec(id)?.[1] : /^[1-9]\d{0,14}$/.exec(id)?.[0]
  return entityId === undefined ? null : { kind, entityId }
}

/** Credit memos have a sequence of their own, so their numbers would repeat those of invoices. */
const documentNumber = (kind: Kind, increment: string): string =>
  kind === 'credit' ? `1${increment}` : increment

export const mentionOf = (
  kind: Kind,
  head: MagentoHead,
  orderNumber: string,
  timeZone: string,
): SaleMention => ({
  ref: refOf(kind, head.entity_id),
  number: orderNumber,
  date: shopDay(head.created_at, timeZone),
  fingerprint: [head.updated_at, head.state, head.base_grand_total.toString()].join('|'),
  total: signed(round(head.base_grand_total), factorOf(kind)),
})

const stateLabels: Readonly<Record<string, Record<Kind, string>>> = {
  '1': { invoice: 'open', credit: 'open' },
  '2': { invoice: 'betaald', credit: 'terugbetaald' },
  '3': { invoice: 'geannuleerd', credit: 'geannuleerd' },
}

const cancelled = '3'
const paid = '2'

/** A value of the payment's own information by its key (contract §6.7). */
const paymentInfo = (order: MagentoOrder, key: string): string =>
  order.extension_attributes.payment_additional_info.find((each) => each.key === key)?.value ?? ''

const paymentMethodOf = (order: MagentoOrder, configured: readonly string[]) => {
  const code = order.payment?.method ?? ''
  if (code === '') return null
  return { id: methodOf(code, configured), label: paymentInfo(order, 'method_title') || code }
}

/**
 * An invoice or credit memo with its order as a sale, in the shop's base currency. Pure.
 *
 * @param index how many documents of this kind the order had before this one
 */
export const saleOf = (
  kind: Kind,
  document: MagentoDocument,
  order: MagentoOrder,
  index: number,
  { timeZone, paymentMethods }: MapSettings,
): Sale => {
  const factor = factorOf(kind)
  const { lines, pricesIncludeVat, assumptions } = linesOf(document, order, factor)
  const affiliate = paymentInfo(order, 'channel_id')
  return {
    ref: refOf(kind, document.entity_id),
    ...(kind === 'credit' &&
      isId(document.invoice_id) && { creditOf: refOf('invoice', document.invoice_id) }),
    orderNumber: numbered(order.increment_id, index),
    invoiceNumber: documentNumber(kind, document.increment_id),
    date: shopDay(document.created_at, timeZone),
    status: { id: document.state, label: stateLabels[document.state]?.[kind] ?? document.state },
    paid: document.state === paid,
    cancelled: document.state === cancelled,
    currency: document.base_currency_code.toUpperCase(),
    pricesIncludeVat,
    // Magento 1 keeps half cents where a coupon reaches the shipping (recordings): each line is rounded once,
    // and what then misses the rounded total is refused by the check of the total.
    lines: lines.map((line) => ({ ...line, amount: round(line.amount) })),
    total: signed(round(document.base_grand_total), factor),
    vatTotal:
      document.base_tax_amount === null ? null : signed(round(document.base_tax_amount), factor),
    buyer: buyerOf(order),
    billing: billingOf(order),
    delivery: deliveryOf(order),
    paymentMethod: paymentMethodOf(order, paymentMethods),
    ...(order.customer_note !== '' && { remark: order.customer_note }),
    ...(affiliate !== '' && { affiliateNumber: affiliate }),
    // Magento marks nothing: no VAT and another EU country say it, which the VAT room finds by itself.
    shopSaysIntraCommunity: false,
    marketplaceAccountsForVat: false,
    assumptions,
  }
}
