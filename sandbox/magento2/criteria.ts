import { type Fields, type Value } from './json.ts'
import { missingFields, type Refusal, refusal } from './refusal.ts'

interface Filter {
  field: string
  value: string
  condition_type: string
}

/** A question to a list (contract 5). Numbers as they were sent: they are echoed. */
export interface Criteria {
  groups: Filter[][]
  sorts: { field: string; direction: 'ASC' | 'DESC' }[]
  pageSize: number | null
  currentPage: number | null
  fields: string | null
}

const names: Readonly<Record<string, string>> = {
  filterGroups: 'filter_groups',
  conditionType: 'condition_type',
  sortOrders: 'sort_orders',
  pageSize: 'page_size',
  currentPage: 'current_page',
}

/** `searchCriteria[filterGroups][0]…` as its parts in snake case; null for other parameters. */
function pathOf(name: string): string[] | null {
  const parts = name.split(/[[\]]+/).filter((part) => part !== '')
  if (parts[0] !== 'searchCriteria' && parts[0] !== 'search_criteria') return null
  return parts.slice(1).map((part) => names[part] ?? part)
}

/** Reads the query; what PHP and Magento make of it. */
export function readCriteria(pairs: readonly (readonly [string, string])[]): Criteria | Refusal {
  const filters = new Map<string, Map<string, Partial<Filter>>>()
  const sorts = new Map<string, { field?: string; direction?: string }>()
  let isAsked = false
  const criteria: Criteria = {
    groups: [],
    sorts: [],
    pageSize: null,
    currentPage: null,
    fields: null,
  }
  for (const [name, value] of pairs) {
    if (name === 'fields') criteria.fields = value
    const path = pathOf(name)
    if (path === null) continue
    isAsked = true
    const [what, first = '', third = '', second = '', key = ''] = path
    if (what === 'page_size') criteria.pageSize = Number.parseInt(value, 10) || 0
    if (what === 'current_page') criteria.currentPage = Number.parseInt(value, 10) || 0
    if (what === 'sort_orders') sorts.set(first, { ...sorts.get(first), [third]: value })
    if (what === 'filter_groups' && third === 'filters') {
      const group = filters.get(first) ?? new Map<string, Partial<Filter>>()
      group.set(second, { ...group.get(second), [key]: value })
      filters.set(first, group)
    }
  }
  if (!isAsked) return missingFields(['searchCriteria'])
  for (const group of filters.values()) {
    criteria.groups.push(
      [...group.values()].map(({ field = '', value = '', condition_type = 'eq' }) => ({
        field,
        value,
        condition_type,
      })),
    )
  }
  for (const { field = '', direction = 'DESC' } of sorts.values()) {
    const upper = direction.toUpperCase()
    if (upper !== 'ASC' && upper !== 'DESC') {
      const text =
        'The sort order has to be specified as %1 for ascending order or %2 for descending order.'
      return refusal(400, text, ['ASC', 'DESC'])
    }
    criteria.sorts.push({ field, direction: upper })
  }
  return criteria
}

/** A datetime as MySQL reads it: a zone behind it is ignored (recordings), 14 digits are one too. */
function momentOf(text: string): string | null {
  const found = /^(\d{4})-?(\d\d)-?(\d\d)(?:[ T]?(\d\d):?(\d\d):?(\d\d))?/.exec(text)
  if (found === null) return null
  const [, year, month, day, hour = '00', minute = '00', second = '00'] = found
  return `${year}-${month}-${day} ${hour}:${minute}:${second}`
}

/** A column as text; '' for what is no column. */
function textOf(column: Value): string {
  return typeof column === 'string' || typeof column === 'number' ? String(column) : ''
}

/** -1, 0 or 1; null where the column holds nothing. */
function compare(column: Value, value: string): number | null {
  if (column === undefined || column === null) return null
  if (typeof column === 'number') return Math.sign(column - Number(value))
  const text = textOf(column)
  const isMoment = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text)
  const asked = isMoment ? momentOf(value) : value
  if (asked === null) return 1
  return text < asked ? -1 : text > asked ? 1 : 0
}

