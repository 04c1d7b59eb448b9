import type { Spread } from './sales.ts'

/** How much is measured. */
export interface Plan {
  warmStarts: number
  /** Sales of each contender before anything counts. */
  warmUp: number
  /** Sales one at a time. */
  idle: readonly { latencyMs: number; sales: number; rounds: number }[]
  steady: readonly { perSecond: number; seconds: number; rounds: number }[]
  drains: readonly DrainPlan[]
  /** Sales of each burst of (c) in one process; 0 leaves it out. */
  serveSales: number
}

export interface DrainPlan {
  latencyMs: number
  spread: Spread
  rounds: number
  /** Sales of a burst. */
  sales: { a: number; b: number; c: number }
}

const same = (count: number) => ({ a: count, b: count, c: count })

/** Eight minutes at most, on two cores with nothing else to do. */
export const full: Plan = {
  warmStarts: 3,
  warmUp: 400,
  idle: [
    // The 99th percentile of fewer is one sale; and a disk that hesitates for a second is in one round of three.
    { latencyMs: 0, sales: 250, rounds: 3 },
    { latencyMs: 50, sales: 20, rounds: 1 },
  ],
  steady: [
    { perSecond: 50, seconds: 6, rounds: 1 },
    { perSecond: 200, seconds: 6, rounds: 3 },
  ],
  drains: [
    { latencyMs: 0, spread: 'all', rounds: 3, sales: same(2_000) },
    { latencyMs: 0, spread: 'one', rounds: 3, sales: same(2_000) },
    // Seven to ten seconds each. Over twenty integrations (c) has more sales under way than twenty.
    { latencyMs: 50, spread: 'all', rounds: 1, sales: { a: 800, b: 800, c: 2_000 } },
    { latencyMs: 50, spread: 'one', rounds: 3, sales: same(500) },
  ],
  serveSales: 1_000,
}

/** One minute. */
export const quick: Plan = {
  warmStarts: 1,
  warmUp: 150,
  idle: [{ latencyMs: 0, sales: 30, rounds: 1 }],
  steady: [
    { perSecond: 50, seconds: 2, rounds: 1 },
    { perSecond: 200, seconds: 3, rounds: 1 },
  ],
  drains: [
    { latencyMs: 0, spread: 'all', rounds: 1, sales: same(600) },
    { latencyMs: 0, spread: 'one', rounds: 1, sales: same(600) },
    { latencyMs: 50, spread: 'all', rounds: 1, sales: { a: 160, b: 160, c: 400 } },
    { latencyMs: 50, spread: 'one', rounds: 1, sales: same(200) },
  ],
  serveSales: 0,
}
