import { z } from 'zod'
import { reason, Trouble } from '../../../problems/reason.ts'
import type { Clock } from '../../../world/clock.ts'
import type { HttpAnswer, HttpClient, HttpSilence } from '../../http.ts'
import { bodyOf, inShape, parseJson } from '../../reading.ts'
import { inRemoteTime } from '../../remote-time.ts'
import type { Keys } from '../magento/signing.ts'
import { shopAddressOf } from './address.ts'
import { missingAttribute, type Resource } from './attributes.ts'
import { queryOf, type Question } from './query.ts'
import { oauthProblem, recogniseAt } from './recognise.ts'
import type { Credentials } from './settings.ts'
import { send } from './signed.ts'
import { system } from './system.ts'

export interface ApiAccess {
  credentials: Credentials
  http: HttpClient
  clock: Clock
}

export interface ListPage<T> {
  items: readonly T[]
  /** How many there are on all pages; null where nobody says (contract §5). */
  totalCount: number | null
}

/** The signed calls to our extension: nothing but GET. Every function throws Trouble. */
export interface Api {
  list<T>(resource: Resource, question: Question, item: z.ZodType<T>): Promise<ListPage<T>>
  /** One document by its id, asked as a list: an empty list proves that it is not there. */
  find<T>(resource: Resource, id: string, item: z.ZodType<T>): Promise<T | null>
  get<T>(resource: Resource, schema: z.ZodType<T>): Promise<T>
  /** The bare answer, for the doctor. `keys` replace the right ones. */
  ask(path: string, keys?: Keys): Promise<HttpAnswer | HttpSilence>
}

const anything = z.array(z.unknown())
const named = z.looseObject({ entity_id: z.union([z.string(), z.number()]) })

const totalOf = (headers: HttpAnswer['headers']): number | null => {
  const value = headers['x-total-count'] ?? ''
  return /^\d{1,9}$/.test(value) ? Number(value) : null
}

const checkAttributes = (resource: Resource, item: unknown): void => {
  const field = missingAttribute(resource, item)
  if (field === null) return
  throw new Trouble('reconnect', reason('ATTRIBUTES_MISSING', { system, field }))
}

export const createApi = ({ credentials, http, clock }: ApiAccess): Api => {
  const { rest, origin } = shopAddressOf(credentials.adminUrl)
  const recognise = recogniseAt(clock)
  const signedOrigin = credentials.signedOrigin || origin
  const { consumerKey, consumerSecret, accessToken, accessTokenSecret } = credentials
  if (accessToken === '' || accessTokenSecret === '') {
    // Filled in, but never connected: no call could be signed.
    throw new Trouble('reconnect', reason('CREDENTIALS_REFUSED', { system, status: 0 }))
  }
  const ours: Keys = {
    consumerKey,
    consumerSecret,
    token: { key: accessToken, secret: accessTokenSecret },
  }

  const inTime = inRemoteTime(clock)
  const ask = async (path: string, keys = ours) => {
    const url = `${rest}/api/rest/accounting/${path}`
    const once = () =>
      inTime((theirs) => send({ http, clock: theirs }, 'GET', url, keys, { signedOrigin }))
    const result = await once()
    // The client below repeats a GET whose connection broke, and with it the nonce: sign it afresh, once.
    return result.is === 'answer' && oauthProblem(result) === 'nonce_used' ? once() : result
  }

  /** The items as they came: what they lack is judged by who reads them. */
  const listRaw = async (resource: Resource, question: Question) => {
    const result = await ask(`${resource}?${queryOf(question)}`)
    const items = parseJson(bodyOf(result, system, recognise), anything, system)
    return { items, totalCount: result.is === 'answer' ? totalOf(result.headers) : null }
  }

  const parse = <T>(item: unknown, schema: z.ZodType<T>): T => inShape(item, schema, system)

  return {
    ask,
    list: async (resource, question, item) => {
      const { items, totalCount } = await listRaw(resource, question)
      return {
        totalCount,
        items: items.map((each) => {
          // What can't even be named hides others: the whole list is in trouble, and says why.
          if (!named.safeParse(each).success) checkAttributes(resource, each)
          return parse(each, item)
        }),
      }
    },
    find: async (resource, id, item) => {
      const filters = [{ attribute: 'entity_id', condition: 'eq' as const, value: id }]
      const { items } = await listRaw(resource, { filters, limit: 2, page: 1 })
      const [one] = items
      if (one === undefined) return null
      checkAttributes(resource, one)
      const found = named.safeParse(one)
      // Asked for one and given another, or two: the filter was not heeded.
      if (items.length !== 1 || !found.success || String(found.data.entity_id) !== id) {
        throw new Trouble('never', reason('REMOTE_SHAPE', { system, field: 'entity_id' }))
      }
      return parse(one, item)
    },
    get: async (resource, schema) => {
      const value = parseJson(bodyOf(await ask(resource), system, recognise), z.unknown(), system)
      for (const item of resource === 'info' ? [value] : anything.parse(value)) {
        checkAttributes(resource, item)
      }
      return parse(value, schema)
    },
  }
}
