import { z } from 'zod'

/** Connecting a shop that is activated from its own admin. */
export const activationApi = {
  'GET /api/integrations/:integrationId/activation': {
    summary: "The two addresses to fill in in the shop's admin",
    params: z.object({ integrationId: z.uuid() }),
    answer: z.object({
      /** null where the shop is connected otherwise, and for a seat that may only look. */
      activation: z
        .object({
          /** Carries the licence key: whoever has it can offer a shop. */
          callbackUrl: z.string(),
          identityUrl: z.string(),
        })
        .nullable(),
    }),
  },
} as const
