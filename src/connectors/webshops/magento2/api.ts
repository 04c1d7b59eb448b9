import { z } from 'zod'
import { reason, Trouble } from '../../../problems/reason.ts'
import type { Clock } from '../../../world/clock.ts'
import type { HttpAnswer, HttpClient, HttpSilence } from '../../http.ts'
import { bodyOf, inShape, parseJson } from '../../reading.ts'
import { inRemoteTime } from '../../remote-time.ts'
import { queryOf, type Question } from './criteria.ts'
import { isNonceUsed, recogniseAt } from './recognise.ts'
import { authorize, type Keys } from './signing.ts'
import { system } from './system.ts'
import * as wire from './wire.ts'

export interface ApiAccess {
  credentials: {
    shopUrl: string
    consumerKey: string
    consumerSecret: string
    accessToken: string
    accessTokenSecret: string
  }
  http: HttpClient
  clock: Clock
}

export interface ListPage<T> {
  items: readonly T[]
  totalCount: number
}

/** Lists are plural, single credit memos are not: so everything is asked as a list (contract §4.7). */
export type Resource = 'invoices' | 'creditmemos' | 'orders'

/** The signed calls to one shop: nothing but GET. Every function throws Trouble. */
export interface Api {
  list<T>(resource: Resource, question: Question, item: z.ZodType<T>): Promise<ListPage<T>>
  /**
   * One thing by its id, asked as a list: an empty list proves that it is not there, in every language and
   * version; a 404 proves nothing.
   */
  find<T>(resource: Resource, id: string, item: z.ZodType<T>): Promise<T | null>
  get<T>(path: string, schema: z.ZodType<T>): Promise<T>
  /** The bare answer, for the doctor. `keys` replace the right ones. */
  ask(path: string, keys?: Keys): Promise<HttpAnswer | HttpSilence>
}

/**
 * The shop's base address without a slash at the end: with its folder or index.php, without /rest.
 * @throws Trouble when it is no http(s) address
 */
export const baseOf = (shopUrl: string): string => {
  const url = URL.parse(shopUrl)
  if (url?.protocol === 'https:' || url?.protocol === 'http:') {
    return url.origin + url.pathname.replace(/\/rest(\/.*)?$/, '').replace(/\/+$/, '')
  }
  throw new Trouble('reconnect', reason('REMOTE_SILENT', { system, cause: 'bad-url' }))
}

export const createApi = ({ credentials, http, clock }: ApiAccess): Api => {
  const base = baseOf(credentials.shopUrl)
  const recognise = recogniseAt(clock)
  const ours: Keys = {
    consumerKey: credentials.consumerKey,
    consumerSecret: credentials.consumerSecret,
    token: { key: credentials.accessToken, secret: credentials.accessTokenSecret },
  }

  const inTime = inRemoteTime(clock)
  const once = (url: string, keys: Keys) =>
    inTime((theirs) =>
      http.send({
        method: 'GET',
        url,
        headers: {
          accept: 'application/json',
          authorization: authorize('GET', url, keys, { clock: theirs }),
        },
      }),
    )

  const ask = async (path: string, keys = ours) => {
    const url = `${base}/rest/V1/${path}`
    const result = await once(url, keys)
    // The client below repeats a GET whose connection broke, and with it the nonce: sign it afresh, once.
    return result.is === 'answer' && isNonceUsed(result) ? once(url, keys) : result
  }

  const get = async <T>(path: string, schema: z.ZodType<T>): Promise<T> =>
    parseJson(bodyOf(await ask(path), system, recognise), schema, system)

  const list = async <T>(resource: Resource, question: Question, item: z.ZodType<T>) => {
    const page = await get(`${resource}?${queryOf(question)}`, wire.pageOf(item))
    return { items: page.items, totalCount: page.total_count }
  }

  return {
    list,
    get,
    ask,
    find: async (resource, id, item) => {
      const question: Question = {
        filters: [{ field: 'entity_id', condition: 'eq', value: id }],
        pageSize: 2,
        page: 1,
      }
      const named = z.looseObject({ entity_id: wire.sibling.shape.entity_id })
      const found = await list(resource, question, named)
      const [one] = found.items
      if (one === undefined && found.totalCount === 0) return null
      // Asked for one and given another, or two: the filter was not heeded.
      if (one?.entity_id !== id || found.items.length !== 1) {
        throw new Trouble('never', reason('REMOTE_SHAPE', { system, field: 'entity_id' }))
      }
      return inShape(one, item, system)
    },
  }
}
