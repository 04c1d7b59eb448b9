import type { PaymentStatus } from '@mollie/api-client'
import { z } from 'zod'
import type { HttpClient } from '../../connectors/http.ts'
import type { Language } from '../../problems/problem.ts'

/** What Mollie says of a payment, as far as we read it (docs.mollie.com, Get payment). */
export interface MolliePayment {
  id: string
  status: `${PaymentStatus}`
  currency: string
  cents: number
  refundedCents: number
  chargedBackCents: number
  /** Our own id of it, which we gave along. */
  ourId: string | null
  /** Where the buyer pays; null when that is over. */
  checkoutUrl: string | null
}

/** `silent`: no answer, or none that can be read: ask again, with the same key. */
export type MollieAnswer =
  | { is: 'payment'; payment: MolliePayment }
  | { is: 'none' }
  | { is: 'refused'; said: string }
  | { is: 'silent'; said: string }

export interface NewMolliePayment {
  /** Also the key under which asking twice makes one payment. */
  ourId: string
  cents: number
  description: string
  redirectUrl: string
  webhookUrl: string
  language: Language
}

export interface Mollie {
  create(wish: NewMolliePayment): Promise<MollieAnswer>
  read(id: string): Promise<MollieAnswer>
}

const cents = z
  .object({ currency: z.string(), value: z.string().regex(/^\d{1,9}\.\d{2}$/) })
  .transform(({ currency, value }) => ({ currency, cents: Number(value.replace('.', '')) }))

const statuses = [
  'open',
  'pending',
  'authorized',
  'paid',
  'canceled',
  'expired',
  'failed',
] as const satisfies readonly `${PaymentStatus}`[]

const paymentShape = z
  .object({
    id: z.string(),
    status: z.enum(statuses),
    amount: cents,
    amountRefunded: cents.optional(),
    amountChargedBack: cents.optional(),
    metadata: z.unknown(),
    _links: z.object({ checkout: z.object({ href: z.url() }).optional() }),
  })
  .transform(
    ({
      id,
      status,
      amount,
      amountRefunded,
      amountChargedBack,
      metadata,
      _links,
    }): MolliePayment => ({
      id,
      status,
      currency: amount.currency,
      cents: amount.cents,
      refundedCents: amountRefunded?.cents ?? 0,
      chargedBackCents: amountChargedBack?.cents ?? 0,
      ourId: z.object({ payment: z.uuid() }).safeParse(metadata).data?.payment ?? null,
      checkoutUrl: _links.checkout?.href ?? null,
    }),
  )

const problemShape = z.object({ title: z.string(), detail: z.string() })

const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body) as unknown
  } catch {
    return undefined
  }
}

const locales: Readonly<Record<Language, string>> = { nl: 'nl_NL', en: 'en_GB' }

/** What an id of Mollie's looks like; anything else is asked nobody. */
export const looksLikePayment = (id: string): boolean => /^tr_\w{4,64}$/.test(id)

export const mollieUrl = 'https://api.mollie.com/v2/'

/**
 * The two calls to Mollie that we need, through our own door: with a time limit, a size limit and no repeating.
 * Mollie's own client has none of the three and carries its own list of certificates, so that nothing can stand
 * in for Mollie (docs/decisions/0011).
 * @param baseUrl ends with a slash
 */
export const mollieOn = (http: HttpClient, apiKey: string, baseUrl: string): Mollie => {
  const ask = async (
    method: 'GET' | 'POST',
    path: string,
    more: { body?: string; headers?: Record<string, string> } = {},
  ): Promise<MollieAnswer> => {
    const { body, headers } = more
    const result = await http.send({
      method,
      url: baseUrl + path,
      headers: {
        authorization: `Bearer ${apiKey}`,
        accept: 'application/hal+json',
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body }),
    })
    if (result.is === 'silence') return { is: 'silent', said: result.cause }
    const answer = parsed(result.body)
    if (result.status >= 200 && result.status < 300) {
      const read = paymentShape.safeParse(answer)
      return read.success
        ? { is: 'payment', payment: read.data }
        : { is: 'silent', said: 'an answer that can not be read' }
    }
    const problem = problemShape.safeParse(answer).data
    const said = `${result.status} ${problem?.title ?? ''}: ${problem?.detail ?? ''}`.slice(0, 300)
    if (result.status === 404 && method === 'GET') return { is: 'none' }
    // Too many calls, a key that is being changed, their own fault: all pass.
    const passes = result.status >= 500 || [401, 403, 408, 409, 429].includes(result.status)
    return passes ? { is: 'silent', said } : { is: 'refused', said }
  }

  return {
    create: ({ ourId, cents: price, description, redirectUrl, webhookUrl, language }) =>
      ask('POST', 'payments', {
        headers: { 'idempotency-key': ourId },
        body: JSON.stringify({
          amount: { currency: 'EUR', value: (price / 100).toFixed(2) },
          description,
          redirectUrl,
          webhookUrl,
          locale: locales[language],
          metadata: { payment: ourId },
        }),
      }),
    read: (id) => ask('GET', `payments/${encodeURIComponent(id)}`),
  }
}
