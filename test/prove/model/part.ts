import fc from 'fast-check'
import { createHttpClient } from '../../../src/connectors/http.ts'
import { startRemotes, type Remotes } from '../../crash/remotes.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { installIntegration, openTestEngine } from '../../support/engine.ts'
import { startTestServer } from '../../support/server.ts'
import { virtualClock } from '../../support/virtual-clock.ts'
import { nothing, type Part } from '../part.ts'
import { drain } from '../../../src/bookings/drain.ts'
import { poll, review } from '../../../src/bookings/polling.ts'
import {
  happenings,
  payLicence,
  steerMigration,
  type KnownSale,
  type Model,
  type Real,
} from './commands.ts'

const small = 20
const wide = { calls: 1_000_000, windowMs: 60_000, concurrency: 50 }
const quietRounds = 5
const roundMs = 3_600_000
const turnsMax = 200_000

let opened = 0
let begunMigrations = 0

/** Two workers, whose calls and commits wait for the scheduler as long as `isOrdered` says so. */
const open = async (database: TestDatabase, scheduler: fc.Scheduler, webshop: string) => {
  const clock = virtualClock()
  const own = createHttpClient({ privateAllowed: ['127.0.0.0/8'] })
  const remotes = await startRemotes(
    { webshop, accounting: 'factuursturen' },
    { now: () => clock.now(), credits: true },
  )
  let isOrdered = false
  const inOrder = (what: string): Promise<void> =>
    isOrdered ? scheduler.schedule(Promise.resolve(), what) : Promise.resolve()
  const openWorker = () => {
    opened += 1
    const worker = openTestEngine(database, {
      clock,
      seed: 50_000 + opened,
      workerName: `worker ${opened}`,
      http: own,
      at: (point) => inOrder(point),
      sellsLicences: true,
    })
    worker.engine.paces = { [webshop]: wide, factuursturen: wide }
    return worker
  }
  const workers = [openWorker(), openWorker()] as const
  const id = await installIntegration(workers[0].engine, remotes.shop, remotes.books, {
    settings: remotes.settings,
  })
  const real: Real = { id, remotes, workers, underWay: [] }
  return {
    real,
    begin() {
      isOrdered = true
    },
    /** Lets time pass for as long as what was begun waits for it: a migration looks again now and then. */
    async settle(work: Promise<unknown>) {
      const life = { isOver: false }
      void work
        .catch(() => undefined)
        .then(() => {
          life.isOver = true
        })
      for (let turns = 0; turns < turnsMax && !life.isOver; turns += 1) {
        await new Promise((resolve) => setImmediate(resolve))
        if (turns % 50 === 49) await clock.advance(500)
      }
      await work
    },
    /** Lets everything come to its end, in no particular order: paid for, and without a migration. */
    async end() {
      isOrdered = false
      const { engine } = workers[0]
      begunMigrations += await engine.db
        .selectFrom('surveys')
        .select('id')
        .where('integrationId', '=', id)
        .where('startedAt', 'is not', null)
        .execute()
        .then((rows) => rows.length)
      await steerMigration(real, 0, 'cancel')
      await payLicence(real, 0)
      for (let round = 0; round < quietRounds; round += 1) {
        await clock.advance(roundMs)
        await poll(engine, id)
        await review(engine)
        await drain(engine, id)
      }
    },
    async close() {
      for (const worker of workers) await worker.close()
      await own.close()
      await remotes.close()
    },
  }
}

type States = ReadonlyMap<string, { state: string; reasonCode: string | null }>

/** What is wrong with the credit invoices of one sale: booked once each, after it, for as much, under its number. */
const judgeCredits = (
  { sale, credits }: KnownSale,
  rows: States,
  { booksEnd }: Remotes,
): string | null => {
  const references = booksEnd.invoices().map(({ reference }) => reference)
  const isBooked = rows.get(sale.ref.id)?.state === 'booked'
  for (const [index, credit] of credits.entries()) {
    const reference = index === 0 ? credit.number : `${credit.number}-${index + 1}`
    const found = booksEnd.invoices().filter((each) => each.reference === reference)
    const state = rows.get(credit.ref.id)?.state ?? 'unknown'
    const isRight =
      found.length === (isBooked ? 1 : 0) &&
      (state === 'booked') === isBooked &&
      found.every(({ totalCents }) => totalCents === credit.totalCents) &&
      (!isBooked || references.indexOf(sale.number) < references.indexOf(reference))
    if (isRight) continue
    const totals = found.map(({ totalCents }) => totalCents).join()
    return (
      `credit ${reference} of ${credit.totalCents} is ${state} with [${totals}]; ` +
      `its sale is ${isBooked ? 'booked' : 'not booked'}; in the books: ${references.join()}`
    )
  }
  return null
}

