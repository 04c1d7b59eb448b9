import type { z } from 'zod'
import { reason, Trouble, type Reason } from '../problems/reason.ts'
import type { Outcome } from '../problems/outcome.ts'
import type { HttpAnswer, HttpSilence } from './http.ts'

/** A remote's own way of saying things, where it differs from what HTTP statuses commonly mean. */
export type Recognise = (answer: HttpAnswer) => Trouble | null

/** Remembers what `make` made of each schema: zod compiles a schema when it is first used, and that is slow. */
export const perSchema = <Made extends z.ZodType>(
  make: (schema: z.ZodType) => Made,
): ((schema: z.ZodType) => Made) => {
  const kept = new WeakMap<z.ZodType, Made>()
  return (schema) => {
    const known = kept.get(schema)
    if (known !== undefined) return known
    const made = make(schema)
    kept.set(schema, made)
    return made
  }
}

/** How long to wait when a remote says "too many requests" and gives no time. */
const rateLimitWaitMs = 60_000

/** Seconds or an HTTP date, as RFC 9110 allows; undefined when absent or unreadable. */
export const retryAfterMs = (answer: HttpAnswer, now: Date): number | undefined => {
  const value = answer.headers['retry-after']
  if (value === undefined) return undefined
  if (/^\d{1,6}$/.test(value)) return Number(value) * 1000
  const date = Date.parse(value)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now.getTime())
}

/** The problem of a request that got no complete answer. */
export const silenceReason = (silence: HttpSilence, system: string): Reason =>
  silence.cause === 'address-refused'
    ? reason('ADDRESS_NOT_PUBLIC', { system })
    : reason('REMOTE_SILENT', { system, cause: silence.cause })

const looksLikeHtml = (body: string) => /^\s*<(!doctype|html|head|body)/i.test(body)

/** What an answer outside 200–299 means by its status alone. */
const troubleOfStatus = (answer: HttpAnswer, system: string): Trouble => {
  const { status } = answer
  const params = { system, status }
  if (status === 401) return new Trouble('reconnect', reason('CREDENTIALS_REFUSED', params))
  if (status === 403) return new Trouble('reconnect', reason('RIGHT_MISSING', params))
  if (status === 429) {
    return new Trouble('later', reason('RATE_LIMITED', { system }), {
      retryAfterMs: rateLimitWaitMs,
    })
  }
  if (status === 408 || status === 425 || status >= 500) {
    return new Trouble('later', reason('REMOTE_TROUBLE', params))
  }
  if (status >= 300 && status < 400) {
    return new Trouble('reconnect', reason('REMOTE_REDIRECTS', params))
  }
  return new Trouble('never', reason('REMOTE_REFUSES', params))
}

/**
 * The body of a successful read.
 * @throws Trouble when there is none, with the cure the engine acts on
 */
export const bodyOf = (
  result: HttpAnswer | HttpSilence,
  system: string,
  recognise: Recognise = () => null,
): string => {
  if (result.is === 'silence') {
    const cure =
      result.cause === 'address-refused' || result.cause === 'bad-url' ? 'reconnect' : 'later'
    throw new Trouble(cure, silenceReason(result, system))
  }
  const own = recognise(result)
  if (own !== null) throw own
  if (result.status < 200 || result.status > 299) throw troubleOfStatus(result, system)
  return result.body
}

/**
 * Validates what was parsed already. Never by way of text: that would make null, which is nothing, of the 1e400
 * that no shop means, and end in an error of ours at a value that is nested thousands of levels deep.
 * @throws Trouble with REMOTE_SHAPE
 */
export const inShape = <T>(value: unknown, schema: z.ZodType<T>, system: string): T => {
  const checked = schema.safeParse(value)
  if (checked.success) return checked.data
  const issue = checked.error.issues[0]
  const field = issue === undefined ? '' : issue.path.map(String).join('.')
  throw new Trouble('never', reason('REMOTE_SHAPE', { system, field }))
}

/** Parses and validates JSON. @throws Trouble with REMOTE_NOT_JSON, REMOTE_HTML or REMOTE_SHAPE */
export const parseJson = <T>(body: string, schema: z.ZodType<T>, system: string): T => {
  let parsed: unknown
  try {
    parsed = JSON.parse(body)
  } catch (cause) {
    // A firewall or maintenance page passes by itself; so does an answer that was cut off.
    const code = looksLikeHtml(body) ? 'REMOTE_HTML' : 'REMOTE_NOT_JSON'
    throw new Trouble('later', reason(code, { system }), { cause })
  }
  return inShape(parsed, schema, system)
}

/**
 * What became of a create, from the result of its one request.
 *
 * A silence may have had its effect, and so may a 5xx or an unreadable success: those are uncertain. A 4xx
 * is a plain refusal, except the ones that say "not now" or "not you".
 *
 * @param accept reads a 2xx answer; null when it can't be understood, which is uncertain too
 */
export const outcomeOf = <T>(
  result: HttpAnswer | HttpSilence,
  system: string,
  accept: (answer: HttpAnswer) => T | null,
  recognise: Recognise = () => null,
): Outcome<T> => {
  if (result.is === 'silence') {
    const why = silenceReason(result, system)
    return result.mayHaveArrived
      ? { is: 'uncertain', reason: why }
      : { is: 'postponed', reason: why }
  }
  if (result.status >= 200 && result.status <= 299) {
    const value = accept(result)
    return value === null
      ? { is: 'uncertain', reason: reason('REMOTE_ANSWER_UNREADABLE', { system }) }
      : { is: 'done', value }
  }
  const trouble = recognise(result) ?? troubleOfStatus(result, system)
  // 303 says: done, look over there.
  if (result.status >= 500 || result.status === 408 || result.status === 303) {
    return { is: 'uncertain', reason: trouble.reason }
  }
  if (trouble.cure === 'never') return { is: 'refused', reason: trouble.reason }
  return {
    is: 'postponed',
    reason: trouble.reason,
    ...(trouble.retryAfterMs !== undefined && { retryAfterMs: trouble.retryAfterMs }),
    ...(trouble.cure === 'reconnect' && { broken: true as const }),
  }
}
