import { type Books } from './books.ts'
import { type Client, emptyClient, readClient } from './client.ts'
import { readDate, readDocument } from './document.ts'
import { type Fields, isFields } from './form.ts'
import { readText, readWhole } from './input.ts'
import { bookInvoice } from './invoice-create.ts'
import { type Switches } from './switches.ts'

/**
 * Puts clients in the books as a person would in the web app: any length goes, `clientnr` may be
 * chosen. Takes one object or a list, with the fields of the API.
 * @returns the client numbers.
 */
export function plantClients(books: Books, value: unknown): number[] {
  return readObjects(value).map((fields) => plantClient(books, fields))
}

/**
 * Puts hand-made invoices in the books: no client, no lines and any tax rate will do, and nobody
 * is mailed. Besides the API's fields: `date` for the invoice date.
 * @returns the invoice numbers.
 */
export function plantInvoices(books: Books, value: unknown): string[] {
  return readObjects(value).map((fields) => plantInvoice(books, fields))
}

function plantClient(books: Books, fields: Fields): number {
  const number = readWhole(fields, 'clientnr', books.clients.nextNumber())
  const switches = { tooLong: 'cut', unknownCountry: 'home' } as const
  const base = books.clients.get(number) ?? handMade(books, number)
  const client = readClient(fields, base, { account: books.account, switches })
  // A person is not held to the lengths of the API.
  books.clients.put({ ...client, ...overlongTexts(fields, client) })
  return number
}

function plantInvoice(books: Books, fields: Fields): string {
  const number = readWhole(fields, 'clientnr', 0)
  const client = books.clients.get(number) ?? handMade(books, number)
  const switches: Switches = { ...books.switches, tooLong: 'cut', unknownTaxRate: 'accept' }
  const document = readDocument(fields, { account: books.account, switches, client })
  const forced = readWhole(fields, 'invoicenr', 0)
  const invoice = bookInvoice(books, document, {
    origin: 'hand',
    sent: readDate(fields, 'date') || readDate(fields, 'sent'),
    paidDate: readDate(fields, 'paiddate'),
    forcedDigits: forced === 0 ? '' : String(forced),
  })
  const uncollectible = readDate(fields, 'uncollectible')
  if (uncollectible !== '') books.invoices.put({ ...invoice, uncollectible })
  return invoice.number
}

function handMade(books: Books, number: number): Client {
  const made = { createdAt: books.now().toISOString(), origin: 'hand' } as const
  return emptyClient(number, books.account, made)
}

function overlongTexts(fields: Fields, client: Client): Partial<Client> {
  const names = Object.keys(fields).filter((name) => {
    const cut = (client as unknown as Fields)[name]
    return typeof cut === 'string' && cut !== readText(fields, name)
  })
  return Object.fromEntries(names.map((name) => [name, readText(fields, name)]))
}

function readObjects(value: unknown): Fields[] {
  const list: unknown[] = Array.isArray(value) ? value : [value]
  return list.map((item) => {
    if (isFields(item)) return item
    throw new Error('send one object or a list of objects')
  })
}
