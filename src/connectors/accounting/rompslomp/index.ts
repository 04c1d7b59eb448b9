import type { AccountingConnector } from '../../accounting.ts'
import { choices } from './choices.ts'
import { createDebtor, findDebtor, readDebtor } from './debtor.ts'
import { check } from './doctor.ts'
import { system } from './fields.ts'
import { create, find, invoices } from './look-up.ts'
import { compose, currencies, type WireInvoice } from './map.ts'
import { products } from './products.ts'
import { credentials, settings } from './settings.ts'
import { signIn } from './sign-in.ts'

/** Rompslomp, API v1. */
export const rompslomp: AccountingConnector<typeof credentials, typeof settings, WireInvoice> = {
  id: 'rompslomp',
  title: system,
  credentials,
  settings,
  capabilities: {
    vatCodes: true,
    products: true,
    // "For presentation only: all amounts stay in euro" (contract §9), so no other currency is honest.
    currencies,
    creditInvoices: true,
    // `api_reference` is unique in an administration (contract §0 point 1).
    referenceSearch: 'unique',
    // A second invoice with one reference is refused, so invoices need no wait; contacts and products have
    // no such guard. How long the server may go on after we hung up is not documented: twice the minute
    // after which web servers commonly give up.
    lateEffectMs: 120_000,
    // The number of calls is not published (contract §4). A sale takes four to eight; a lower limit shows
    // as 429 with its wait, which only costs time.
    pace: { calls: 60, windowMs: 60_000, concurrency: 4 },
  },

  administration: ({ credentials: { baseUrl }, settings: { administration } }) =>
    `${baseUrl} ${administration}`,
  check,
  choices,
  findDebtor,
  readDebtor,
  planDebtor: () => ({}),
  createDebtor,
  products,
  compose,
  find,
  invoices,
  create,
  signIn,
}
