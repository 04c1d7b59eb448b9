import { allPairs, type Pair } from '../pairs.ts'
import type { Chance } from './world.ts'

/** What may go wrong with one statement, whoever asks. */
type StatementFault = 'lost before' | 'lost after' | 'undone'

/** What a network may do with one request. */
const networkFaults = [
  'refused',
  'lost before',
  'lost after',
  'silent before',
  'silent after',
  'late',
  'error before',
  'error after',
  'busy',
  'garbled',
] as const
export type NetworkFault = (typeof networkFaults)[number]

/** What else may happen to the house while it works. */
export const mishaps = [
  'worker dies',
  'worker sleeps',
  'machine is suspended',
  'database restarts',
  'shop is down',
  'books are down',
  'credentials are refused',
  'a clock jumps',
] as const
export type Mishap = (typeof mishaps)[number]

/**
 * What one run is like. Every kind of fault is absent in some seeds and frequent in others, so that rare
 * combinations come up and none hides another.
 */
export interface Swarm {
  pairs: readonly Pair[]
  workers: number
  days: number
  sales: number
  /** Longest way of a statement, and of a request, one way. */
  databaseMs: number
  networkMs: number
  /** Chance that a webhook arrives, arrives twice, or arrives late. */
  webhooks: { arrives: number; twice: number; late: number }
  /** Of sales that are placed unpaid, or cancelled later. */
  unpaid: number
  cancelled: number
  /** Of jobs that vanish from the queue. */
  lostJobs: number
  pollEveryMs: number
  /** Mishaps in the whole run, and their weights. */
  mishapCount: number
  mishaps: Readonly<Record<Mishap, number>>
  /** Of a passage of a crash point. */
  crash: number
  /** How wrong a worker's clock is at most: half of the longest question after the database's (decision 0015). */
  skewMs: number
  /** How far a clock jumps at most. */
  jumpMs: number
  /** Sales come in so many bursts; null: spread evenly. */
  bursts: number | null
  statementFault(sql: string): StatementFault | null
  networkFault(isRead: boolean): NetworkFault | null
  /** From now on nothing goes wrong any more. */
  calm(): void
  isCalm(): boolean
  /** Nothing goes wrong while this is done. */
  beCalmFor<T>(work: () => Promise<T>): Promise<T>
}

const hour = 3_600_000
const day = 24 * hour

/** Off in a third of the seeds, else a weight from 1 to 100. */
const weightsOf = <K extends string>(chance: Chance, names: readonly K[]): Record<K, number> =>
  Object.fromEntries(
    names.map((name) => [name, chance.happens(1 / 3) ? 0 : chance.whole(1, 100)]),
  ) as Record<K, number>

const statementFaults = ['lost before', 'lost after', 'undone'] as const

export const swarmOf = (chance: Chance, sales: number): Swarm => {
  let isCalm = false
  const statementWeights = weightsOf(chance, statementFaults)
  const networkWeights = weightsOf(chance, networkFaults)
  const statementRate = chance.pick([0, 0, 0.001, 0.01, 0.03])
  const networkRate = chance.pick([0, 0.01, 0.05, 0.2])
  const days = chance.pick([1, 3, 10, 30, 90])
  const pairs = Array.from({ length: chance.whole(2, 4) }, () => chance.pick(allPairs))
  return {
    pairs,
    workers: chance.whole(1, 3),
    days,
    sales,
    databaseMs: chance.pick([1, 5, 50]),
    networkMs: chance.pick([5, 100, 1_500]),
    webhooks: {
      arrives: chance.pick([1, 1, 0.5, 0]),
      twice: chance.pick([0, 0.3]),
      late: chance.pick([0, 0.3]),
    },
    unpaid: chance.pick([0, 0.2]),
    cancelled: chance.pick([0, 0.1]),
    lostJobs: chance.pick([0, 0, 0.05, 0.5]),
    pollEveryMs: days <= 3 ? hour : days <= 10 ? 4 * hour : 24 * hour,
    mishapCount: chance.pick([0, 5, 20, 60]),
    // All workers have the database's clock: nobody can set it wrong (decision 0015).
    mishaps: { ...weightsOf(chance, mishaps), 'a clock jumps': 0 },
    crash: chance.pick([0, 0, 0.001, 0.01]),
    skewMs: chance.pick([0, 0, 1_000]),
    jumpMs: chance.pick([1_000, 60_000, 24 * hour]),
    bursts: chance.pick([null, null, 3]),
    statementFault(sql) {
      if (isCalm || !chance.happens(statementRate)) return null
      const fault = chance.weighed(statementWeights)
      // Beginning a transaction has no effect, and ending one is never refused.
      if (sql === 'begin') return fault === null ? null : 'lost before'
      return fault === 'undone' && (sql === 'commit' || sql === 'rollback') ? null : fault
    },
    networkFault(isRead) {
      if (isCalm || !chance.happens(networkRate)) return null
      const fault = chance.weighed(networkWeights)
      return isRead && fault === 'late' ? 'silent before' : fault
    },
    calm() {
      isCalm = true
    },
    isCalm: () => isCalm,
    async beCalmFor(work) {
      isCalm = true
      try {
        return await work()
      } finally {
        isCalm = false
      }
    },
  }
}

/**
 * The same run, in which nothing goes wrong but the workers' clocks: each is up to a day off, and they are set again
 * and again.
 */
export const withWrongClocks = (swarm: Swarm): Swarm => ({
  ...swarm,
  workers: 3,
  days: 3,
  skewMs: day,
  jumpMs: day,
  crash: 0,
  mishapCount: 60,
  mishaps: {
    ...(Object.fromEntries(mishaps.map((name) => [name, 0])) as Record<Mishap, number>),
    'a clock jumps': 1,
  },
  statementFault: () => null,
  networkFault: () => null,
})
