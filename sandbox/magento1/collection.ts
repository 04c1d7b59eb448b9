import { type Fields, type Value } from '../magento2/json.ts'
import { type SandboxRequest } from '../kit/server.ts'
import { refusal, type Refusal } from './refusal.ts'

const pageSizeDefault = 10
const pageSizeMax = 100

interface Filter {
  attribute: string | null
  conditions: { name: string; values: string[] }[]
}

/** filter[n][attribute], filter[n][cond], filter[n][in][k]. */
function readFilters(query: URLSearchParams): Filter[] {
  const filters = new Map<string, Filter>()
  for (const [name, value] of query) {
    const found = /^filter\[(\w+)\]\[(\w+)\](?:\[\w*\])?$/.exec(name)
    if (found === null) continue
    const [, index = '', key = ''] = found
    const filter = filters.get(index) ?? { attribute: null, conditions: [] }
    filters.set(index, filter)
    if (key === 'attribute') filter.attribute = value
    else {
      const known = filter.conditions.find((each) => each.name === key)
      if (known === undefined) filter.conditions.push({ name: key, values: [value] })
      else known.values.push(value)
    }
  }
  return [...filters.values()]
}

/** A column as text; '' for what is no column. */
export const textOf = (column: Value): string =>
  typeof column === 'string' || typeof column === 'number' ? String(column) : ''

/** As the database compares: numbers by size, everything else by its text. */
function compare(column: Value, value: string): number {
  const text = textOf(column)
  const isNumber = /^-?\d+(\.\d+)?$/.test(text) && /^-?\d+(\.\d+)?$/.test(value)
  if (isNumber) return Math.sign(Number(text) - Number(value))
  return text < value ? -1 : text > value ? 1 : 0
}

type Test = (column: Value, values: readonly string[]) => boolean
const one = (test: (order: number) => boolean): Test => {
  return (column, [value = '']) =>
    column !== null && column !== undefined && test(compare(column, value))
}
const isLike: Test = (column, [value = '']) => {
  const pattern = value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('%', '.*')
  return new RegExp(`^${pattern}$`, 'i').test(textOf(column))
}
const isIn: Test = (column, values) => values.some((value) => compare(column, value) === 0)

/** The conditions of the collection layer (contract 4.1) [G] where no recording shows one. */
const tests: Readonly<Record<string, Test>> = {
  eq: one((order) => order === 0),
  neq: one((order) => order !== 0),
  gt: one((order) => order > 0),
  gteq: one((order) => order >= 0),
  moreq: one((order) => order >= 0),
  from: one((order) => order >= 0),
  lt: one((order) => order < 0),
  lteq: one((order) => order <= 0),
  to: one((order) => order <= 0),
  like: isLike,
  nlike: (column, values) => !isLike(column, values),
  in: isIn,
  nin: (column, values) => !isIn(column, values),
  null: (column) => column === null || column === undefined,
  notnull: (column) => column !== null && column !== undefined,
}

export interface Found {
  items: Fields[]
  /** How many there are on all pages. */
  total: number
}

/** One page of a collection, or why it cannot be asked that way (contract 4.1, 4.3). */
export function pageOf(
  all: readonly Fields[],
  { query }: Pick<SandboxRequest, 'query'>,
  allowed: ReadonlySet<string>,
  available: ReadonlySet<string>,
): Found | Refusal {
  const page = Number(query.get('page') ?? 1)
  if (!(page >= 0)) return refusal(400, 'Resource collection paging error.')
  const limit = query.get('limit')
  const size = limit === null || limit === '' ? pageSizeDefault : Number(limit)
  if (!(size >= 0) || size > pageSizeMax) {
    return refusal(400, 'The paging limit exceeds the allowed number.')
  }
  const order = query.get('order')
  if (order !== null && !available.has(order)) {
    return refusal(400, 'Resource collection ordering error.')
  }
  const filters = readFilters(query)
  const isWrong = filters.some(
    ({ attribute, conditions }) =>
      attribute === null ||
      !allowed.has(attribute) ||
      conditions.some(({ name }) => tests[name] === undefined),
  )
  if (isWrong) return refusal(400, 'Resource collection filtering error.')
  const found = all.filter((item) =>
    filters.every(({ attribute, conditions }) =>
      conditions.every(({ name, values }) => tests[name]?.(item[attribute ?? ''], values) === true),
    ),
  )
  if (order !== null) {
    // Without a direction it is downwards (contract 4.1).
    const factor = query.get('dir')?.toLowerCase() === 'asc' ? 1 : -1
    found.sort((left, right) => factor * compare(left[order], textOf(right[order])))
  }
  // A page past the end repeats the last one; a limit of 0 is no limit (recordings).
  if (size === 0) return { items: found, total: found.length }
  const last = Math.max(1, Math.ceil(found.length / size))
  const at = Math.min(Math.max(page, 1), last)
  return { items: found.slice((at - 1) * size, at * size), total: found.length }
}