/** What is wrong in the end. @throws Error for fast-check, which then looks for the shortest way there */
const judge = async ({ sales }: Model, { id, remotes, workers }: Real): Promise<void> => {
  const rows = await workers[0].engine.db
    .selectFrom('bookings')
    .select(['shopId', 'state', 'reasonCode'])
    .where('integrationId', '=', id)
    .execute()
  const states: States = new Map(rows.map((row) => [row.shopId, row]))
  for (const known of sales) {
    const wrong = judgeCredits(known, states, remotes)
    if (wrong !== null) throw new Error(wrong)
    const { sale, isPaid, isCancelled } = known
    const invoices = remotes.booksEnd
      .invoices()
      .filter(({ reference }) => reference === sale.number).length
    const row = states.get(sale.ref.id)
    const state = row?.state ?? 'unknown'
    const isDue = isPaid && !isCancelled
    const isRight =
      invoices <= 1 &&
      (state === 'booked') === (invoices === 1) &&
      (!isDue || invoices === 1) &&
      (isPaid || invoices === 0)
    if (isRight) continue
    throw new Error(
      `sale ${sale.number} (paid ${isPaid}, cancelled ${isCancelled}) is ${state} ` +
        `${row?.reasonCode ?? ''} with ${invoices} invoices`,
    )
  }
  const expected = sales.reduce((sum, { credits }) => sum + 1 + credits.length, 0)
  if (remotes.count().invoices > expected) throw new Error('an invoice is nobody’s')
  const debtors = remotes.booksEnd.debtors().filter((email) => email !== '')
  if (new Set(debtors).size !== debtors.length) throw new Error('a debtor was made twice')
}

export interface ModelCount {
  runs: number
  sales: number
  invoices: number
  credits: number
}

/** Of one nothing but orders is known; the other has credit invoices of its own. */
const shops = ['kmoshops', 'seoshop'] as const

type Happenings = typeof happenings extends fc.Arbitrary<infer List> ? List : never

/** Plays lists of happenings in orders that the scheduler chooses. @throws Error with the shortest that goes wrong */
export const runModel = async (
  database: TestDatabase,
  { seed, runs }: { seed: number; runs: number },
): Promise<ModelCount> => {
  const count: ModelCount = { runs: 0, sales: 0, invoices: 0, credits: 0 }
  const shop = fc.constantFrom(...shops)
  const play = async (scheduler: fc.Scheduler, commands: Happenings, webshop: string) => {
    const stage = await open(database, scheduler, webshop)
    const model: Model = { sales: [] }
    try {
      stage.begin()
      await fc.scheduledModelRun(scheduler, () => ({ model, real: stage.real }), commands)
      await stage.settle(scheduler.waitFor(Promise.all(stage.real.underWay)))
      await stage.end()
      await judge(model, stage.real)
      count.runs += 1
      count.sales += model.sales.length
      count.credits += model.sales.flatMap(({ credits }) => credits).length
      count.invoices += stage.real.remotes.count().invoices
    } finally {
      await stage.close()
    }
  }
  const property = fc.asyncProperty(fc.scheduler(), happenings, shop, play)
  await fc.assert(property, { seed, numRuns: runs, endOnFailure: false })
  return count
}

export const model: Part = {
  name: 'model',
  what: 'webhooks, polls, retries, payments, credits, settings, licence and migration interleaved by a scheduler; --seeds of lists',
  async run(choices) {
    const stopServer = await startTestServer()
    const database = await createTestDatabase()
    const faults: string[] = []
    const runs = choices.seeds ?? small
    let count: ModelCount = { runs: 0, sales: 0, invoices: 0, credits: 0 }
    try {
      count = await runModel(database, { seed: choices.seed, runs })
    } catch (error) {
      const again = `npm run prove -- model --seed ${choices.seed} --seeds ${runs}`
      faults.push(`${error instanceof Error ? error.message : String(error)}\n    again: ${again}`)
    } finally {
      await database.close()
      await stopServer()
    }
    const { sales, invoices, credits } = count
    return {
      ...nothing,
      seeds: count.runs,
      sales,
      invoices,
      faults,
      figures: [
        `${count.runs} lists of happenings, ${credits} credit invoices, ${begunMigrations} migrations begun`,
      ],
    }
  },
}
