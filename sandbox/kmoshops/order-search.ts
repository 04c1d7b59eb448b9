import { readDateBounds } from './date-bounds.ts'
import { type OrderRecord } from './order.ts'
import { type Page } from './paging.ts'
import { payMethodIdOf } from './pay-methods.ts'
import { type World } from './world.ts'

/** The filters of section 6.2, and orderby of 6.1. */
export const orderParameters = [
  'orderby',
  'ordernumber',
  'status',
  'is_paid',
  'deliver_date',
  'take_out_date',
  'min_create_date',
  'max_create_date',
  'is_completed',
  'paymethod_id',
  'transaction_id',
]

type Test = (order: OrderRecord) => boolean
type SearchResult = { orders: OrderRecord[]; more: boolean } | { wrong: string }

const sortKeys: Record<string, (order: OrderRecord) => number> = {
  id: (order) => order.id,
  ordernumber: (order) => order.number ?? 0,
  create_date: (order) => order.createdAtMs,
  deliver_date: (order) => Date.parse(order.spec.deliverDate ?? '') || 0,
}

/** One page of the orders that match. */
export function searchOrders(
  world: World,
  all: readonly OrderRecord[],
  query: URLSearchParams,
  page: Page,
): SearchResult {
  const tests = readTests(world, query)
  if ('wrong' in tests) return tests
  const matches: Test = (order) => tests.list.every((test) => test(order))
  const orderby = query.get('orderby') ?? 'id'
  // Ids run up with time, so a page by id can stop as soon as it is full.
  if (orderby === 'id') return take(all, page, matches)
  if (orderby === 'id_desc') return take(backwards(all), page, matches)
  const descending = orderby.endsWith('_desc')
  const key = sortKeys[descending ? orderby.slice(0, -'_desc'.length) : orderby]
  if (key === undefined) return { wrong: `orderby ${orderby} is not known` }
  const turn = descending ? -1 : 1
  const sorted = all
    .filter(matches)
    .sort((left, right) => turn * (key(left) - key(right) || left.id - right.id))
  return take(sorted, page, () => true)
}

function take(orders: Iterable<OrderRecord>, page: Page, matches: Test): SearchResult {
  const found: OrderRecord[] = []
  let skip = page.start
  for (const order of orders) {
    if (!matches(order)) continue
    if (skip > 0) skip -= 1
    else if (found.length === page.size) return { orders: found, more: true }
    else found.push(order)
  }
  return { orders: found, more: false }
}

function* backwards(orders: readonly OrderRecord[]): Generator<OrderRecord> {
  for (let index = orders.length - 1; index >= 0; index -= 1) {
    const order = orders[index]
    if (order !== undefined) yield order
  }
}

function readTests(world: World, query: URLSearchParams): { list: Test[] } | { wrong: string } {
  const completed = readFlag(query.get('is_completed') ?? 'true')
  if (completed === undefined) return { wrong: 'is_completed must be true or false' }
  const list: Test[] = [(order) => order.completed === completed]

  const paid = query.get('is_paid')
  if (paid !== null) {
    const wanted = readFlag(paid)
    if (wanted === undefined) return { wrong: 'is_paid must be true or false' }
    list.push((order) => order.paid === wanted)
  }
  for (const [name, valueOf] of numberFilters) {
    const text = query.get(name)
    if (text === null) continue
    // One value only: `status=2,3` is not a list (section 6.2).
    if (!/^\d+$/.test(text)) return { wrong: `${name} must be one whole number` }
    list.push((order) => valueOf(order) === Number(text))
  }
  for (const [name, valueOf] of textFilters) {
    const text = query.get(name)
    if (text !== null) list.push((order) => valueOf(order) === text)
  }
  const bounds = readDateBounds(world, query)
  if (bounds.is === 'wrong') return { wrong: 'create dates must look like 2026-03-02' }
  if (query.has('min_create_date') || query.has('max_create_date'))
    list.push((order) => bounds.holds(order.createdAtMs))
  return { list }
}

const numberFilters: [string, (order: OrderRecord) => number | null | undefined][] = [
  ['ordernumber', (order) => order.number],
  ['status', (order) => order.status],
  ['paymethod_id', (order) => payMethodIdOf(order.spec)],
]

const textFilters: [string, (order: OrderRecord) => string | undefined][] = [
  ['transaction_id', (order) => order.spec.transactionId],
  ['deliver_date', (order) => order.spec.deliverDate?.slice(0, 10)],
  // Orders to be picked up are not played: their take-out window is always empty.
  ['take_out_date', () => undefined],
]

function readFlag(text: string): boolean | undefined {
  if (text === 'true') return true
  return text === 'false' ? false : undefined
}
