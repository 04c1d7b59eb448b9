import type { AccountingConnector } from '../../accounting.ts'
import { choices } from './choices.ts'
import { createDebtor } from './debtor.ts'
import { check } from './doctor.ts'
import { system } from './fields.ts'
import { pace } from './limits.ts'
import { create, find, invoices } from './look-up.ts'
import { compose, type WireInvoice } from './map.ts'
import { changedDebtors, findDebtor, readDebtor } from './relations.ts'
import { credentials, settings } from './settings.ts'

/** Informer, API v1; v2 only to look up invoices, on request. */
export const informer: AccountingConnector<typeof credentials, typeof settings, WireInvoice> = {
  id: 'informer',
  title: system,
  credentials,
  settings,
  capabilities: {
    vatCodes: true,
    // Products can't be made by the API (contract §8), so missing ones are simply not linked.
    products: false,
    currencies: 'account',
    // An invoice below zero is one (contract §9).
    creditInvoices: true,
    referenceSearch: 'scan',
    // How long the server may go on after we hung up is not documented: twice the minute after which web
    // servers commonly give up (contract §11).
    lateEffectMs: 120_000,
    pace,
  },

  // The security code is the administration's.
  administration: ({ credentials: { baseUrl, securityCode } }) => `${baseUrl} ${securityCode}`,
  check,
  choices,
  findDebtor,
  changedDebtors,
  readDebtor,
  planDebtor: () => ({}),
  createDebtor,
  compose,
  find,
  invoices,
  create,
}
