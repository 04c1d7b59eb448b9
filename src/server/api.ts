import { z } from 'zod'
import { bookingStates } from '../database/booking-state.ts'
import { accountApi } from './api/account.ts'
import { frontApi } from './api/front.ts'
import { installationApi } from './api/installation.ts'
import { previewsApi } from './api/previews.ts'
import { profileApi } from './api/profile.ts'
import { operatorApi } from './api/operator.ts'
import { operatorBillingApi } from './api/operator-billing.ts'
import { operatorMigrationsApi } from './api/operator-migrations.ts'
import {
  day,
  explained,
  figureLine,
  identifier,
  integrationParams,
  language,
  line,
  moment,
  rateTotal,
  systemShape,
  verdict,
  type RouteShape,
} from './api/shapes.ts'
import { supportApi } from './api/support.ts'
import { surveysApi } from './api/surveys.ts'
import { licenceApi } from './api/licence.ts'
import { activationApi } from './api/activation.ts'
import { helpApi } from './api/help.ts'
import { vatDecisionApi } from './api/vat-decisions.ts'

/**
 * The interface of the dashboard and of everybody who automates: one table of routes with the shape of what
 * goes in and out. Fastify validates with it, OpenAPI is generated from it, and the dashboard's client takes
 * its types from it, so the three cannot drift apart.
 *
 * Amounts are strings with a decimal dot in major units ("30.25"), dates are YYYY-MM-DD, moments are ISO 8601
 * in UTC. A problem is always a code of the catalogue with its parameters.
 */

const bookingState = z.enum(bookingStates)

const connection = z.object({
  system: z.string(),
  title: z.string(),
  /** `new`: never connected. `green`: the last contact went well. `red`: it needs somebody. */
  dot: z.enum(['new', 'green', 'red']),
  problem: explained.nullable(),
  checkedAt: moment.nullable(),
})

const integration = z.object({
  id: identifier,
  name: z.string(),
  merchantId: z.string(),
  merchant: z.string(),
  role: z.enum(['owner', 'admin', 'member']),
  state: z.enum(['installing', 'active', 'stopped']),
  webshop: connection,
  accounting: connection,
  /** An operator looks at it as the merchant, until then; null: it is one's own seat. */
  view: z.object({ id: identifier, endsAt: moment }).nullable(),
})

export const me = z.object({
  user: z.object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    language: z.enum(['nl', 'en']),
    /** Whether the console of the installation is theirs. */
    operator: z.boolean(),
  }),
  /** Where the user has a seat. */
  merchants: z.array(
    z.object({ id: z.string(), name: z.string(), role: z.enum(['owner', 'admin', 'member']) }),
  ),
  integrations: z.array(integration),
})

export const booking = z.object({
  id: identifier,
  kind: z.enum(['order', 'invoice', 'credit']),
  /** The number people use in the shop. */
  number: z.string(),
  date: day.nullable(),
  state: bookingState,
  /** Incl. VAT; null until the sale has been read. */
  total: z.string().nullable(),
  currency: z.string().nullable(),
  /** What the accounting system calls it. */
  remoteId: z.string().nullable(),
  remoteNumber: z.string().nullable(),
  reference: z.string().nullable(),
  /** Why it is where it is; a booked one may carry a warning. */
  problem: explained.nullable(),
  attempts: z.number().int(),
  /** When it is worked on next; null when it waits for somebody or is finished. */
  nextAttemptAt: moment.nullable(),
  seenAt: moment,
  changedAt: moment,
  bookedAt: moment.nullable(),
})

const page = z.object({ items: z.array(booking), next: z.string().nullable() })

export const tab = z.enum(['report', 'errors', 'open'])

const lastDays = z.object({ days: z.coerce.number().int().min(1).max(92).default(30) })

const speed = z.object({
  booked: z.number().int(),
  /** Half of them took no longer, in seconds. */
  halfWithinS: z.number().int(),
  /** Nineteen of twenty took no longer, in seconds. */
  mostWithinS: z.number().int(),
})

const bookingParams = integrationParams.extend({ bookingId: identifier })

/** The sale's own figures, read from the shop at this moment; nothing of it is stored. */
export const figures = z.discriminatedUnion('is', [
  z.object({
    is: z.literal('read'),
    status: z.string(),
    paid: z.boolean(),
    customer: z.string(),
    destination: z.string(),
    vatNumber: z.string(),
    lines: z.array(figureLine),
    rates: z.array(rateTotal),
    total: z.string(),
    currency: z.string(),
    /** How the sale is treated for VAT; null while that is not known. */
    regime: z.string().nullable(),
    /** What a careful bookkeeper would mention. */
    remarks: z.array(explained),
    checks: z.array(verdict),
  }),
  z.object({ is: z.literal('gone') }),
  z.object({ is: z.literal('unreachable'), problem: explained }),
])

/** Why the VAT of a booked sale is what it is; figures and verdicts, no personal data. */
export const bookingEvidence = z.object({
  /** How the sale was treated, in words. */
  regime: z.string(),
  /** How many lines have a rate that is proved by their amounts, evidenced otherwise, or assumed. */
  rates: z.object({
    proved: z.number().int(),
    evidenced: z.number().int(),
    assumed: z.number().int(),
  }),
  /** What VIES said of the buyer's number; `accepted`: a person vouched for it. */
  vies: z
    .object({
      verdict: z.enum(['valid', 'invalid', 'accepted']),
      at: moment,
      consultationNumber: z.string().nullable(),
    })
    .nullable(),
  /** The merchant decided that what was paid includes VAT. */
  withVat: z.boolean(),
})

export const history = z.array(
  z.object({
    at: moment,
    from: bookingState.nullable(),
    to: bookingState,
    code: z.string().nullable(),
  }),
)

