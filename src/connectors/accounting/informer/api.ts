import type { z } from 'zod'
import type { ProblemCode } from '../../../problems/catalogue.ts'
import type { Outcome } from '../../../problems/outcome.ts'
import { reason, Trouble } from '../../../problems/reason.ts'
import type { HttpAnswer, HttpSilence } from '../../http.ts'
import { bodyOf, outcomeOf, parseJson, retryAfterMs, type Recognise } from '../../reading.ts'
import type { Session } from '../../session.ts'
import { codeOf, honest, saysEmpty, saysNotThere } from './errors.ts'
import { system } from './fields.ts'
import { limitWaitMs } from './limits.ts'
import type { InformerCredentials, InformerSettings } from './settings.ts'
import { listUnder, readMadeId, wireV2Invoices } from './wire.ts'

export type Books = Session<InformerCredentials, InformerSettings>

const defaultBaseUrl = 'https://api.informer.eu'

/** A call over the limit may say how long to stay away (contract §4). */
const recogniseLimit =
  (books: Books): Recognise =>
  (answer) =>
    answer.status === 429
      ? new Trouble('later', reason('RATE_LIMITED', { system }), {
          retryAfterMs: retryAfterMs(answer, books.clock.now()) ?? limitWaitMs(answer),
        })
      : null

type Path = `/v1/${string}/` | `/v2/${string}`
type Query = Readonly<Record<string, string>>

const send = (
  books: Books,
  path: Path,
  query: Query = {},
  body?: unknown,
): Promise<HttpAnswer | HttpSilence> => {
  const { apiKey, securityCode, baseUrl } = books.credentials
  const search = new URLSearchParams(query).toString()
  return books.http.send({
    method: body === undefined ? 'GET' : 'POST',
    url: (baseUrl || defaultBaseUrl).replace(/\/+$/, '') + path + (search && `?${search}`),
    headers: {
      // Exactly this spelling; another one was "accepted inconsistently" (contract §2).
      Apikey: apiKey,
      Securitycode: securityCode,
      accept: 'application/json',
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
}

/** A whole body. @throws Trouble */
export const read = async <T>(books: Books, path: Path, schema: z.ZodType<T>): Promise<T> =>
  parseJson(bodyOf(honest(await send(books, path)), system, recogniseLimit(books)), schema, system)

/** A list of v1, whose items lie under one of `keys`; or one page of it. */
interface ListCall<T> {
  path: Path
  keys: readonly string[]
  item: z.ZodType<T>
  query?: Query
}

/** One list, or page, of v1. That there is nothing comes as an error (contract §3). @throws Trouble */
export const readList = async <T>(
  books: Books,
  { path, keys, item, query = {} }: ListCall<T>,
): Promise<(T & { id: string })[]> => {
  const answer = honest(await send(books, path, query))
  if (answer.is === 'answer' && saysEmpty(answer)) return []
  const body = bodyOf(answer, system, recogniseLimit(books))
  return parseJson(body, listUnder(keys, item), system)
}

interface Scan<T> extends ListCall<T> {
  /** Asked for per page. */
  records: number
  pagesMax: number
}

/** Page sizes that servers use are multiples of this; a page of any other length is the last one. */
const pageSizeUnit = 50

/**
 * All pages of a list of v1. It does not say how long it is, and a server may give fewer per page than was
 * asked (contract §6): a page that may be a full one is followed by another.
 * @returns `complete` false when there may be more than was read
 */
export const scan = async <T>(
  books: Books,
  { records, pagesMax, ...list }: Scan<T>,
): Promise<{ items: (T & { id: string })[]; complete: boolean }> => {
  const seen = new Map<string, T & { id: string }>()
  for (let page = 0; page < pagesMax; page += 1) {
    const query = { ...list.query, records: String(records), page: String(page) }
    const rows = await readList(books, { ...list, query })
    const before = seen.size
    for (const row of rows) seen.set(row.id, row)
    if (rows.length === 0 || rows.length % pageSizeUnit !== 0) {
      return { items: [...seen.values()], complete: true }
    }
    // Nothing new: the server does not page as we think.
    if (seen.size === before) break
  }
  return { items: [...seen.values()], complete: false }
}

/** One item of v1 by its id; null when it is not there. @throws Trouble */
export const readOne = async <T>(
  books: Books,
  { path, keys, item }: ListCall<T>,
  id: string,
): Promise<(T & { id: string }) | null> => {
  const answer = honest(await send(books, path))
  if (answer.is === 'answer' && saysNotThere(answer)) return null
  const body = bodyOf(answer, system, recogniseLimit(books))
  return parseJson(body, listUnder(keys, item), system).find((each) => each.id === id) ?? null
}

/** A page of the invoices of one relation, newest first, by v2 (contract §10). @throws Trouble */
export const readV2Invoices = async (books: Books, query: Query) => {
  const answer = honest(await send(books, '/v2/invoices/sales', query))
  return parseJson(bodyOf(answer, system, recogniseLimit(books)), wireV2Invoices, system)
}

type Refusal = Extract<ProblemCode, 'INVOICE_REFUSED' | 'DEBTOR_REFUSED'>

/** Statuses that say "not now" or "not you" rather than "not this". */
const notAboutTheData = new Set([401, 403, 408, 425, 429])

interface Making {
  path: Path
  /** The member that the id comes back in: its presence alone means success (contract §3). */
  idName: 'id' | 'invoice_id'
  body: unknown
  refusal: Refusal
}

/** One create, sent once. @returns the id of what was made */
export const create = async (
  books: Books,
  { path, idName, body, refusal }: Making,
): Promise<Outcome<string>> => {
  const result = await send(books, path, {}, body)
  const isMade = result.is === 'answer' && readMadeId(result.body, idName) !== null
  const recognise: Recognise = (answer) => {
    const limit = recogniseLimit(books)(answer)
    if (limit !== null) return limit
    const { status } = answer
    const isRefusal = status >= 400 && status <= 499 && !notAboutTheData.has(status)
    // The texts may quote the customer, so only codes are kept.
    const original = result.is === 'answer' ? result : answer
    return isRefusal
      ? new Trouble('never', reason(refusal, { system, status: codeOf(original) }))
      : null
  }
  return outcomeOf(
    isMade ? result : honest(result),
    system,
    (answer) => readMadeId(answer.body, idName),
    recognise,
  )
}
