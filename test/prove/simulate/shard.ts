/** `node test/prove/simulate/shard.ts <sales> <seed> …`: plays seeds, and prints a line of JSON for each. */
import { runSeed, type SeedResult } from './run-seed.ts'

const [sales = 60, ...seeds] = process.argv.slice(2).map(Number)

/** How a seed that can't even be played is told. */
const broken = (seed: number, error: unknown): SeedResult => ({
  seed,
  pairs: [],
  days: 0,
  sales: 0,
  invoices: 0,
  lost: 0,
  doubled: 0,
  stuck: 0,
  faults: [error instanceof Error ? (error.stack ?? error.message) : String(error)],
  events: 0,
  hash: '',
  lastLines: [],
})

for (const seed of seeds) {
  const result = await runSeed(seed, { sales }).catch((error: unknown) => broken(seed, error))
  process.stdout.write(`${JSON.stringify({ ...result, lastLines: [] })}\n`)
}
