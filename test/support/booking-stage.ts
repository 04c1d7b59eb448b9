import { onTestFinished } from 'vitest'
import { startFactuursturen, type FactuursturenSandbox } from '../../sandbox/factuursturen/index.ts'
import { startKmoshops, type Kmoshops, type OrderSpec } from '../../sandbox/kmoshops/index.ts'
import type { Booking } from '../../src/bookings/booking.ts'
import type { CrashPoint, AtCrashPoint } from '../../src/bookings/crash-points.ts'
import { drain } from '../../src/bookings/drain.ts'
import type { Engine } from '../../src/bookings/engine.ts'
import type { Vies } from '../../src/connectors/vies/vies.ts'
import { createHttpClient, type HttpClient, type HttpRequest } from '../../src/connectors/http.ts'
import { saveCredentials } from '../../src/merchants/connections.ts'
import type { BookingState } from '../../src/database/booking-state.ts'
import type { TestDatabase } from './database.ts'
import { gate } from './gate.ts'
import { installIntegration, openTestEngine, type TestEngine } from './engine.ts'
import { virtualClock, type VirtualClock } from './virtual-clock.ts'

/** Somebody who waits at a crash point until he is let go. */
export interface Held {
  /** Resolves when the point is reached. */
  reached: Promise<void>
  letGo(): void
}

/** What a test may do at the door of the house: it sees each request leave and each answer come back. */
export interface Door {
  leaving(request: HttpRequest): void | Promise<void>
  back(request: HttpRequest): void | Promise<void>
}

/** One shop, one administration, and an integration between them that books; on a virtual clock. */
export interface BookingStage {
  clock: VirtualClock
  shop: Kmoshops
  books: FactuursturenSandbox
  bench: TestEngine
  engine: Engine
  /** The integration. */
  id: string
  /** What happens at a crash point; a test may put its own here. */
  at: AtCrashPoint
  door: Door
  /** Integrations that were rung for and not answered. */
  rung: string[]
  /** Places an order whose webhook gets lost. @returns the shop's id of it */
  place(spec?: Partial<OrderSpec>): string
  /** Tells the engine of orders, as a webhook does. */
  hear(...shopIds: string[]): Promise<number | 'stopped'>
  /** Places an order and tells the engine. */
  sell(spec?: Partial<OrderSpec>): Promise<string>
  row(shopId: string): Promise<Booking>
  states(): Promise<Partial<Record<BookingState, number>>>
  drain(): Promise<void>
  /** Moves time and works off what became due, as the sweep would have it. */
  passes(durationMs: number): Promise<void>
  /** Makes the `nth` passage of `point` wait. Replaces `at`. */
  holdAt(point: CrashPoint, nth?: number): Held
  /** Puts documents in the books as a person does. */
  plant(what: 'clients' | 'invoices', body: unknown): Promise<unknown>
  /** Another process on the same database, with a clock of its own if wanted. */
  openWorker(options?: { name?: string; clock?: VirtualClock; at?: AtCrashPoint }): TestEngine
  /** Gives one end its right credentials again, as they are now at the sandbox. */
  giveCredentials(side: 'webshop' | 'accounting', change?: Record<string, unknown>): Promise<void>
}

export interface StageOptions {
  concurrency?: number
  shopSettings?: Record<string, unknown>
  booksSettings?: Record<string, unknown>
  /** Of the integration itself; the home country is the Netherlands. */
  settings?: Record<string, unknown>
  /** The client of VIES of every worker; one that says that every number is valid when absent. */
  vies?: (http: HttpClient) => Vies
  clock?: VirtualClock
}

/** The default lane and window of every order: one mug, another customer each time. */
const orderOf = (spec: Partial<OrderSpec>, count: number): OrderSpec => ({
  lines: [{ name: 'Mok', unitPrice: 12.1 }],
  email: `klant-${count}@klant.example`,
  webhook: 'lost',
  ...spec,
})

const watched = (http: HttpClient, door: Door): HttpClient => ({
  async send(request) {
    await door.leaving(request)
    const result = await http.send(request)
    await door.back(request)
    return result
  },
})

// Engines that begin at the same moment of a virtual clock need different chance, or they make the same ids.
let seed = 100

