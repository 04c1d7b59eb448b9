import { medianOf } from '../../crash/table.ts'
import { allPairs, nameOf, type Pair } from '../pairs.ts'
import { nothing, type Choices, type Part, type PartResult } from '../part.ts'
import { startOwnServer } from './own-server.ts'
import { besiege, type SiegePlan, type SiegeResult } from './siege.ts'

const small = {
  kills: { sales: 200, kills: 40, restarts: 3, merchants: 16 },
  recover: { sales: 400, kills: 0, restarts: 6, merchants: 16 },
}
/** What a death may cost (reliability §5). */
const recoveryMsMax = 60_000

const pairsOf = ({ pairs }: Choices, merchants: number): Pair[] => {
  const chosen = allPairs.filter((pair) => pairs.length === 0 || pairs.includes(nameOf(pair)))
  return Array.from({ length: merchants }, (_, n) => chosen[n % chosen.length]).filter(
    (pair) => pair !== undefined,
  )
}

const inSeconds = (ms: readonly number[]): string =>
  ms.length === 0
    ? 'none'
    : `median ${(medianOf(ms) / 1000).toFixed(1)} s, longest ${(Math.max(...ms) / 1000).toFixed(1)} s (${ms.length})`

const resultOf = (result: SiegeResult): Omit<PartResult, 'part' | 'tookMs'> => {
  const { recoveriesMs, returnsMs, kills, restarts, sales, invoices, lost, doubled, stuck } = result
  const longest = Math.max(0, ...recoveriesMs)
  const late =
    longest > recoveryMsMax ? [`a mailbox was taken up again after ${Math.round(longest)} ms`] : []
  return {
    ...nothing,
    ...{ kills, sales, invoices, lost, doubled, stuck },
    seeds: 1,
    longestRecoveryMs: recoveriesMs.length === 0 ? null : Math.round(longest),
    faults: [...result.faults, ...late],
    figures: [
      `${kills} workers killed, the database fell ${restarts} times`,
      `a dead worker's mailbox was taken up again: ${inSeconds(recoveriesMs)}`,
      `after the database was back: ${inSeconds(returnsMs)}`,
    ],
  }
}

const partOf = (
  name: 'kills' | 'recover',
  what: string,
  plan: (
    choices: Choices,
  ) => Pick<SiegePlan, 'sales' | 'kills' | 'restarts'> & { merchants: number },
): Part => ({
  name,
  what,
  async run(choices, tell) {
    const { merchants, ...wish } = plan(choices)
    const server = await startOwnServer()
    try {
      const pairs = pairsOf(choices, merchants)
      const workers = name === 'kills' ? choices.jobs * 2 : choices.jobs
      return resultOf(await besiege(server, { ...wish, pairs, workers, seed: choices.seed }, tell))
    } finally {
      await server.stop()
    }
  },
})

/** One for each merchant that its killed worker may block for a lease, so that there is always work. */
const merchantsFor = (kills: number): number =>
  Math.min(96, Math.max(16, 16 * Math.ceil(kills / 40)))

export const kills = partOf(
  'kills',
  'workers are killed at random moments, part of the time while the database falls; --kills, --sales',
  (choices) => {
    const count = choices.kills ?? small.kills.kills
    return {
      kills: count,
      sales: choices.sales ?? 5 * count,
      restarts: Math.max(small.kills.restarts, Math.ceil(count / 30)),
      merchants: merchantsFor(count),
    }
  },
)

export const recover = partOf(
  'recover',
  'the database falls and comes back under load, and the workers with it; --sales',
  (choices) => {
    const sales = choices.sales ?? small.recover.sales
    return {
      ...small.recover,
      sales,
      restarts: Math.max(small.recover.restarts, Math.ceil(sales / 100)),
    }
  },
)
