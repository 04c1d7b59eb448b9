import { z } from 'zod'
import { identifier, integrationParams, moment } from './shapes.ts'

const params = integrationParams.extend({ bookingId: identifier })
const percent = z.string().regex(/^\d{1,2}(\.\d{1,2})?$/)

/** What a merchant decides about a sale for which VIES stays silent (contracts/vat.md §1.4). */
export const vatDecisionApi = {
  'GET /api/integrations/:integrationId/bookings/:bookingId/vat-question': {
    summary: 'What there is to know before deciding about a sale that waits for VIES',
    params,
    answer: z.discriminatedUnion('is', [
      z.object({ is: z.literal('nothing-to-decide') }),
      z.object({
        is: z.literal('asked'),
        since: moment.nullable(),
        /** When VIES last said that the number is valid; null when it never did. */
        lastValid: moment.nullable(),
        /** What booking with VAT would come to, for every rate that would be legal. */
        withVat: z.array(
          z.object({
            percent,
            /** Whose rate it is: a territory, e.g. `BE`. */
            ratesOf: z.string(),
            net: z.string(),
            vat: z.string(),
            gross: z.string(),
          }),
        ),
        currency: z.string(),
      }),
    ]),
  },
  'POST /api/integrations/:integrationId/bookings/:bookingId/vat-decision': {
    summary: "Vouch for the buyer's VAT number while VIES is silent, or book with VAT",
    params,
    body: z.discriminatedUnion('decision', [
      z.object({ decision: z.literal('vouch') }),
      z.object({ decision: z.literal('with-vat'), percent }),
    ]),
    answer: z.object({ decided: z.literal(true) }),
  },
} as const
