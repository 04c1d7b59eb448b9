import { z } from 'zod'
import type { ProblemCode } from '../../../problems/catalogue.ts'
import type { Outcome } from '../../../problems/outcome.ts'
import { reason, Trouble } from '../../../problems/reason.ts'
import type { HttpAnswer, HttpSilence } from '../../http.ts'
import { bodyOf, outcomeOf, parseJson, retryAfterMs, type Recognise } from '../../reading.ts'
import type { Session } from '../../session.ts'
import { system } from './fields.ts'
import type { RompslompCredentials, RompslompSettings } from './settings.ts'
import { errorTypeOf, readMade } from './wire.ts'

export type Books = Session<RompslompCredentials, RompslompSettings>

export const defaultBaseUrl = 'https://api.rompslomp.nl/api/v1'

const perPage = 100
const pagesMax = 100

/** 429 says in seconds how long to stay away (contract §4). */
const recogniseLimit =
  (books: Books): Recognise =>
  (answer) => {
    if (answer.status !== 429) return null
    const waitMs = retryAfterMs(answer, books.clock.now())
    return new Trouble('later', reason('RATE_LIMITED', { system }), {
      retryAfterMs: waitMs ?? 60_000,
    })
  }

/** Statuses that say "not now" or "not you" rather than "not this". */
const notAboutTheData = new Set([401, 403, 408, 425, 429])

/** A limit of the plan, which lasts until the plan changes (contract §3). */
const planLimits = new Set(['client.quota_reached', 'client.subscription_limit_reached'])

type Refusal = Extract<ProblemCode, 'INVOICE_REFUSED' | 'DEBTOR_REFUSED' | 'PRODUCT_REFUSED'>

const recogniseRefusal =
  (books: Books, code: Refusal): Recognise =>
  (answer) => {
    const limit = recogniseLimit(books)(answer)
    if (limit !== null) return limit
    const { status } = answer
    const isRefusal = status >= 400 && status <= 499 && !notAboutTheData.has(status)
    const isPlan = status === 403 && planLimits.has(errorTypeOf(answer.body))
    // The text is for people and may quote the customer (contract §3), so it is not kept.
    return isRefusal || isPlan ? new Trouble('never', reason(code, { system, status })) : null
  }

