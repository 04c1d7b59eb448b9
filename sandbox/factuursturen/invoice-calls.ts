import { type SandboxRequest } from '../kit/server.ts'
import { type Books } from './books.ts'
import { readDecimal, toCents } from './decimal.ts'
import { readDate } from './document.ts'
import { encodeDraft, encodeInvoice, encodeList } from './encode.ts'
import { type Draft } from './drafts.ts'
import { isGiven, readBody, readText } from './input.ts'
import { createInvoice } from './invoice-create.ts'
import { listInvoices, page } from './invoice-list.ts'
import { answerOne, readId } from './lookup.ts'
import { printPdf } from './pdf.ts'
import { Refusal } from './refusal.ts'
import { jsonReply, type Reply, textReply } from './reply.ts'

/** The calls below /invoices (contract 3.1). `id` is '' for the collection. */
export function answerInvoices(books: Books, request: SandboxRequest, id: string): Reply {
  const { method, query } = request
  if (method === 'POST' && id === '') return textReply(201, createInvoice(books, readBody(request)))
  if (method === 'GET' && id === '') return invoiceList(books, query)
  const invoice = books.invoices.find(id)
  if (method === 'GET') {
    return answerOne(books, {
      id,
      what: 'invoice',
      key: 'invoice',
      found: invoice && encodeInvoice(invoice),
      list: () => invoiceList(books, query),
    })
  }
  // There is no update: an invoice cannot be changed (contract 3.1).
  if (method !== 'DELETE') throw new Refusal('method not allowed', 405)
  if (invoice === undefined) throw new Refusal('invoice not found', 404)
  books.invoices.remove(invoice)
  books.deleted.push(invoice.number)
  return textReply(200)
}

/** GET /invoices_pdf/{invoicenr} (contract 3.1). */
export function answerPdf(books: Books, request: SandboxRequest, id: string): Reply {
  if (request.method !== 'GET') throw new Refusal('method not allowed', 405)
  const invoice = books.invoices.find(id)
  if (invoice === undefined) throw new Refusal('invoice not found', 404)
  return { is: 'pdf', pdf: printPdf(invoice) }
}

/** POST /invoices_payment/{id or invoicenr} (contract 3.6). */
export function answerPayment(books: Books, request: SandboxRequest, id: string): Reply {
  if (request.method !== 'POST') throw new Refusal('method not allowed', 405)
  const invoice = books.invoices.find(id)
  if (invoice === undefined) throw new Refusal('invoice not found', 404)
  const fields = readBody(request)
  const date = readDate(fields, 'date')
  if (date === '') throw new Refusal('date is required')
  if (!isGiven(fields, 'amount')) throw new Refusal('amount is required')
  const amount = readDecimal(fields['amount'])
  if (readText(fields, 'amount') !== 'full' && amount === undefined) {
    throw new Refusal('amount must be a number or full')
  }
  const openCents = amount === undefined ? 0 : invoice.openCents - toCents(amount)
  const paidDate = openCents <= 0 ? date : ''
  books.invoices.put({ ...invoice, openCents, paidDate })
  return textReply(201)
}

/** The calls below /invoices_saved and /invoices_repeated (contract 3.1). */
export function answerDrafts(
  books: Books,
  request: SandboxRequest,
  id: string,
  kind: Draft['kind'],
): Reply {
  const { method, query } = request
  if (method === 'GET' && id === '') return draftList(books, query, kind)
  const draft = books.drafts.get(kind, readId(id) ?? -1)
  if (method === 'GET') {
    return answerOne(books, {
      id,
      what: 'draft',
      key: books.switches.draftKey,
      found: draft && encodeDraft(draft, books),
      list: () => draftList(books, query, kind),
    })
  }
  if (method === 'POST') {
    throw new Refusal('the sandbox cannot send drafts: the body of this call is not documented')
  }
  if (method !== 'DELETE') throw new Refusal('method not allowed', 405)
  if (draft === undefined) throw new Refusal('draft not found', 404)
  books.drafts.remove(draft)
  return textReply(200)
}

function invoiceList(books: Books, query: URLSearchParams): Reply {
  return jsonReply(encodeList(listInvoices(books, query).map(encodeInvoice)))
}

function draftList(books: Books, query: URLSearchParams, kind: Draft['kind']): Reply {
  const drafts = page(books.drafts.all(kind), query, books.switches)
  return jsonReply(encodeList(drafts.map((draft) => encodeDraft(draft, books))))
}
