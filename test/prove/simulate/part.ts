import { spawn } from 'node:child_process'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { nothing, type Part } from '../part.ts'
import { seedResult, type SeedResult } from './run-seed.ts'

const small = { seeds: 20, sales: 60 }
/** Seeds that a process plays before the next one: what it had grown to is given back. */
const shardSeeds = 25

const shard = path.join(import.meta.dirname, 'shard.ts')
/** Most of what is made is gone a moment later: a larger nursery spares a tenth of the processor. */
const nurseryMb = 64

/** Plays seeds in a process of its own, and tells of each as it ends. @throws when the process breaks */
const playShard = async (
  seeds: readonly number[],
  sales: number,
  onResult: (result: SeedResult) => void,
): Promise<void> => {
  const child = spawn(
    process.execPath,
    [`--max-semi-space-size=${nurseryMb}`, shard, ...[sales, ...seeds].map(String)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => resolve(code))
  })
  for await (const line of createInterface({ input: child.stdout })) {
    onResult(seedResult.parse(JSON.parse(line)))
  }
  const code = await ended
  if (code !== 0) throw new Error(`the process of the seeds ${seeds.join(' ')} ended with ${code}`)
}

const replayOf = ({ seed, sales }: Pick<SeedResult, 'seed' | 'sales'>): string =>
  `npm run prove -- simulate --seed ${seed} --seeds 1 --sales ${sales}`

export const simulate: Part = {
  name: 'simulate',
  what: 'the real engine on a virtual clock, with seeded remotes, faults and deaths; --sales of each seed',
  async run(choices, tell) {
    const seeds = choices.seeds ?? small.seeds
    const sales = choices.sales ?? small.sales
    const keyOf = (seed: number) => `seed ${seed} of ${sales} sales`
    const results: SeedResult[] = []
    const faults: string[] = []
    const left: number[] = []
    for (let seed = choices.seed; seed < choices.seed + seeds; seed += 1) {
      const before = seedResult.safeParse(choices.log.seen(keyOf(seed)))
      if (before.success && before.data.faults.length === 0) results.push(before.data)
      else left.push(seed)
    }
    if (results.length > 0) tell(`${results.length} seeds were seen before`)
    const onResult = (result: SeedResult) => {
      results.push(result)
      choices.log.write(keyOf(result.seed), result)
      if (result.faults.length > 0) {
        const again = replayOf({ seed: result.seed, sales })
        const told = `seed ${result.seed}: ${result.faults.join('\n  ')}\n  again: ${again}`
        faults.push(told)
        tell(told)
      }
      if (results.length % shardSeeds === 0) tell(`${results.length} of ${seeds} seeds`)
    }
    const lane = async () => {
      for (;;) {
        const next = left.splice(0, shardSeeds)
        if (next.length === 0) return
        await playShard(next, sales, onResult)
      }
    }
    await Promise.all(Array.from({ length: choices.jobs }, lane))
    const sum = (of: (result: SeedResult) => number) =>
      results.reduce((total, result) => total + of(result), 0)
    const pairs = new Set(results.flatMap((result) => result.pairs))
    return {
      ...nothing,
      seeds: results.length,
      sales: sum((result) => result.sales),
      invoices: sum((result) => result.invoices),
      lost: sum((result) => result.lost),
      doubled: sum((result) => result.doubled),
      stuck: sum((result) => result.stuck),
      faults,
      figures: [
        `${sum((result) => result.days)} days of virtual time, ${sum((result) => result.events)} events, ${pairs.size} pairs`,
        ...(results.length === 1 ? [`hash of the event log ${results[0]?.hash ?? ''}`] : []),
      ],
    }
  },
}