const send = (books: Books, path: string, body?: unknown): Promise<HttpAnswer | HttpSilence> => {
  const { accessToken, apiToken, baseUrl } = books.credentials
  return books.http.send({
    method: body === undefined ? 'GET' : 'POST',
    url: (baseUrl || defaultBaseUrl).replace(/\/+$/, '') + path,
    headers: {
      authorization: `Bearer ${accessToken || apiToken}`,
      accept: 'application/json',
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
}

type Query = readonly (readonly [string, string])[]

const pathWith = (path: string, query: Query): string =>
  query.length === 0
    ? path
    : `${path}?${query.map((pair) => pair.map(encodeURIComponent).join('=')).join('&')}`

/** @throws Trouble as long as no administration has been chosen */
const inAdministration = (books: Books, path: string): string => {
  const { administration } = books.settings
  if (administration === '') {
    throw new Trouble('reconnect', reason('ADMINISTRATION_NOT_CHOSEN', { system }))
  }
  return `/companies/${encodeURIComponent(administration)}/${path}`
}

interface Listing<T> {
  items: T[]
  /** False when there is more than we read. */
  complete: boolean
}

/** How many items a list has in all (contract §5); null when the answer does not say. */
const totalOf = (answer: HttpAnswer | HttpSilence): number | null => {
  const text = answer.is === 'answer' ? (answer.headers['x-total']?.trim() ?? '') : ''
  return /^\d{1,9}$/.test(text) ? Number(text) : null
}

interface ListPath<T> {
  path: string
  query?: Query
  /** The plural name that the items lie under. */
  name: string
  item: z.ZodType<T>
}

/**
 * A whole list, page after page until as many items came as there are. Not by the size of a page: a server
 * may give fewer per page than was asked. A list that does not say how long it is ends with an empty page.
 */
const readList = async <T>(
  books: Books,
  { path, query = [], name, item }: ListPath<T>,
): Promise<Listing<T>> => {
  const schema = z.object({ [name]: z.array(item) })
  const items: T[] = []
  for (let page = 1; page <= pagesMax; page += 1) {
    const paging: Query = [
      ['page', String(page)],
      ['per_page', String(perPage)],
    ]
    const answer = await send(books, pathWith(path, [...query, ...paging]))
    const body = bodyOf(answer, system, recogniseLimit(books))
    const found = parseJson(body, schema, system)[name] ?? []
    items.push(...found)
    const total = totalOf(answer)
    if (found.length === 0 || (total !== null && items.length >= total)) {
      return { items, complete: total === null || items.length >= total }
    }
  }
  return { items, complete: false }
}

/** The administrations behind the token, those without access too (contract §6). */
export const listCompanies = <T>(books: Books, item: z.ZodType<T>): Promise<Listing<T>> =>
  readList(books, { path: '/companies', name: 'companies', item })

/** A list within the administration. */
export const listIn = <T>(
  books: Books,
  list: Omit<ListPath<T>, 'path'> & { path: string },
): Promise<Listing<T>> => readList(books, { ...list, path: inAdministration(books, list.path) })

/**
 * One page of a list, in the server's own size: for `accounts`, which one client saw refuse paging
 * parameters (contract §11).
 * @returns null when the page is refused
 */
export const pageIn = async <T>(
  books: Books,
  { path, query = [], name, item }: ListPath<T>,
): Promise<(Listing<T> & { total: number | null }) | null> => {
  const answer = await send(books, pathWith(inAdministration(books, path), query))
  const isPaged = query.some(([key]) => key === 'page')
  if (isPaged && answer.is === 'answer' && (answer.status === 400 || answer.status === 422)) {
    return null
  }
  const schema = z.object({ [name]: z.array(item) })
  const body = bodyOf(answer, system, recogniseLimit(books))
  const items = parseJson(body, schema, system)[name] ?? []
  const total = totalOf(answer)
  return { items, total, complete: total !== null && items.length >= total }
}

/** Shows that a list may be read, with as little as possible of it. @throws Trouble */
export const tryList = async (books: Books, path: string): Promise<void> => {
  const answer = await send(books, pathWith(inAdministration(books, path), [['per_page', '1']]))
  parseJson(
    bodyOf(answer, system, recogniseLimit(books)),
    z.record(z.string(), z.unknown()),
    system,
  )
}

/** @returns null when there is none: 404 */
export const readIn = async <T>(
  books: Books,
  path: string,
  name: string,
  item: z.ZodType<T>,
): Promise<T | null> => {
  const answer = await send(books, inAdministration(books, path))
  if (answer.is === 'answer' && answer.status === 404) return null
  const schema = z.object({ [name]: item })
  return parseJson(bodyOf(answer, system, recogniseLimit(books)), schema, system)[name] ?? null
}

interface Making<T> {
  path: string
  /** The singular name that body and answer are wrapped in (contract §1). */
  name: string
  body: unknown
  item: z.ZodType<T>
  refusal: Refusal
}

/** One create, sent once. */
export const createIn = async <T>(books: Books, making: Making<T>): Promise<Outcome<T>> => {
  const { path, name, body, item, refusal } = making
  if (books.settings.administration === '') {
    const why = reason('ADMINISTRATION_NOT_CHOSEN', { system })
    return { is: 'postponed', reason: why, broken: true }
  }
  return outcomeOf(
    await send(books, inAdministration(books, path), { [name]: body }),
    system,
    (answer) => readMade(answer.body, name, item),
    recogniseRefusal(books, refusal),
  )
}
