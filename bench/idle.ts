import type { Contender } from './contender.ts'
import { senderTo, webhooksOf } from './load.ts'
import { pause } from './moment.ts'
import { newSales } from './sales.ts'
import type { Stage } from './stage.ts'
import { timesOf, type Times } from './statistics.ts'

/** One sale at a time, with nothing else going on. */
export interface Idle {
  acknowledged: Times
  /** From sending the webhook to the invoice. */
  endToEnd: Times
  /** The same without the time in which a remote was at work on a call of this sale. */
  overhead: Times
}

/** Between two sales, so that the one before has been put away. */
const quietMs = 60

/** The time in which at least one of the calls was under way, up to `untilMs`. */
const coveredMs = (
  calls: readonly { startMs: number; endMs: number }[],
  untilMs: number,
): number => {
  let covered = 0
  let reachedMs = -Infinity
  for (const { startMs, endMs } of calls) {
    const fromMs = Math.max(startMs, reachedMs)
    const toMs = Math.min(endMs, untilMs)
    if (toMs > fromMs) covered += toMs - fromMs
    reachedMs = Math.max(reachedMs, toMs)
  }
  return covered
}

export const bookOneByOne = async (
  stage: Stage,
  contender: Contender,
  count: number,
): Promise<Idle> => {
  const acknowledged: number[] = []
  const endToEnd: number[] = []
  const overhead: number[] = []
  const sales = newSales(count, 'all')
  await stage.remotes.prepare(sales, 'all')
  const webhooks = webhooksOf(sales, contender.hooks, stage.remotes.shops)
  const sender = senderTo(webhooks)
  try {
    for (const webhook of webhooks) {
      await stage.remotes.begin()
      await pause(quietMs)
      const [sent, [created]] = await Promise.all([sender.one(webhook), stage.remotes.created(1)])
      if (created === undefined) throw new Error('nothing was made')
      await contender.settled()
      const totalMs = created.atMs - sent.sentMs
      acknowledged.push(sent.answeredMs - sent.sentMs)
      endToEnd.push(totalMs)
      overhead.push(totalMs - coveredMs(await stage.remotes.requests(), created.atMs))
    }
  } catch (cause) {
    throw new Error(`(${contender.id}): ${await contender.explain()}`, { cause })
  } finally {
    await sender.close()
  }
  return {
    acknowledged: timesOf(acknowledged),
    endToEnd: timesOf(endToEnd),
    overhead: timesOf(overhead),
  }
}
