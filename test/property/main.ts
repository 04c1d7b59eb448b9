/**
 * `node test/property/main.ts [count] [first seed]`: the random baskets in one process, for more of them than a test
 * run has time for. Says every hundred thousand how far it is; ends with 1 when one is wrong.
 */
import { runBaskets, toldOf } from './run-baskets.ts'

const count = Number(process.argv[2] ?? 1_000_000)
const first = Number(process.argv[3] ?? 1)
const step = Math.min(100_000, count)

for (let from = first; from < first + count && process.exitCode === undefined; from += step) {
  const to = Math.min(from + step, first + count) - 1
  const run = runBaskets({ from, to })
  console.log(`seeds ${from}–${to}: ${toldOf(run)}`)
  if (run.failures.length > 0) {
    console.log(run.failures.join('\n'))
    process.exitCode = 1
  }
}
