import { Trouble } from '../../../problems/reason.ts'
import type { AccountingConnector } from '../../accounting.ts'
import type { Finding } from '../../finding.ts'
import type { Choices } from '../../webshop.ts'
import * as api from './api.ts'
import { allowanceOf, hourMs } from './api.ts'
import { planDebtor, readTraits, writeDebtor } from './debtor.ts'
import { system } from './fields.ts'
import { dateOf, find, findDebtor, invoices, readBack, readDebtor } from './look-up.ts'
import { compose, currencies, vatChoices, type WireInvoice } from './map.ts'
import { credentials, settings } from './settings.ts'
import type { WireNamed } from './wire.ts'

const optionsOf = (named: readonly WireNamed[]) =>
  named.map(({ id, name }) => ({ value: id, label: name || id }))

const choices = async (books: api.Books): Promise<Choices> => {
  const taxes = await api.readTaxes(books)
  const profiles = await api.readProfiles(books)
  const categories = await api.readCategories(books)
  const dutch = await api.readCountries(books, 'nl')
  const english = await api.readCountries(books, 'en')
  return {
    ...vatChoices(taxes),
    profiles: optionsOf(profiles),
    categories: optionsOf(categories),
    // Every country twice: the list is for recognising names, not for a form.
    countries: optionsOf([...dutch, ...english]),
  }
}

/** One cheap call per right we need. The client search finds nobody: `.invalid` is nobody's (RFC 2606). */
const rights: readonly [string, (books: api.Books) => Promise<unknown>][] = [
  ['profiles', api.readProfiles],
  ['taxes', api.readTaxes],
  ['clients', (books) => api.searchClients(books, 'nobody@doorvoer.invalid')],
  ['invoices', (books) => api.tryInvoices(books, dateOf(books.clock.now()))],
]

const check = (books: api.Books): Promise<Finding[]> =>
  Promise.all(
    rights.map(async ([subject, attempt]) => {
      try {
        await attempt(books)
        return { subject }
      } catch (error) {
        if (error instanceof Trouble) return { subject, problem: error.reason }
        throw error
      }
    }),
  )

/** FactuurSturen.nl, REST API v1. */
export const factuursturen: AccountingConnector<typeof credentials, typeof settings, WireInvoice> =
  {
    id: 'factuursturen',
    title: system,
    credentials,
    settings,
    capabilities: {
      vatCodes: false,
      products: false,
      // A client may have another currency, but prices would then be read in it or converted: not tried.
      currencies,
      // Negative prices are taken (contract 3.2); a credit invoice is an invoice of negative lines.
      creditInvoices: true,
      // No filter knows the reference: `find` goes through the invoices of one customer.
      referenceSearch: 'scan',
      // How long the server may go on after we hung up is not documented. PHP stops by itself after 30 s, web
      // servers in front of it commonly after 60 s; this is twice that.
      lateEffectMs: 120_000,
      // The calls per hour are not documented, only that there is a limit (contract 1.4). Ten a minute books
      // 150 sales an hour for new customers; a lower limit shows as RATE_LIMITED, which only costs time.
      // Every answer tells how many are left of the hour, and that count replaces the guess.
      pace: { calls: 600, windowMs: hourMs, concurrency: 8, allowanceOf },
    },

    // Invoice ids are the account's own numbers (contract §6).
    administration: ({ credentials: { baseUrl, userName } }) =>
      `${baseUrl} ${userName.toLowerCase()}`,
    check,
    choices,
    findDebtor,
    readDebtor,
    planDebtor,
    createDebtor: async (books, debtor, traits) => {
      const written = writeDebtor(debtor, readTraits(traits), books.settings.sendInvoice)
      if (written.is === 'refused') return written
      const outcome = await api.createClient(books, written.body)
      return outcome.is === 'done' ? { is: 'done', value: { id: outcome.value, traits } } : outcome
    },
    compose,
    find,
    invoices,
    create: async (books, wire) => {
      const outcome = await api.createInvoice(books, wire)
      if (outcome.is !== 'done') return outcome
      return { is: 'done', value: await readBack(books, wire, outcome.value) }
    },
  }
