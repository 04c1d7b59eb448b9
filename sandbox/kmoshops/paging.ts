import { type ApiAnswer, found, invalid } from './resource.ts'
import { apiUrl, theirName, toJson, type World } from './world.ts'

export interface Page {
  /** An offset, not a page number (section 6.1). */
  start: number
  size: number
}

/** A page of things, each already written as JSON, and whether there are more behind it. */
export interface Found {
  items: string[]
  more: boolean
}

/** Parameters every collection knows. `expand` is taken and has no effect: what it adds is unknown. */
const pagingParameters = ['start', 'size', 'expand']

/**
 * The page asked for, or the error to answer. A parameter the collection does not know is refused: a
 * shop that quietly ignores a misspelt filter would answer with every order there is.
 */
export function readPage(
  world: World,
  query: URLSearchParams,
  parameters: readonly string[] = [],
): Page | ApiAnswer {
  const stranger = [...query.keys()].find(
    (name) => !pagingParameters.includes(name) && !parameters.includes(name),
  )
  if (stranger !== undefined) return invalid(`Unknown parameter ${stranger}`)
  const { pageSizeDefault, pageSizeMax } = world.switches
  const start = wholeNumber(query.get('start'), 0)
  const size = wholeNumber(query.get('size'), pageSizeDefault)
  if (start === undefined || size === undefined || size < 1)
    return invalid('start and size must be whole numbers')
  return { start, size: Math.min(size, pageSizeMax) }
}

export function isFailure(value: object): value is ApiAnswer {
  return 'status' in value && 'type' in value
}

/** A collection answer with its absolute links (section 6.1). `path` has no trailing slash. */
export function collection(
  world: World,
  path: string,
  query: URLSearchParams,
  page: Page,
  { items, more }: Found,
): ApiAnswer {
  const link = (start: number) => {
    const others = [...query].filter(([name]) => name !== 'start' && name !== 'size')
    const pairs = [['start', String(start)], ['size', String(page.size)], ...others] as const
    const named = pairs.map(([name, value]): [string, string] => [theirName(world, name), value])
    return `${apiUrl(world, path)}/?${new URLSearchParams(named).toString()}`
  }
  const head = toJson(world, {
    start: page.start,
    size: page.size,
    href: link(page.start),
    first: link(0),
    previous: page.start === 0 ? null : link(Math.max(0, page.start - page.size)),
    next: more ? link(page.start + page.size) : null,
    items: [],
  })
  const name = path.slice(path.lastIndexOf('/') + 1)
  return found(`collection.${name}`, withItems(head, items))
}

/** A list that is not paginated: href and items only (paymethods, geozonecountries; section 6.6). */
export function plainList(world: World, path: string, items: unknown[]): ApiAnswer {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return found(`collection.${name}`, toJson(world, { href: apiUrl(world, `${path}/`), items }))
}

/** Cuts a page out of a list that is held whole. */
export function cut<T>(list: readonly T[], page: Page, write: (item: T) => string): Found {
  const end = page.start + page.size
  return { items: list.slice(page.start, end).map(write), more: list.length > end }
}

/** Puts items that are written already into a head that ends in an empty list. */
function withItems(head: string, items: string[]): string {
  return `${head.slice(0, -2)}${items.join(',')}]}`
}

function wholeNumber(text: string | null, fallback: number): number | undefined {
  if (text === null) return fallback
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined
}
