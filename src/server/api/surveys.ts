import { z } from 'zod'
import { day, explained, identifier, integrationParams, language, moment } from './shapes.ts'

/** Migration and Reconciliation: a period of the shop, read live, and what is done with it. */

const surveyParams = integrationParams.extend({ surveyId: identifier })
const purpose = z.enum(['migration', 'reconciliation'])
const saleKind = z.enum(['order', 'invoice', 'credit'])

/** Where a sale stands: what a dry run expects of it, or what became of it. */
const standing = z.enum([
  'unread',
  'bookable',
  'refused',
  'waits',
  'left-out',
  'gone',
  'unreadable',
  'booked-before',
  'by-hand',
  'booked',
  'waiting',
  'open',
  'closed',
])

/** A migration as every screen shows it; the console too. */
export const survey = z.object({
  id: identifier,
  purpose,
  from: day,
  until: day,
  /** `listing`, `invoices`, `reading`: the dry run is under way; `ready`: it is waiting for a person. */
  state: z.enum([
    'listing',
    'invoices',
    'reading',
    'ready',
    'running',
    'paused',
    'done',
    'cancelled',
    'failed',
  ]),
  /** Why it rests or failed. */
  problem: explained.nullable(),
  /** When it goes on by itself after trouble. */
  restUntil: moment.nullable(),
  /** Whether the bookkeeping could list its invoices; null while that is not known. */
  booksComplete: z.boolean().nullable(),
  /** What it costs in euros, excl. VAT: as it was started, or as it would be now. */
  price: z.string().nullable(),
  /** Whether it begins only once it is paid. */
  payFirst: z.boolean(),
  /** Its offer, once somebody pressed Start; the migration begins by itself when that is paid. */
  offer: z
    .object({
      number: z.string(),
      state: z.enum(['open', 'paid']),
      /** The path of the page where it is paid; whoever has it may pay. */
      payPath: z.string(),
    })
    .nullable(),
  createdAt: moment,
  startedAt: moment.nullable(),
  finishedAt: moment.nullable(),
  /** How many sales stand where; absent ones are none. */
  standings: z.partialRecord(standing, z.number().int()),
  /** All sales of the period. */
  sales: z.number().int(),
})

const money = z.string()

const summary = survey.extend({
  /** What the sales that would be booked come to. */
  rates: z.array(
    z.object({
      currency: z.string(),
      vatPercent: z.string(),
      net: money,
      vat: money,
      gross: money,
    }),
  ),
  causes: z.array(
    z.object({
      standing,
      problem: explained,
      count: z.number().int(),
      /** Numbers of a few of them. */
      examples: z.array(z.string()),
    }),
  ),
})

const listedSale = z.object({
  kind: saleKind,
  number: z.string(),
  date: day.nullable(),
  standing,
  total: money.nullable(),
  currency: z.string().nullable(),
  problem: explained.nullable(),
  remoteNumber: z.string().nullable(),
  bookingId: identifier.nullable(),
})

/** How the turnover of a period is put together; each row is of one currency, too. */
const grouping = z.enum(['day', 'country', 'rate', 'all'])

const reconciledRow = z.object({
  /** null where rows are not by day. */
  day: day.nullable(),
  /** null where rows are not by country. */
  country: z.string().nullable(),
  currency: z.string(),
  /** null for what could not be worked out, and where rows are not by rate. */
  vatPercent: z.string().nullable(),
  sales: z.number().int(),
  shop: money,
  booked: money,
  refused: money,
  open: money,
  aside: money,
  difference: money,
})

const difference = z.object({
  kind: z.enum([
    'not-seen',
    'total-changed',
    'vat-changed',
    'gone-from-shop',
    'books-differ',
    'gone-from-books',
  ]),
  number: z.string(),
  date: day.nullable(),
  bookingId: identifier.nullable(),
  saleKind,
  remoteNumber: z.string().nullable(),
  currency: z.string().nullable(),
  shop: money.nullable(),
  booked: money.nullable(),
  books: money.nullable(),
})

