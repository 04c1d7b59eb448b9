import { type Books } from './books.ts'
import { addDays, dayOf } from './calendar.ts'
import { invalid } from './refusal.ts'

export function readNumber(query: URLSearchParams, name: string, absent: number): number {
  const text = query.get(name)
  if (text === null || text === '') return absent
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw invalid(name)
}

/** One page in the order of the list. Pages count from `first`: 0 in v1, 1 in v2 (contract §0 point 7). */
export function pageOf<T extends { id: number }>(
  { switches }: Pick<Books, 'switches'>,
  query: URLSearchParams,
  items: readonly T[],
  { first, records: absent }: { first: number; records: number },
): { shown: T[]; page: number; records: number } {
  const page = readNumber(query, 'page', first)
  const asked = Math.max(1, readNumber(query, 'records', absent))
  const records = Math.min(asked, switches.maxRecords)
  const sorted = items.toSorted((one, other) => one.id - other.id)
  if (switches.order === 'descending') sorted.reverse()
  const start = Math.max(0, page - first) * records
  return { shown: sorted.slice(start, start + records), page, records }
}

/** Whether something was edited after the day of `last_edit`, or on it. */
export function editedSince(
  { switches }: Pick<Books, 'switches'>,
  query: URLSearchParams,
): (item: { lastEdit: Date }) => boolean {
  const day = query.get('last_edit') ?? ''
  if (day === '') return () => true
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) throw invalid('last_edit')
  const from = switches.lastEditInclusive ? day : addDays(day, 1)
  return ({ lastEdit }) => dayOf(lastEdit) >= from
}
