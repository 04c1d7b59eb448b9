import { onTestFinished } from 'vitest'
import { startKmoshops, type Kmoshops, type OrderSpec } from '../../sandbox/kmoshops/index.ts'
import { startRompslomp, type RompslompSandbox } from '../../sandbox/rompslomp/index.ts'
import type { Booking } from '../../src/bookings/booking.ts'
import type { AtCrashPoint } from '../../src/bookings/crash-points.ts'
import { drain } from '../../src/bookings/drain.ts'
import { createHttpClient } from '../../src/connectors/http.ts'
import type { TestDatabase } from './database.ts'
import { installIntegration, openTestEngine, type TestEngine } from './engine.ts'
import { virtualClock, type VirtualClock } from './virtual-clock.ts'

/** A shop that books in Rompslomp, whose lines refer to products; on a virtual clock. */
export interface RompslompStage {
  clock: VirtualClock
  shop: Kmoshops
  books: RompslompSandbox
  bench: TestEngine
  /** The integration. */
  id: string
  /** Places orders and tells the engine of them all at once. @returns the shop's ids of them */
  sell(...specs: Partial<OrderSpec>[]): Promise<string[]>
  rows(): Promise<Booking[]>
  drain(): Promise<void>
  /** Moves time and works off what became due, as the sweep would have it. */
  passes(durationMs: number): Promise<void>
  /** Codes of the products in the books. */
  codes(): string[]
  /** What we remember of products. */
  remembered(): Promise<{ code: string; remoteId: string | null; heldUntil: Date | null }[]>
  /** Another process on the same database. */
  openWorker(at: AtCrashPoint, clock?: VirtualClock): TestEngine
}

/** How long a remote may take: long for a machine with twenty things to do, short for who waits for silence. */
export const patienceMs = 2_500

const companyId = '418223901'

/** Rompslomp's own VAT types for the Dutch percentages. */
const vatTable = [
  ['21', '300200101'],
  ['9', '300200102'],
].map(([percent, vatCode]) => ({ destination: 'NL', percent, vatCode }))

// Engines that begin at the same moment of a virtual clock need different chance, or they make the same ids.
let seed = 500_000

/** Sets everything up; whatever was opened is closed when the test is over. */
export const setRompslompStage = async (database: TestDatabase): Promise<RompslompStage> => {
  const clock = virtualClock()
  const now = () => clock.now()
  const shop = await startKmoshops({ limits: 'off', now })
  const books = await startRompslomp({ limits: 'off', isEmpty: true, now })
  const http = createHttpClient({ privateAllowed: ['127.0.0.0/8'], budgetMs: patienceMs })
  const workers: TestEngine[] = []
  const openWorker: RompslompStage['openWorker'] = (at, own = clock) => {
    seed += 1
    const worker = openTestEngine(database, { seed, clock: own, at, workerName: `w${seed}`, http })
    worker.engine.paces = {
      ...worker.engine.paces,
      rompslomp: { calls: 1_000_000, windowMs: 60_000, concurrency: 50 },
    }
    workers.push(worker)
    return worker
  }
  onTestFinished(async () => {
    for (const worker of workers) await worker.close()
    await http.close()
    await shop.close()
    await books.close()
  })
  const bench = openWorker(() => undefined)
  const { engine } = bench
  const id = await installIntegration(
    engine,
    { system: 'kmoshops', credentials: { apiRoot: shop.url, ...shop.credentials } },
    {
      system: 'rompslomp',
      credentials: { apiToken: 'sandbox-token', baseUrl: `${books.url}/api/v1` },
      settings: { administration: companyId },
    },
    { homeCountry: 'NL', settings: { vatTable } },
  )
  let placed = 0

  return {
    clock,
    shop,
    books,
    bench,
    id,
    async sell(...specs) {
      const shopIds = specs.map((spec) => {
        placed += 1
        const order = {
          lines: [{ name: 'Mok', sku: 'MOK-1', unitPrice: 12.1 }],
          country: 'NL',
          email: `klant-${placed}@klant.example`,
          webhook: 'lost' as const,
          ...spec,
        }
        return String(shop.placeOrder(order).id)
      })
      const refs = shopIds.map((shopId) => ({ ref: { kind: 'order' as const, id: shopId } }))
      await engine.commits.see(id, refs, 'live')
      return shopIds
    },
    rows: () =>
      engine.db
        .selectFrom('bookings')
        .selectAll()
        .where('integrationId', '=', id)
        .orderBy('shopId')
        .execute(),
    drain: () => drain(engine, id),
    async passes(durationMs) {
      await clock.advance(durationMs)
      await drain(engine, id)
    },
    codes: () => books.ledger().products.map(({ code }) => code),
    remembered: () =>
      engine.db
        .selectFrom('products')
        .select(['code', 'remoteId', 'heldUntil'])
        .where('integrationId', '=', id)
        .orderBy('code')
        .execute(),
    openWorker,
  }
}