const double = z.object({
  by: z.enum(['reference', 'debtor']),
  reference: z.string(),
  date: day.nullable(),
  total: money.nullable(),
  invoices: z.array(
    z.object({
      remoteNumber: z.string(),
      reference: z.string(),
      date: day.nullable(),
      total: money.nullable(),
      /** The sale Doorvoer booked it for; null: somebody else made it. */
      sale: z.string().nullable(),
      bookingId: identifier.nullable(),
    }),
  ),
})

const ossRow = z.object({
  country: z.string(),
  vatPercent: z.string(),
  currency: z.string(),
  sales: z.number().int(),
  net: money,
  vat: money,
})

/** A quarter of a year, "2026-Q3". */
export const quarterQuery = z.object({ quarter: z.string().max(10) })

export const surveysApi = {
  'GET /api/integrations/:integrationId/surveys': {
    summary: 'Migrations or reconciliations of an integration, newest first',
    params: integrationParams,
    query: language.extend({ purpose }),
    answer: z.array(survey),
  },
  'POST /api/integrations/:integrationId/surveys': {
    summary: 'Begin the dry run of a migration, or a reconciliation, over a period',
    params: integrationParams,
    body: z.object({ purpose, from: day, until: day }),
    answer: z.object({ id: identifier }),
  },
  'GET /api/integrations/:integrationId/surveys/:surveyId': {
    summary: 'One of them, with totals per VAT rate and the causes of what is not booked',
    params: surveyParams,
    query: language,
    answer: summary,
  },
  'GET /api/integrations/:integrationId/surveys/:surveyId/sales': {
    summary: 'Its sales, by day; those that stand somewhere, or all',
    params: surveyParams,
    query: language.extend({
      standing: standing.optional(),
      offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    answer: z.array(listedSale),
  },
  'POST /api/integrations/:integrationId/surveys/:surveyId/steer': {
    summary: 'Start, pause, resume or cancel a migration; cancel a dry run or a reconciliation',
    params: surveyParams,
    body: z.object({ wish: z.enum(['start', 'pause', 'resume', 'cancel']) }),
    answer: z.object({
      state: survey.shape.state,
      /** Where it is paid first: it begins by itself then; null when there is nothing to wait for. */
      payPath: z.string().nullable(),
    }),
  },
  'POST /api/integrations/:integrationId/surveys/:surveyId/pick-up': {
    summary: 'Take up the sales that the shop has and Doorvoer never heard of',
    params: surveyParams,
    body: z.object({ pickUp: z.literal(true) }),
    answer: z.object({ accepted: z.number().int() }),
  },
  'GET /api/integrations/:integrationId/surveys/:surveyId/reconciliation': {
    summary:
      'Per day, country or VAT rate where the sales of the shop are, and the differences by name; the CSV has them all',
    params: surveyParams,
    query: z.object({ by: grouping.default('day') }),
    answer: z.object({
      by: grouping,
      rows: z.array(reconciledRow),
      /** How many rows there are; `rows` has the first of them. */
      rowCount: z.number().int(),
      /** All of them together, per currency. */
      totals: z.array(reconciledRow),
      differences: z.array(difference),
      differenceCount: z.number().int(),
      /** Of the differences: sales of which Doorvoer never heard. */
      missedCount: z.number().int(),
      doubles: z.array(double),
      doubleCount: z.number().int(),
      /** Sales before this day are older than the integration: they are for a migration. */
      startDay: day,
    }),
  },
  'GET /api/integrations/:integrationId/oss': {
    summary: 'The sheet for the one-stop shop of a quarter, from what was really booked',
    params: integrationParams,
    query: quarterQuery,
    answer: z.object({
      quarter: z.string(),
      from: day,
      until: day,
      rows: z.array(ossRow),
      /** Booked sales of which the rates are not known: reconcile the quarter to add them. */
      unknown: z.number().int(),
    }),
  },
} as const
