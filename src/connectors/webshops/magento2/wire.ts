import { z } from 'zod'
import {
  decimal,
  documentExtras,
  id,
  listOf,
  moment,
  money,
  optionalDecimal,
  orEmpty,
  someText,
  text,
} from '../magento/readers.ts'
import { oneOf } from '../magento/one-of.ts'

/**
 * The answers of the API: only what we read; every other field is let through unread. What is null in the
 * shop is left out, or null where a module sends it: both mean nothing (contract §6.1).
 */

const documentRow = z.object({
  name: text,
  sku: text,
  qty: decimal,
  order_item_id: id,
  base_price: optionalDecimal,
  base_price_incl_tax: optionalDecimal,
  /** null on rows that count nowhere: their parent or their children carry the money (contract §6.3). */
  base_row_total: optionalDecimal,
  base_row_total_incl_tax: optionalDecimal,
  base_tax_amount: money,
  base_discount_amount: money,
  base_discount_tax_compensation_amount: money,
  extension_attributes: orEmpty(
    z.looseObject({
      tax_amount4_decimals: optionalDecimal,
      base_row_total4_decimals: optionalDecimal,
    }),
  ),
})

const head = {
  entity_id: id,
  increment_id: someText,
  order_id: id,
  state: text,
  created_at: moment,
  updated_at: text,
  base_grand_total: decimal,
}

/** What polling looks at. */
export const documentHead = z.object(head)

/** The least a list must tell of a document. */
export const listedDocument = z.looseObject({ entity_id: id })

/** An invoice or a credit memo: amounts are positive on both (contract §6.1). */
export const document = z.object({
  ...head,
  invoice_id: text,
  base_currency_code: z.string().regex(/^[A-Za-z]{3}$/),
  base_tax_amount: optionalDecimal,
  base_subtotal: money,
  base_discount_amount: money,
  base_discount_tax_compensation_amount: money,
  base_shipping_amount: money,
  base_shipping_tax_amount: money,
  /** Sic. Only on invoices: a credit memo has it in the header's sum (contract §6.1). */
  base_shipping_discount_tax_compensation_amnt: money,
  base_adjustment: money,
  discount_description: text,
  items: z.array(documentRow),
  extension_attributes: orEmpty(documentExtras),
})

const address = z
  .object({
    firstname: text,
    lastname: text,
    company: text,
    street: z
      .union([z.array(text), text.transform((line) => [line])])
      .nullish()
      .transform((value) => value ?? []),
    postcode: text,
    city: text,
    country_id: text,
    telephone: text,
    email: text,
    vat_id: text,
  })
  .nullish()

const orderExtras = z.object({
  shipping_assignments: listOf(z.object({ shipping: z.object({ address }).nullish() })),
  payment_additional_info: listOf(z.object({ key: text, value: text })),
  item_applied_taxes: listOf(
    z.object({ type: text, applied_taxes: listOf(z.object({ percent: optionalDecimal })) }),
  ),
  /** Mollie's module tells its fee here, and nowhere on the invoice. */
  base_mollie_payment_fee: money,
  base_mollie_payment_fee_tax: money,
})

export const order = z.object({
  entity_id: id,
  increment_id: someText,
  customer_email: text,
  customer_firstname: text,
  customer_lastname: text,
  customer_id: text,
  customer_taxvat: text,
  customer_note: text,
  items: z.array(
    z.object({
      item_id: id,
      parent_item_id: text,
      /** null on the row of a bundle whose parts carry the VAT. */
      tax_percent: optionalDecimal,
      product_type: text,
    }),
  ),
  billing_address: address,
  payment: z.object({ method: text }).nullish(),
  extension_attributes: orEmpty(orderExtras),
})

export const orderNumber = z.object({ entity_id: id, increment_id: someText })
export const orderPayment = z.object({ payment: z.object({ method: text }).nullish() })
export const sibling = z.object({ entity_id: id })

export const storeConfigs = z.array(z.object({ timezone: text }))
export const modules = z.unknown()

/** A page of a list. `total_count` ignores paging. */
export const pageOf = <T>(item: z.ZodType<T>) =>
  z.object({ items: listOf(item), total_count: z.number().int().nonnegative() })

/** A document and its order, in a file. */
export const answers = z.union([
  z.object({ invoice: oneOf(document), order: oneOf(order) }),
  z.object({ creditmemo: oneOf(document), order: oneOf(order) }),
])

/** `parameters` fill the places of `message`: by name, or in order (contract §4.6, recordings). */
export const errorBody = z.object({
  message: z.string(),
  parameters: z.union([z.array(z.unknown()), z.looseObject({})]).optional(),
})
