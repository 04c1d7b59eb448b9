import { z } from 'zod'

/** What the merchant decides about invoices in general, apart from both systems (spec §2.4). */
const integrationSettings = z.object({
  /** Where the merchant is established. */
  homeCountry: z.enum(['NL', 'BE']).default('NL'),
  /** Which number leads on the invoice and finds it again. */
  leadingNumber: z.enum(['order', 'invoice']).default('order'),
})

export type IntegrationSettings = z.output<typeof integrationSettings>

/** Settings as stored, with the defaults for what is missing. */
export const readIntegrationSettings = (stored: Record<string, unknown>): IntegrationSettings =>
  integrationSettings.parse(stored)
