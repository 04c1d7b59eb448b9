import { sql } from 'kysely'
import { makeHome, startProcess, until } from '../../crash/processes.ts'
import { startRemotes, type PlacedSale, type Remotes } from '../../crash/remotes.ts'
import { createTestDatabase } from '../../support/database.ts'
import { installIntegration, openTestEngine, type Remote } from '../../support/engine.ts'
import { openLine, type Line } from '../../support/line.ts'
import { startTestServer } from '../../support/server.ts'
import { behindWeakLink } from '../../support/weak-link.ts'
import { allPairs, nameOf, type Pair } from '../pairs.ts'
import { nothing, type Part } from '../part.ts'

const rounds = 2
const salesEach = 6
/** Back to work within a minute (reliability §5). */
const backMsMax = 60_000
/** A machine that is busy with other things is no fault. */
const startMsMax = 300_000
const endMsMax = 180_000

interface Merchant {
  id: string
  pair: Pair
  remotes: Remotes
  lines: readonly Line[]
  sales: PlacedSale[]
}

/** A remote as it is reached over a line that can go dead. */
const overLine = async (remote: Remote, url: string): Promise<{ remote: Remote; line: Line }> => {
  const { host, hostname, port } = new URL(url)
  const line = await openLine(hostname, Number(port))
  const moved = JSON.stringify(remote.credentials).replaceAll(host, `127.0.0.1:${line.port}`)
  const credentials = JSON.parse(moved) as Record<string, unknown>
  return { remote: { ...remote, credentials }, line }
}

/** One of each shop and each books. */
const fourPairs = (): Pair[] => allPairs.filter((_, index) => index % 5 === 0)

export const halfopen: Part = {
  name: 'halfopen',
  what: 'connections to PostgreSQL, shops and books go dead without a word; a real worker has to be back in a minute',
  async run({ pairs }, tell) {
    const chosen =
      pairs.length === 0 ? fourPairs() : allPairs.filter((pair) => pairs.includes(nameOf(pair)))
    const stopServer = await startTestServer()
    const database = await createTestDatabase()
    const link = await behindWeakLink(database)
    const home = await makeHome()
    const bench = openTestEngine(database)
    const merchants: Merchant[] = []
    const backMs: Record<'database' | 'remotes', number[]> = { database: [], remotes: [] }
    const faults: string[] = []

    for (const pair of chosen) {
      const remotes = await startRemotes(pair)
      const shop = await overLine(remotes.shop, remotes.shopEnd.url)
      const books = await overLine(remotes.books, remotes.booksEnd.url)
      const id = await installIntegration(bench.engine, shop.remote, books.remote, {
        settings: remotes.settings,
      })
      merchants.push({ id, pair, remotes, lines: [shop.line, books.line], sales: [] })
    }
    const worker = startProcess({
      program: 'worker',
      databaseUrl: link.database.url,
      home: home.folder,
    })
    const sell = async (): Promise<void> => {
      for (let count = 0; count < salesEach; count += 1) {
        for (const { id, remotes, sales } of merchants) {
          const sale = remotes.place('lost')
          sales.push(sale)
          await bench.engine.commits.see(id, [{ ref: sale.ref }], 'live')
        }
      }
    }
    const booked = async (): Promise<number> => {
      const rows = await database.db
        .selectFrom('bookings')
        .select('id')
        .where('state', '=', 'booked')
        .execute()
      return rows.length
    }
    /** What is not booked, and what it waits for: so that a fault says more than that there is one. */
    const leftOver = async (): Promise<string> => {
      const rows = await database.db
        .selectFrom('bookings')
        .innerJoin('mailboxes', 'mailboxes.integrationId', 'bookings.integrationId')
        .select(['bookings.integrationId', 'state', 'reasonCode', 'attempts', 'failures'])
        .select([
          sql<number>`extract(epoch from due_at - now())::integer`.as('dueInS'),
          sql<number>`extract(epoch from rest_until - now())::integer`.as('restsForS'),
        ])
        .where('state', '<>', 'booked')
        .execute()
      return rows
        .map(({ integrationId, ...row }) => {
          const pair = merchants.find(({ id }) => id === integrationId)?.pair
          return `\n    ${pair === undefined ? '' : nameOf(pair)} ${JSON.stringify(row)}`
        })
        .join('')
    }
    const allBooked = async (timeoutMs: number): Promise<boolean> => {
      const sold = merchants.reduce((sum, { sales }) => sum + sales.length, 0)
      return until('all sales booked', timeoutMs, async () =>
        (await booked()) === sold ? true : null,
      ).catch(() => false)
    }

    try {
      await until('a worker that runs', startMsMax, () =>
        worker.lastWords().includes('Doorvoer is running') ? true : null,
      )
      for (let round = 0; round < rounds; round += 1) {
        for (const what of ['database', 'remotes'] as const) {
          await sell()
          // In the middle of its work.
          const before = await booked()
          await until('work under way', startMsMax, async () =>
            (await booked()) > before ? true : null,
          )
          const startedMs = performance.now()
          const hung =
            what === 'database'
              ? link.hang()
              : merchants.flatMap(({ lines }) => lines).reduce((sum, line) => sum + line.hang(), 0)
          const left = await booked()
          await sell()
          await until('a sale booked', 2 * backMsMax, async () =>
            (await booked()) > left ? true : null,
          ).catch(() => undefined)
          const tookMs = performance.now() - startedMs
          backMs[what].push(tookMs)
          tell(`${hung} connections to ${what} hung, back after ${Math.round(tookMs)} ms`)
          if (tookMs > backMsMax)
            faults.push(`${what}: back to work after ${Math.round(tookMs)} ms`)
          if (!(await allBooked(endMsMax)))
            faults.push(`${what}: not all is booked afterwards${await leftOver()}`)
        }
      }
      tell('all rounds are over')
      const { code } = await worker.stop()
      if (code !== 0) faults.push(`the worker ended with ${code}:\n${worker.lastWords()}`)
      const invoicesOf = merchants.flatMap(({ remotes, sales }) =>
        sales.map((sale) => remotes.invoicesFor(sale).length),
      )
      const sales = invoicesOf.length
      return {
        ...nothing,
        sales,
        invoices: merchants.reduce((sum, { remotes }) => sum + remotes.count().invoices, 0),
        lost: invoicesOf.filter((count) => count === 0).length,
        doubled: invoicesOf.filter((count) => count > 1).length,
        stuck: sales - (await booked()),
        faults,
        figures: Object.entries(backMs).map(
          ([what, all]) =>
            `${what}: back to work after ${all.map((ms) => `${(ms / 1000).toFixed(1)} s`).join(', ')}`,
        ),
      }
    } finally {
      worker.signal('SIGKILL')
      await worker.ended
      await bench.close()
      await link.close()
      for (const { lines, remotes } of merchants) {
        await Promise.all(lines.map((line) => line.close()))
        await remotes.close()
      }
      await database.close()
      await home.remove()
      await stopServer()
    }
  },
}
