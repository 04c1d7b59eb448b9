import type { z } from 'zod'
import { reason, Trouble, type Reason } from '../../../problems/reason.ts'
import type { Outcome } from '../../../problems/outcome.ts'
import type { HttpAnswer, HttpRequest, HttpSilence } from '../../http.ts'
import { bodyOf, outcomeOf, parseJson, type Recognise } from '../../reading.ts'
import type { Allowance } from '../../pace.ts'
import type { Session } from '../../session.ts'
import type { WireDebtor } from './debtor.ts'
import { system } from './fields.ts'
import type { WireInvoice } from './map.ts'
import type { FactuursturenCredentials, FactuursturenSettings } from './settings.ts'
import {
  collectionOf,
  onlyOne,
  readClientNumber,
  readNumber,
  wireClient,
  wireInvoiceRow,
  wireNamed,
  wireTax,
  type WireClient,
  type WireInvoiceRow,
  type WireNamed,
  type WireTax,
} from './wire.ts'

export type Books = Session<FactuursturenCredentials, FactuursturenSettings>

const defaultBaseUrl = 'https://www.factuursturen.nl/api/v1'

export const hourMs = 3_600_000
/** So that a clock of ours that is a little fast does not knock before the hour is over, and wait another. */
const clockMarginMs = 10_000

const untilNextHourMs = (now: Date) => hourMs - (now.getTime() % hourMs) + clockMarginMs

/** How many calls are left of the hour, as every answer tells (contract 1.4). */
export const allowanceOf = (headers: HttpAnswer['headers'], now: Date): Allowance | null => {
  const left = headers['x-ratelimit-remaining']?.trim() ?? ''
  if (!/^\d{1,9}$/.test(left)) return null
  return { callsLeft: Number(left), windowEndsInMs: untilNextHourMs(now) }
}

/** A limit that is used up is a 403, not a 429, and lasts until the next hour (contract 1.4). */
const recogniseLimit =
  (books: Books): Recognise =>
  (answer) => {
    if (answer.status !== 403 || answer.headers['x-ratelimit-remaining']?.trim() !== '0')
      return null
    return new Trouble('later', reason('RATE_LIMITED', { system }), {
      retryAfterMs: untilNextHourMs(books.clock.now()),
    })
  }

/** Statuses that say "not now" or "not you" rather than "not this". */
const notAboutTheData = new Set([401, 403, 408, 425, 429])

const recogniseRefusal =
  (books: Books, refusal: (status: number) => Reason): Recognise =>
  (answer) => {
    const limit = recogniseLimit(books)(answer)
    if (limit !== null) return limit
    const { status } = answer
    const isRefusal = status >= 400 && status <= 499 && !notAboutTheData.has(status)
    // The body is a plain-text message of unknown wording; it may quote the customer, so it is not kept.
    return isRefusal ? new Trouble('never', refusal(status)) : null
  }

