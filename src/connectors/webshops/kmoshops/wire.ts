import { z } from 'zod'
import { perSchema } from '../../reading.ts'
import { parseAmount, type Amount } from '../../../money/amount.ts'

/**
 * The answers of the API: only what we read; every other field is let through unread. Empty comes as null,
 * "" or 0 in any mixture, and ids as number or text (contract §2, §1.10).
 */

const scalar = z.union([z.string(), z.number(), z.null()]).optional()

/** A text; '' when empty in whatever way. */
const text = scalar.transform((value) =>
  value === null || value === undefined || value === 0 ? '' : String(value).trim(),
)

const someText = text.refine((value) => value !== '', 'empty')

/** An id as text. @returns '' for none */
const optionalId = text

const id = text.refine((value) => /^\d{1,20}$/.test(value), 'no id')

/**
 * JSON numbers are doubles, which hold 15 digits for certain; PHP may write 24.2 as 24.200000000000003
 * (its serialize_precision), and those last digits mean nothing.
 */
const readAmount = (value: string | number): Amount | null =>
  parseAmount(typeof value === 'number' ? Number(value.toPrecision(15)) : value)

/** A number that must be there. */
const decimal = z.union([z.number(), z.string()]).transform((value, context) => {
  const parsed = readAmount(value)
  if (parsed !== null) return parsed
  context.addIssue('not a number')
  return z.NEVER
})

/** An amount that must be there, in whole cents ("2 decimals in practice", contract §2). */
const money = decimal.refine((value) => value.decimalPlaces() <= 2, 'a fraction of a cent')

const isEmpty = (value: unknown) => value === null || value === undefined || value === ''

/** An amount of which nothing at all means zero. */
const optionalMoney = z.preprocess((value) => (isEmpty(value) ? 0 : value), money)

/** A number of which nothing at all means that the shop states none. */
const optionalDecimal = z
  .preprocess((value) => (isEmpty(value) ? null : value), decimal.nullable())
  .default(null)

const flag = z
  .union([z.boolean(), z.literal([0, 1, '0', '1'])])
  .transform((value) => value === true || value === 1 || value === '1')

/** A flag of which nothing at all means that the shop says neither. */
const optionalFlag = z.preprocess((value) => (isEmpty(value) ? null : value), flag.nullable())

const moment = z.string().transform((value, context) => {
  const time = Date.parse(value)
  if (!Number.isNaN(time)) return new Date(time)
  context.addIssue('not a moment')
  return z.NEVER
})

const address = z
  .object({
    first_name: text,
    last_name: text,
    full_name: text,
    company: text,
    address_line_1: text,
    address_line_2: text,
    street: text,
    housenumber: text,
    housenumber_suffix: text,
    zipcode: text,
    city: text,
    telephone: text,
    mobile: text,
    comment: text,
    country: text,
    country_code: text,
  })
  .nullish()
export type WireAddress = NonNullable<z.infer<typeof address>>

const customer = z
  .object({
    billingaddress: address,
    deliveryaddress: address,
    email: text,
    btw: text,
    kvk: text,
    reference: text,
  })
  .nullish()

/** What a list and a single order have in common, and all that polling looks at (contract §6.4). */
const head = {
  id,
  ordernumber_full: someText,
  create_date: moment,
  status: optionalId,
  paid: flag,
  is_completed: optionalFlag,
  invoicenumber: text,
  is_intra_community_order: optionalFlag,
  total_price: money,
}

export const orderHead = z.object(head)
export type WireOrderHead = z.infer<typeof orderHead>

/** The least a list must tell of an order; the rest is looked at order by order. */
export const listedOrder = z.looseObject({ id, is_completed: optionalFlag })

export const order = z.object({
  ...head,
  is_platform_sale: optionalFlag,
  paymethod_id: optionalId,
  paymethod: text,
  paymethod_label: text,
  taxes_included: optionalFlag,
  // The two that decide whether VAT is added: never assumed for the rows.
  order_row_taxes_included: flag,
  shipping_taxes_included: optionalFlag,
  shipping_tax_percentage: optionalDecimal,
  total_shipping: optionalMoney,
  total_discounts: optionalMoney,
  total_tax: optionalDecimal,
  currency: z.string().regex(/^[A-Za-z]{3}$/),
  extra_payment_option: text,
  extra_payment_option_price: optionalMoney,
  paymethod_costs: optionalMoney,
  credit_point_discount: optionalMoney,
  extra_costs: optionalMoney,
  extra_costs_description: text,
  user: z.object({ id: optionalId }).nullish(),
  discountcoupon: z.object({ code: text }).nullish(),
  customer,
})
export type WireOrder = z.infer<typeof order>

/** An abandoned checkout lacks much of an order, so it is recognised before the rest is read. */
export const orderStage = z.object({
  id,
  is_completed: optionalFlag,
  ordernumber_full: text,
  status: optionalId,
})
export type WireOrderStage = z.infer<typeof orderStage>

export const orderRow = z.object({
  id,
  product_name: text,
  product_number: text,
  sub_product_number: text,
  count: decimal,
  tax: optionalDecimal,
  total_price_with_attributes: money,
  attributes: z
    .array(z.object({ option_name: text, value_name: text }))
    .nullish()
    .transform((value) => value ?? []),
})
export type WireOrderRow = z.infer<typeof orderRow>

export const webhook = z.object({
  id,
  event: text,
  address: text,
  key: text,
  is_active: optionalFlag,
})
export type WireWebhook = z.infer<typeof webhook>

export const webshop = z.object({ id })
export const app = z.object({ id })

export const webshopSettings = z.object({
  order_status: z
    .array(z.object({ id: optionalId, status: optionalId, status_name: text }))
    .nullish()
    .transform((value) => value ?? []),
})

/** Not paginated (contract §6.6). */
export const paymentMethods = z.object({
  items: z.array(z.object({ id, combined_name: text, label: text })),
})

/** Not paginated (contract §6.6). */
export const countries = z.object({
  items: z.array(
    z.object({
      code: text,
      tariffs: z
        .array(z.object({ percentage: optionalDecimal }))
        .nullish()
        .transform((value) => value ?? []),
    }),
  ),
})

/** A page of a collection (contract §6.1). `next` must be said, even when it is null. */
export const collectionOf = <T>(item: z.ZodType<T>) =>
  collections(item) as unknown as z.ZodType<{ items: T[]; next: string | null }>

const collections = perSchema((item) =>
  z.object({ items: z.array(item), next: z.string().nullable() }),
)

/** "code" is documented as a text such as "429.10" (contract §5); a number would lose its last zero. */
export const errorBody = z.object({ code: z.string() })

/** The body of a delivery. Only a hint, so only what names the order, and when it was made (contract §7). */
export const delivery = z.object({
  id,
  href: z.string().optional(),
  triggered_at: z.string().optional(),
})

/** What the platform hands over (contract §3.1). */
export const handshake = z.object({
  api_public: z.string().min(1).max(200),
  api_secret: z.string().min(1).max(200),
  api_root: z.string().max(2000),
  return_url: z.string().max(2000),
})

export const uninstall = z.object({ api_public: z.string().min(1).max(200) })

/** Both answers about one order, in a file. */
export const answers = z.object({ order, orderrows: z.object({ items: z.array(orderRow) }) })
