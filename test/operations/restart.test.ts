import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startFactuursturen, type FactuursturenSandbox } from '../../sandbox/factuursturen/index.ts'
import { startKmoshops, type Kmoshops } from '../../sandbox/kmoshops/index.ts'
import { anyFreePort } from '../../src/database/embedded.ts'
import { migrate, migrationNames } from '../../src/database/migrate.ts'
import { newKey } from '../../src/merchants/key-ring.ts'
import { seededRandom } from '../../src/world/random.ts'
import { until } from '../crash/processes.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { installIntegration, openTestEngine, type TestEngine } from '../support/engine.ts'
import { runProgram, type Program } from '../support/program.ts'

/**
 * Restarts and upgrades as an operator makes them: real processes, asked to end in the middle of their work.
 * Counted in the ledger of the books.
 */

/** `main.ts` of the version before this one, for who has it: then both versions run side by side. */
const previous = process.env['DOORVOER_PREVIOUS_MAIN']
/** What docs/operate promises. */
const endsWithinMs = 27_000
const patienceMs = 120_000

let database: TestDatabase
let bench: TestEngine
let shop: Kmoshops
let books: FactuursturenSandbox
let env: Record<string, string>
let port: number
const programs: Program[] = []

beforeEach(async () => {
  database = await createTestDatabase()
  shop = await startKmoshops({ limits: 'off', switches: { webhookRetryDelaysMs: [] } })
  // Slow enough that there is always something in hand.
  books = await startFactuursturen({ limits: 'off', latencyMs: 150 })
  bench = openTestEngine(database)
  port = await anyFreePort()
  const publicUrl = `http://127.0.0.1:${port}`
  env = {
    DATABASE_URL: database.url,
    DOORVOER_KEYS: newKey('test', seededRandom(1)),
    DOORVOER_SECRET: Buffer.from(seededRandom(2).bytes(32)).toString('base64url'),
    DOORVOER_PORT: String(port),
    DOORVOER_PUBLIC_URL: publicUrl,
    DOORVOER_LOG_LEVEL: 'info',
    DOORVOER_PRIVATE_ADDRESSES: '127.0.0.0/8',
    DOORVOER_PACES: 'kmoshops=100000/1s/20,factuursturen=100000/1s/8',
  }
  await installIntegration(
    bench.engine,
    { system: 'kmoshops', credentials: { apiRoot: shop.url, ...shop.credentials } },
    {
      system: 'factuursturen',
      credentials: {
        userName: books.account.user,
        apiKey: books.account.apiKey,
        baseUrl: `${books.url}/api/v1`,
      },
    },
    { publicUrl, homeCountry: 'NL' },
  )
}, 60_000)

afterEach(async () => {
  for (const program of programs) program.end('SIGKILL')
  await Promise.all(programs.map(({ ended }) => ended))
  programs.length = 0
  await bench.close()
  await shop.close()
  await books.close()
  await database.close()
}, 60_000)

const start = async (args: string[], main?: string): Promise<Program> => {
  const program = runProgram(args, { env, patienceMs: 300_000, ...(main && { main }) })
  programs.push(program)
  await program.says('Doorvoer is running')
  return program
}

/** Asks a program to end. @returns its exit code, and how long it took */
const end = async (program: Program): Promise<{ code: number | null; tookMs: number }> => {
  const { clock } = bench.engine
  const begunMs = clock.monotonicMs()
  program.end('SIGTERM')
  const { code } = await program.ended
  return { code, tookMs: clock.monotonicMs() - begunMs }
}

const sell = (count: number, webhook?: 'lost'): void => {
  shop.placeOrders(
    Array.from({ length: count }, (_, n) => ({
      email: `klant${n}@voorbeeld.example`,
      country: 'NL',
      lines: [{ name: 'Mok', unitPrice: 12.1, quantity: 1 + (n % 5) }],
      ...(webhook !== undefined && { webhook }),
    })),
  )
}

const invoiceNumbers = () => books.ledger().invoices.map(({ reference }) => reference[0])

const states = async (): Promise<Record<string, number>> => {
  const found = await database.db
    .selectFrom('bookings')
    .select(['state', (eb) => eb.fn.countAll<number>().as('count')])
    .groupBy('state')
    .execute()
  return Object.fromEntries(found.map(({ state, count }) => [state, count]))
}

const untilBooked = (count: number) =>
  until(`${count} booked`, patienceMs, async () =>
    ((await states())['booked'] ?? 0) >= count ? true : null,
  )

/** The poll that is due every hour, now: the sweep finds it as begun and abandoned. */
const pollNow = () =>
  sql`update polls set started_at = now(), alive_at = null, finished_at = null`.execute(database.db)

/** Every sale once in the books, none left out. */
const expectAllOnce = (sales: number): void => {
  const numbers = invoiceNumbers()
  expect({ lost: sales - new Set(numbers).size, doubled: numbers.length - new Set(numbers).size })
    // One line to read when it fails.
    .toEqual({ lost: 0, doubled: 0 })
}

describe('a server that is asked to end in the middle of its work', () => {
  test('finishes what is in hand, within its time, and the next one loses and doubles nothing', async () => {
    const first = await start(['serve'])
    sell(200)
    await untilBooked(20)
    sell(50)
    const ended = await end(first)
    expect(ended.code).toBe(0)
    expect(ended.tookMs).toBeLessThan(endsWithinMs)

    // Nothing hangs between a call and its outcome, and what stands in the books is known here.
    const left = await states()
    expect([left['reserved'], left['uncertain']]).toEqual([undefined, undefined])
    expect(invoiceNumbers()).toHaveLength(left['booked'] ?? 0)
    expect(left['booked']).toBeLessThan(250)
    const held = await database.db
      .selectFrom('mailboxes')
      .select('holder')
      .where('holder', 'is not', null)
      .execute()
    expect(held).toEqual([])

    // Sold while nobody was there to hear of it.
    sell(20, 'lost')
    const second = await start(['serve'])
    await pollNow()
    await untilBooked(270)
    expectAllOnce(270)
    expect((await end(second)).code).toBe(0)
  }, 240_000)
})

describe('an upgrade', () => {
  test('one worker after the other: there is always one at work, and nothing is lost or doubled', async () => {
    // A previous version starts on its own tables; the first new one brings them up to date under it.
    if (previous !== undefined) await migrate(database.db as never, migrationNames.at(-2))
    const old = await start(['worker'], previous)
    const web = await start(['web'], previous)
    sell(150)
    await untilBooked(15)
    const next = await start(['worker'])
    sell(50)
    await untilBooked(60)
    expect((await end(old)).code).toBe(0)
    expect((await end(web)).code).toBe(0)
    sell(20, 'lost')
    await pollNow()
    await untilBooked(220)
    expectAllOnce(220)
    expect((await end(next)).code).toBe(0)
  }, 240_000)
})
