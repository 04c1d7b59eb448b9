import type { Contender } from './contender.ts'
import { costsOf, type Costs } from './costs.ts'
import { senderTo, webhooksOf } from './load.ts'
import { monotonicMs } from './moment.ts'
import type { Tally } from './remotes.ts'
import { newSales, type Sale, type Spread } from './sales.ts'
import type { Stage } from './stage.ts'

/** What one burst of sales showed. */
export interface Drain {
  /** From the first webhook, or the first call of (a), to the last invoice. */
  salesPerSecond: number
  /** Webhooks acknowledged per second of the burst; 0 for (a), which gets none. */
  acknowledgedPerSecond: number
  costs: Costs
  tally: Tally
}

/** Sales of (a) under way at once: what (c) has of one integration. */
const atOnce = 20
/** Webhooks of a burst under way at once. */
const senders = 64

interface Burst {
  startMs: number
  acknowledgedPerSecond: number
}

const measure = async (
  stage: Stage,
  pids: readonly number[],
  sales: readonly Sale[],
  run: () => Promise<Burst>,
  settled: () => Promise<void>,
): Promise<Drain> => {
  const { remotes } = stage
  const { result, costs } = await costsOf(stage, pids, sales.length, async () => {
    const [burst, created] = await Promise.all([run(), remotes.created(sales.length)])
    await settled()
    return { ...burst, lastMs: Math.max(...created.map(({ atMs }) => atMs)) }
  })
  const { startMs, lastMs, acknowledgedPerSecond } = result
  return {
    salesPerSecond: (sales.length * 1000) / (lastMs - startMs),
    acknowledgedPerSecond,
    costs,
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
  const sender = senderTo(webhooksOf(sales, contender.hooks, stage.remotes.shops))
  const run = async () => {
    const startMs = monotonicMs()
    await sender.burst(senders)
    return { startMs, acknowledgedPerSecond: (count * 1000) / (monotonicMs() - startMs) }
  }
  try {
    const pids = Object.values(contender.pids)
    return await measure(stage, pids, sales, run, () => contender.settled())
  } catch (cause) {
    throw new Error(`(${contender.id}): ${await contender.explain()}`, { cause })
  } finally {
    await sender.close()
  }
}
