import { z } from 'zod'
import { reason, Trouble, type Reason } from '../../../problems/reason.ts'
import type { Outcome } from '../../../problems/outcome.ts'
import type { HttpAnswer, HttpRequest, HttpSilence } from '../../http.ts'
import { bodyOf, outcomeOf, parseJson, type Recognise } from '../../reading.ts'
import type { Session } from '../../session.ts'
import type { WireDebtor } from './debtor.ts'
import { system } from './fields.ts'
import type { WireBody } from './map.ts'
import type { Sending } from './sending.ts'
import type { EenvoudigfacturerenCredentials, EenvoudigfacturerenSettings } from './settings.ts'
import {
  clientFields,
  invoiceFields,
  readError,
  wireClient,
  wireCreated,
  wireInvoiceRow,
  wireLayout,
  wireSettings,
  type WireClient,
  type WireInvoiceRow,
  type WireLayout,
  type WireTaxes,
} from './wire.ts'

export type Books = Session<EenvoudigfacturerenCredentials, EenvoudigfacturerenSettings>

const defaultBaseUrl = 'https://eenvoudigfactureren.be/api/v1'

/** For how long one is blocked after too many calls is unknown (contract 1.4): we stay away for a while. */
const blockedMs = 300_000

/**
 * A block is said to exist, not how it shows (contract 1.4). A 403 of the API itself is a right that is
 * missing and says so in JSON; one with a web server's page, or with nothing, comes from in front of it.
 */
const recogniseBlock: Recognise = ({ status, body }) =>
  status === 403 && /^\s*(<!doctype|<html|$)/i.test(body)
    ? new Trouble('later', reason('RATE_LIMITED', { system }), { retryAfterMs: blockedMs })
    : null

/**
 * Two errors were recorded with status 200 and the real code inside the body (contract 1.3). An answer that
 * says both "fine" and "error", without a code, is treated as trouble: for a create that is uncertain.
 */
const unmasked = (result: HttpAnswer | HttpSilence): HttpAnswer | HttpSilence => {
  if (result.is === 'silence' || result.status < 200 || result.status > 299) return result
  const inside = readError(result.body)
  if (inside === null) return result
  const isStatus = inside.code !== null && inside.code >= 400 && inside.code <= 599
  return { ...result, status: isStatus && inside.code !== null ? inside.code : 500 }
}

