import type { Outcome } from '../../../problems/outcome.ts'
import { reason, Trouble } from '../../../problems/reason.ts'
import type { Amount } from '../../../money/amount.ts'
import type { InvoiceFilter, InvoicePage, Lookup, LookupHint, Receipt } from '../../accounting.ts'
import { create as createOne, readOne, readV2Invoices, scan, type Books } from './api.ts'
import { dayOf, daysBefore } from './dates.ts'
import { clean, system } from './fields.ts'
import { lists } from './lists.ts'
import type { WireInvoice } from './map.ts'

/** An invoice of either version. */
interface Row {
  id: string
  number: string
  /** Null: the answer has none, so it can't be compared. */
  reference: string | null
  concept: boolean
  total: Amount | null
}

/** Rows by their id; `complete` false when there may be more. */
interface Found {
  rows: readonly Row[]
  complete: boolean
}

/** A draft has no number yet, so its id stands for it. */
const receiptOf = (row: Row): Receipt => ({
  remoteId: row.id,
  remoteNumber: row.number || row.id,
  total: row.total,
})

/**
 * Reads the list, and that of the drafts as well: whether the first has them is not documented (contract
 * §7). A draft in it shows that it has. Else the drafts are read and then the list anew, so that a draft that
 * is made final in between is in one of the two.
 */
const withDrafts = async (
  list: (filter: string | null) => Promise<Found>,
  draft: string,
): Promise<Found> => {
  const all = await list(null)
  if (all.rows.some(({ concept }) => concept)) return all
  const drafts = await list(draft)
  const again = await list(null)
  return { rows: [...drafts.rows, ...again.rows], complete: drafts.complete && again.complete }
}

/** Far enough for a shop and a server at both ends of the world, and a day that `last_edit` may leave out. */
const marginDays = 2

/** The day from which an invoice for this sale may have been made; null when the date is none. */
const firstDayOf = (books: Books, { date }: LookupHint): string | null => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return null
  const today = dayOf(books.clock.now())
  // An invoice for a sale dated in the future may be there already.
  return daysBefore(date < today ? date : today, marginDays)
}

/** v1 has no filter but the day of the last edit (contract §7), which is never before the sale. */
const scanV1 = (books: Books, hint: LookupHint): Promise<Found> => {
  const since = firstDayOf(books, hint)
  const list = async (filter: string | null): Promise<Found> => {
    const { items, complete } = await scan(books, {
      ...lists.invoices,
      query: { ...(since !== null && { last_edit: since }), ...(filter !== null && { filter }) },
      records: 250,
      pagesMax: 40,
    })
    return { rows: items, complete }
  }
  return withDrafts(list, 'draft')
}

const v2Records = 100
const v2PagesMax = 20

/** All invoices of one relation (contract §10). */
const scanV2 = (books: Books, relationId: string): Promise<Found> =>
  withDrafts(async (filter) => {
    const rows = new Map<string, Row>()
    for (let page = 1; page <= v2PagesMax; page += 1) {
      const { pagination, invoices } = await readV2Invoices(books, {
        relation_id: relationId,
        sort: 'created.desc',
        records: String(v2Records),
        page: String(page),
        ...(filter !== null && { filter }),
      })
      for (const row of invoices) rows.set(row.id, row)
      if (rows.size >= pagination.total) return { rows: [...rows.values()], complete: true }
      if (invoices.length === 0) break
    }
    return { rows: [...rows.values()], complete: false }
  }, 'concept')

/**
 * By v2 where the merchant wants it, for one relation. That the key of v1 works there is only likely
 * (contract §1): whatever v2 refuses is asked of v1.
 */
const scanInvoices = async (books: Books, hint: LookupHint): Promise<Found> => {
  if (!books.settings.fastLookUp || hint.debtorId === null) return scanV1(books, hint)
  try {
    return await scanV2(books, hint.debtorId)
  } catch (error) {
    if (error instanceof Trouble && error.cure !== 'later') return scanV1(books, hint)
    throw error
  }
}

/**
 * Looks for our reference among drafts and final invoices (contract §11). It can't be told when two have it,
 * or when it is not there and the list was cut off or has rows without reference.
 */
export const find = async (books: Books, reference: string, hint: LookupHint): Promise<Lookup> => {
  const wanted = clean(reference)
  if (wanted === '') throw new Error('a look-up without reference')
  const { rows, complete } = await scanInvoices(books, hint)
  const hits = rows.filter((row) => row.reference !== null && clean(row.reference) === wanted)
  const [hit, ...others] = new Map(hits.map((row) => [row.id, row])).values()
  const isBlind = !complete || rows.some((row) => row.reference === null)
  if (others.length > 0 || (hit === undefined && isBlind)) {
    return { is: 'cannot-tell', reason: reason('LOOKUP_IMPOSSIBLE', { system }) }
  }
  return hit === undefined ? { is: 'none' } : { is: 'found', receipt: receiptOf(hit) }
}

/**
 * Every invoice of a period, drafts too. v1 lists by the day of the last edit only (contract §7), which is never
 * before the invoice: everything since the first day is read, and what lies outside is dropped.
 */
export const invoices = async function* (
  books: Books,
  { from, until, debtorId }: InvoiceFilter,
): AsyncGenerator<InvoicePage> {
  const read = (filter: Record<string, string>) =>
    scan(books, {
      ...lists.invoices,
      query: { last_edit: daysBefore(from, 1), ...filter },
      records: 250,
      pagesMax: 400,
    })
  const drafts = await read({ filter: 'draft' })
  const all = await read({})
  const rows = new Map([...drafts.items, ...all.items].map((row) => [row.id, row]))
  const page = [...rows.values()]
    .map((row) => ({
      ...receiptOf(row),
      reference: clean(row.reference ?? ''),
      date: (row.date || row.invoice_date).slice(0, 10),
      debtorId: row.relation_id || null,
    }))
    .filter(({ date }) => date === '' || (from <= date && date <= until))
    .filter((row) => debtorId === null || row.debtorId === debtorId)
  yield { invoices: page, complete: drafts.complete && all.complete }
}

/** What the books say about an invoice just made; only its id when they don't say it now. */
const readBack = async (books: Books, id: string): Promise<Receipt> => {
  const unread = { remoteId: id, remoteNumber: id, total: null }
  try {
    const row = await readOne(books, { ...lists.invoices, path: `/v1/invoice/sales/${id}/` }, id)
    return row === null ? unread : receiptOf(row)
  } catch (error) {
    if (error instanceof Trouble) return unread
    throw error
  }
}

/** Makes the invoice as a draft, and reads back what Informer made of it. */
export const create = async (books: Books, wire: WireInvoice): Promise<Outcome<Receipt>> => {
  const outcome = await createOne(books, {
    path: '/v1/invoice/sales/',
    idName: 'invoice_id',
    body: wire,
    refusal: 'INVOICE_REFUSED',
  })
  if (outcome.is !== 'done') return outcome
  return { is: 'done', value: await readBack(books, outcome.value) }
}