const send = (books: Books, path: string, body?: unknown): Promise<HttpAnswer | HttpSilence> => {
  const { userName, apiKey, baseUrl } = books.credentials
  const basic = Buffer.from(`${userName}:${apiKey}`, 'utf8').toString('base64')
  const request: HttpRequest = {
    method: body === undefined ? 'GET' : 'POST',
    url: (baseUrl || defaultBaseUrl).replace(/\/+$/, '') + path,
    headers: {
      authorization: `Basic ${basic}`,
      // Without it the answer may be XML (contract 1).
      accept: 'application/json',
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  }
  return books.http.send(request)
}

const read = async <T>(books: Books, path: string, schema: z.ZodType<T>): Promise<T> =>
  parseJson(bodyOf(await send(books, path), system, recogniseLimit(books)), schema, system)

/** Like `read`, and null for 404: the call is about something that may not be there. */
const readIfThere = async <T>(
  books: Books,
  path: string,
  schema: z.ZodType<T>,
): Promise<T | null> => {
  const result = await send(books, path)
  if (result.is === 'answer' && result.status === 404) return null
  return parseJson(bodyOf(result, system, recogniseLimit(books)), schema, system)
}

/** One path segment. An e-mail address keeps its @, as in the vendor's example (contract 2.4). */
const segment = (text: string): string => encodeURIComponent(text).replaceAll('%40', '@')

export const readTaxes = (books: Books): Promise<WireTax[]> =>
  read(books, '/taxes', collectionOf(wireTax))

export const readProfiles = (books: Books): Promise<WireNamed[]> =>
  read(books, '/profiles', collectionOf(wireNamed))

/** Only two clients are known to use this call, and a category is optional: an account may lack it. */
export const readCategories = async (books: Books): Promise<WireNamed[]> =>
  (await readIfThere(books, '/categories', collectionOf(wireNamed))) ?? []

export const readCountries = (books: Books, language: 'nl' | 'en'): Promise<WireNamed[]> =>
  read(books, `/countrylist/${language}`, collectionOf(wireNamed))

/** Clients whose e-mail field has something of `email` in it; comparing is the caller's task. */
export const searchClients = async (books: Books, email: string): Promise<WireClient[]> =>
  (await readIfThere(books, `/search/clients/email/${segment(email)}`, collectionOf(wireClient))) ??
  []

/** @returns null when there is none: 404, or the list that an unknown id gets (quirk 7.1) */
export const readClient = async (books: Books, id: string): Promise<WireClient | null> => {
  const client = await readIfThere(books, `/clients/${segment(id)}`, onlyOne(wireClient))
  return client?.clientnr === id ? client : null
}

export const createClient = async (books: Books, body: WireDebtor): Promise<Outcome<string>> =>
  outcomeOf(
    await send(books, '/clients', body),
    system,
    (answer) => readClientNumber(answer.body),
    recogniseRefusal(books, (status) => reason('DEBTOR_REFUSED', { system, status })),
  )

/** @returns the number of the new invoice */
export const createInvoice = async (books: Books, body: WireInvoice): Promise<Outcome<string>> =>
  outcomeOf(
    await send(books, '/invoices', body),
    system,
    (answer) => readNumber(answer.body),
    recogniseRefusal(books, (status) => reason('INVOICE_REFUSED', { system, status })),
  )

export const readInvoice = (books: Books, number: string): Promise<WireInvoiceRow | null> =>
  readIfThere(books, `/invoices/${segment(number)}`, onlyOne(wireInvoiceRow))

/** One row of today, or none: shows that invoices may be read. */
export const tryInvoices = (books: Books, since: string): Promise<unknown> =>
  read(books, `/invoices?since=${since}&count=1`, collectionOf(wireInvoiceRow))

interface InvoiceList {
  invoices: WireInvoiceRow[]
  /** False when the server may have kept rows back. */
  complete: boolean
}

/** Page sizes that servers use are multiples of this; a list of any other length is no full page. */
const pageSizeUnit = 50
const pagesMax = 40

/**
 * All invoices since a day, of one client if given. `count=-1` asks for all at once (contract 1.5), but
 * whoever concludes from an absence must know that nothing was kept back: a list that looks like a full page
 * is paged on, with both names that the offset goes by, until the server shows that there is no more.
 */
export const listInvoices = async (
  books: Books,
  filter: { since: string; until?: string; client: string | null },
): Promise<InvoiceList> => {
  const seen = new Map<string, WireInvoiceRow>()
  for (let page = 0; page < pagesMax; page += 1) {
    const query = new URLSearchParams({ since: filter.since, count: '-1' })
    if (filter.until !== undefined) query.set('until', filter.until)
    if (filter.client !== null) query.set('client', filter.client)
    if (seen.size > 0) {
      query.set('start', String(seen.size))
      query.set('offset', String(seen.size))
    }
    const path = `/invoices?${query.toString()}`
    const rows = await read(books, path, collectionOf(wireInvoiceRow))
    const fresh = rows.filter((row) => !seen.has(row.invoicenr))
    for (const row of fresh) seen.set(row.invoicenr, row)
    if (rows.length === 0 || rows.length % pageSizeUnit !== 0) {
      return { invoices: [...seen.values()], complete: true }
    }
    if (fresh.length === 0) break
  }
  return { invoices: [...seen.values()], complete: false }
}
