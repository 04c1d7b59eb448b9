import { Trouble } from '../../../problems/reason.ts'
import type { Finding } from '../../finding.ts'
import { read, readList, type Books } from './api.ts'
import { lists } from './lists.ts'
import { wireAdministration } from './wire.ts'

const one = { records: '1', page: '0' }

/** One cheap call per list we need: keys have no rights of their own (contract §2). */
const rights: readonly [string, (books: Books) => Promise<unknown>][] = [
  ['administration', (books) => read(books, '/v1/administration/', wireAdministration)],
  ['relations', (books) => readList(books, { ...lists.relations, query: one })],
  ['invoices', (books) => readList(books, { ...lists.invoices, query: one })],
  ['vat', (books) => readList(books, lists.vat)],
  ['ledgers', (books) => readList(books, lists.ledgers)],
  ['templates', (books) => readList(books, lists.templates)],
  ['paymentConditions', (books) => readList(books, lists.paymentConditions)],
  ['currencies', (books) => readList(books, lists.currencies)],
  ['costs', (books) => readList(books, lists.costs)],
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
