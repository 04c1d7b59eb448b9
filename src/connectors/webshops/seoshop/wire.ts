import { z } from 'zod'
import { parseAmount, type Amount } from '../../../money/amount.ts'

/**
 * The answers of the API: only what we read; every other field is let through unread. "Not set" is `false`,
 * "" or null in any mixture (contract §0, item 6).
 */

/** Whatever is there, or nothing: a field that the platform leaves out is one that is not set. */
const anything = z.unknown().optional()

/** A text; '' when it is not set. */
const text = anything.transform((value) =>
  typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '',
)

const someText = text.refine((value) => value !== '', 'empty')

const id = text.refine((value) => /^\d{1,20}$/.test(value), 'no id')

const isUnset = (value: unknown) =>
  value === null || value === undefined || value === false || value === ''

/**
 * A number or a text with one ("returns" write text, contract §1). JSON numbers are doubles, which hold 15
 * digits for certain; PHP may write 24.2 as 24.200000000000003, and those last digits mean nothing.
 */
const decimal = z.union([z.number(), z.string()]).transform((value, context): Amount => {
  const parsed = parseAmount(typeof value === 'number' ? Number(value.toPrecision(15)) : value)
  if (parsed !== null) return parsed
  context.addIssue('not a number')
  return z.NEVER
})

/** An amount of which nothing at all means zero. */
const optionalAmount = anything.transform((value) => (isUnset(value) ? 0 : value)).pipe(decimal)

/** A rate as the fraction it is on the wire (contract §0, item 5); null when the shop states none. */
const rate = anything
  .transform((value) => (isUnset(value) ? null : value))
  .pipe(
    decimal
      .refine((value) => !value.isNegative() && value.lessThan(1), 'not a fraction')
      .nullable(),
  )

const flag = anything.transform(
  (value) => value === true || value === 1 || value === '1' || value === 'true',
)

const moment = z.string().transform((value, context) => {
  const time = Date.parse(value)
  if (!Number.isNaN(time)) return new Date(time)
  context.addIssue('not a moment')
  return z.NEVER
})

/** Where no country was filled in there is no object either. */
const country = z.object({ code: text, title: text }).nullable().catch(null)

const asLink = anything.transform((value) => (isUnset(value) ? { resource: {} } : value))

/** A resource link (contract §1) to one thing; its id is '' where there is none. */
const linkToOne = asLink.pipe(z.object({ resource: z.object({ id: text }) }))

/** A link to a collection, which comes with it or has to be fetched. */
const linkToMany = <T>(item: z.ZodType<T>) => {
  const embedded = anything
    .transform((value) => (Array.isArray(value) ? (value as unknown[]) : undefined))
    .pipe(z.array(item).optional())
  return asLink.pipe(z.object({ resource: z.object({ embedded }) }))
}

const bothSides = <const N extends string>(name: N) =>
  ({ [`${name}Excl`]: optionalAmount, [`${name}Incl`]: optionalAmount }) as Record<
    `${N}Excl` | `${N}Incl`,
    typeof optionalAmount
  >

/** `price` is the line after discount, `basePrice` one piece before it (contract §0, item 4). */
const priced = {
  taxRate: rate,
  priceExcl: decimal,
  priceIncl: decimal,
  ...bothSides('basePrice'),
}

export const orderProduct = z.object({
  id,
  productTitle: text,
  variantTitle: text,
  articleCode: text,
  sku: text,
  ean: text,
  quantityOrdered: decimal,
  ...priced,
})
export type WireProduct = z.infer<typeof orderProduct>

export const invoice = z.object({
  id,
  number: someText,
  createdAt: moment,
  status: text,
  isVatShifted: flag,
  isCreditNote: flag,
  priceExcl: decimal,
  priceIncl: decimal,
  order: linkToOne,
})
export type WireInvoice = z.infer<typeof invoice>

export const invoiceItem = z.object({
  type: text,
  title: text,
  variant: text,
  orderProductId: text,
  articleCode: text,
  sku: text,
  ean: text,
  quantity: decimal,
  ...priced,
})
export type WireItem = z.infer<typeof invoiceItem>

