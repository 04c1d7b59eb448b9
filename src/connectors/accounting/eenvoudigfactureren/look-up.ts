import { reason, Trouble } from '../../../problems/reason.ts'
import type {
  DebtorMatch,
  InvoiceFilter,
  InvoicePage,
  Lookup,
  LookupHint,
  Receipt,
} from '../../accounting.ts'
import { monthsOf } from '../../months.ts'
import { filterOn, listClients, listInvoices, readClient } from './api.ts'
import { debtorOf } from './debtor.ts'
import { externalIdOf } from './external-id.ts'
import { clean, sameText, system } from './fields.ts'
import type { Books } from './remote.ts'
import { sendingUnknown } from './sending.ts'
import type { WireClient, WireInvoiceRow } from './wire.ts'

export const receiptOf = (row: WireInvoiceRow): Receipt => ({
  remoteId: row.invoice_id,
  remoteNumber: row.number || row.invoice_id,
  total: row.total_with_tax,
})

const impossible = () => reason('LOOKUP_IMPOSSIBLE', { system })

const byId = (one: WireClient, other: WireClient): number =>
  Number(one.client_id) - Number(other.client_id)

/** The client that an address means, as far as one filter finds it. */
const debtorAsked = async (books: Books, asked: string): Promise<DebtorMatch> => {
  const wanted = asked.toLowerCase()
  const { rows, isComplete } = await listClients(books, asked)
  const matches = rows
    .filter((client) => sameText(client.email_address.toLowerCase(), wanted))
    .toSorted(byId)
  const chosen = matches.find((client) => client.state !== 'archived') ?? matches[0]
  if (chosen !== undefined) return { is: 'found', debtor: debtorOf(chosen) }
  if (!isComplete) throw new Trouble('never', impossible())
  return { is: 'none' }
}

/**
 * Compared here, whatever the filter did (contract 2.2). Several clients may have one address: the oldest
 * active one is meant, and of only archived ones the oldest, for a new client would be one more double.
 * Whether the filter tells upper from lower case is not known (contract 1.5): asked as it was typed, which is
 * how we write it, and then in lower case.
 * @throws Trouble when none was seen and there may be more than could be read
 */
export const findDebtor = async (books: Books, email: string): Promise<DebtorMatch> => {
  const typed = clean(email)
  if (typed === '') return { is: 'none' }
  const match = await debtorAsked(books, typed)
  const lower = typed.toLowerCase()
  return match.is === 'none' && lower !== typed ? debtorAsked(books, lower) : match
}

/** The client with this id; none when it was deleted. */
export const readDebtor = async (books: Books, id: string): Promise<DebtorMatch> => {
  const client = await readClient(books, id.trim())
  return client === null ? { is: 'none' } : { is: 'found', debtor: debtorOf(client) }
}

/** The invoices a filter gives, or the trouble when the server refuses the filter itself. */
const asked = async (books: Books, filter: string) => {
  try {
    return await listInvoices(books, filter)
  } catch (error) {
    if (error instanceof Trouble && error.reason.code === 'REMOTE_REFUSES') return error
    throw error
  }
}

/**
 * Looks for the external id we gave, and when that gives nothing for the reference, which also finds what
 * was made by hand (contract 6). Neither filter has been seen in use: one that is refused leaves it to the
 * other, one that is ignored is seen through by comparing.
 * @throws Trouble when neither could be asked; a 500 is no answer either (contract 1.5)
 */
export const find = async (books: Books, reference: string, _hint: LookupHint): Promise<Lookup> => {
  const wanted = clean(reference)
  if (wanted === '') throw new Error('a look-up without reference')
  const externalId = externalIdOf(wanted)
  const isOurs = (row: WireInvoiceRow) =>
    sameText(row.external_invoice_id ?? '', externalId) || sameText(row.reference ?? '', wanted)
  const filters = [filterOn('external_invoice_id', externalId), filterOn('reference', wanted)]

  let refused: Trouble | null = null
  let answers = 0
  let isAbsent = false
  for (const filter of filters.filter((each) => each !== null)) {
    const listing = await asked(books, filter)
    if (listing instanceof Trouble) {
      refused = listing
      continue
    }
    answers += 1
    const [hit, ...others] = listing.rows.filter(isOurs)
    // Two with our reference: one of them is not ours, or both are. Only a person can tell.
    if (others.length > 0) return { is: 'cannot-tell', reason: impossible() }
    if (hit !== undefined) return { is: 'found', receipt: foundReceipt(books, hit) }
    // Ours carries both, so one whole list without it is enough.
    isAbsent ||= listing.isComplete
  }
  if (answers === 0 && refused !== null) throw refused
  return isAbsent ? { is: 'none' } : { is: 'cannot-tell', reason: impossible() }
}

/**
 * An invoice that has to be looked up was made by an attempt whose end nobody saw, so nobody knows whether
 * it was sent; what the invoice itself says about that is not known well enough (contract 3.6).
 */
const foundReceipt = (books: Books, row: WireInvoiceRow): Receipt => {
  const receipt = receiptOf(row)
  if (books.settings.sendInvoice === 'no') return receipt
  return { ...receipt, warning: sendingUnknown(receipt.remoteNumber) }
}

/** Every invoice of a period, a month at a time, so that each list stays within what is paged. */
export const invoices = async function* (
  books: Books,
  { from, until, debtorId }: InvoiceFilter,
): AsyncGenerator<InvoicePage> {
  for (const month of monthsOf(from, until)) {
    const days = `date__ge__${month.from},date__le__${month.until}`
    const client = debtorId === null ? '' : `,client_id__eq__${encodeURIComponent(debtorId)}`
    const { rows, isComplete } = await listInvoices(books, days + client)
    const page = rows.map((row) => ({
      ...receiptOf(row),
      reference: row.reference ?? '',
      date: row.date.slice(0, 10),
      debtorId: row.client_id || null,
    }))
    yield { invoices: page, complete: isComplete }
  }
}
