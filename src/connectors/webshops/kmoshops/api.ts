import { z } from 'zod'
import { reason, Trouble } from '../../../problems/reason.ts'
import type { Clock } from '../../../world/clock.ts'
import type { HttpAnswer, HttpClient, HttpRequest } from '../../http.ts'
import { bodyOf, parseJson } from '../../reading.ts'
import { inRemoteTime } from '../../remote-time.ts'
import { isSignedBy, sign } from './signing.ts'
import * as wire from './wire.ts'

/** The name in problems that a person reads. */
export const system = 'KMO Shops'

const apiPath = '/api/rest/v1/'

/** "1 to 250 per one client", default unclear (contract §6.1): so it is always sent. */
const pageSize = 100
/** A bound on following links: 200,000 things is more than any shop of this platform lists in a year. */
const pagesMax = 2_000
const rateLimitWaitMs = 60_000

export interface ApiAccess {
  credentials: { apiRoot: string; apiPublic: string; apiSecret: string }
  http: HttpClient
  clock: Clock
  /** Whether an answer without a right signature is used all the same. */
  responseSignature: 'require' | 'warn'
}

export type Filter = Readonly<Record<string, string>>

export interface ApiPage<T> {
  items: readonly T[]
  isLast: boolean
}

/** The signed calls to one shop. Every function throws Trouble. Paths are relative to /api/rest/v1/. */
export interface Api {
  /** Scheme and host of the shop, without a slash at the end. */
  root: string
  get<T>(path: string, schema: z.ZodType<T>): Promise<T>
  /** The body of one thing, not read yet; null when the shop says that there is no such thing. */
  find(path: string): Promise<string | null>
  /** A collection page by page from an offset on; always at least one page. */
  pages<T>(
    path: string,
    item: z.ZodType<T>,
    filter?: Filter,
    start?: number,
  ): AsyncGenerator<ApiPage<T>>
  /** A whole collection. */
  all<T>(path: string, item: z.ZodType<T>): Promise<T[]>
  /** The thing made, as far as the shop tells; null when it answers with nothing. */
  create<T>(path: string, value: unknown, schema: z.ZodType<T>): Promise<T | null>
  change(path: string, value: unknown): Promise<void>
  /** Removing what is gone already is fine. */
  remove(path: string): Promise<void>
  /** How many answers were used although their signature was missing or wrong (only with 'warn'). */
  countUnverified(): number
}

/**
 * Scheme and host of what was typed or handed over as the shop's address.
 * @throws Trouble when it is no http(s) address
 */
const rootOf = (apiRoot: string): string => {
  const url = URL.parse(apiRoot)
  if (url?.protocol === 'https:' || url?.protocol === 'http:') return url.origin
  throw new Trouble('reconnect', reason('REMOTE_SILENT', { system, cause: 'bad-url' }))
}

const anything = z.unknown()

/** The `code` of an error body, "429.10"; null when the body is something else (contract §5). */
const codeOf = (answer: HttpAnswer): string | null => {
  try {
    return wire.errorBody.parse(JSON.parse(answer.body)).code
  } catch {
    // Error bodies that are no JSON happen (contract §5): then the status has to do.
    return null
  }
}

/**
 * 500.x with one of these is no fault of the server but its way of refusing: sent again it fails again
 * (contract §5). 500.70 and 500.90 are about rights and stand apart.
 */
const refusals = new Set([
  ...['500.10', '500.20', '500.21', '500.22', '500.23', '500.24', '500.25'],
  ...['500.40', '500.50', '500.60', '500.80', '501.10', '501.20', '501.30'],
])
/** "Method not allowed on resource" and "required app not installed". */
const missingRights = new Set(['500.70', '500.90'])

/**
 * A 404 that is not the API's own: a shop that moved, or a page in front of it. It passes or the doctor finds
 * it; in no case may it count as "this order does not exist".
 */
const foreignNotFound = (answer: HttpAnswer): Trouble => {
  parseJson(answer.body, anything, system)
  return new Trouble('later', reason('REMOTE_TROUBLE', { system, status: answer.status }))
}

/** The platform's own words, where they differ from what the status says. */
const recognise = (answer: HttpAnswer): Trouble | null => {
  if (answer.status >= 200 && answer.status < 300) return null
  const code = codeOf(answer)
  if (code === null) return answer.status === 404 ? foreignNotFound(answer) : null
  if (code.startsWith('429.')) {
    return new Trouble('later', reason('RATE_LIMITED', { system }), {
      retryAfterMs: rateLimitWaitMs,
    })
  }
  const params = { system, status: code }
  if (code.startsWith('401.')) {
    return new Trouble('reconnect', reason('CREDENTIALS_REFUSED', params))
  }
  if (code.startsWith('403.') || missingRights.has(code)) {
    return new Trouble('reconnect', reason('RIGHT_MISSING', params))
  }
  return refusals.has(code) ? new Trouble('never', reason('REMOTE_REFUSES', params)) : null
}

