import { json } from '../kit/message.ts'
import { type SandboxAnswer, type SandboxRequest } from '../kit/server.ts'
import { type Books } from './books.ts'
import { Refusal } from './refusal.ts'

const perPageDefault = 40
const perPageMax = 100

function readNumber(books: Books, query: URLSearchParams, name: string, absent: number): number {
  const text = query.get(name)
  if (text === null || text === '') return absent
  if (/^\d{1,9}$/.test(text) && Number(text) >= 1) return Number(text)
  throw new Refusal(
    books.switches.parameterStatus,
    'client.parameters.invalid_parameter_value',
    `Ongeldige waarde voor ${name}`,
  )
}

/**
 * One page of a list under its plural name, with the three headers (contract §5).
 * @param items in the order in which they came into being
 */
export function pageOf<T extends { id: number }>(
  books: Books,
  { query }: SandboxRequest,
  key: string,
  items: readonly T[],
  write: (item: T) => unknown,
): SandboxAnswer {
  const page = readNumber(books, query, 'page', 1)
  const perPage = Math.min(readNumber(books, query, 'per_page', perPageDefault), perPageMax)
  const ordered = books.switches.order === 'newest' ? items.toReversed() : items
  const shown = ordered.slice((page - 1) * perPage, page * perPage)
  const headers = {
    'X-Page': String(page),
    'X-Per-Page': String(perPage),
    'X-Total': String(items.length),
  }
  return json({ [key]: shown.map(write) }, 200, headers)
}
