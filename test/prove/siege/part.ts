import { placesFor } from '../../../src/world/places.ts'
import { medianOf } from '../../crash/table.ts'
import { allPairs, nameOf, type Pair } from '../pairs.ts'
import { nothing, type Choices, type Part, type PartResult } from '../part.ts'
import { startOwnServer } from './own-server.ts'
import { besiege, siegeResult, type SiegeResult } from './siege.ts'

const small = {
  kills: { sales: 200, kills: 40, restarts: 3 },
  recover: { sales: 400, kills: 0, restarts: 6 },
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

/** Counts of several sieges together. */
const sumOf = (results: readonly SiegeResult[]) => {
  const sum = (of: (result: SiegeResult) => number) =>
    results.reduce((total, each) => total + of(each), 0)
  return {
    kills: sum(({ kills }) => kills),
    sales: sum(({ sales }) => sales),
    invoices: sum(({ invoices }) => invoices),
    lost: sum(({ lost }) => lost),
    doubled: sum(({ doubled }) => doubled),
    stuck: sum(({ stuck }) => stuck),
  }
}

const resultOf = (
  results: readonly SiegeResult[],
  failures: readonly string[],
): Omit<PartResult, 'part' | 'tookMs'> => {
  const recoveriesMs = results.flatMap((each) => each.recoveriesMs)
  const returnsMs = results.flatMap((each) => each.returnsMs)
  const restarts = results.reduce((total, each) => total + each.restarts, 0)
  const atWork = results.reduce((total, each) => total + each.killsAtWork, 0)
  const counts = sumOf(results)
  const longest = Math.max(0, ...recoveriesMs)
  const late = recoveriesMs.filter((ms) => ms > recoveryMsMax)
  return {
    ...nothing,
    ...counts,
    seeds: results.length,
    longestRecoveryMs: recoveriesMs.length === 0 ? null : Math.round(longest),
    faults: [
      ...failures,
      ...results.flatMap(({ faults }) => faults),
      ...(late.length > 0
        ? [`a mailbox was taken up again after ${Math.round(longest)} ms, ${late.length} late`]
        : []),
    ],
    figures: [
      `${counts.kills} workers killed, ${atWork} of them with work in hand; the database fell ${restarts} times`,
      `a dead worker's mailbox was taken up again: ${inSeconds(recoveriesMs)}`,
      `after the database was back: ${inSeconds(returnsMs)}`,
    ],
  }
}

/** So many kills in one siege: what is lost when a run is broken off is one of them. */
const killsMax = 200

interface Round {
  seed: number
  sales: number
  kills: number
  restarts: number
}

/** The whole in sieges of about the same size, each with a town, a database and a seed of its own. */
const inRounds = ({ seed, sales, kills, restarts }: Round): Round[] => {
  const count = Math.max(1, Math.ceil(kills / killsMax))
  const share = (total: number, n: number) =>
    Math.floor(((n + 1) * total) / count) - Math.floor((n * total) / count)
  return Array.from({ length: count }, (_, n) => ({
    seed: seed + n,
    sales: share(sales, n),
    kills: share(kills, n),
    restarts: share(restarts, n),
  }))
}

const nameOfRound = ({ seed, sales, kills, restarts }: Round): string =>
  `seed ${seed}, ${kills} kills, ${sales} sales, ${restarts} falls`

/** One that waits for its end, and one that is under way. */
const roundsAtOnce = 2

const partOf = (
  name: 'kills' | 'recover',
  what: string,
  plan: (choices: Choices) => Omit<Round, 'seed'>,
): Part => ({
  name,
  what,
  async run(choices, tell) {
    const workers = name === 'kills' ? choices.jobs * 4 : choices.jobs
    const queue = inRounds({ seed: choices.seed, ...plan(choices) })
    const killing = placesFor(1)
    const results: SiegeResult[] = []
    const failures: string[] = []
    const run = async (round: Round): Promise<SiegeResult> => {
      const key = nameOfRound(round)
      const seen = choices.log.seen(key)
      if (seen !== undefined) return siegeResult.parse(seen)
      const leave = await killing.enter()
      const server = await startOwnServer()
      try {
        const pairs = pairsOf(choices, merchantsFor(round.kills))
        let count = 0
        const result = await besiege(
          server,
          { ...round, pairs, workers },
          {
            tell: (line) => tell(`${key}: ${line}`),
            onDeath(death) {
              count += 1
              choices.log.write(`${key}, kill ${count}`, death)
            },
            onPeace: leave,
          },
        )
        choices.log.write(key, result)
        tell(`${key}: ${result.lost} lost, ${result.doubled} doubled, ${result.stuck} stuck`)
        return result
      } finally {
        leave()
        await server.stop()
      }
    }
    const lane = async () => {
      for (let round = queue.shift(); round !== undefined; round = queue.shift()) {
        const { seed, kills, sales } = round
        const again = `npm run prove -- ${name} --seed ${seed} --kills ${kills} --sales ${sales}`
        await run(round).then(
          (result) => results.push(result),
          (error: unknown) => {
            const failure = `${inWords(error)}\n    again: ${again}`
            tell(failure)
            failures.push(failure)
          },
        )
      }
    }
    await Promise.all(Array.from({ length: roundsAtOnce }, lane))
    return resultOf(results, failures)
  },
})

const inWords = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error)

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
