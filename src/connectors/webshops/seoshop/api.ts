import { z } from 'zod'
import { reason, Trouble } from '../../../problems/reason.ts'
import type { Clock } from '../../../world/clock.ts'
import type { HttpAnswer, HttpClient, HttpRequest } from '../../http.ts'
import { bodyOf, parseJson } from '../../reading.ts'
import type { ValuesOf } from '../../settings.ts'
import { waitMsOf } from './limits.ts'
import { clusters, type credentials } from './settings.ts'
import * as wire from './wire.ts'

/** The name in problems that a person reads. */
export const system = 'SEOshop'

/** The most that a list gives (contract §5). */
export const pageSize = 250
/** 250,000 things: more than any list we walk by page. */
const pagesMax = 1_000

export interface ApiAccess {
  credentials: ValuesOf<typeof credentials>
  http: HttpClient
  clock: Clock
}

export type Query = Readonly<Record<string, string>>

/** The calls to one shop. Paths are like "orders/1", without language and ".json". Everything throws Trouble. */
export interface Api {
  access: ApiAccess
  /** The value in the one key of the answer, whatever that key is called (contract §1). */
  get<T>(path: string, schema: z.ZodType<T>, query?: Query): Promise<T>
  /** Null when the shop itself says that there is no such thing. */
  find<T>(path: string, schema: z.ZodType<T>): Promise<T | null>
  /** A whole list, page by page: there is no next link, it ends with a page that is not full. */
  all<T>(path: string, item: z.ZodType<T>, query?: Query): Promise<T[]>
  create<T>(path: string, envelope: unknown, schema: z.ZodType<T>): Promise<T>
  /** Removing what is gone already is fine. */
  remove(path: string): Promise<void>
}

/** @throws Trouble when the address that was filled in is none */
const rootOf = ({ apiRoot, cluster }: ApiAccess['credentials']): string => {
  const url = URL.parse(apiRoot === '' ? (clusters[cluster] ?? '') : apiRoot)
  if (url?.protocol === 'https:' || url?.protocol === 'http:') return url.origin
  throw new Trouble('reconnect', reason('REMOTE_SILENT', { system, cause: 'bad-url' }))
}

/** Whether it is the API that answers so, and not a page in front of it (contract §3, error body). */
const isOwnError = (answer: HttpAnswer): boolean => {
  try {
    return wire.errorBody.safeParse(JSON.parse(answer.body)).data?.code === answer.status
  } catch {
    // Error bodies that are no JSON happen (contract §3).
    return false
  }
}

const saysUnknown = (answer: HttpAnswer): boolean => answer.status === 404 && isOwnError(answer)

export const createApi = (access: ApiAccess): Api => {
  const { credentials, http, clock } = access
  const root = rootOf(credentials)
  const { apiKey, apiSecret, language } = credentials
  const authorization = `Basic ${Buffer.from(`${apiKey}:${apiSecret}`).toString('base64')}`

  /** The platform's own words, where they differ from what the status says. */
  const recognise = (answer: HttpAnswer): Trouble | null => {
    if (answer.status === 429) {
      return new Trouble('later', reason('RATE_LIMITED', { system }), {
        retryAfterMs: waitMsOf(answer, clock.now()),
      })
    }
    // A 404 is also seen for a moment on what belongs to an order (contract §3), and a page in front of the
    // API is no answer of it: neither may count as "this does not exist".
    return answer.status === 404
      ? new Trouble('later', reason('REMOTE_TROUBLE', { system, status: answer.status }))
      : null
  }

  const send = (method: HttpRequest['method'], path: string, query: Query = {}, body?: unknown) => {
    const url = new URL(`/${language}/${path}.json`, root)
    // Spaces as %20: a plus sign is read as a plus sign by some (contract §5, "space URL-encoded").
    url.search = new URLSearchParams(query).toString().replaceAll('+', '%20')
    return http.send({
      method,
      url: url.href,
      headers: {
        accept: 'application/json',
        authorization,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
  }

  const get = async <T>(path: string, schema: z.ZodType<T>, query?: Query): Promise<T> =>
    parseJson(
      bodyOf(await send('GET', path, query), system, recognise),
      wire.envelopeOf(schema),
      system,
    )

  return {
    access,
    get,
    find: async (path, schema) => {
      const result = await send('GET', path)
      if (result.is === 'answer' && saysUnknown(result)) return null
      return parseJson(bodyOf(result, system, recognise), wire.envelopeOf(schema), system)
    },
    all: async (path, item, query = {}) => {
      const found = []
      for (let page = 1; page <= pagesMax; page += 1) {
        const limits = { limit: String(pageSize), page: String(page) }
        const items = await get(path, z.array(item), { ...query, ...limits })
        found.push(...items)
        if (items.length < pageSize) return found
      }
      throw new Trouble('never', reason('REMOTE_SHAPE', { system, field: 'page' }))
    },
    create: async (path, envelope, schema) => {
      const result = await send('POST', path, {}, envelope)
      return parseJson(bodyOf(result, system, recognise), wire.envelopeOf(schema), system)
    },
    remove: async (path) => {
      const result = await send('DELETE', path)
      if (result.is === 'answer' && saysUnknown(result)) return
      bodyOf(result, system, recognise)
    },
  }
}
