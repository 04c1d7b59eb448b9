import type { Cellar } from './cellar.ts'
import { medianCosts } from './costs.ts'
import { openDoorvoer } from './doorvoer.ts'
import { drainBareLoop, drainContender, type Drain } from './drain.ts'
import { bookOneByOne, type Idle } from './idle.ts'
import { peakDuring } from './memory.ts'
import type { DrainPlan, Plan } from './plan.ts'
import type { Tally } from './remotes.ts'
import type { Spread } from './sales.ts'
import { databaseMemory, openStage, serviceMemory, type Memory, type Stage } from './stage.ts'
import { measureStartUp, type StartUp } from './start-up.ts'
import { median, medianTimes } from './statistics.ts'
import { streamTo, type Steady } from './steady.ts'
import { listed } from './tape.ts'

export interface DrainFigures {
  latencyMs: number
  spread: Spread
  rounds: number
  a: Drain
  b: Drain
  c: Drain
  /** Sales per second of (c) as a share of the others', each within one round. */
  cToA: number
  cToB: number
}

export interface SteadyFigures {
  perSecond: number
  b: Steady
  c: Steady
}

export interface IdleFigures {
  latencyMs: number
  b: Idle
  c: Idle
}

export interface ServeFigures {
  drains: { spread: Spread; c: Drain }[]
  memory: Memory
}

/** Everything that was measured; figures of several rounds are medians. */
export interface Figures {
  calls: string
  startUp: StartUp
  memory: { idle: Memory; peak: Memory }
  idle: IdleFigures[]
  steady: SteadyFigures[]
  drains: DrainFigures[]
  serve: ServeFigures | null
  /** All ledgers of the run together. */
  tally: Tally
  seconds: number
}

/** Told what is being measured. */
export type Progress = (what: string) => void

const sumTallies = (tallies: readonly Tally[]): Tally =>
  tallies.reduce(
    (sum, each) => ({
      booked: sum.booked + each.booked,
      lost: sum.lost + each.lost,
      doubled: sum.doubled + each.doubled,
    }),
    { booked: 0, lost: 0, doubled: 0 },
  )

const medianDrain = (rounds: readonly Drain[]): Drain => {
  const of = (figure: (drain: Drain) => number) => median(rounds.map(figure))
  return {
    salesPerSecond: of((drain) => drain.salesPerSecond),
    acknowledgedPerSecond: of((drain) => drain.acknowledgedPerSecond),
    costs: medianCosts(rounds.map(({ costs }) => costs)),
    tally: sumTallies(rounds.map(({ tally }) => tally)),
  }
}

const medianSteady = (rounds: readonly Steady[]): Steady => ({
  acknowledged: medianTimes(rounds.map(({ acknowledged }) => acknowledged)),
  endToEnd: medianTimes(rounds.map(({ endToEnd }) => endToEnd)),
  senderLate: medianTimes(rounds.map(({ senderLate }) => senderLate)),
  costs: medianCosts(rounds.map(({ costs }) => costs)),
  tally: sumTallies(rounds.map(({ tally }) => tally)),
})

const medianIdle = (rounds: readonly Idle[]): Idle => ({
  acknowledged: medianTimes(rounds.map(({ acknowledged }) => acknowledged)),
  endToEnd: medianTimes(rounds.map(({ endToEnd }) => endToEnd)),
  overhead: medianTimes(rounds.map(({ overhead }) => overhead)),
})

const measureIdle = async (
  stage: Stage,
  { latencyMs, sales, rounds }: Plan['idle'][number],
): Promise<IdleFigures> => {
  await stage.remotes.setLatency(latencyMs)
  const b: Idle[] = []
  const c: Idle[] = []
  for (let round = 0; round < rounds; round += 1) {
    b.push(await bookOneByOne(stage, stage.minimum, sales))
    c.push(await bookOneByOne(stage, stage.doorvoer, sales))
  }
  await stage.remotes.setLatency(0)
  return { latencyMs, b: medianIdle(b), c: medianIdle(c) }
}

