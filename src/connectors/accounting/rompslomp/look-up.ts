import type { Outcome } from '../../../problems/outcome.ts'
import { reason, Trouble } from '../../../problems/reason.ts'
import type { InvoiceFilter, InvoicePage, Lookup, Receipt } from '../../accounting.ts'
import { monthsOf } from '../../months.ts'
import { createIn, listIn, type Books } from './api.ts'
import { clean, system } from './fields.ts'
import type { WireInvoice } from './map.ts'
import { wireInvoice, type WireInvoiceRow } from './wire.ts'

/** A concept has no number yet, so its id stands for it. */
const receiptOf = (row: WireInvoiceRow): Receipt => ({
  remoteId: row.id,
  remoteNumber: row.invoice_number || row.id,
  total: row.price_with_vat,
})

/**
 * Asks for our `api_reference`, which is unique in an administration (contract §0 point 1). Whether the
 * filter is exact is not known, so it is compared here. A row without reference cannot be an answer to this
 * question: then nothing may be concluded from an absence.
 */
export const find = async (books: Books, reference: string): Promise<Lookup> => {
  const wanted = clean(reference)
  if (wanted === '') throw new Error('a look-up without reference')
  const { items, complete } = await listIn(books, {
    path: 'sales_invoices',
    query: [['search[api_reference]', wanted]],
    name: 'sales_invoices',
    item: wireInvoice,
  })
  const [hit, ...others] = items.filter(({ api_reference }) => api_reference === wanted)
  const isBlind = !complete || items.some(({ api_reference }) => api_reference === null)
  // Two with our reference: a race that the server let pass. Only a person can tell.
  if (others.length > 0 || (hit === undefined && isBlind)) {
    return { is: 'cannot-tell', reason: reason('LOOKUP_IMPOSSIBLE', { system }) }
  }
  return hit === undefined ? { is: 'none' } : { is: 'found', receipt: receiptOf(hit) }
}

/** The status of a validation that failed; a reference that is taken is one (contract §3). */
const invalidStatus = 422

/**
 * Creates the invoice. A refusal by validation may mean that the reference is there already: from a request of ours
 * whose answer was lost (contract §10), or from another shop of the merchant. Which of them is for the engine to
 * find out, so that this is uncertain.
 */
export const create = async (books: Books, wire: WireInvoice): Promise<Outcome<Receipt>> => {
  const outcome = await createIn(books, {
    path: 'sales_invoices',
    name: 'sales_invoice',
    body: wire,
    item: wireInvoice,
    refusal: 'INVOICE_REFUSED',
  })
  if (outcome.is === 'done') return { is: 'done', value: receiptOf(outcome.value) }
  if (outcome.is !== 'refused' || outcome.reason.params['status'] !== invalidStatus) return outcome
  try {
    const lookup = await find(books, wire.api_reference)
    if (lookup.is === 'none') return outcome
    const why = lookup.is === 'found' ? reason('OUTCOME_UNKNOWN', { system }) : lookup.reason
    return { is: 'uncertain', reason: why }
  } catch (error) {
    if (error instanceof Trouble) return { is: 'uncertain', reason: error.reason }
    throw error
  }
}

/** Every invoice of a period, concepts too, a month at a time (contract §9). */
export const invoices = async function* (
  books: Books,
  { from, until, debtorId }: InvoiceFilter,
): AsyncGenerator<InvoicePage> {
  for (const month of monthsOf(from, until)) {
    const { items, complete } = await listIn(books, {
      path: 'sales_invoices',
      query: [
        ['search[from]', month.from],
        ['search[till]', month.until],
        ...(debtorId === null ? [] : [['search[contact_id]', debtorId] as const]),
      ],
      name: 'sales_invoices',
      item: wireInvoice,
    })
    const page = items.map((row) => ({
      ...receiptOf(row),
      reference: row.api_reference ?? '',
      date: row.date,
      debtorId: row.contact_id,
    }))
    yield { invoices: page, complete }
  }
}
