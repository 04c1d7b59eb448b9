import { reason, Trouble } from '../../../problems/reason.ts'
import type { Finding } from '../../finding.ts'
import { listCompanies, tryList, type Books } from './api.ts'
import { system } from './fields.ts'
import { wireCompany } from './wire.ts'

/** @throws Trouble when none is chosen, or the chosen one is gone or on the free plan */
const tryAdministration = async (books: Books): Promise<void> => {
  const { administration } = books.settings
  const { items: companies } = await listCompanies(books, wireCompany)
  if (administration === '') {
    throw new Trouble('reconnect', reason('ADMINISTRATION_NOT_CHOSEN', { system }))
  }
  const chosen = companies.find(({ id }) => id === administration)
  if (chosen?.access_control.api_accessible !== true) {
    throw new Trouble('reconnect', reason('ADMINISTRATION_CLOSED', { system }))
  }
}

/** One cheap call per right we need (contract §2). */
const rights: readonly [string, (books: Books) => Promise<void>][] = [
  ['administration', tryAdministration],
  ['contacts', (books) => tryList(books, 'contacts')],
  ['products', (books) => tryList(books, 'products')],
  ['invoices', (books) => tryList(books, 'sales_invoices')],
  ['vatTypes', (books) => tryList(books, 'vat_types')],
  ['templates', (books) => tryList(books, 'templates')],
  ['accounts', (books) => tryList(books, 'accounts')],
]

/** One finding per right. Never throws Trouble. */
export const check = (books: Books): Promise<Finding[]> =>
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