/** What a list and a single order have in common, and all that polling looks at. */
const head = {
  id,
  number: someText,
  createdAt: moment,
  updatedAt: moment,
  status: text,
  paymentStatus: text,
  priceIncl: decimal,
}
export const orderHead = z.object(head)
export type WireOrderHead = z.infer<typeof orderHead>

export const order = z.object({
  ...head,
  priceExcl: decimal,
  email: text,
  firstname: text,
  middlename: text,
  lastname: text,
  phone: text,
  mobile: text,
  isCompany: flag,
  companyName: text,
  companyCoCNumber: text,
  companyVatNumber: text,
  addressBillingName: text,
  addressBillingStreet: text,
  addressBillingStreet2: text,
  addressBillingNumber: text,
  addressBillingExtension: text,
  addressBillingZipcode: text,
  addressBillingCity: text,
  addressBillingCountry: country,
  addressShippingCompany: text,
  addressShippingName: text,
  addressShippingStreet: text,
  addressShippingStreet2: text,
  addressShippingNumber: text,
  addressShippingExtension: text,
  addressShippingZipcode: text,
  addressShippingCity: text,
  addressShippingCountry: country,
  paymentId: text,
  paymentTitle: text,
  paymentTaxRate: rate,
  ...bothSides('paymentPrice'),
  ...bothSides('paymentBasePrice'),
  shipmentIsPickup: flag,
  shipmentTaxRate: rate,
  ...bothSides('shipmentPrice'),
  ...bothSides('shipmentBasePrice'),
  comment: text,
  giftCardsPayment: z.array(z.unknown()).catch([]),
  customer: linkToOne,
  invoices: linkToMany(invoice),
  products: linkToMany(orderProduct),
})
export type WireOrder = z.infer<typeof order>

/** The least a list must tell; the rest is looked at one by one. */
export const listed = z.looseObject({ id })
export const creditHead = z.object({
  id,
  number: someText,
  createdAt: moment,
  updatedAt: moment,
  isCreditNote: flag,
  priceIncl: decimal,
})
/** Of every changed thing, where it says so: when. */
export const changed = z.object({ updatedAt: moment })

export const shop = z.object({
  // "000001" in the documents, a number live (contract §1).
  id: id.transform((value) => value.replace(/^0+(?=\d)/, '')),
  currency: z.object({ shortcode: z.string().regex(/^[A-Za-z]{3}$/) }),
})

export const paymentMethod = z.object({ key: someText, title: text })
export const tax = z.object({ rate, title: text })

/** Answers about one order or credit invoice, in a file. */
export const answers = z.object({
  order,
  orderProducts: z.array(orderProduct).optional(),
  invoices: z.array(invoice).optional(),
  invoice: invoice.optional(),
  invoiceItems: z.array(invoiceItem).default([]),
  shop: shop.optional(),
})

export const webhook = z.object({
  id,
  isActive: flag,
  itemGroup: text,
  itemAction: text,
  format: text,
  address: text,
})
export type WireWebhook = z.infer<typeof webhook>

/** An answer has one key, whose name differs between resources and versions (contract §1). */
export const envelopeOf = <T>(inner: z.ZodType<T>) =>
  z
    .record(z.string(), z.unknown())
    .transform((value, context): unknown => {
      const [only, ...others] = Object.values(value)
      if (only !== undefined && others.length === 0) return only
      context.addIssue('not one key')
      return z.NEVER
    })
    .pipe(inner)

/** `code` repeats the HTTP status (contract §3). */
export const errorBody = z
  .object({ error: z.object({ code: z.coerce.number() }) })
  .transform(({ error }) => error)

/** The body of a delivery (contract §7): only a hint, so only what names the document. */
export const delivery = z.union([
  z.object({ order: z.object({ id }) }),
  z.object({ invoice: z.object({ id, isCreditNote: flag }) }),
])
