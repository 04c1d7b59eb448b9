import { z } from 'zod'
import type { Outcome } from '../../../problems/outcome.ts'
import type { HttpAnswer } from '../../http.ts'
import { bodyOf, outcomeOf, parseJson } from '../../reading.ts'
import type { WireDebtor } from './debtor.ts'
import { system } from './fields.ts'
import type { WireBody } from './map.ts'
import {
  debtorRefused,
  invoiceRefused,
  read,
  recogniseBlock,
  recogniseRefusal,
  send,
  type Books,
} from './remote.ts'
import type { Sending } from './sending.ts'
import {
  clientFields,
  invoiceFields,
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

/** Whether an answer is an object of the API at all: its words for "sent" are not known (contract 3.6). */
const isObject = ({ body }: HttpAnswer): true | null => {
  try {
    parseJson(body, z.object({}), system)
    return true
  } catch {
    return null
  }
}

/** Has an invoice sent to its customer. Doing it twice sends it twice (contract 3.6). */
export const sendInvoice = async (
  books: Books,
  id: string,
  { path, body }: Sending,
): Promise<Outcome<true>> =>
  outcomeOf(
    await send(books, `/invoices/${encodeURIComponent(id)}/${path}`, body),
    system,
    isObject,
    recogniseRefusal(invoiceRefused),
  )
