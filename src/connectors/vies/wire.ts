import { z } from 'zod'
import type { HttpRequest } from '../http.ts'

/** A VAT number in the words of VIES: `EL` for Greece, the number without that prefix. */
export interface ViesNumber {
  country: string
  number: string
}

const publicBaseUrl = 'https://ec.europa.eu/taxation_customs/vies/rest-api'

/** VIES knows Greece by its VAT prefix, not by its ISO code (contracts/vat.md §1.5). */
export const inViesWords = ({ country, number }: ViesNumber): ViesNumber => {
  const upper = country.toUpperCase()
  return { country: upper === 'GR' ? 'EL' : upper, number }
}

/**
 * One question. The requester's fields have these names; those of SOAP (`requesterCountryCode`) are unknown
 * to this endpoint, and whoever uses them never gets a consultation number (contracts/vat.md §1.1).
 */
export const checkRequest = (
  asked: ViesNumber,
  requester: ViesNumber | null,
  budgetMs: number,
  baseUrl = publicBaseUrl,
): HttpRequest => ({
  method: 'POST',
  url: `${baseUrl.replace(/\/+$/, '')}/check-vat-number`,
  headers: { accept: 'application/json', 'content-type': 'application/json' },
  body: JSON.stringify({
    countryCode: asked.country,
    vatNumber: asked.number,
    ...(requester !== null && {
      requesterMemberStateCode: requester.country,
      requesterNumber: requester.number,
    }),
  }),
  budgetMs,
})

/** Something that decorates an answer: unreadable is the same as absent. */
const decoration = z.string().nullish().catch(null)

/**
 * Both shapes of a body, the answer and the error, in one: garbage may be a bit of each. What decides is
 * strict, so that a body with a wrong type in it is no answer; what decorates is not.
 */
export const wireBody = z.object({
  actionSucceed: z.boolean().nullish(),
  valid: z.boolean().nullish(),
  /** Belongs to the GET form, where it alone tells a failure from an answer. */
  userError: z.string().nullish(),
  errorWrappers: z.array(z.object({ error: z.string() })).nullish(),
  countryCode: z.string().nullish(),
  vatNumber: z.string().nullish(),
  requestDate: decoration,
  requestIdentifier: decoration,
  name: decoration,
  address: decoration,
})

export type WireBody = z.infer<typeof wireBody>
