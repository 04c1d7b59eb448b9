import { z } from 'zod'
import {
  decimal,
  documentExtras,
  id,
  listOf,
  moment,
  money,
  optionalDecimal,
  someText,
  text,
} from '../magento/readers.ts'
import { oneOf } from '../magento/one-of.ts'

/**
 * The answers of our extension and of api2: only what we read. Decimals are texts of four places, whole
 * numbers texts or numbers depending on the version of PHP, and nothing is null (contract §4.2, recordings).
 */

const row = z.object({
  name: text,
  sku: text,
  qty: decimal,
  order_item_id: id,
  base_price: optionalDecimal,
  base_price_incl_tax: optionalDecimal,
  base_row_total: optionalDecimal,
  base_row_total_incl_tax: optionalDecimal,
  base_tax_amount: money,
  base_discount_amount: money,
  base_hidden_tax_amount: money,
  /** Net and VAT before rounding, as our extension works them out (manual, "workaround 4-decimals"). */
  base_row_total4_decimals: optionalDecimal,
  tax_amount4_decimals: optionalDecimal,
  order_item: z.object({ parent_item_id: text, tax_percent: optionalDecimal, product_type: text }),
})

const address = z
  .object({
    firstname: text,
    middlename: text,
    lastname: text,
    company: text,
    /** One text with line breaks, unlike the list of Magento 2. */
    street: text,
    postcode: text,
    city: text,
    country_id: text,
    telephone: text,
    email: text,
    vat_id: text,
  })
  .nullish()
export type WireAddress = z.infer<typeof address>

const order = z.object({
  increment_id: someText,
  customer_id: text,
  customer_email: text,
  customer_taxvat: text,
  coupon_code: text,
  payment_method: text,
  payment_title: text,
  payment_additional_info: listOf(z.object({ key: text, value: text })),
  billing_address: address,
  shipping_address: address,
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
export const documentHead = z.object({ ...head, order: z.object({ increment_id: someText }) })

/** The least a list must tell of a document. */
export const listedDocument = z.looseObject({ entity_id: id })

export const document = z.object({
  ...head,
  invoice_id: text,
  base_currency_code: z.string().regex(/^[A-Za-z]{3}$/),
  base_tax_amount: optionalDecimal,
  base_subtotal: money,
  base_discount_amount: money,
  base_hidden_tax_amount: money,
  base_shipping_amount: money,
  base_shipping_tax_amount: money,
  base_adjustment: money,
  discount_description: text,
  ...documentExtras.shape,
  items: z.array(row),
  order,
})
export type WireDocument = z.infer<typeof document>

/** A document with its order, in a file. */
export const answers = z.union([
  z.object({ invoice: oneOf(document) }),
  z.object({ creditmemo: oneOf(document) }),
])

export const info = z.object({
  extension_version: text,
  stores: z.array(z.object({ timezone: text, base_currency_code: text })),
})

export const paymentMethods = z.array(z.object({ code: text, title: text }))

/** `code` is not always the status (recordings). */
export const errorBody = z.object({
  messages: z.object({
    error: z.array(z.object({ code: z.number(), message: z.string() })).min(1),
  }),
})
