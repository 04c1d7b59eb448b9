import { spawn } from 'node:child_process'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { nothing, type Part } from '../part.ts'
import type { SeedResult } from './run-seed.ts'

const small = { seeds: 20, sales: 60 }
/** Seeds that a process plays before the next one: what it had grown to is given back. */
const shardSeeds = 25

const shard = path.join(import.meta.dirname, 'shard.ts')

/** Plays seeds in a process of its own, and tells of each as it ends. @throws when the process breaks */
const playShard = async (
  first: number,
  seeds: number,
  sales: number,
  onResult: (result: SeedResult) => void,
): Promise<void> => {
  const child = spawn(process.execPath, [shard, String(first), String(seeds), String(sales)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => resolve(code))
  })
  for await (const line of createInterface({ input: child.stdout })) {
    onResult(JSON.parse(line) as SeedResult)
  }
  const code = await ended
  if (code !== 0) throw new Error(`the process of seeds from ${first} ended with ${code}`)
}

const replayOf = ({ seed, sales }: Pick<SeedResult, 'seed' | 'sales'>): string =>
  `npm run prove -- simulate --seed ${seed} --seeds 1 --sales ${sales}`

export const simulate: Part = {
  name: 'simulate',
  what: 'the real engine on a virtual clock, with seeded remotes, faults and deaths; --sales of each seed',
  async run(choices, tell) {
    const seeds = choices.seeds ?? small.seeds
    const sales = choices.sales ?? small.sales
    const shards: number[] = []
    for (let at = 0; at < seeds; at += shardSeeds) shards.push(at)
    const results: SeedResult[] = []
    const faults: string[] = []
    const onResult = (result: SeedResult) => {
      results.push(result)
      if (result.faults.length > 0) {
        const again = replayOf({ seed: result.seed, sales })
        const told = `seed ${result.seed}: ${result.faults.join('\n  ')}\n  again: ${again}`
        faults.push(told)
        tell(told)
      }
      if (results.length % shardSeeds === 0) tell(`${results.length} of ${seeds} seeds`)
    }
    const lane = async () => {
      for (let at = shards.shift(); at !== undefined; at = shards.shift()) {
        await playShard(choices.seed + at, Math.min(shardSeeds, seeds - at), sales, onResult)
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
