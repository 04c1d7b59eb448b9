import { Trouble } from '../../../problems/reason.ts'
import type { AccountingConnector } from '../../accounting.ts'
import type { Finding } from '../../finding.ts'
import * as api from './api.ts'
import { create } from './book.ts'
import { choicesOf } from './choices.ts'
import { planDebtor, readTraits, writeDebtor } from './debtor.ts'
import { externalIdOf } from './external-id.ts'
import { system } from './fields.ts'
import { find, findDebtor, invoices, readDebtor } from './look-up.ts'
import { compose, currencies, type WireInvoice } from './map.ts'
import type { Books } from './remote.ts'
import { credentials, settings } from './settings.ts'

/** One cheap call per right we need. The searches find nothing: `.invalid` is nobody's (RFC 2606). */
const rights: readonly [string, (books: Books) => Promise<unknown>][] = [
  ['layouts', api.readLayouts],
  ['taxes', api.readTaxes],
  ['clients', (books) => api.listClients(books, 'nobody@doorvoer.invalid')],
  [
    'invoices',
    (books) =>
      api.listInvoices(books, `external_invoice_id__eq__${externalIdOf('doorvoer-probe')}`),
  ],
]

/** One after the other: many calls at once may get the account blocked (contract 1.4). */
const check = async (books: Books): Promise<Finding[]> => {
  const findings: Finding[] = []
  for (const [subject, attempt] of rights) {
    try {
      await attempt(books)
      findings.push({ subject })
    } catch (error) {
      if (!(error instanceof Trouble)) throw error
      findings.push({ subject, problem: error.reason })
    }
  }
  return findings
}

/** EenvoudigFactureren.be, REST API v1; also sold as SimplyBooks. */
export const eenvoudigfactureren: AccountingConnector<
  typeof credentials,
  typeof settings,
  WireInvoice
> = {
  id: 'eenvoudigfactureren',
  title: system,
  credentials,
  settings,
  capabilities: {
    vatCodes: false,
    products: false,
    // Others need an exchange rate (contract 3.1), and VAT must be stated in euros.
    currencies,
    // A negative total is a credit note (contract 3).
    creditInvoices: true,
    // By our external id and by reference; neither is unique at the server (contract 6).
    referenceSearch: 'filter',
    // How long the server may go on after we hung up is not documented. PHP stops by itself after 30 s, web
    // servers in front of it commonly after 60 s; this is twice that.
    lateEffectMs: 120_000,
    // No limit is published, only that too many calls in a row get one blocked (contract 1.4): one call a
    // second, one at a time.
    pace: { calls: 1, windowMs: 1_000, concurrency: 1 },
  },

  // A key does not tell whose account it opens; ids are of the whole system (contract §1.2).
  administration: ({ credentials: { baseUrl } }) => baseUrl,
  check,
  choices: async (books) => choicesOf(await api.readTaxes(books), await api.readLayouts(books)),
  findDebtor,
  readDebtor,
  planDebtor,
  createDebtor: async (books, debtor, traits) => {
    const written = writeDebtor(debtor, readTraits(traits))
    if (written.is === 'refused') return written
    const outcome = await api.createClient(books, written.body)
    return outcome.is === 'done' ? { is: 'done', value: { id: outcome.value, traits } } : outcome
  },
  compose,
  find,
  invoices,
  create,
}
