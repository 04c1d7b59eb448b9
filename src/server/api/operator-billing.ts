import { z } from 'zod'
import { explained, identifier, language, line, moment, type RouteShape } from './shapes.ts'

const service = z.enum(['year', 'migration', 'installation'])
const done = z.object({ done: z.literal(true) })
const why = line(500).min(3)
const tariff = z.object({ service, fromOn: z.iso.date(), cents: z.number().int() })

/** The console's side of licences: what was offered, what was paid, and what it costs. Amounts in cents. */
export const operatorBillingApi = {
  'GET /api/operator/offers': {
    summary: 'Offers that wait to be paid, newest first',
    answer: z.array(
      z.object({
        id: identifier,
        number: z.string(),
        integrationId: identifier,
        service,
        quantity: z.number().int(),
        netCents: z.number().int(),
        madeAt: moment,
      }),
    ),
  },
  'POST /api/operator/offers/:offerId/paid': {
    summary: 'An offer was paid by bank transfer: extends the licence and makes the invoice',
    params: z.object({ offerId: identifier }),
    body: z.object({ reason: why }),
    answer: done,
  },
  'GET /api/operator/payments': {
    summary: 'Payments that somebody has to look at: charged back, paid twice, too late',
    query: language,
    answer: z.array(
      z.object({
        id: identifier,
        integrationId: identifier,
        remoteId: z.string().nullable(),
        grossCents: z.number().int(),
        keptCents: z.number().int(),
        problem: explained,
        changedAt: moment,
      }),
    ),
  },
  'POST /api/operator/payments/:paymentId/paid-back': {
    summary: 'A bank transfer was paid back, wholly or in part: makes the credit invoice',
    params: z.object({ paymentId: identifier }),
    body: z.object({ cents: z.number().int().min(1), reason: why }),
    answer: done,
  },
  'GET /api/operator/tariffs': {
    summary: 'Every price there was, is and will be',
    answer: z.array(tariff),
  },
  'PUT /api/operator/tariffs': {
    summary: 'Set a price from a day on; offers that were made keep theirs',
    body: tariff.extend({ cents: z.number().int().min(0).max(10_000_000), reason: why }),
    answer: done,
  },
} as const satisfies Record<string, RouteShape>
