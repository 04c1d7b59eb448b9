import { type Books } from './books.ts'
import { type Wire } from './encode.ts'
import { Refusal } from './refusal.ts'

type Compare = (value: string, wanted: string) => boolean

const isNumber = (text: string): boolean => /^-?\d+(\.\d+)?$/.test(text)

/** -1, 0 or 1; as numbers where both are. */
function order(one: string, other: string): number {
  if (isNumber(one) && isNumber(other)) return Math.sign(Number(one) - Number(other))
  return one === other ? 0 : one < other ? -1 : 1
}

const equal: Compare = (value, wanted) => value === wanted

/** Both spellings of each comparison (contract 1.5). */
const operators: Record<string, Compare> = {
  '!=': (value, wanted) => !equal(value, wanted),
  '<=': (value, wanted) => order(value, wanted) <= 0,
  '>=': (value, wanted) => order(value, wanted) >= 0,
  '=~': (value, wanted) => value.includes(wanted),
  '=': equal,
  '<': (value, wanted) => order(value, wanted) < 0,
  '>': (value, wanted) => order(value, wanted) > 0,
  __eq__: equal,
  __ne__: (value, wanted) => !equal(value, wanted),
  __ge__: (value, wanted) => order(value, wanted) >= 0,
  __le__: (value, wanted) => order(value, wanted) <= 0,
}

const condition = /^([a-z_0-9]+?)(__eq__|__ne__|__ge__|__le__|!=|<=|>=|=~|=|<|>)(.*)$/s

/** What a list may be asked for: its fields by name, and those it can be sorted on. */
export interface ListRules {
  fields: readonly string[]
  sortable: readonly string[]
}

/**
 * Searches, filters, sorts, cuts and trims a list (contract 1.5).
 * @throws Refusal for a filter or an order that can't be
 */
export function listOf(
  rows: Wire[],
  query: URLSearchParams,
  rules: ListRules,
  books: Books,
): Wire[] {
  const { switches } = books
  const filtered = rows
    .filter((row) => matchesSearch(row, query.get('search') ?? ''))
    .filter(matcherOf(query.get('filter') ?? '', rules, books))
  const sorted = sort(filtered, query.get('sort') ?? '', rules)
  const skip = switches.paging === 'both' ? readCount(query, 'skip', 0) : 0
  const take = switches.paging === 'none' ? Infinity : readCount(query, 'take', Infinity)
  return sorted.slice(skip, skip + take).map((row) => pick(row, query.get('fields')))
}

/** Only some top-level fields of a record, when asked for. */
export function pick(row: Wire, fields: string | null): Wire {
  if (fields === null || fields === '') return row
  const wanted = fields.split(',').map((name) => name.trim())
  return Object.fromEntries(Object.entries(row).filter(([name]) => wanted.includes(name)))
}

function textOf(value: unknown): string {
  const isScalar = ['string', 'number', 'boolean'].includes(typeof value)
  return isScalar ? String(value) : ''
}

function matchesSearch(row: Wire, term: string): boolean {
  if (term === '') return true
  const wanted = term.toLowerCase()
  return Object.values(row).some((value) => textOf(value).toLowerCase().includes(wanted))
}

/** Conditions are joined by a comma; how to escape one inside a value is not documented. */
function matcherOf(filter: string, rules: ListRules, { switches }: Books): (row: Wire) => boolean {
  const fold = (text: string): string => {
    // As MySQL compares text: trailing blanks never count.
    const trimmed = text.replace(/ +$/, '')
    return switches.filterCase === 'insensitive' ? trimmed.toLowerCase() : trimmed
  }
  const tests = filter
    .split(',')
    .filter((part) => part.trim() !== '')
    .flatMap((part) => {
      const [, field = '', operator = '', wanted = ''] = condition.exec(part.trimStart()) ?? []
      if (switches.ignoredFilters.includes(field)) return []
      const isKnown = rules.fields.includes(field) && !switches.refusedFilters.includes(field)
      if (!isKnown && switches.unknownFilter === 'ignore') return []
      const compare = operators[operator]
      if (!isKnown || compare === undefined) throw new Refusal('filter unknown')
      return [(row: Wire) => compare(fold(textOf(row[field])), fold(wanted))]
    })
  return (row) => tests.every((test) => test(row))
}

function sort(rows: Wire[], order_: string, { sortable }: ListRules): Wire[] {
  const keys = order_.split('+').filter((key) => key !== '')
  const wrong = keys.find((key) => !sortable.includes(key.replace(/^-/, '')))
  if (wrong !== undefined) throw new Refusal(`sort ${wrong} unknown`)
  return [...rows].sort((one, other) => {
    for (const key of keys) {
      const field = key.replace(/^-/, '')
      const sign = order(textOf(one[field]), textOf(other[field])) * (key.startsWith('-') ? -1 : 1)
      if (sign !== 0) return sign
    }
    return 0
  })
}

function readCount(query: URLSearchParams, name: string, otherwise: number): number {
  const text = query.get(name)
  if (text === null || text === '') return otherwise
  if (!/^\d{1,9}$/.test(text)) throw new Refusal(`${name} invalid`)
  return Number(text)
}
