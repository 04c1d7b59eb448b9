import { factsOf, type Sale } from './sales.ts'
import type { SeenRequest } from './watch.ts'

/** One remote call of a sale, with places where another sale has other values. */
export interface Call {
  at: 'shop' | 'books'
  method: string
  path: string
  headers: Readonly<Record<string, string>>
  body: string
}

/** The calls of one sale: groups one after the other, the calls of a group at once. */
export type Script = readonly (readonly Call[])[]

/** The values that differ between two sales. */
export interface Values {
  order: string
  reference: string
  email: string
  client: string
  /** Known once the invoice was created. */
  invoice: string
}

export const valuesOf = (sale: Sale, invoice = ''): Values => {
  const { reference, email, clientNumber } = factsOf(sale.orderId)
  return { order: String(sale.orderId), reference, email, client: String(clientNumber), invoice }
}

const names = ['order', 'reference', 'email', 'client', 'invoice'] as const

const generalise = (text: string, values: Values): string =>
  names.reduce((general, name) => general.replaceAll(values[name], `{${name}}`), text)

export const fill = (text: string, values: Values): string =>
  names.reduce((special, name) => special.replaceAll(`{${name}}`, values[name]), text)

/** Set by whoever sends; the signature of a shop's call is made anew for every call. */
const notReplayed = new Set([
  'host',
  'connection',
  'content-length',
  'x-date',
  'x-hash',
  'x-public',
])

const headersOf = (request: SeenRequest) =>
  Object.fromEntries(Object.entries(request.headers).filter(([name]) => !notReplayed.has(name)))

/**
 * Makes the script of a sale from what the sandboxes saw of one: whatever Doorvoer asks of the remotes, the
 * other contenders ask too. Needs a latency, so that calls that were under way together can be told.
 */
export const scriptOf = (
  requests: readonly (SeenRequest & { at: 'shop' | 'books' })[],
  sale: Sale,
  invoice: string,
): Script => {
  const values = valuesOf(sale, invoice)
  const groups: Call[][] = []
  let groupEndMs = -Infinity
  for (const request of requests) {
    const call: Call = {
      at: request.at,
      method: request.method,
      path: generalise(request.url, values),
      headers: headersOf(request),
      body: generalise(request.body, values),
    }
    const last = groups.at(-1)
    if (last !== undefined && request.startMs < groupEndMs) {
      last.push(call)
      groupEndMs = Math.max(groupEndMs, request.endMs)
    } else {
      groups.push([call])
      groupEndMs = request.endMs
    }
  }
  const creates = groups.flat().filter(({ method }) => method !== 'GET')
  if (creates.length !== 1) {
    throw new Error(`a usual sale creates one thing, not ${creates.length}: ${listed(groups)}`)
  }
  const others = groups.flat().filter(({ at, path }) => at === 'shop' && !path.includes('{order}'))
  if (others.length > 0) {
    throw new Error(`the shop is asked for the sale and nothing else: ${listed([others])}`)
  }
  return groups
}

/** The script as a person reads it. */
export const listed = (script: Script): string =>
  script
    .map((group) => group.map(({ at, method, path }) => `${at} ${method} ${path}`).join(' + '))
    .join('; ')
