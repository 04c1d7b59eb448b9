import { z } from 'zod'
import { changes } from './installation.ts'
import { identifier, integrationParams, language, line, type RouteShape } from './shapes.ts'
import { explained, figureLine, rateTotal, verdict } from './shapes.ts'

const kind = z.enum(['order', 'invoice', 'credit'])
const ref = z.object({ kind, id: line(200).min(1) })

const previewLine = figureLine.extend({
  sku: z.string(),
  /** The accounting system's own words for them; null where it has none, or none is configured. */
  vatCode: z.string().nullable(),
  ledger: z.string().nullable(),
})

/** The invoice as it would be made at this moment. */
const draft = z.object({
  reference: z.string(),
  date: z.string(),
  debtor: z.object({
    /** `fixed`: the one linked to the payment method. `unknown`: not looked up, or somebody makes it now. */
    is: z.enum(['existing', 'fixed', 'new', 'unknown']),
    id: z.string().nullable(),
  }),
  regime: z.string(),
  rates: z.array(rateTotal),
  totals: z.object({ net: z.string(), vat: z.string(), gross: z.string() }),
  /** What the accounting system will come to by its own arithmetic. */
  booksTotal: z.string().nullable(),
  remarks: z.array(explained),
})

const shown = z.object({
  is: z.literal('shown'),
  /** What would become of it now. */
  outcome: z.enum(['books', 'wants-go-ahead', 'waits', 'refused', 'closed', 'booked', 'in-books']),
  problem: explained.nullable(),
  /** What the accounting system calls it, where it has it already. */
  remoteNumber: z.string().nullable(),
  /** Doorvoer's own record of it, when it has heard of it. */
  bookingId: identifier.nullable(),
  /** Stands for what is shown: letting exactly this pass; null when there is no invoice to let pass. */
  seal: z.string().nullable(),
  sale: z.object({
    ref,
    number: z.string(),
    date: z.string(),
    status: z.string(),
    paid: z.boolean(),
    paymentMethod: z.string(),
    total: z.string(),
    currency: z.string(),
    destination: z.string(),
  }),
  /** Read live, stored nowhere. */
  customer: z.object({
    name: z.string(),
    company: z.string(),
    email: z.string(),
    address: z.array(z.string()),
    vatNumber: z.string(),
  }),
  lines: z.array(previewLine),
  /** null when the sale can't be drawn up as an invoice, or not yet. */
  draft: draft.nullable(),
  checks: z.array(verdict),
})

/** Looking before anything is booked. */
export const previewsApi = {
  'GET /api/integrations/:integrationId/latest-sales': {
    summary: "The shop's latest sales, newest first, as its own lists have them at this moment",
    params: integrationParams,
    query: z.object({ limit: z.coerce.number().int().min(1).max(50).default(20) }),
    answer: z.array(
      z.object({ ref, number: z.string(), date: z.string(), total: z.string().nullable() }),
    ),
  },
  'POST /api/integrations/:integrationId/preview': {
    summary: 'How a sale would be booked now, with every reason; nothing is booked or stored',
    access: 'read',
    params: integrationParams,
    query: language,
    body: z.object({
      sale: z.union([z.object({ number: line(100).min(1) }), ref]),
      ...changes,
    }),
    answer: z.discriminatedUnion('is', [
      shown,
      z.object({ is: z.literal('gone') }),
      z.object({ is: z.literal('unreachable'), problem: explained }),
    ]),
  },
  'POST /api/integrations/:integrationId/go-ahead': {
    summary: 'Let first sales pass that wait for it: the ones named, or all',
    access: 'process',
    params: integrationParams,
    body: z.union([
      /** The one that was looked at, as it was seen. */
      z.object({ bookingId: identifier, seal: line(100).min(1) }),
      /** As they wait. */
      z.object({ bookingIds: z.array(identifier).min(1).max(1000) }),
      z.object({ all: z.literal(true) }),
    ]),
    answer: z.object({ accepted: z.number().int(), skipped: z.number().int() }),
  },
} as const satisfies Record<string, RouteShape>
