import { json } from '../kit/message.ts'
import { type SandboxAnswer, type SandboxRequest } from '../kit/server.ts'
import { type Books, type Invoice, type Relation } from './books.ts'
import { addDays, momentOf } from './calendar.ts'
import { formatDecimal } from './decimal.ts'
import { createInvoice, invoiceOf, totalsOf } from './invoices.ts'
import { settingLists, writeAdministration } from './lists.ts'
import { readBody } from './members.ts'
import { editedSince, pageOf, readNumber } from './paging.ts'
import { invalid, unknownPath } from './refusal.ts'
import { createRelation, relationOf, searchRelations } from './relations.ts'

const paging = { first: 1, records: 20 }

function writeRelation(relation: Relation): Record<string, unknown> {
  const { lastEdit, contacts, phone_number: phone, fax_number: fax, ...rest } = relation
  return { ...rest, phone, fax, contacts, last_edit: momentOf(lastEdit) }
}

/** An invoice as v2 writes it (contract §10). */
function writeInvoice(books: Books, invoice: Invoice): Record<string, unknown> {
  const { inclCents, exclCents } = totalsOf(books, invoice)
  const paid = { paid: 0, open: inclCents / 100 }
  return {
    id: invoice.id,
    relation_id: invoice.relationId,
    number: invoice.number,
    invoice_date: invoice.date,
    expiry_date: addDays(invoice.date, invoice.days),
    totals: {
      excl_vat: exclCents / 100,
      incl_vat: inclCents / 100,
      vat: (inclCents - exclCents) / 100,
      ...paid,
    },
    vat_option: invoice.vatOption,
    currency_id: invoice.currencyId,
    reference: invoice.reference,
    concept: invoice.concept ? '1' : '0',
    last_edit: momentOf(invoice.lastEdit),
    created_at: momentOf(invoice.createdAt),
    url: `https://app.informer.eu/invoices/sales/view/${invoice.id}`,
    status: invoice.concept ? 'concept' : 'open',
    lines: invoice.lines.map((line) => ({
      id: line.id,
      info: line.info,
      qty: Number(formatDecimal(line.qty)),
      description: line.description,
      amount: Number(formatDecimal(line.amount)),
      discount: Number(formatDecimal(line.discount)),
      vat: { id: line.vatId, percentage: Number(formatDecimal(line.percentage)) },
      ledger_id: line.ledgerId,
      costs_id: line.costsId,
      product_id: line.productId,
    })),
  }
}

/** A page with its pagination (contract §10). */
function listed<T extends { id: number }>(
  books: Books,
  { query }: SandboxRequest,
  key: string,
  items: readonly T[],
  write: (item: T) => unknown,
): SandboxAnswer {
  const { shown, page, records } = pageOf(books, query, items, paging)
  const pages = Math.ceil(items.length / records)
  const pagination = { page, records, total: items.length, pages }
  return json({ pagination, [key]: shown.map(write) })
}

const filters: Readonly<Record<string, (invoice: Invoice) => boolean>> = {
  concept: ({ concept }) => concept,
  open: ({ concept }) => !concept,
  collect: () => false,
  accruals: () => false,
  collection_fines: () => false,
  payment_plans: () => false,
}

function listInvoices(books: Books, request: SandboxRequest): SandboxAnswer {
  const { query } = request
  const name = query.get('filter') ?? ''
  const filter = filters[name]
  if (name !== '' && filter === undefined) throw invalid('filter')
  const relationId = readNumber(query, 'relation_id', 0)
  const isWanted = editedSince(books, query)
  const found = books.invoices.filter((invoice) => {
    if (!isWanted(invoice)) return false
    if (relationId !== 0 && invoice.relationId !== relationId) return false
    if (filter !== undefined) return filter(invoice)
    return books.switches.draftsInDefaultList || !invoice.concept
  })
  const isNewestFirst = query.get('sort') === 'created.desc'
  const order = isNewestFirst ? 'descending' : books.switches.order
  const room = { ...books, switches: { ...books.switches, order } }
  return listed(room, request, 'invoices', found, (each) => writeInvoice(books, each))
}

/** v2 calls two fields of a relation by other names (contract §6). */
function createV2Relation(books: Books, body: string): SandboxAnswer {
  const { phone, fax, ...rest } = readBody(body)
  // A private relation has no company name and the other way round: v2 forbids what v1 takes.
  const names =
    String(rest['relation_type']) === '0' ? { company_name: '' } : { firstname: '', surname: '' }
  createRelation(books, { ...names, ...rest, phone_number: phone, fax_number: fax })
  return json({ success: 'Relation saved' })
}

/** Version 2: enough of it to read, and its two creates (contract §10). @throws Refusal */
export function answerV2(
  books: Books,
  request: SandboxRequest,
  parts: readonly string[],
): SandboxAnswer {
  const { method, body, query } = request
  const path = parts.join('/')
  if (method === 'POST') {
    if (path === 'relations') return createV2Relation(books, body)
    if (path !== 'invoices/sales') throw unknownPath(path)
    const invoice = createInvoice(books, readBody(body), 'api')
    return json({
      id: invoice.id,
      url: `https://app.informer.eu/invoices/sales/view/${invoice.id}`,
    })
  }
  if (method !== 'GET') throw unknownPath(path)
  if (path === 'administration') {
    const { street, trade_module: trade, ...rest } = writeAdministration(books)
    return json({ ...rest, address: street, modules: { trade: trade !== 'disabled' } })
  }
  if (path === 'relations') {
    const found = searchRelations(books, query).filter(editedSince(books, query))
    return listed(books, request, 'relations', found, writeRelation)
  }
  if (path === 'invoices/sales') return listInvoices(books, request)
  const id = Number(parts.at(-1))
  if (/^relations\/\d+$/.test(path)) return json(writeRelation(relationOf(books, id)))
  if (/^invoices\/sales\/\d+$/.test(path)) return json(writeInvoice(books, invoiceOf(books, id)))
  const list = settingLists(books).get(path)
  if (list === undefined) throw unknownPath(path)
  const items = list.items(books, query.get('search') ?? '')
  return json(items.map(({ id: itemId, members }) => ({ id: itemId, ...members })))
}