/** The API knows the resource but not this id. 404.20 is another matter: the resource itself is unknown. */
const saysUnknownId = (answer: HttpAnswer): boolean => {
  if (answer.status !== 404) return false
  const code = codeOf(answer)
  return code !== null && code.startsWith('404.') && code !== '404.20'
}

/** As the vendor's own SDK writes it: 2026-03-02T09:15:00+00:00 (contract §4). */
const officialMoment = (moment: Date) => `${moment.toISOString().slice(0, 19)}+00:00`

/** `next` without its host: links are never followed to another one, whatever the answer says. */
const withoutHost = (link: string, root: string): string => {
  const url = URL.parse(link, root)
  if (url?.pathname.startsWith(apiPath) !== true) {
    throw new Trouble('never', reason('REMOTE_SHAPE', { system, field: 'next' }))
  }
  return url.pathname.slice(apiPath.length) + url.search
}

export const createApi = ({ credentials, http, clock, responseSignature }: ApiAccess): Api => {
  const { apiPublic, apiSecret } = credentials
  const root = rootOf(credentials.apiRoot)
  let unverified = 0

  /** Whether the answer was signed by the shop: over its own bytes and its own date (contract §4). */
  const isVerified = (method: string, target: string, answer: HttpAnswer): boolean => {
    const { 'x-date': date, 'x-hash': hash } = answer.headers
    return (
      date !== undefined &&
      isSignedBy(apiSecret, hash, apiPublic, method, target, answer.body, date)
    )
  }

  /** What an unsigned success is: first whether it is an answer of the API at all. */
  const acceptUnverified = (answer: HttpAnswer): void => {
    // A firewall page and an answer that was cut off pass by themselves; a false signature does not.
    if (answer.body !== '') parseJson(answer.body, anything, system)
    if (responseSignature === 'require') {
      throw new Trouble('reconnect', reason('RESPONSE_SIGNATURE_WRONG', { system }))
    }
    unverified += 1
  }

  const inTime = inRemoteTime(clock)
  const send = async (method: HttpRequest['method'], path: string, body = '') => {
    const url = new URL(apiPath + path, root)
    // Signed is what undici sends: the path with its query, after the URL parser had its way with it.
    const target = url.pathname + url.search
    const result = await inTime((theirs) => {
      const date = officialMoment(theirs.now())
      return http.send({
        method,
        url: url.href,
        headers: {
          accept: 'application/json',
          'x-public': apiPublic,
          'x-date': date,
          'x-hash': sign(apiSecret, apiPublic, method, target, body, date),
          ...(body !== '' && { 'content-type': 'application/json' }),
        },
        ...(body !== '' && { body }),
      })
    })
    const isSuccess = result.is === 'answer' && result.status >= 200 && result.status < 300
    if (isSuccess && !isVerified(method, target, result)) acceptUnverified(result)
    return result
  }

  const get = async <T>(path: string, schema: z.ZodType<T>): Promise<T> =>
    parseJson(bodyOf(await send('GET', path), system, recognise), schema, system)

  const pages = async function* <T>(
    path: string,
    item: z.ZodType<T>,
    filter: Filter = {},
    start = 0,
  ): AsyncGenerator<ApiPage<T>> {
    const schema = wire.collectionOf(item)
    const query = new URLSearchParams({
      ...filter,
      start: String(start),
      size: String(pageSize),
    })
    let next: string | null = `${path}/?${query.toString()}`
    for (let count = 0; next !== null; count += 1) {
      if (count === pagesMax) {
        throw new Trouble('never', reason('REMOTE_SHAPE', { system, field: 'next' }))
      }
      const page: z.infer<typeof schema> = await get(next, schema)
      next = page.next === null || page.next === '' ? null : withoutHost(page.next, root)
      yield { items: page.items, isLast: next === null }
    }
  }

  return {
    root,
    get,
    pages,
    find: async (path) => {
      const result = await send('GET', path)
      if (result.is === 'answer' && saysUnknownId(result)) return null
      return bodyOf(result, system, recognise)
    },
    all: async (path, item) => {
      const found = []
      for await (const page of pages(path, item)) found.push(...page.items)
      return found
    },
    create: async (path, value, schema) => {
      const result = await send('POST', path, JSON.stringify(value))
      const body = bodyOf(result, system, recognise)
      // "Sometimes no content even on success" (contract §5).
      return body === '' ? null : parseJson(body, schema, system)
    },
    change: async (path, value) => {
      bodyOf(await send('PATCH', path, JSON.stringify(value)), system, recognise)
    },
    remove: async (path) => {
      const result = await send('DELETE', path)
      if (result.is === 'answer' && saysUnknownId(result)) return
      bodyOf(result, system, recognise)
    },
    countUnverified: () => unverified,
  }
}
