import { drain } from '../../src/bookings/drain.ts'
import { preview } from '../../src/bookings/preview.ts'
import { createHttpClient, type HttpClient } from '../../src/connectors/http.ts'
import { accountings, webshops } from '../../src/connectors/registry.ts'
import type { Draft } from '../../src/sale/draft.ts'
import type { SaleRef } from '../../src/sale/sale.ts'
import type { TestDatabase } from '../support/database.ts'
import { installIntegration, openTestEngine, type Remote } from '../support/engine.ts'
import { virtualClock } from '../support/virtual-clock.ts'

/** A request that made something in the books, as it went over the wire to their sandbox. */
export interface Sent {
  path: string
  body: Readonly<Record<string, unknown>>
}

/** A webshop and an accounting system with the whole engine between them. */
export interface Pair {
  /** The moment of every test, for the sandboxes too. */
  now: () => Date
  /** An integration of the two, of a Dutch merchant when nothing else is said. @returns its id */
  install(shop: Remote, books: Books, merchant?: Merchant): Promise<string>
  /** Tells the engine of a sale and works it off. @throws Error with our code when it is not booked */
  book(integrationId: string, ref: SaleRef): Promise<Sent[]>
  /** What the preview shows of a sale that the engine has heard of. */
  draftOf(integrationId: string, ref: SaleRef): Promise<Draft>
  /** The same for a sale that must not be booked. @returns our code */
  refuse(integrationId: string, ref: SaleRef): Promise<string | null>
  close(): Promise<void>
}

export interface Books extends Remote {
  url: string
}

export interface Merchant {
  homeCountry?: 'NL' | 'BE'
  /** Of the integration: the VAT table, for one. */
  settings?: Record<string, unknown>
}

const wide = { calls: 1_000_000, windowMs: 60_000, concurrency: 50 }

/** Opens an engine on a clock that stands still at `moment`; nothing is sent anywhere but to sandboxes. */
export const openPair = (database: TestDatabase, moment: string): Pair => {
  const clock = virtualClock(moment)
  const wire = createHttpClient({ privateAllowed: ['127.0.0.0/8'], budgetMs: 5_000 })
  const books = new Set<string>()
  let sent: Sent[] = []
  const http: HttpClient = {
    async send(request) {
      const { origin, pathname } = new URL(request.url)
      if (request.body !== undefined && books.has(origin)) {
        sent.push({ path: pathname, body: JSON.parse(request.body) as Sent['body'] })
      }
      return wire.send(request)
    },
  }
  const bench = openTestEngine(database, { clock, http })
  const { engine } = bench
  engine.paces = Object.fromEntries([...webshops, ...accountings].map(({ id }) => [id, wide]))

  const rowOf = (integrationId: string, ref: SaleRef) =>
    engine.db
      .selectFrom('bookings')
      .selectAll()
      .where('integrationId', '=', integrationId)
      .where('kind', '=', ref.kind)
      .where('shopId', '=', ref.id)
      .executeTakeFirstOrThrow()

  const workOff = async (integrationId: string, ref: SaleRef) => {
    sent = []
    await engine.commits.see(integrationId, [{ ref }], 'live')
    await drain(engine, integrationId)
    return rowOf(integrationId, ref)
  }

  return {
    now: () => clock.now(),
    install: (shop, end, merchant = {}) => {
      books.add(new URL(end.url).origin)
      return installIntegration(engine, shop, end, { homeCountry: 'NL', ...merchant })
    },
    async book(integrationId, ref) {
      const { state, reasonCode, reasonParams } = await workOff(integrationId, ref)
      if (state === 'booked') return sent
      throw new Error(`${state}: ${reasonCode ?? 'no code'} ${JSON.stringify(reasonParams)}`)
    },
    async draftOf(integrationId, ref) {
      const seen = await preview(engine, await rowOf(integrationId, ref))
      if (seen.is === 'read') return seen.draft
      throw new Error(`the preview is ${seen.is}`)
    },
    async refuse(integrationId, ref) {
      const { state, reasonCode } = await workOff(integrationId, ref)
      if (state === 'booked') throw new Error('it was booked')
      return reasonCode
    },
    async close() {
      await bench.close()
      await wire.close()
    },
  }
}

/** The only request to this path. */
export const bodyTo = (sent: readonly Sent[], end: RegExp): Sent['body'] => {
  const [first, ...more] = sent.filter(({ path }) => end.test(path))
  if (first === undefined || more.length > 0) {
    throw new Error(`${more.length + (first ? 1 : 0)} requests to ${String(end)}`)
  }
  return first.body
}

/** A list of objects in a body. */
export const listIn = (body: Sent['body'], name: string): Sent['body'][] => body[name] as never
