import { z } from 'zod'
import {
  day,
  explained,
  identifier,
  integrationParams,
  language,
  line,
  moment,
  pageOf,
  pageQuery,
  type RouteShape,
} from './shapes.ts'

const service = z.enum(['year', 'migration', 'installation'])
const way = z.enum(['mollie', 'transfer'])
const done = z.object({ done: z.literal(true) })
const why = line(500).min(3)
const cents = z.number().int()
const tariff = z.object({ service, fromOn: day, cents })
const whose = z.object({ id: identifier, name: z.string(), merchant: z.string() })

export const licenceShows = [
  'ending',
  'expired',
  'trial',
  'paid',
  'store',
  'stopped',
  'all',
] as const

export const licenceLine = z.object({
  integration: whose,
  phase: z.enum(['trial', 'paid', 'store', 'grace', 'collecting', 'lapsed', 'stopped']),
  /** The first day that is not covered. */
  endsOn: day,
  stopsBookingOn: day,
  stoppedOn: day.nullable(),
  stoppedBy: z.enum(['merchant', 'operator', 'store', 'lapse']).nullable(),
  storeCancelledOn: day.nullable(),
  /** Sales that wait for it. */
  waiting: z.number().int(),
  /** The number of the offer of its next year that waits to be paid. */
  offer: z.string().nullable(),
})

export const offerLine = z.object({
  id: identifier,
  number: z.string(),
  integration: whose,
  service,
  quantity: z.number().int(),
  netCents: cents,
  state: z.enum(['open', 'paid', 'withdrawn']),
  /** The path of the page where it is paid; whoever has it may pay. */
  payPath: z.string(),
  /** How it was paid, and what of it was not given back. */
  payment: z.object({ id: identifier, way, keptCents: cents }).nullable(),
  madeAt: moment,
  changedAt: moment,
})

const troubledPayment = z.object({
  id: identifier,
  integration: whose,
  way,
  remoteId: z.string().nullable(),
  grossCents: cents,
  keptCents: cents,
  problem: explained,
  changedAt: moment,
})

/** The console's side of licences: how they stand, what was offered and paid, and what it costs. Amounts in cents. */
export const operatorBillingApi = {
  'GET /api/operator/licences': {
    summary: 'Licences of all integrations, the one that ends first in front',
    query: pageQuery.extend({
      show: z.enum(licenceShows).default('ending'),
      /** Part of a name or merchant, or a whole licence key. */
      search: line(100).default(''),
    }),
    answer: pageOf(licenceLine),
  },
  'POST /api/operator/integrations/:integrationId/stop': {
    summary: 'Stop an integration as of today: no bookings any more, credentials are deleted',
    params: integrationParams,
    body: z.object({ reason: why }),
    answer: done,
  },
  'POST /api/operator/integrations/:integrationId/offers': {
    summary: 'Offer a service to the merchant of an integration: mails the payment link',
    params: integrationParams,
    body: z.object({ service, quantity: z.number().int().min(1).max(1_000), reason: why }),
    answer: z.object({ id: identifier, number: z.string(), payPath: z.string() }),
  },
  'GET /api/operator/offers': {
    summary: 'Offers of all integrations, newest first',
    query: pageQuery.extend({
      state: z.enum(['open', 'paid', 'withdrawn', 'all']).default('open'),
    }),
    answer: pageOf(offerLine),
  },
  'POST /api/operator/offers/:offerId/paid': {
    summary: 'An offer was paid by bank transfer: extends the licence and makes the invoice',
    params: z.object({ offerId: identifier }),
    body: z.object({ reason: why }),
    answer: done,
  },
  'POST /api/operator/offers/:offerId/withdraw': {
    summary: 'Withdraw an offer: it can not be paid any more',
    params: z.object({ offerId: identifier }),
    body: z.object({ reason: why }),
    answer: done,
  },
  'GET /api/operator/payments': {
    summary: 'Payments that somebody has to look at: charged back, paid twice, too late',
    query: language,
    answer: z.array(troubledPayment),
  },
  'POST /api/operator/payments/:paymentId/paid-back': {
    summary: 'A bank transfer was paid back, wholly or in part: makes the credit invoice',
    params: z.object({ paymentId: identifier }),
    body: z.object({ cents: cents.min(1), reason: why }),
    answer: done,
  },
  'GET /api/operator/tariffs': {
    summary: 'Every price there was, is and will be',
    answer: z.array(tariff),
  },
  'PUT /api/operator/tariffs': {
    summary: 'Set a price from a day on; offers that were made keep theirs',
    body: tariff.extend({ cents: cents.min(0).max(10_000_000), reason: why }),
    answer: done,
  },
  'GET /api/operator/terms': {
    summary: 'The versions of the terms, newest first, and how many integrations stand at which',
    answer: z.object({
      versions: z.array(
        z.object({
          version: day,
          /** `coming`: applies from a later day. */
          state: z.enum(['coming', 'current', 'past']),
          /** SHA-256 of the text per language: what an acceptance keeps as its proof. */
          hashes: z.object({ nl: z.string(), en: z.string() }),
          /** Integrations that are not stopped for which this is the newest accepted version. */
          integrations: z.number().int(),
        }),
      ),
      /** Integrations that are not stopped for which nothing was accepted yet. */
      without: z.number().int(),
    }),
  },
} as const satisfies Record<string, RouteShape>