const measureDrains = async (stage: Stage, plan: DrainPlan): Promise<DrainFigures> => {
  const { latencyMs, spread, rounds, sales } = plan
  await stage.remotes.setLatency(latencyMs)
  const all: { a: Drain; b: Drain; c: Drain }[] = []
  for (let round = 0; round < rounds; round += 1) {
    const a = () => drainBareLoop(stage, sales.a, spread)
    const b = () => drainContender(stage, stage.minimum, sales.b, spread)
    const c = () => drainContender(stage, stage.doorvoer, sales.c, spread)
    // In turn from the front and from the back, so that whatever drifts meets all of them alike.
    if (round % 2 === 0) all.push({ a: await a(), b: await b(), c: await c() })
    else {
      const [third, second, first] = [await c(), await b(), await a()]
      all.push({ a: first, b: second, c: third })
    }
  }
  await stage.remotes.setLatency(0)
  return {
    latencyMs,
    spread,
    rounds,
    a: medianDrain(all.map(({ a }) => a)),
    b: medianDrain(all.map(({ b }) => b)),
    c: medianDrain(all.map(({ c }) => c)),
    cToA: median(all.map(({ a, c }) => c.salesPerSecond / a.salesPerSecond)),
    cToB: median(all.map(({ b, c }) => c.salesPerSecond / b.salesPerSecond)),
  }
}

const measureSteady = async (
  stage: Stage,
  { perSecond, seconds, rounds }: Plan['steady'][number],
): Promise<SteadyFigures> => {
  const b: Steady[] = []
  const c: Steady[] = []
  for (let round = 0; round < rounds; round += 1) {
    const turns = [
      async () => void b.push(await streamTo(stage, stage.minimum, perSecond, seconds)),
      async () => void c.push(await streamTo(stage, stage.doorvoer, perSecond, seconds)),
    ]
    for (const turn of round % 2 === 0 ? turns : turns.reverse()) await turn()
  }
  return { perSecond, b: medianSteady(b), c: medianSteady(c) }
}

const measureServe = async (stage: Stage, sales: number): Promise<ServeFigures> => {
  await stage.doorvoer.end()
  const serve = await openDoorvoer(
    stage.installed,
    stage.remotes,
    { layout: 'serve', folder: stage.folder },
    stage.cellar,
  )
  await drainContender(stage, serve, sales / 2, 'all')
  const drains: ServeFigures['drains'] = []
  for (const spread of ['all', 'one'] as const) {
    drains.push({ spread, c: await drainContender(stage, serve, sales, spread) })
  }
  return { drains, memory: await serviceMemory(serve, 'peakMb') }
}

const warmUp = async (stage: Stage, count: number): Promise<void> => {
  for (const spread of ['all', 'one'] as const) {
    await drainBareLoop(stage, count, spread)
    await drainContender(stage, stage.minimum, count, spread)
    await drainContender(stage, stage.doorvoer, count, spread)
  }
}

/** Measures everything of a plan, side by side, one thing at a time. */
export const takeFigures = async (
  plan: Plan,
  folder: string,
  cellar: Cellar,
  progress: Progress,
): Promise<Figures> => {
  const startedMs = performance.now()
  progress('start-up')
  const startUp = await measureStartUp(folder, plan.warmStarts)
  progress('installing')
  const stage = await openStage(folder, cellar)
  progress('warming up')
  await warmUp(stage, plan.warmUp)

  const idle: IdleFigures[] = []
  for (const each of plan.idle) {
    progress(`one at a time, remotes at ${each.latencyMs} ms`)
    idle.push(await measureIdle(stage, each))
  }

  const steady: SteadyFigures[] = []
  for (const each of plan.steady) {
    progress(`${each.perSecond} webhooks a second`)
    steady.push(await measureSteady(stage, each))
  }

  const drains: DrainFigures[] = []
  const { peak } = await peakDuring(
    () => databaseMemory(stage.server),
    async () => {
      for (const each of plan.drains) {
        progress(`bursts over ${each.spread}, remotes at ${each.latencyMs} ms`)
        drains.push(await measureDrains(stage, each))
      }
    },
    1_000,
  )
  const memory = {
    idle: stage.idleMemory,
    peak: { ...(await serviceMemory(stage.doorvoer, 'peakMb')), PostgreSQL: peak },
  }
  if (plan.serveSales > 0) progress('both parts in one process')
  const serve = plan.serveSales > 0 ? await measureServe(stage, plan.serveSales) : null
  const tallies = [
    ...drains.flatMap(({ a, b, c }) => [a, b, c]),
    ...steady.flatMap(({ b, c }) => [b, c]),
    ...(serve?.drains.map(({ c }) => c) ?? []),
  ].map(({ tally }) => tally)
  return {
    calls: listed(stage.script),
    startUp,
    memory,
    idle,
    steady,
    drains,
    serve,
    tally: sumTallies(tallies),
    seconds: Math.round((performance.now() - startedMs) / 1000),
  }
}
