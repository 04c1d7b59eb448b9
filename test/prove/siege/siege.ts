import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { makeHome, startProcess, until, type Running } from '../../crash/processes.ts'
import type { Pair } from '../pairs.ts'
import { chanceOf, type Chance } from '../simulate/world.ts'
import { admitWorkers, asWorker } from '../../support/least-rights.ts'
import type { OwnServer } from './own-server.ts'
import { countUp, openTown, type Town } from './town.ts'

/** What one siege is like. */
export interface SiegePlan {
  seed: number
  /** One merchant for each. */
  pairs: readonly Pair[]
  /** Workers at work side by side. */
  workers: number
  sales: number
  /** Workers killed in all, each at a random moment of its work. */
  kills: number
  /** The database falls this often, spread over the middle third of the sales. */
  restarts: number
}

/** What came of one, as it also stands in the log. */
export const siegeResult = z.object({
  sales: z.number(),
  invoices: z.number(),
  lost: z.number(),
  doubled: z.number(),
  stuck: z.number(),
  faults: z.array(z.string()),
  /** Workers that ran, and ended of SIGKILL. */
  kills: z.number(),
  restarts: z.number(),
  /** Of the kills: workers that held a mailbox with work that was due. */
  killsAtWork: z.number(),
  /** From a death to the next lease of a mailbox it held, milliseconds. */
  recoveriesMs: z.array(z.number()),
  /** From a database that is back to the next lease. */
  returnsMs: z.array(z.number()),
})
export type SiegeResult = z.infer<typeof siegeResult>

/** A machine that is busy with other things is no fault. */
const startMsMax = 180_000
/** How long a worker works before it is killed: moments as likely as seconds. */
const lifeMs = { min: 50, max: 20_000 }
const pollEveryMs = 15_000
/** After the last kill: leases of the dead, lost answers and their waits, retries of what the database broke off. */
const endMsMax = 400_000
const downMsMax = 2_000
/**
 * Workers that live on when the killing is over. One of them is there all the time, as where a supervisor keeps two:
 * where everybody dies within seconds, nobody can be seen to take over.
 */
const steadyMax = 2
/** Between two sales, where nothing is killed. */
const sellEveryMs = 10

const isRunning = (worker: Running): boolean => worker.lastWords().includes('Doorvoer is running')

interface Fort {
  server: OwnServer
  town: Town
  home: string
  chance: Chance
  plan: SiegePlan
}

const startWorker = ({ server, home }: Fort): Running =>
  startProcess({ program: 'worker', databaseUrl: asWorker(server.url), home })

/** Waits until it works, or has ended: the database may be down at this moment. @throws when it does neither */
const begun = async (worker: Running): Promise<void> => {
  let hasEnded = false
  void worker.ended.then(() => {
    hasEnded = true
  })
  await until('a worker that runs', startMsMax, () =>
    hasEnded || isRunning(worker) ? true : null,
  ).catch((error: unknown) => {
    throw new Error(`${String(error)}; its words: ${worker.lastWords()}`)
  })
}

/** One process that ends in order leaves its compiled code behind for all the others. */
const warmUp = async (fort: Fort): Promise<void> => {
  const worker = startWorker(fort)
  await begun(worker)
  await worker.stop()
}

interface Death {
  pid: number
  atMs: number
  /** Mailboxes with work that is due. */
  held: readonly string[]
}

/** What is still to be killed and sold. */
interface Left {
  kills: number
  sales: number
  /** A worker that finds no database ends by itself, which is no kill; so often and no more. */
  tries: number
}

const lifeOf = (chance: Chance): number =>
  lifeMs.min * (lifeMs.max / lifeMs.min) ** (chance.between(0, 1_000) / 1_000)

/** What happened so far. */
interface Chronicle {
  deaths: Death[]
  faults: string[]
  onDeath: (death: Death) => void
}

/** Kills workers one after the other and sells as much as that takes; several do so side by side. */
const killSome = async (
  fort: Fort,
  left: Left,
  { deaths, faults, onDeath }: Chronicle,
): Promise<void> => {
  const { chance, plan, town } = fort
  const salesEach = Math.ceil(plan.sales / plan.kills)
  while (left.kills > 0 && left.tries > 0) {
    left.kills -= 1
    left.tries -= 1
    const worker = startWorker(fort)
    try {
      // One that stands still and neither works nor ends is a fault, and no reason to spare the others.
      await begun(worker).catch((error: unknown) => faults.push(String(error)))
      for (let sold = 0; sold < salesEach && left.sales > 0; sold += 1) {
        left.sales -= 1
        await town.sell(chance)
      }
      await pause(lifeOf(chance))
    } finally {
      worker.signal('SIGKILL')
      const { pid } = worker
      const { at, signal } = await worker.ended
      if (signal === 'SIGKILL') {
        const death = { pid, atMs: at.getTime(), held: await town.heldBy(pid) }
        deaths.push(death)
        onDeath(death)
      } else left.kills += 1
    }
  }
}

