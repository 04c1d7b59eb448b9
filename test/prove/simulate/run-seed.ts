import { z } from 'zod'
import { review } from '../../../src/bookings/polling.ts'
import { nameOf } from '../pairs.ts'
import { checkBooks, checkWrites } from './checkers.ts'
import { planHappenings, tidyUp, type Scene } from './happenings.ts'
import { networkOn } from './network.ts'
import { startProcess, type Site } from './process.ts'
import { queueOn } from './queue.ts'
import { serverOn, type Mirror } from './store/server.ts'
import { tabled, type Tabled } from './store/tables.ts'
import { swarmOf, withWrongClocks } from './swarm.ts'
import { examineTenant, openTenant, type Tenant } from './tenant.ts'
import { startWorker, type Worker } from './worker.ts'
import { chanceOf, worldOf } from './world.ts'

const hour = 3_600_000
const day = 24 * hour

/** What came of one seed; a line of a shard's output, and of a run's log. */
export const seedResult = z.object({
  seed: z.number(),
  pairs: z.array(z.string()),
  days: z.number(),
  sales: z.number(),
  invoices: z.number(),
  lost: z.number(),
  doubled: z.number(),
  stuck: z.number(),
  /** What a checker said, at most a few. */
  faults: z.array(z.string()),
  events: z.number(),
  hash: z.string(),
  /** The end of the event log, where something was wrong with it. */
  lastLines: z.array(z.string()),
})
export type SeedResult = z.infer<typeof seedResult>

export interface SeedOptions {
  sales: number
  /** Where the tables are as well; told of the rows that are put there before the run. */
  mirror?: { mirror: Mirror; begin(db: Tabled): Promise<void>; end(db: Tabled): Promise<void> }
  keepLines?: boolean
  /** Nothing goes wrong but clocks; from this moment on. */
  clocksFrom?: string
}

const faultsMax = 5
/** After the days of the run, until everything has come to its end: the longest retry is six hours. */
const quietRounds = 60
const roundMs = 6 * hour

const final = new Set(['booked', 'refused', 'closed'])

/** When the first booking becomes due that a sweep would ring for; Infinity when there is none. */
const nextDueOf = (db: Tabled, nowMs: (moment: Date) => number) => (): number => {
  let next = Infinity
  for (const { id } of db.table('integrations').all()) {
    if (
      db
        .table('connections')
        .of(id)
        .some(({ dot }) => dot === 'red')
    )
      continue
    const { restUntil } = db.table('mailboxes').get(id) ?? { restUntil: null }
    const restMs = restUntil === null ? 0 : nowMs(restUntil)
    for (const { dueAt } of db.table('bookings').of(id)) {
      if (dueAt !== null) next = Math.min(next, Math.max(restMs, nowMs(dueAt)))
    }
    const { startedAt, finishedAt } = db.table('polls').get(id) ?? {}
    if (startedAt != null && finishedAt === null) next = Math.min(next, nowMs(startedAt) + 31_000)
  }
  return next
}