const conditions: Readonly<Record<string, (column: Value, value: string) => boolean>> = {
  neq: (column, value) => compare(column, value) !== 0 && column !== undefined,
  gt: (column, value) => compare(column, value) === 1,
  gteq: (column, value) => (compare(column, value) ?? -1) >= 0,
  from: (column, value) => (compare(column, value) ?? -1) >= 0,
  lt: (column, value) => compare(column, value) === -1,
  lteq: (column, value) => (compare(column, value) ?? 1) <= 0,
  to: (column, value) => (compare(column, value) ?? 1) <= 0,
  in: (column, value) => value.split(',').some((each) => compare(column, each) === 0),
  nin: (column, value) => !value.split(',').some((each) => compare(column, each) === 0),
  null: (column) => column === undefined || column === null,
  notnull: (column) => column !== undefined && column !== null,
  like: (column, value) => like(column, value),
  nlike: (column, value) => !like(column, value),
}

function like(column: Value, value: string): boolean {
  const pattern = value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('%', '.*')
  return new RegExp(`^${pattern}$`, 'i').test(textOf(column))
}

/** Filters of one group are alternatives, groups add up. An unknown condition is "equals" (recordings). */
function matches(item: Fields, { groups }: Criteria): boolean {
  return groups.every((group) =>
    group.some(({ field, value, condition_type: condition }) => {
      const test = conditions[condition]
      return test === undefined ? compare(item[field], value) === 0 : test(item[field], value)
    }),
  )
}

/** A column nobody knows ends in the database's own error. */
function unknownColumn(criteria: Criteria, columns: ReadonlySet<string>): boolean {
  const asked = [
    ...criteria.groups.flat().map(({ field }) => field),
    ...criteria.sorts.map(({ field }) => field),
  ]
  return asked.some((field) => !columns.has(field))
}

const internalError = refusal(
  500,
  'Internal Error. Details are available in Magento log file. Report ID: webapi-6b00c77b0b1b8',
)

/** The answer of a list: a page of it, the question again, and how many there are in all. */
export function searched(
  all: readonly Fields[],
  criteria: Criteria,
  options: {
    columns: ReadonlySet<string>
    pastEnd: 'repeat' | 'empty'
    pageSizeMax: number | null
  },
): Fields | Refusal {
  if (unknownColumn(criteria, options.columns)) return internalError
  const { pageSize, currentPage, sorts } = criteria
  const { pageSizeMax } = options
  if (pageSizeMax !== null && (pageSize ?? 0) > pageSizeMax) {
    return refusal(400, 'Maximum SearchCriteria pageSize is %max', { max: String(pageSizeMax) })
  }
  const found = all.filter((item) => matches(item, criteria))
  for (const { field, direction } of [...sorts].reverse()) {
    const factor = direction === 'ASC' ? 1 : -1
    found.sort((one, other) => factor * (compare(one[field], textOf(other[field])) ?? -1))
  }
  const wanted = pageSize ?? (pageSizeMax === null ? 0 : 20)
  // A size below zero is one (recordings); zero is everything.
  const size = wanted < 0 ? 1 : wanted
  const last = Math.max(1, Math.ceil(found.length / Math.max(size, 1)))
  const asked = Math.max(currentPage ?? 1, 1)
  const page = options.pastEnd === 'repeat' ? Math.min(asked, last) : asked
  const items = size === 0 ? found : found.slice((page - 1) * size, page * size)
  return {
    items,
    search_criteria: {
      filter_groups: criteria.groups.map((filters) => ({
        filters: filters.map((filter) => ({ ...filter })),
      })),
      ...(sorts.length > 0 && { sort_orders: sorts.map((sort) => ({ ...sort })) }),
      ...(pageSize !== null && { page_size: pageSize }),
      ...(currentPage !== null && { current_page: currentPage }),
    },
    total_count: found.length,
  }
}
