import type { Contender } from './contender.ts'
import { cpuMsOf, postgresCpuMs } from './cpu.ts'
import { senderTo, webhooksOf } from './load.ts'
import { monotonicMs, pause } from './moment.ts'
import type { Tally } from './remotes.ts'
import { newSales, type Sale, type Spread } from './sales.ts'
import type { Stage } from './stage.ts'

/** What one burst of sales cost. */
export interface Drain {
  /** From the first webhook, or the first call of (a), to the last invoice. */
  salesPerSecond: number
  /** Webhooks acknowledged per second of the burst; 0 for (a), which gets none. */
  acknowledgedPerSecond: number
  /** CPU milliseconds per sale, until everything was written down. */
  serviceMs: number
  databaseMs: number
  remoteMs: number
  tally: Tally
}

/** Sales of (a) under way at once: what (c) has of one integration. */
const atOnce = 20
/** Webhooks of a burst under way at once. */
const senders = 64
/** What is still being tidied up after the last sale belongs to its costs. */
const afterMs = 300

interface Burst {
  startMs: number
  acknowledgedPerSecond: number
}

/** Measures what `run` costs and what came of it. */
const measure = async (
  { remotes, server }: Stage,
  pids: readonly number[],
  sales: readonly Sale[],
  run: () => Promise<Burst>,
  settled: () => Promise<void>,
): Promise<Drain> => {
  const costs = async () => ({
    service: await cpuMsOf(pids),
    database: await postgresCpuMs(server.postmasterPid),
    remote: await cpuMsOf(remotes.pids),
  })
  const before = await costs()
  const [{ startMs, acknowledgedPerSecond }, created] = await Promise.all([
    run(),
    remotes.created(sales.length),
  ])
  const lastMs = Math.max(...created.map(({ atMs }) => atMs))
  await settled()
  await pause(afterMs)
  const after = await costs()
  return {
    salesPerSecond: (sales.length * 1000) / (lastMs - startMs),
    acknowledgedPerSecond,
    serviceMs: (after.service - before.service) / sales.length,
    databaseMs: (after.database - before.database) / sales.length,
    remoteMs: (after.remote - before.remote) / sales.length,
    tally: await remotes.tally(sales),
  }
}

export const drainBareLoop = async (
  stage: Stage,
  count: number,
  spread: Spread,
): Promise<Drain> => {
  const sales = newSales(count, spread)
  await stage.remotes.prepare(sales, spread)
  const run = async () => ({
    startMs: await stage.bareLoop.ask.run({ sales, atOnce }),
    acknowledgedPerSecond: 0,
  })
  return measure(stage, [stage.bareLoop.pid], sales, run, () => Promise.resolve())
}

export const drainContender = async (
  stage: Stage,
  contender: Contender,
  count: number,
  spread: Spread,
): Promise<Drain> => {
  const sales = newSales(count, spread)
  await stage.remotes.prepare(sales, spread)
  const webhooks = webhooksOf(sales, contender.hooks, stage.remotes.shops)
  const sender = senderTo(webhooks)
  const run = async () => {
    const startMs = monotonicMs()
    await sender.burst(senders)
    return { startMs, acknowledgedPerSecond: (count * 1000) / (monotonicMs() - startMs) }
  }
  try {
    return await measure(stage, Object.values(contender.pids), sales, run, () =>
      contender.settled(),
    )
  } catch (cause) {
    throw new Error(`(${contender.id}): ${await contender.explain()}`, { cause })
  } finally {
    await sender.close()
  }
}
