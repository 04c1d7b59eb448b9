import { startEenvoudigfactureren } from '../../../sandbox/eenvoudigfactureren/index.ts'
import { startFactuursturen } from '../../../sandbox/factuursturen/index.ts'
import { startInformer } from '../../../sandbox/informer/index.ts'
import { startRompslomp } from '../../../sandbox/rompslomp/index.ts'
import type { BooksEnd, EndOptions } from './end.ts'

/** Belgium's id at Factuursturen. */
const belgium = 18

const factuursturen = async (options: EndOptions): Promise<BooksEnd> => {
  const books = await startFactuursturen({
    ...options,
    limits: 'off',
    account: {
      country: belgium,
      taxes: [{ percentage: 21, type: 'H', default: true, country: belgium }],
    },
  })
  return {
    system: 'factuursturen',
    url: books.url,
    credentials: {
      userName: books.account.user,
      apiKey: books.account.apiKey,
      baseUrl: `${books.url}/api/v1`,
    },
    settings: {},
    vatTable: [],
    faults: books.faults,
    handle: (request) => books.handle(request),
    invoices: () =>
      books.ledger().invoices.map(({ reference, number, totalCents }) => ({
        reference: reference[0],
        number,
        totalCents,
      })),
    debtors: () => books.ledger().clients.map(({ email }) => email),
    creates: {
      invoice: { method: 'POST', path: '/invoices$' },
      debtor: { method: 'POST', path: '/clients$' },
    },
    close: () => books.close(),
  }
}

const eenvoudigfactureren = async (options: EndOptions): Promise<BooksEnd> => {
  const books = await startEenvoudigfactureren({ ...options, limits: 'off' })
  return {
    system: 'eenvoudigfactureren',
    url: books.url,
    credentials: { apiKey: books.account.apiKey, baseUrl: `${books.url}/api/v1` },
    settings: {},
    vatTable: [],
    faults: books.faults,
    handle: (request) => books.handle(request),
    invoices: () =>
      books
        .ledger()
        .invoices.map(({ reference, number, totalCents }) => ({ reference, number, totalCents })),
    debtors: () => books.ledger().clients.map((client) => client.email_address),
    creates: {
      invoice: { method: 'POST', path: '/invoices(\\?|$)' },
      debtor: { method: 'POST', path: '/clients(\\?|$)' },
    },
    close: () => books.close(),
  }
}

const codeRow = (vatCode: string, revenue: string, shipping: string) => ({
  destination: 'BE',
  percent: '21',
  vatCode,
  ledgers: { revenue, shipping },
})

const informer = async (options: EndOptions): Promise<BooksEnd> => {
  const books = await startInformer({ ...options, limits: 'off', isEmpty: true })
  return {
    system: 'informer',
    url: books.url,
    credentials: {
      securityCode: books.account.securityCode,
      apiKey: books.account.apiKey,
      baseUrl: books.url,
    },
    settings: { template: '51002', paymentCondition: '66001' },
    vatTable: [codeRow('81001', '90010', '90020')],
    faults: books.faults,
    handle: (request) => books.handle(request),
    invoices: () =>
      books.ledger().invoices.map((invoice) => ({
        reference: invoice.reference,
        // A draft has no number; its id is what the merchant gets to see.
        number: invoice.number || String(invoice.id),
        totalCents: invoice.totalCents,
      })),
    debtors: () => books.ledger().relations.map(({ email }) => email),
    creates: {
      invoice: { method: 'POST', path: '/v1/invoice/sales/$' },
      debtor: { method: 'POST', path: '/v1/relation/$' },
    },
    close: () => books.close(),
  }
}

/** The paid administration of the sandbox. */
const companyId = 418_223_901

const rompslomp = async (options: EndOptions): Promise<BooksEnd> => {
  const books = await startRompslomp({ ...options, limits: 'off', isEmpty: true })
  return {
    system: 'rompslomp',
    url: books.url,
    credentials: { apiToken: books.account.personalToken, baseUrl: `${books.url}/api/v1` },
    settings: { administration: String(companyId) },
    vatTable: [codeRow('300200101', '940011', '940012')],
    faults: books.faults,
    handle: (request) => books.handle(request),
    invoices: () =>
      books.ledger().invoices.map((invoice) => ({
        reference: invoice.reference,
        // A concept has no number; its id is what the merchant gets to see.
        number: invoice.number || String(invoice.id),
        totalCents: invoice.totalCents,
      })),
    debtors: () =>
      books.ledger().contacts.map((contact) => contact.contact_person_email_address ?? ''),
    creates: {
      invoice: { method: 'POST', path: '/sales_invoices$' },
      debtor: { method: 'POST', path: '/contacts$' },
    },
    close: () => books.close(),
  }
}

/** Every accounting system's end of a proof. A new one is a function and a line here. */
export const startBooksEnd: Readonly<Record<string, (options: EndOptions) => Promise<BooksEnd>>> = {
  factuursturen,
  eenvoudigfactureren,
  informer,
  rompslomp,
}