/** Lets the database fall again and again while `isOn`. @returns when it was back each time */
const restartSome = async (
  { server, chance, plan }: Fort,
  progress: () => number,
  over: AbortSignal,
): Promise<number[]> => {
  const backAtMs: number[] = []
  for (let count = 0; count < plan.restarts; count += 1) {
    const due = 1 / 3 + count / plan.restarts / 3
    while (progress() < due && !over.aborted) await pause(100)
    if (over.aborted) break
    if (chance.happens(0.3)) await server.killBackend()
    else await server.restart(chance.between(0, downMsMax))
    backAtMs.push(Date.now())
    await pause(chance.between(1_000, 4_000))
  }
  return backAtMs
}

const isOver = async ({ merchants, bookings }: Town): Promise<boolean> => {
  const rows = await bookings()
  const sold = merchants.reduce((sum, { sales }) => sum + sales.length, 0)
  const done = rows.filter(({ state, dueAt }) => state === 'booked' && dueAt === null)
  return done.length === sold
}

/** The first taking after each of these moments, of one of these mailboxes; null: of any. */
const untilNext = (
  moments: readonly { atMs: number; integrationId: string | null }[],
  takings: Awaited<ReturnType<Town['takings']>>,
): number[] =>
  moments.flatMap(({ atMs, integrationId }) => {
    const next = takings.find(
      (taking) =>
        taking.atMs > atMs && (integrationId === null || taking.integrationId === integrationId),
    )
    return next === undefined ? [] : [next.atMs - atMs]
  })

/** What is told while it lasts. */
export interface SiegeNews {
  tell: (line: string) => void
  onDeath: (death: Death) => void
  /** Nothing is killed any more; what is left is waiting. */
  onPeace: () => void
}

/**
 * Many merchants sell while workers are killed and the database falls; then everybody is left in peace until all
 * is booked, and the invoices are counted at the sandboxes.
 */
export const besiege = async (
  server: OwnServer,
  plan: SiegePlan,
  { tell, onDeath, onPeace }: SiegeNews,
): Promise<SiegeResult> => {
  const home = await makeHome()
  await admitWorkers(server.url)
  const town = await openTown(server, plan.pairs)
  const fort: Fort = { server, town, home: home.folder, chance: chanceOf(plan.seed), plan }
  const steady: Running[] = []
  const deaths: Death[] = []
  const faults: string[] = []
  const left = { kills: plan.kills, sales: plan.sales, tries: 2 * plan.kills }
  const soldShare = () =>
    town.merchants.reduce((sum, { sales }) => sum + sales.length, 0) / plan.sales
  const over = new AbortController()
  let restarting: Promise<number[]> = Promise.resolve([])
  const polling = (async () => {
    while (!over.signal.aborted) {
      await town.pollAll()
      await pause(pollEveryMs, null, { signal: over.signal }).catch(() => undefined)
    }
  })()
  const telling = setInterval(() => {
    tell(`${Math.round(soldShare() * plan.sales)} sold, ${deaths.length} killed`)
  }, 20_000)
  try {
    await warmUp(fort)
    if (plan.kills > 0) {
      const besideThem = startWorker(fort)
      steady.push(besideThem)
      await begun(besideThem)
    }
    restarting = restartSome(fort, soldShare, over.signal)
    if (plan.kills > 0) {
      await Promise.all(
        Array.from({ length: plan.workers }, async () => {
          await killSome(fort, left, { deaths, faults, onDeath })
          // While others still die, so that there is never nobody.
          if (steady.length < steadyMax) steady.push(startWorker(fort))
        }),
      )
      for (; left.sales > 0; left.sales -= 1) await town.sell(fort.chance)
    } else {
      steady.push(...Array.from({ length: plan.workers }, () => startWorker(fort)))
      await Promise.all(steady.map(begun))
      for (let sold = 0; sold < plan.sales; sold += 1) {
        await town.sell(fort.chance)
        await pause(sellEveryMs)
      }
    }
    const backAtMs = await restarting
    tell('peace')
    onPeace()
    await until(
      'the end of every sale',
      endMsMax,
      async () => ((await isOver(town)) ? true : null),
      1_000,
    ).catch(() => undefined)
    over.abort()
    await polling
    const takings = await town.takings()
    const count = countUp(town.merchants, await town.bookings())
    for (const [index, worker] of steady.entries()) {
      const lived = worker.lastWords()
      const { code, signal } = await worker.stop()
      if (code !== 0)
        count.faults.push(`worker ${index} ended with ${code ?? signal}: ${lived.slice(-2_000)}`)
    }
    const held = deaths.flatMap(({ atMs, held: ids }) =>
      ids.map((integrationId) => ({ atMs, integrationId })),
    )
    return {
      ...count,
      faults: [...faults, ...count.faults],
      kills: deaths.length,
      killsAtWork: deaths.filter((death) => death.held.length > 0).length,
      restarts: backAtMs.length,
      recoveriesMs: untilNext(held, takings),
      returnsMs: untilNext(
        backAtMs.map((atMs) => ({ atMs, integrationId: null })),
        takings,
      ),
    }
  } finally {
    clearInterval(telling)
    over.abort()
    // Nobody may start a database that is taken down.
    await restarting.catch(() => undefined)
    for (const worker of steady) worker.signal('SIGKILL')
    await town.close()
    await home.remove()
  }
}
