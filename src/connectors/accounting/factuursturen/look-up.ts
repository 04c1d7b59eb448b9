import { reason, Trouble } from '../../../problems/reason.ts'
import { later } from '../../../world/clock.ts'
import type {
  DebtorMatch,
  InvoiceFilter,
  InvoicePage,
  Lookup,
  LookupHint,
  Receipt,
} from '../../accounting.ts'
import { monthsOf } from '../../months.ts'
import { listInvoices, readClient, readInvoice, searchClients, type Books } from './api.ts'
import { debtorOf } from './debtor.ts'
import { clean, system } from './fields.ts'
import type { WireInvoice } from './map.ts'
import type { WireClient, WireInvoiceRow } from './wire.ts'

const dayMs = 86_400_000

/** The day of a moment, YYYY-MM-DD. */
export const dateOf = (moment: Date): string => moment.toISOString().slice(0, 10)

const dayBefore = (date: string): string => dateOf(later(new Date(`${date}T00:00:00Z`), -dayMs))

const receiptOf = (row: WireInvoiceRow): Receipt => ({
  remoteId: row.id || row.invoicenr,
  remoteNumber: row.invoicenr_full || row.invoicenr,
  total: row.totalintax,
})

const byNumber = (one: WireClient, other: WireClient): number =>
  Number(one.clientnr) - Number(other.clientnr)

/**
 * The search may match a part, and its field may hold several addresses (contract 2.4), so it is compared
 * here. Several clients may have one address: the oldest active one is meant, and of only inactive ones the
 * oldest, for a new client would be one more double.
 */
export const findDebtor = async (books: Books, email: string): Promise<DebtorMatch> => {
  const asked = clean(email)
  const wanted = asked.toLowerCase()
  if (wanted === '') return { is: 'none' }
  const matches = (await searchClients(books, asked)).filter((client) =>
    client.email.split(',').some((address) => address.trim().toLowerCase() === wanted),
  )
  const sorted = matches.sort(byNumber)
  const chosen = sorted.find((client) => client.active) ?? sorted[0]
  return chosen === undefined ? { is: 'none' } : { is: 'found', debtor: debtorOf(chosen) }
}

/** The client with this number; none when it was deleted or merged away. */
export const readDebtor = async (books: Books, id: string): Promise<DebtorMatch> => {
  const client = await readClient(books, id.trim())
  return client === null ? { is: 'none' } : { is: 'found', debtor: debtorOf(client) }
}

/**
 * Looks for our reference among the invoices of the customer, or of everybody when the customer is unknown
 * (contract 6, option 1). From one day before the date of the sale, for our time zone and theirs; without an
 * end, so that an invoice is also seen when the server ignored `sent` and dated it the day it was made (a
 * sale dated in the future begins at today for the same reason).
 */
export const find = async (books: Books, reference: string, hint: LookupHint): Promise<Lookup> => {
  const wanted = clean(reference)
  if (wanted === '') throw new Error('a look-up without reference')
  const today = dateOf(books.clock.now())
  const since = dayBefore(hint.date < today ? hint.date : today)
  const { invoices, complete } = await listInvoices(books, { since, client: hint.debtorId })
  const [hit, ...others] = invoices.filter((invoice) => clean(invoice.reference.line1) === wanted)
  // Two with our reference: one of them is not ours, or both are. Only a person can tell.
  if (others.length > 0 || (hit === undefined && !complete)) {
    return { is: 'cannot-tell', reason: reason('LOOKUP_IMPOSSIBLE', { system }) }
  }
  return hit === undefined ? { is: 'none' } : { is: 'found', receipt: receiptOf(hit) }
}

/** Every invoice of a period, a month at a time: each list comes whole (contract 1.5). */
export const invoices = async function* (
  books: Books,
  { from, until, debtorId }: InvoiceFilter,
): AsyncGenerator<InvoicePage> {
  for (const month of monthsOf(from, until)) {
    const filter = { since: month.from, until: month.until, client: debtorId }
    const { invoices: rows, complete } = await listInvoices(books, filter)
    const page = rows.map((row) => {
      const { remoteId, remoteNumber, total } = receiptOf(row)
      const reference = clean(row.reference.line1)
      return { remoteId, remoteNumber, total, reference, date: row.sent, debtorId: row.clientnr }
    })
    yield { invoices: page, complete }
  }
}

/** What the books say about an invoice just made; only its number when they don't say it now. */
export const readBack = async (
  books: Books,
  wire: WireInvoice,
  number: string,
): Promise<Receipt> => {
  const unread = { remoteId: number, remoteNumber: number, total: null }
  try {
    const row = await readInvoice(books, number)
    // On old accounts a number may be another invoice's id (contract 3.3): ours carries our reference.
    if (row === null || clean(row.reference.line1) !== wire.reference.line1) return unread
    return receiptOf(row)
  } catch (error) {
    if (error instanceof Trouble) return unread
    throw error
  }
}