const send = async (
  books: Books,
  path: string,
  body?: unknown,
): Promise<HttpAnswer | HttpSilence> => {
  const { apiKey, baseUrl } = books.credentials
  const request: HttpRequest = {
    method: body === undefined ? 'GET' : 'POST',
    url: (baseUrl || defaultBaseUrl).replace(/\/+$/, '') + path,
    headers: {
      'x-api-key': apiKey,
      // Without it the answer is XML (contract 1).
      accept: 'application/json',
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  }
  return unmasked(await books.http.send(request))
}

const read = async <T>(books: Books, path: string, schema: z.ZodType<T>): Promise<T> =>
  parseJson(bodyOf(await send(books, path), system, recogniseBlock), schema, system)

/** Statuses that say "not now" or "not you" rather than "not this". */
const notAboutTheData = new Set([401, 403, 408, 425, 429])

/** The vendor's own pattern of errors (contract 1.3). Anything else may quote the customer and is not kept. */
const complaint =
  /^([a-z_]{2,40} (is required|too long|too short|unknown|not unique|cannot be empty)|amount can not be 0\.00)$/

const complaintOf = (body: string): { complaint?: string } => {
  const error = readError(body)?.error.trim() ?? ''
  return complaint.test(error) ? { complaint: error } : {}
}

interface RefusedWith {
  status: number
  complaint?: string
}

const recogniseRefusal =
  (refusal: (how: RefusedWith) => Reason): Recognise =>
  (answer) => {
    const block = recogniseBlock(answer)
    if (block !== null) return block
    const { status, body } = answer
    const isRefusal = status >= 400 && status <= 499 && !notAboutTheData.has(status)
    return isRefusal ? new Trouble('never', refusal({ status, ...complaintOf(body) })) : null
  }

const debtorRefused = ({ status, ...how }: RefusedWith): Reason =>
  reason('DEBTOR_REFUSED', { system, status, ...how })

const invoiceRefused = ({ status, ...how }: RefusedWith): Reason =>
  reason('INVOICE_REFUSED', { system, status, ...how })

/** The id in the answer to a create; null when there is none. */
const createdId =
  (key: 'invoice_id' | 'client_id') =>
  ({ body }: HttpAnswer): string | null => {
    try {
      return parseJson(body, wireCreated, system)[key] ?? null
    } catch {
      return null
    }
  }

/**
 * One condition on a top-level field. The spelling `__eq__` leaves nothing to encode but the value. How a
 * comma or an operator inside a value is escaped is not documented: then "contains" is asked of the longest
 * part without any, which finds more and never less; comparing is the caller's task anyway.
 * @returns null when the value has no such part
 */
export const filterOn = (field: string, value: string): string | null => {
  const parts = value.split(/[,=<>!~]+|__+/).map((part) => part.trim())
  const [longest = ''] = parts.toSorted((one, other) => other.length - one.length)
  if (longest === '') return null
  const operator = longest === value ? '__eq__' : '%3D%7E'
  return `${field}${operator}${encodeURIComponent(longest)}`
}

interface Listing<T> {
  rows: T[]
  /** False when the server may have kept rows back. */
  isComplete: boolean
}

const takeMax = 100
const pagesMax = 40

/**
 * Every row of a filtered list. A filter that the server ignores gives the whole list, silently (contract
 * 1.5): so it is paged to its end, and whoever concludes from an absence is told when that was not reached.
 */
const list = async <T>(
  books: Books,
  path: string,
  row: z.ZodType<T>,
  idOf: (row: T) => string,
): Promise<Listing<T>> => {
  const seen = new Map<string, T>()
  for (let page = 0; page < pagesMax; page += 1) {
    const skip = page === 0 ? '' : `&skip=${page * takeMax}`
    const rows = await read(books, `${path}&take=${takeMax}${skip}`, z.array(row))
    const before = seen.size
    for (const each of rows) seen.set(idOf(each), each)
    if (rows.length < takeMax) return { rows: [...seen.values()], isComplete: true }
    if (seen.size === before) break
  }
  return { rows: [...seen.values()], isComplete: false }
}

/** Clients that may have this address; all there are when the server ignores the filter. */
export const listClients = (books: Books, email: string): Promise<Listing<WireClient>> => {
  const filter = filterOn('email_address', email)
  const path = `/clients?filter=${filter ?? 'client_id__ge__0'}&fields=${clientFields}`
  return list(books, path, wireClient, (client) => client.client_id)
}

/** @returns null when there is none with this id */
export const readClient = async (books: Books, id: string): Promise<WireClient | null> => {
  // An empty id would ask for the list of all.
  if (!/^\d{1,15}$/.test(id)) return null
  const result = await send(books, `/clients/${id}`)
  if (result.is === 'answer' && result.status === 404) return null
  const client = parseJson(bodyOf(result, system, recogniseBlock), wireClient, system)
  return client.client_id === id ? client : null
}

/** Invoices that may be the ones asked for. Never without a filter: a large account answers 500 to that. */
export const listInvoices = (books: Books, filter: string): Promise<Listing<WireInvoiceRow>> =>
  list(
    books,
    `/invoices?filter=${filter}&fields=${invoiceFields}`,
    wireInvoiceRow,
    (invoice) => invoice.invoice_id,
  )

export const readInvoice = (books: Books, id: string): Promise<WireInvoiceRow> =>
  read(books, `/invoices/${encodeURIComponent(id)}`, wireInvoiceRow)

/** Layouts without their templates, which are big (contract 4). */
export const readLayouts = (books: Books): Promise<WireLayout[]> =>
  read(books, '/layouts?fields=layout_id,name,active', z.array(wireLayout))

export const readTaxes = async (books: Books): Promise<WireTaxes> =>
  (await read(books, '/settings?fields=taxes', wireSettings)).taxes

export const createClient = async (books: Books, body: WireDebtor): Promise<Outcome<string>> =>
  outcomeOf(
    await send(books, '/clients', body),
    system,
    createdId('client_id'),
    recogniseRefusal(debtorRefused),
  )

/** @returns the id of the new invoice; its number takes a read (contract 1.2) */
export const createInvoice = async (books: Books, body: WireBody): Promise<Outcome<string>> =>
  outcomeOf(
    await send(books, '/invoices', body),
    system,
    createdId('invoice_id'),
    recogniseRefusal(invoiceRefused),
  )

/** Has an invoice sent to its customer. Doing it twice sends it twice (contract 3.6). */
export const sendInvoice = async (
  books: Books,
  id: string,
  { path, body }: Sending,
): Promise<Outcome<true>> =>
  outcomeOf(
    await send(books, `/invoices/${encodeURIComponent(id)}/${path}`, body),
    system,
    () => true,
    recogniseRefusal(invoiceRefused),
  )
