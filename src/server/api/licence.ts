import { z } from 'zod'
import { day, identifier, integrationParams, language, oneLine } from './shapes.ts'

/** The routes of licences, offers, payments and our own invoices. Prices are strings in euros: "145.20". */

const price = z.object({
  net: z.string(),
  vat: z.string(),
  gross: z.string(),
  vatPercent: z.string(),
  /** Why the VAT is what it is. */
  vatTreatment: z.enum(['domestic', 'reverse-charge', 'unproven', 'outside-eu']),
})

const offer = z.object({
  /** People say it on the telephone and write it under a bank transfer. */
  number: z.string(),
  service: z.enum(['year', 'migration', 'installation']),
  quantity: z.number().int(),
  price,
  /** The path of the page where it is paid; whoever has it may pay. */
  payPath: z.string(),
})

const billingDetails = z.object({
  company: oneLine(120),
  attention: oneLine(120),
  street: oneLine(120),
  postcode: oneLine(20),
  city: oneLine(120),
  country: z.string().regex(/^[A-Z]{2}$/),
  vatNumber: oneLine(40),
  email: z.union([z.literal(''), z.email().max(254)]),
})

export const invoice = z.object({
  id: identifier,
  number: z.string(),
  /** The number of the invoice it gives back; null for an invoice. */
  credits: z.string().nullable(),
  issuedOn: day,
  service: z.enum(['year', 'migration', 'installation']),
  net: z.string(),
  vat: z.string(),
  gross: z.string(),
})

export const licence = z.object({
  /** false: nobody sells licences here and none expires; the rest says nothing then. */
  sold: z.boolean(),
  phase: z.enum(['trial', 'paid', 'store', 'grace', 'collecting', 'lapsed', 'stopped']),
  /** The first day that is not covered. */
  endsOn: day,
  stopsBookingOn: day,
  stopsCollectingOn: day,
  stoppedOn: day.nullable(),
  /** The app store said that its subscription ends. */
  storeCancelledOn: day.nullable(),
  /** Sales that wait for the licence. */
  waiting: z.number().int(),
  /** How offers are paid here. */
  payment: z.enum(['online', 'transfer']),
  offer: offer.nullable(),
  details: billingDetails.extend({
    vatVerdict: z.enum(['valid', 'invalid']).nullable(),
    complete: z.boolean(),
  }),
  invoices: z.array(invoice),
})

export const licenceApi = {
  'GET /api/integrations/:integrationId/licence': {
    summary: 'The licence of an integration: its term, its offer, its invoices',
    params: integrationParams,
    answer: licence,
  },
  'PUT /api/integrations/:integrationId/billing-details': {
    summary: "Change what the merchant's invoices say; a VAT number is asked of VIES",
    access: 'session',
    params: integrationParams,
    /** `was`: what the sender saw before; refused when something else was kept meanwhile. */
    body: billingDetails.extend({ was: billingDetails.optional() }),
    answer: z.object({ vatVerdict: z.enum(['valid', 'invalid']).nullable() }),
  },
  'POST /api/integrations/:integrationId/offer': {
    summary: 'Ask for the offer of the next year now, without waiting for the mail',
    access: 'session',
    params: integrationParams,
    body: z.object({ service: z.literal('year') }),
    answer: offer,
  },
  'GET /api/offers/:token': {
    summary: 'An offer, for whoever has its payment link',
    access: 'public',
    params: z.object({ token: z.string().regex(/^[\w-]{20,64}$/) }),
    answer: z.object({
      number: z.string(),
      state: z.enum(['open', 'paid', 'withdrawn']),
      /** A payment is under way and Mollie has not said how it ended. */
      underWay: z.boolean(),
      service: z.enum(['year', 'migration', 'installation']),
      quantity: z.number().int(),
      integration: z.string(),
      company: z.string(),
      price,
      payment: z.enum(['online', 'transfer']),
      /** Whether the invoice can name its buyer. */
      complete: z.boolean(),
      seller: z.object({ name: z.string(), iban: z.string(), email: z.string() }),
      /** Where the merchant fills in what is missing. */
      profilePath: z.string(),
    }),
  },
  'POST /api/offers/:token/pay': {
    summary: 'Begin to pay an offer; the browser goes to the address that is answered',
    access: 'public',
    perMinute: 20,
    params: z.object({ token: z.string().regex(/^[\w-]{20,64}$/) }),
    query: language,
    body: z.object({ pay: z.literal(true) }),
    answer: z.object({ goTo: z.url() }),
  },
} as const