/** Sets everything up; whatever was opened is closed when the test is over. */
export const setBookingStage = async (
  database: TestDatabase,
  options: StageOptions = {},
): Promise<BookingStage> => {
  const clock = options.clock ?? virtualClock()
  const now = () => clock.now()
  const shop = await startKmoshops({ limits: 'off', now })
  const books = await startFactuursturen({ limits: 'off', now })
  const own = createHttpClient({ privateAllowed: ['127.0.0.0/8'] })
  const door: Door = { leaving: () => undefined, back: () => undefined }
  const http = watched(own, door)
  const vies = options.vies?.(http)
  const workers: TestEngine[] = []
  const openWorker: BookingStage['openWorker'] = (wish = {}) => {
    seed += 1
    const worker = openTestEngine(database, {
      seed,
      clock: wish.clock ?? clock,
      http,
      workerName: wish.name ?? 'worker 1',
      ...(wish.at !== undefined && { at: wish.at }),
      ...(vies !== undefined && { vies }),
    })
    if (options.concurrency !== undefined) worker.engine.concurrency = options.concurrency
    workers.push(worker)
    return worker
  }
  onTestFinished(async () => {
    for (const worker of workers) await worker.close()
    await own.close()
    await shop.close()
    await books.close()
  })

  const bench = openWorker({ at: (point) => stage.at(point) })
  const { engine } = bench
  const shopCredentials = { apiRoot: shop.url, ...shop.credentials }
  const booksCredentials = {
    userName: 'sandbox',
    apiKey: 'sandbox-key',
    baseUrl: `${books.url}/api/v1`,
  }
  const id = await installIntegration(
    engine,
    {
      system: 'kmoshops',
      credentials: shopCredentials,
      ...(options.shopSettings !== undefined && { settings: options.shopSettings }),
    },
    {
      system: 'factuursturen',
      credentials: booksCredentials,
      ...(options.booksSettings !== undefined && { settings: options.booksSettings }),
    },
    { homeCountry: 'NL', ...(options.settings !== undefined && { settings: options.settings }) },
  )
  let placed = 0

  const stage: BookingStage = {
    clock,
    shop,
    books,
    bench,
    engine,
    id,
    at: () => undefined,
    door,
    rung: bench.rung,
    place(spec = {}) {
      placed += 1
      return String(shop.placeOrder(orderOf(spec, placed)).id)
    },
    hear: (...shopIds) =>
      engine.commits.see(
        id,
        shopIds.map((shopId) => ({ ref: { kind: 'order', id: shopId } })),
        'live',
      ),
    async sell(spec) {
      const shopId = stage.place(spec)
      await stage.hear(shopId)
      return shopId
    },
    row: (shopId) =>
      engine.db
        .selectFrom('bookings')
        .selectAll()
        .where('integrationId', '=', id)
        .where('shopId', '=', shopId)
        .executeTakeFirstOrThrow(),
    async states() {
      const rows = await engine.db
        .selectFrom('bookings')
        .select(['state', (eb) => eb.fn.countAll<number>().as('count')])
        .where('integrationId', '=', id)
        .groupBy('state')
        .execute()
      return Object.fromEntries(rows.map(({ state, count }) => [state, count]))
    },
    drain: () => drain(engine, id),
    async passes(durationMs) {
      await clock.advance(durationMs)
      await drain(engine, id)
    },
    holdAt(point, nth = 1) {
      const reached = gate()
      const going = gate()
      let passages = 0
      stage.at = async (each) => {
        if (each !== point) return
        passages += 1
        if (passages !== nth) return
        reached.open()
        await going.opened
      }
      return { reached: reached.opened, letGo: () => going.open() }
    },
    async plant(what, body) {
      const answer = await fetch(`${books.url}/_sandbox/${what}`, {
        method: 'POST',
        body: JSON.stringify(body),
      })
      if (!answer.ok) throw new Error(await answer.text())
      return answer.json()
    },
    openWorker,
    giveCredentials: (side, change = {}) =>
      side === 'webshop'
        ? saveCredentials(engine, id, side, 'kmoshops', { ...shopCredentials, ...change })
        : saveCredentials(engine, id, side, 'factuursturen', { ...booksCredentials, ...change }),
  }
  return stage
}

/** Every step of a booking's history begins where the one before it ended. */
export const brokenLinks = (booking: Booking): string[] =>
  booking.history
    .map((entry, index) => ({ entry, before: booking.history[index - 1]?.to ?? null }))
    .filter(({ entry, before }) => entry.from !== before)
    .map(
      ({ entry, before }) => `${before ?? 'nothing'} then ${entry.from ?? 'nothing'} → ${entry.to}`,
    )
