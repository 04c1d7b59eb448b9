import { Refusal } from './answer.ts'
import { type World } from './world.ts'

const limitDefault = 50
const limitMax = 250

/** What every list can be asked by. */
export interface Listed {
  id: number
  createdAt: Date
  updatedAt: Date
}

/** `YYYY-MM-DD HH:MM:SS` in UTC, or ISO-8601 with an offset (section 5). */
function readMoment(name: string, value: string): number {
  const text = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(value)
    ? `${value.replace(' ', 'T')}Z`
    : value
  const time = Date.parse(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text)
  if (Number.isNaN(time)) throw new Refusal(400, `Invalid value for ${name}`)
  return time
}

function readWhole(query: URLSearchParams, name: string, otherwise: number): number {
  const text = query.get(name)
  if (text === null || text === '') return otherwise
  if (!/^\d{1,12}$/.test(text)) throw new Refusal(400, `Invalid value for ${name}`)
  return Number(text)
}

/** Those that the query asks for, in no order yet: what `count` counts. */
export function matching<T extends Listed>(
  world: World,
  all: readonly T[],
  query: URLSearchParams,
): T[] {
  const sinceId = readWhole(query, 'since_id', 0)
  const isInclusive = world.switches.dateBounds === 'inclusive'
  const tests: ((each: T) => boolean)[] = []
  if (sinceId > 0) tests.push(({ id }) => id > sinceId)
  for (const [field, key] of [
    ['created_at', 'createdAt'],
    ['updated_at', 'updatedAt'],
  ] as const) {
    const [min, max] = [query.get(`${field}_min`), query.get(`${field}_max`)]
    // The API writes whole seconds, and compares what it writes.
    const timeOf = (each: T) => Math.floor(each[key].getTime() / 1000) * 1000
    if (min !== null) {
      const bound = readMoment(`${field}_min`, min)
      tests.push((each) => (isInclusive ? timeOf(each) >= bound : timeOf(each) > bound))
    }
    if (max !== null) {
      const bound = readMoment(`${field}_max`, max)
      tests.push((each) => (isInclusive ? timeOf(each) <= bound : timeOf(each) < bound))
    }
  }
  return all.filter((each) => tests.every((test) => test(each)))
}

/** One page: no next link and no total, the reader stops when fewer come (section 5). */
export function pageOf<T extends Listed>(
  world: World,
  all: readonly T[],
  query: URLSearchParams,
): T[] {
  const { switches } = world
  const asked = readWhole(query, 'limit', limitDefault)
  if (asked > limitMax && switches.overLimit === 'refuse') throw new Refusal(400, 'limit too high')
  const limit = Math.max(1, Math.min(asked, limitMax))
  const page = Math.max(1, readWhole(query, 'page', 1))
  if (switches.pageMax > 0 && page > switches.pageMax) return []
  const order = query.has('since_id') ? switches.sinceIdOrder : switches.listOrder
  const sign = order === 'ascending' ? 1 : -1
  const sorted = matching(world, all, query).sort((a, b) => sign * (a.id - b.id))
  return sorted.slice((page - 1) * limit, page * limit)
}

/** `fields=id,number` leaves out everything else. */
export function onlyFields(
  query: URLSearchParams,
  value: Record<string, unknown>,
): Record<string, unknown> {
  const fields = query.get('fields')
  if (fields === null || fields === '') return value
  const wanted = new Set(fields.split(','))
  return Object.fromEntries(Object.entries(value).filter(([name]) => wanted.has(name)))
}
