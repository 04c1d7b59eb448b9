import { type SandboxRequest } from '../kit/server.ts'
import { created, ok, type Reply } from './answer.ts'
import { readBody } from './body.ts'
import { type Books, nextId, today } from './books.ts'
import { findClient } from './client-calls.ts'
import { uriOf, wireId, wireInvoice } from './encode.ts'
import { type Fields, isGiven, readText } from './fields.ts'
import {
  type Content,
  type Invoice,
  type InvoiceRules,
  isStructuredMessage,
  readInvoice,
  structuredMessageOf,
} from './invoice.ts'
import { pay, readPayments } from './payments.ts'
import { listOf, type ListRules, pick } from './query.ts'
import { Refusal, unknown } from './refusal.ts'
import { isSendCall, sendInvoice } from './send-calls.ts'

const list: ListRules = {
  fields: (
    'invoice_id external_invoice_id client_id client_name client_attention type number reference date ' +
    'date_delivery status days_due date_overdue currency total_without_tax total_with_tax total_paid ' +
    'structured_message'
  ).split(' '),
  sortable: ['invoice_id', 'number', 'date', 'client_name'],
}

/** What reading an invoice of these books depends on. */
export const invoiceRules = (books: Books): InvoiceRules => ({
  account: books.account,
  switches: books.switches,
  today: today(books),
  nextId: () => nextId(books),
  findClient: (id) => {
    try {
      return findClient(books, id)
    } catch {
      // Inside an invoice it is bad data, not a missing page (contract 1.3).
      throw new Refusal('client_id unknown')
    }
  },
})

/** The calls below /invoices (contract 3). */
export function answerInvoices(books: Books, request: SandboxRequest, rest: string[]): Reply {
  const [id = '', part = ''] = rest
  if (id === '') {
    if (request.method === 'GET') return listInvoices(books, request.query)
    if (request.method === 'POST') return createInvoice(books, request)
    throw new Refusal('method not allowed', 405)
  }
  // By number it is 404 (contract 3): only ids count.
  const invoice = /^\d{1,15}$/.test(id) ? books.invoices.get(Number(id)) : undefined
  if (invoice === undefined) throw unknown('invoice_id')
  if (isSendCall(request, part)) return sendInvoice(books, request, invoice, part)
  if (part === '') return answerOne(books, request, invoice)
  return answerPart(books, request, invoice, part)
}

/** Gives an invoice its number and puts it in the books. @throws Refusal for a number in use */
export function bookInvoice(
  books: Books,
  content: Content,
  how: { number: string; structuredMessage: string; origin: Invoice['origin'] },
): Invoice {
  const { account } = books
  const taken = new Set([...books.invoices.values()].map((each) => each.number))
  const invoiceId = nextId(books)
  let { number } = how
  if (number !== '' && taken.has(number)) throw new Refusal('number not unique')
  while (number === '') {
    const next = account.numberLayout
      .replace('{year}', content.date.slice(0, 4))
      .replace('{counter}', String(books.counter).padStart(4, '0'))
    books.counter += 1
    if (!taken.has(next)) number = next
  }
  const made = structuredMessageOf(invoiceId)
  const invoice: Invoice = {
    ...content,
    invoiceId,
    number,
    structuredMessage: how.structuredMessage || (account.structuredMessages ? made : ''),
    payments: [],
    tags: [],
    events: [{ eventId: 1, date: today(books), type: 'created', content: '', recipients: '' }],
    origin: how.origin,
  }
  books.invoices.set(invoiceId, invoice)
  return invoice
}

function listInvoices(books: Books, query: URLSearchParams): Reply {
  // Seen on one large account, and not helped by made-up parameters (contract 1.5).
  if (books.switches.largeAccount && (query.get('filter') ?? '') === '') {
    throw new Refusal('internal error', 500)
  }
  const day = today(books)
  const rows = [...books.invoices.values()].map((invoice) => wireInvoice(invoice, books, day))
  return ok(listOf(rows, query, list, books), 'invoice')
}

function readStructuredMessage(fields: Fields): string {
  const text = readText(fields, 'structured_message')
  if (text === '') return ''
  if (text.length < 12) throw new Refusal('structured_message too short')
  if (!isStructuredMessage(text)) throw new Refusal('structured_message invalid')
  return text
}

/** POST /invoices: everything is checked before anything is kept, payments too. */
function createInvoice(books: Books, request: SandboxRequest): Reply {
  const fields = readBody(request)
  const content = readInvoice(fields, undefined, invoiceRules(books))
  const payments = readPayments(fields, content.totals.total, books)
  const structuredMessage = readStructuredMessage(fields)
  const number = readText(fields, 'number').trim()
  const invoice = bookInvoice(books, content, { number, structuredMessage, origin: 'api' })
  books.invoices.set(invoice.invoiceId, { ...invoice, payments })
  const id = wireId(invoice.invoiceId, books)
  return created('invoice', 'invoice_id', id, uriOf(`invoices/${invoice.invoiceId}`))
}

function answerOne(books: Books, request: SandboxRequest, invoice: Invoice): Reply {
  const { method, query } = request
  if (method === 'GET') {
    if (query.get('format') === 'pdf') return pdfOf(invoice)
    return ok(pick(wireInvoice(invoice, books, today(books)), query.get('fields')))
  }
  if (method === 'DELETE') {
    books.invoices.delete(invoice.invoiceId)
    books.deleted.push(invoice.invoiceId)
    return ok({ success: 'invoice removed' })
  }
  if (method !== 'POST' && method !== 'PUT') throw new Refusal('method not allowed', 405)
  // POST changes what is named; PUT replaces, and even renumbers (contract 3).
  const fields = readBody(request)
  const base = method === 'POST' ? invoice : undefined
  const content = readInvoice(fields, base, invoiceRules(books))
  const number = isGiven(fields, 'number') ? readText(fields, 'number') : invoice.number
  books.invoices.set(invoice.invoiceId, { ...invoice, ...content, number })
  return ok({ success: 'invoice updated' })
}

function answerPart(books: Books, request: SandboxRequest, invoice: Invoice, part: string): Reply {
  const wire = wireInvoice(invoice, books, today(books))
  if (request.method === 'GET' && part in wire && Array.isArray(wire[part])) return ok(wire[part])
  if (request.method !== 'POST') throw new Refusal('method not allowed', 405)
  if (part === 'payments') return pay(books, invoice, readBody(request))
  if (part === 'remarks') {
    const remark = readText(readBody(request), 'remark')
    if (remark === '') throw new Refusal('remark is required')
    const remarks = [...invoice.remarks, remark]
    books.invoices.set(invoice.invoiceId, { ...invoice, remarks })
    return created('remark', 'remark_id', remarks.length, uriOf(`invoices/${invoice.invoiceId}`))
  }
  throw new Refusal('subdomain unknown', 404)
}

/** A PDF with nothing on it but its head: enough to be recognised as one. */
function pdfOf({ number }: Invoice): Reply {
  const body = `%PDF-1.4\n% invoice ${number}\n%%EOF\n`
  const file = { name: `${number}.pdf`, type: 'application/pdf', body }
  return { status: 200, value: null, file }
}
