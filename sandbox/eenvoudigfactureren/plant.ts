import { type Books, nextId } from './books.ts'
import { clientRules, numbered } from './client-calls.ts'
import { type Client, emptyClient, readClient } from './client.ts'
import { type Fields, isFields, readText } from './fields.ts'
import { bookInvoice, invoiceRules } from './invoice-calls.ts'
import { readInvoice } from './invoice.ts'
import { readPayments } from './payments.ts'
import { type Switches } from './switches.ts'

/** A person at the vendor's own screens is held to nothing that the API alone insists on. */
const lenient = (switches: Switches): Switches => ({
  ...switches,
  unknownTaxRate: 'accept',
  zeroAmount: 'allowed',
  archivedClients: 'accept',
  phoneLength: 200,
  referenceLength: 1000,
})

/**
 * Puts clients in the books as a person would. Takes one object or a list, with the fields of the API;
 * without a name the client is called Hand.
 * @returns their ids
 */
export function plantClients(books: Books, value: unknown): number[] {
  return readList(value).map((fields) => {
    const rules = { ...clientRules(books), switches: lenient(books.switches) }
    const empty: Client = { ...emptyClient(nextId(books), 'hand'), name: 'Hand' }
    const client = numbered(books, readClient(fields, empty, rules))
    books.clients.set(client.client_id, client)
    return client.client_id
  })
}

/**
 * Puts hand-made invoices in the books, with the fields of the API; nobody is mailed.
 * @returns their ids
 */
export function plantInvoices(books: Books, value: unknown): number[] {
  return readList(value).map((fields) => {
    const rules = { ...invoiceRules(books), switches: lenient(books.switches) }
    const content = readInvoice(fields, undefined, rules)
    const payments = readPayments(fields, content.totals.total, {
      ...books,
      switches: rules.switches,
    })
    const invoice = bookInvoice(books, content, {
      number: readText(fields, 'number'),
      structuredMessage: readText(fields, 'structured_message'),
      origin: 'hand',
    })
    books.invoices.set(invoice.invoiceId, { ...invoice, payments })
    return invoice.invoiceId
  })
}

function readList(value: unknown): Fields[] {
  const list: unknown[] = Array.isArray(value) ? value : [value]
  return list.map((item) => {
    if (isFields(item)) return item
    throw new Error('send one object or a list of objects')
  })
}