/** Plays one seed from its first day until nothing is left to do, with every checker looking on. */
export const runSeed = async (seed: number, options: SeedOptions): Promise<SeedResult> => {
  const { clocksFrom } = options
  const world = worldOf(seed, {
    keepLines: options.keepLines ?? false,
    ...(clocksFrom !== undefined && { startsAt: clocksFrom }),
  })
  const usual = swarmOf(chanceOf(seed ^ 0x5eed), options.sales)
  const swarm = clocksFrom === undefined ? usual : withWrongClocks(usual)
  const faults: string[] = []
  const fail = (what: string) => {
    world.log(`FAULT ${what}`)
    if (faults.length < faultsMax) faults.push(`${(world.nowMs() / 1000).toFixed(1)} s: ${what}`)
  }
  const reserved = new Map<string, Set<string>>()
  const workers: (Worker | null)[] = []
  const startMs = world.now().getTime()
  const check = checkWrites(fail)
  const db = tabled((change) => {
    check(change)
    if (change.table === 'bookings' && change.after !== undefined) {
      const { state, reference, integrationId, dueAt } = change.after
      if (state === 'reserved' && reference !== null) {
        const known = reserved.get(integrationId) ?? new Set()
        reserved.set(integrationId, known.add(reference))
      }
      if (dueAt !== null) {
        const inMs = dueAt.getTime() - startMs - world.nowMs()
        for (const worker of workers) worker?.expectDue(inMs)
      }
    }
    if (clocksFrom !== undefined && change.table === 'connections') {
      const { dot, side, system, problemCode } = change.after ?? {}
      if (dot === 'red') fail(`a clock turned the ${side} ${system} red: ${problemCode ?? ''}`)
    }
    if (change.table === 'polls') for (const worker of workers) worker?.expectDue(31_000)
  })
  const queue = queueOn(world, () => !swarm.isCalm() && world.chance.happens(swarm.lostJobs))
  const server = serverOn(world, db, {
    mirror: options.mirror?.mirror ?? null,
    onRing: (integrationId) => queue.send('drain', integrationId),
  })
  const network = networkOn(world, swarm)
  const site: Site = { world, swarm, server, network, fail }
  const office = startProcess(site, 'office', false)
  const look = (tenant: Tenant) => checkBooks(tenant, reserved.get(tenant.id) ?? new Set(), fail)
  const tenants: Tenant[] = []
  for (const pair of swarm.pairs) {
    tenants.push(
      await openTenant(site, office, pair, (tenant, _side, creates) => {
        if (creates) look(tenant)
      }),
    )
  }
  await options.mirror?.begin(db)

  const nextDue = nextDueOf(db, (moment) => moment.getTime() - startMs)
  let started = 0
  const revive = (place: number) => {
    started += 1
    const worker = startWorker(site, queue, `worker ${started}`, nextDue)
    workers[place] = worker
    // As a supervisor does.
    worker.process.life.begin(() => {
      workers[place] = null
      world.after(world.chance.between(0, 120_000), () => revive(place))
    })
  }
  const scene: Scene = { site, office, queue, tenants, workers }

  // The first visits come before anything can go wrong.
  const wasCalm = swarm.beCalmFor(() =>
    Promise.all(tenants.map((tenant) => examineTenant(office, tenant))),
  )
  const examined = wasCalm.catch((error: unknown) => fail(String(error)))
  await world.passUntil(10 * 60_000)
  await examined

  for (let place = 0; place < swarm.workers; place += 1) revive(place)
  planHappenings(scene)
  await world.passUntil(world.nowMs() + (swarm.days + 2) * day)

  swarm.calm()
  for (const worker of workers) worker?.process.life.setRight()
  for (const { shopStation, booksStation } of tenants) {
    for (const station of [shopStation, booksStation]) {
      station.downUntilMs = 0
      station.lockedUntilMs = 0
    }
  }
  const isOver = () =>
    tenants.every(({ id, sales }) => {
      const rows = db.table('bookings').of(id)
      const isDone = rows.every(
        ({ state, dueAt, reasonCode }) =>
          (final.has(state) && dueAt === null && reasonCode !== 'IGNORED' && state !== 'refused') ||
          (state === 'open' && reasonCode === 'NOT_PAID_YET'),
      )
      const known = new Set(rows.map(({ shopId }) => shopId))
      return isDone && sales.every(({ ref }) => known.has(ref.id))
    })
  for (let round = 0; round < quietRounds && (round < 2 || !isOver()); round += 1) {
    for (const tenant of tenants) {
      queue.send('poll', tenant.id)
      void office.follow('a person', tidyUp(scene, tenant, 'thoroughly'))
    }
    void office.follow('a review', review(office.engine))
    await world.passUntil(world.nowMs() + roundMs)
  }

  let lost = 0
  let doubled = 0
  let stuck = 0
  let invoices = 0
  let sales = 0
  for (const tenant of tenants) {
    look(tenant)
    const counts = new Map<string, number>()
    for (const { reference } of tenant.books.invoices()) {
      counts.set(reference, (counts.get(reference) ?? 0) + 1)
      invoices += 1
    }
    for (const sale of tenant.sales) {
      sales += 1
      const count = counts.get(sale.number) ?? 0
      const row = db.booking(tenant.id, sale.ref.kind, sale.ref.id)
      const who = `sale ${sale.number} of ${nameOf(tenant.pair)}`
      if (count > 1) doubled += 1
      if (count === 0 && sale.paid && !sale.cancelled) {
        lost += 1
        fail(`${who} has no invoice; it is ${row?.state ?? 'unknown'} ${row?.reasonCode ?? ''}`)
      }
      if (count > 0 && !sale.paid && !sale.cancelled) fail(`${who} was never paid and is invoiced`)
      const isOpen =
        row !== undefined && !final.has(row.state) && (sale.paid || row.state !== 'open')
      if (isOpen) {
        stuck += 1
        fail(`${who} is still ${row.state} ${row.reasonCode ?? ''}`)
      }
      if ((row?.state === 'booked') !== count > 0) {
        fail(`${who} is ${row?.state ?? 'unknown'}, with ${count} invoices`)
      }
    }
  }
  await options.mirror?.end(db)
  for (const { shop, books } of tenants) await Promise.all([shop.close(), books.close()])
  return {
    seed,
    pairs: swarm.pairs.map(nameOf),
    days: swarm.days,
    sales,
    invoices,
    lost,
    doubled,
    stuck,
    faults,
    events: world.events(),
    hash: world.hash(),
    lastLines: faults.length > 0 || options.keepLines === true ? [...world.lastLines()] : [],
  }
}
