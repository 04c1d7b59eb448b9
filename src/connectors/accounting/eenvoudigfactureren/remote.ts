import type { z } from 'zod'
import { reason, Trouble, type Reason } from '../../../problems/reason.ts'
import type { HttpAnswer, HttpRequest, HttpSilence } from '../../http.ts'
import { bodyOf, parseJson, type Recognise } from '../../reading.ts'
import type { Session } from '../../session.ts'
import { system } from './fields.ts'
import type { EenvoudigfacturerenCredentials, EenvoudigfacturerenSettings } from './settings.ts'
import { readError } from './wire.ts'

export type Books = Session<EenvoudigfacturerenCredentials, EenvoudigfacturerenSettings>

const defaultBaseUrl = 'https://eenvoudigfactureren.be/api/v1'

/** For how long one is blocked after too many calls is unknown (contract 1.4): we stay away for a while. */
const blockedMs = 300_000

/**
 * A block is said to exist, not how it shows (contract 1.4). A 403 of the API itself is a right that is
 * missing and says so in JSON; one with a web server's page, or with nothing, comes from in front of it.
 */
export const recogniseBlock: Recognise = ({ status, body }) =>
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

/** One call. Anything but a GET is made once, whatever comes of it. */
export const send = async (
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

/** A successful read. @throws Trouble */
export const read = async <T>(books: Books, path: string, schema: z.ZodType<T>): Promise<T> =>
  parseJson(bodyOf(await send(books, path), system, recogniseBlock), schema, system)

/** Statuses that say "not now" or "not you" rather than "not this". */
const notAboutTheData = new Set([401, 403, 408, 425, 429])

/** Fields that we send, and that an error may therefore name. */
const fields = [
  ...[
    'client_id',
    'external_invoice_id',
    'number',
    'reference',
    'date',
    'date_delivery',
    'days_due',
  ],
  ...['layout_id', 'currency', 'tax_included', 'tax_calculation', 'items', 'payments', 'recipient'],
  ...[
    'description',
    'quantity',
    'amount',
    'amount_with_tax',
    'tax_rate',
    'tax_rate_special_status',
  ],
  ...['name', 'attention', 'street', 'postal_code', 'city', 'country_code', 'tax_code', 'contacts'],
  ...['contact_name', 'email_address', 'phone_number', 'filter'],
]

/** The vendor's own pattern of errors (contract 1.3). Anything else may quote the customer and is not kept. */
const complaint = new RegExp(
  `^((${fields.join('|')}) (is required|too long|too short|unknown|not unique|cannot be empty)` +
    `|amount can not be 0\\.00)$`,
)

const complaintOf = (body: string): { complaint?: string } => {
  const error = readError(body)?.error.trim() ?? ''
  return complaint.test(error) ? { complaint: error } : {}
}

interface RefusedWith {
  status: number
  complaint?: string
}

export const recogniseRefusal =
  (refusal: (how: RefusedWith) => Reason): Recognise =>
  (answer) => {
    const block = recogniseBlock(answer)
    if (block !== null) return block
    const { status, body } = answer
    const isRefusal = status >= 400 && status <= 499 && !notAboutTheData.has(status)
    return isRefusal ? new Trouble('never', refusal({ status, ...complaintOf(body) })) : null
  }

export const debtorRefused = ({ status, ...how }: RefusedWith): Reason =>
  reason('DEBTOR_REFUSED', { system, status, ...how })

export const invoiceRefused = ({ status, ...how }: RefusedWith): Reason =>
  reason('INVOICE_REFUSED', { system, status, ...how })
