import type { Contender } from './contender.ts'
import { costsOf, type Costs } from './costs.ts'
import { senderTo, webhooksOf } from './load.ts'
import type { Tally } from './remotes.ts'
import { factsOf, newSales } from './sales.ts'
import type { Stage } from './stage.ts'
import { timesOf, type Times } from './statistics.ts'

/** What a steady stream of webhooks shows. All times count from when a webhook was due. */
export interface Steady {
  acknowledged: Times
  /** Until the invoice exists. */
  endToEnd: Times
  /** How late the sender itself was: noise of the machine that is in the figures above. */
  senderLate: Times
  costs: Costs
  tally: Tally
}

/** Sends sales at a fixed rate, spread over all integrations. */
export const streamTo = async (
  stage: Stage,
  contender: Contender,
  perSecond: number,
  seconds: number,
): Promise<Steady> => {
  const { remotes } = stage
  const sales = newSales(perSecond * seconds, 'all')
  await remotes.prepare(sales, 'all')
  const sender = senderTo(webhooksOf(sales, contender.hooks, remotes.shops))
  try {
    const pids = Object.values(contender.pids)
    const { result, costs } = await costsOf(stage, pids, sales.length, async () => {
      const both = await Promise.all([sender.steadily(perSecond), remotes.created(sales.length)])
      await contender.settled()
      return both
    })
    const [sent, created] = result
    const madeMs = new Map(created.map(({ reference, atMs }) => [reference, atMs]))
    return {
      acknowledged: timesOf(sent.map(({ dueMs, answeredMs }) => answeredMs - dueMs)),
      endToEnd: timesOf(
        sent.map(({ sale, dueMs }) => (madeMs.get(factsOf(sale.orderId).reference) ?? NaN) - dueMs),
      ),
      senderLate: timesOf(sent.map(({ dueMs, sentMs }) => sentMs - dueMs)),
      costs,
      tally: await remotes.tally(sales),
    }
  } catch (cause) {
    throw new Error(`(${contender.id}): ${await contender.explain()}`, { cause })
  } finally {
    await sender.close()
  }
}
