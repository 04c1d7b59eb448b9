import { dateAndTime } from './calendar.ts'
import { type Books } from './books.ts'
import { type Client } from './client.ts'
import { type Document, readDate, readDocument } from './document.ts'
import { type Draft } from './drafts.ts'
import { type Fields } from './form.ts'
import { isGiven, readBoolean, readLimited, readText, readWhole } from './input.ts'
import { type Invoice, issueInvoice } from './invoice.ts'
import { readId } from './lookup.ts'
import { Refusal } from './refusal.ts'

const saveNameLength = 20
const counterMax = 1_000_000_000

/**
 * POST /invoices: finalises, or saves a draft (contract 3.2). Validation is thin on purpose
 * (contract 7.9).
 * @returns the text of the answer: the new number, or the draft's id (guess, contract 8).
 * @throws Refusal
 */
export function createInvoice(books: Books, fields: Fields): string {
  const client = books.clients.get(readId(readText(fields, 'clientnr')) ?? -1)
  const action = readText(fields, 'action')
  if (!isGiven(fields, 'clientnr')) throw new Refusal('clientnr is required')
  if (client === undefined) throw new Refusal('client not found')
  if (!['send', 'save', 'repeat'].includes(action)) {
    throw new Refusal('action must be one of send, save, repeat')
  }
  if (action === 'send' && !isGiven(fields, 'sendmethod')) {
    throw new Refusal('sendmethod is required when action is send')
  }
  const document = readDocument(fields, {
    account: books.account,
    switches: books.switches,
    client,
  })
  if (document.lines.length === 0) throw new Refusal('lines is required')
  if (action === 'send') return sendInvoice(books, fields, document)
  return String(saveDraft(books, fields, document, action === 'save' ? 'save' : 'repeat').id)
}

/** Gives a document the next number and puts it in the books. */
export function bookInvoice(
  books: Books,
  document: Document,
  how: Pick<Invoice, 'origin' | 'paidDate'> & { sent: string; forcedDigits: string },
): Invoice {
  const { account, invoices } = books
  const invoice = issueInvoice(document, {
    ...how,
    account,
    sequence: invoices.nextSequence(),
    counter: books.counter,
    moment: books.now(),
    paymentToken: books.random().toString(36).slice(2, 12),
  })
  if (invoices.find(invoice.number) !== undefined) {
    throw new Refusal(`invoicenr ${invoice.number} is in use`)
  }
  if (how.forcedDigits === '') books.counter += 1
  invoices.put(invoice)
  rememberLastInvoice(books, document.client, invoice.date)
  return invoice
}

function sendInvoice(books: Books, fields: Fields, document: Document): string {
  const { sentOnCreate, createAnswer } = books.switches
  const sent = readDate(fields, 'sent')
  if (sent !== '' && sentOnCreate === 'refuse') throw new Refusal('sent cannot be set')
  const forced = readWhole(fields, 'invoicenr', 0)
  if (forced < 0 || forced > counterMax)
    throw new Refusal('invoicenr is not a number without layout')
  const invoice = bookInvoice(books, document, {
    origin: 'api',
    sent: sentOnCreate === 'take' ? sent : '',
    paidDate: readDate(fields, 'paiddate'),
    forcedDigits: forced === 0 ? '' : String(forced),
  })
  return createAnswer === 'layout' ? invoice.number : invoice.digits
}

function saveDraft(books: Books, fields: Fields, document: Document, kind: Draft['kind']): Draft {
  const { drafts, switches } = books
  if (!isGiven(fields, 'savename')) throw new Refusal(`savename is required when action is ${kind}`)
  const name = readLimited(fields, 'savename', saveNameLength, switches.tooLong)
  const before = drafts.named(kind, name)
  if (before !== undefined && !readBoolean(fields, 'overwrite_if_exist', false)) {
    throw new Refusal(`savename ${name} exists`)
  }
  const moment = books.now()
  const draft: Draft = {
    ...document,
    id: before?.id ?? drafts.nextId(),
    kind,
    name,
    dateSaved: dateAndTime(moment).date,
    createdAt: moment.toISOString(),
  }
  drafts.put(draft)
  return draft
}

function rememberLastInvoice(books: Books, client: Client, date: string): void {
  // A planted invoice may be of a client that is not in the books.
  if (books.clients.get(client.clientnr) === undefined) return
  if (date > client.lastinvoice) books.clients.put({ ...client, lastinvoice: date })
}
