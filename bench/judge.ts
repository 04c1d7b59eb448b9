import type { Figures } from './figures.ts'

/** One of the demands of issue 2. */
export interface Verdict {
  demand: string
  measured: number
  limit: number
  passed: boolean
}

const atLeast = (demand: string, measured: number, limit: number): Verdict => ({
  demand: `${demand} ≥ ${limit}`,
  measured,
  limit,
  passed: measured >= limit,
})

const atMost = (demand: string, measured: number, limit: number): Verdict => ({
  demand: `${demand} ≤ ${limit}`,
  measured,
  limit,
  passed: measured <= limit,
})

/** Holds the figures against what was asked. Pure. A figure that was not taken fails. */
export const judge = ({ drains, steady, idle, tally }: Figures): Verdict[] => {
  const fast = drains.filter(({ latencyMs }) => latencyMs === 0)
  const slow = drains.find(({ latencyMs, spread }) => latencyMs === 50 && spread === 'one')
  const busy = steady.find(({ perSecond }) => perSecond === 200)
  const quiet = idle.find(({ latencyMs }) => latencyMs === 0)
  const acknowledged = (busy?.c.acknowledged.p99 ?? NaN) / (busy?.b.acknowledged.p99 ?? NaN)
  return [
    ...fast.map(({ spread, cToB }) =>
      atLeast(`drain at 0 ms over ${spread}: (c) / (b)`, cToB, 0.5),
    ),
    atLeast('drain at 50 ms over one, 20 at once: (c) / (a)', slow?.cToA ?? NaN, 0.9),
    atMost('acknowledgement p99 at 200/s: (c) / (b)', acknowledged, 2),
    atMost('overhead of one sale, idle, p99 in ms', quiet?.c.overhead.p99 ?? NaN, 25),
    ...fast.map(({ spread, c }) =>
      atMost(
        `CPU of a sale over ${spread}, all in, in ms`,
        c.costs.serviceMs + c.costs.databaseMs,
        3,
      ),
    ),
    atMost('sales lost', tally.lost, 0),
    atMost('sales doubled', tally.doubled, 0),
  ]
}
