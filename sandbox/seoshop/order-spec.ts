import { z } from 'zod'

/** An amount of money as a person types it. */
const money = z.number().refine((value) => Number.isSafeInteger(Math.round(value * 10_000)))
const percent = z.number().min(0).max(100)
const text = z.string().max(2000)
const moment = text.refine((value) => !Number.isNaN(Date.parse(value)), 'not a moment')

const address = z.strictObject({
  name: text.optional(),
  company: text.optional(),
  street: text.default('Kerkstraat'),
  street2: text.default(''),
  number: text.default('12'),
  extension: text.default(''),
  zipcode: text.default('2800'),
  city: text.default('Mechelen'),
  /** ISO 3166 alpha-2, in lower case on the wire. */
  country: text.default('BE'),
})
export type AddressSpec = z.infer<typeof address>

const line = z.strictObject({
  name: text,
  variant: text.default('Standaard'),
  brand: text.default(''),
  articleCode: text.default(''),
  sku: text.default(''),
  ean: text.default(''),
  quantity: z.int().default(1),
  /** Of one piece before discount, incl. VAT unless the order says otherwise. */
  unitPrice: money,
  vatPercent: percent.default(21),
  /** Off the whole line. */
  discount: money.default(0),
})
export type LineSpec = z.infer<typeof line>

export const statuses = [
  'on_hold',
  'processing_awaiting_payment',
  'processing_awaiting_shipment',
  'processing_awaiting_pickup',
  'processing_ready_for_pickup',
  'completed',
  'completed_shipped',
  'completed_picked_up',
  'cancelled',
  'new',
  'offer',
  'processing',
  'processing_partially_paid',
  'processing_partially_shipped',
  'processing_partially_picked_up',
] as const
export const paymentStatuses = ['not_paid', 'partially_paid', 'paid', 'cancelled'] as const
export const shipmentStatuses = [
  'not_shipped',
  'partially_shipped',
  'shipped',
  'cancelled',
] as const
/** How the webhooks of a change travel. */
export const webhookMode = z.enum(['send', 'twice', 'lost', 'late'])
export type WebhookMode = z.infer<typeof webhookMode>

/** An order to place; everything but the lines may be left out. */
const fields = {
  lines: z.array(line).max(2_000),
  pricesIncludeVat: z.boolean().default(true),
  shipping: money.default(0),
  /** Taken off the shipping costs already in `shipmentPrice`. */
  shippingDiscount: money.default(0),
  shippingVatPercent: percent.default(21),
  shippingTitle: text.default('Bpost'),
  paymentCosts: money.default(0),
  paymentVatPercent: percent.default(21),
  paymentId: text.default('bancontact'),
  paymentTitle: text.default('Bancontact'),
  /** Off the whole order, spread into the lines: an amount, or a percentage. */
  coupon: z
    .strictObject({
      code: text.default('LENTE10'),
      amount: money.optional(),
      percentage: percent.optional(),
    })
    .nullable()
    .default(null),
  giftCards: z.array(z.strictObject({ code: text, amount: money })).default([]),
  /** The invoice says that VAT is shifted to the buyer (section 6.2). */
  vatShifted: z.boolean().default(false),
  createdAt: moment.optional(),
  number: text.optional(),
  paid: z.boolean().default(true),
  status: z.enum(statuses).optional(),
  customStatusId: z.int().nullable().default(null),
  email: text.default('sofie@bakkerijpeeters.example'),
  firstname: text.default('Sofie'),
  middlename: text.default(''),
  lastname: text.default('Peeters'),
  phone: text.default('+32 470 00 00 00'),
  mobile: text.default(''),
  company: text.default(''),
  companyNumber: text.default(''),
  vatNumber: text.default(''),
  comment: text.default(''),
  billing: address.prefault({}),
  /** The billing address when absent. */
  delivery: address.optional(),
  pickup: z.boolean().default(false),
  /** 'none' is a deleted customer or a guest without one; a number is a known customer. */
  customer: z.union([z.literal(['new', 'none']), z.int()]).default('new'),
  webhook: webhookMode.default('send'),
}
export const orderSpec = z.strictObject(fields)
export type OrderSpec = z.input<typeof orderSpec>
export type Order = z.infer<typeof orderSpec>

/** What may be changed of an order that is there. */
export const orderChange = z.strictObject({
  status: z.enum(statuses).optional(),
  paymentStatus: z.enum(paymentStatuses).optional(),
  shipmentStatus: z.enum(shipmentStatuses).optional(),
  customStatusId: z.int().nullable().optional(),
  /** Who did it, as events[].channel says. */
  channel: z.enum(['auto', 'backend', 'api']).optional(),
  /** The lines and costs anew, laid over the order. */
  edit: z.record(z.string(), z.unknown()).optional(),
  number: text.optional(),
  webhook: webhookMode.optional(),
})
export type OrderChange = z.infer<typeof orderChange>