export const api = {
  ...frontApi,
  ...accountApi,
  ...profileApi,
  'GET /api/me': {
    summary: 'Who is signed in and which integrations they may see',
    access: 'read',
    query: language,
    answer: me,
  },
  'PATCH /api/me': {
    summary: 'Change the language of the signed-in user',
    access: 'session',
    body: z.object({ language: z.enum(['nl', 'en']) }),
    answer: z.object({ language: z.enum(['nl', 'en']) }),
  },
  'GET /api/integrations/:integrationId/counts': {
    summary: 'How many bookings each tab holds',
    params: integrationParams,
    answer: z.object({
      report: z.number().int(),
      errors: z.number().int(),
      open: z.number().int(),
      /** No further is counted: a tab with so many may hold more. */
      upTo: z.number().int(),
    }),
  },
  'GET /api/integrations/:integrationId/days': {
    summary: 'Bookings per day of the last weeks, for the chart',
    params: integrationParams,
    query: lastDays,
    answer: z.array(
      z.object({
        day,
        booked: z.number().int(),
        refused: z.number().int(),
        open: z.number().int(),
      }),
    ),
  },
  'GET /api/integrations/:integrationId/speed': {
    summary:
      'How long sales of the last weeks took from being heard of to being booked, per day and in all',
    params: integrationParams,
    query: lastDays,
    answer: z.object({
      /** Of each day on which any was booked. */
      days: z.array(speed.extend({ day })),
      /** Of all of them; null when there were none. */
      all: speed.nullable(),
    }),
  },
  'GET /api/integrations/:integrationId/bookings': {
    summary: 'The bookings of one tab, newest first, a page at a time',
    params: integrationParams,
    query: language.extend({
      tab,
      /** Part of an order number, remote number or reference. */
      search: line(100).default(''),
      /** One code of the catalogue. */
      code: line(60).optional(),
      from: day.optional(),
      until: day.optional(),
      after: line(200).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    answer: page,
  },
  'GET /api/integrations/:integrationId/causes': {
    summary: 'The refused bookings by cause, most frequent first',
    params: integrationParams,
    query: language.extend({ from: day.optional(), until: day.optional() }),
    answer: z.array(z.object({ problem: explained, count: z.number().int() })),
  },
  'GET /api/integrations/:integrationId/bookings/:bookingId': {
    summary: 'One booking with its history',
    params: bookingParams,
    query: language,
    answer: z.object({ booking, history, evidence: bookingEvidence.nullable() }),
  },
  'GET /api/integrations/:integrationId/bookings/:bookingId/figures': {
    summary: "The sale's own figures, read live from the shop, with the verdict of every check",
    params: bookingParams,
    query: language,
    answer: figures,
  },
  'POST /api/integrations/:integrationId/process': {
    summary: 'Process bookings again: selected ones, or all refused for one cause',
    access: 'process',
    params: integrationParams,
    body: z.union([
      z.object({ bookingIds: z.array(identifier).min(1).max(1000) }),
      z.object({ code: line(60) }),
    ]),
    answer: z.object({ accepted: z.number().int(), skipped: z.number().int() }),
  },
  'POST /api/integrations/:integrationId/ignore': {
    summary: 'Put refused or open bookings aside',
    access: 'process',
    params: integrationParams,
    body: z.object({ bookingIds: z.array(identifier).min(1).max(1000) }),
    answer: z.object({ accepted: z.number().int(), skipped: z.number().int() }),
  },
  'POST /api/integrations/:integrationId/store-claim': {
    summary: 'Connect the shop whose app store sent this browser, with the claim from its address',
    access: 'session',
    params: integrationParams,
    body: z.object({ claim: z.string().min(1).max(2000) }),
    answer: z.object({ returnUrl: z.url() }),
  },
  'GET /api/systems': {
    summary: 'Every webshop and accounting system, what it can do and what it asks',
    access: 'public',
    answer: z.object({ webshops: z.array(systemShape), accountings: z.array(systemShape) }),
  },
  'POST /api/integrations': {
    summary: 'Make an integration of a webshop and an accounting system',
    access: 'configure',
    body: z.object({
      name: line(100).min(1),
      webshop: line(50),
      accounting: line(50),
      /** Whose it becomes, for who works for several merchants. */
      merchantId: line(100).optional(),
    }),
    answer: z.object({ id: identifier, licenceKey: z.string() }),
  },
  ...installationApi,
  ...previewsApi,
  'POST /api/integrations/:integrationId/stop': {
    summary: 'Stop as of today: no bookings any more, credentials are deleted',
    access: 'session',
    params: integrationParams,
    body: z.object({ confirm: z.literal('stop') }),
    answer: z.object({ state: z.literal('stopped') }),
  },
  'POST /api/integrations/:integrationId/bookings/:bookingId/decide': {
    summary: 'A person says what became of a booking that Doorvoer cannot find out about',
    access: 'process',
    params: bookingParams,
    body: z.discriminatedUnion('decision', [
      z.object({
        decision: z.literal('it-is-there'),
        remoteNumber: line(50).min(1),
      }),
      z.object({ decision: z.literal('book-again') }),
    ]),
    answer: z.object({ state: bookingState }),
  },
  ...supportApi,
  ...operatorApi,
  ...operatorBillingApi,
  ...operatorMigrationsApi,
  ...surveysApi,
  ...licenceApi,
  ...activationApi,
  ...vatDecisionApi,
  ...helpApi,
} as const satisfies Record<string, RouteShape>

export type { RouteShape } from './api/shapes.ts'
export type Api = typeof api
export type RouteKey = keyof Api

/** Every error answer of the interface. */
export const failure = z.object({
  error: explained,
})
