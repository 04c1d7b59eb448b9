import { runBaskets } from '../../property/run-baskets.ts'
import { nothing, type Part } from '../part.ts'

/** Five times as many as a run of the tests tries. */
const small = 100_000
const stepMax = 20_000

export const money: Part = {
  name: 'money',
  what: 'random baskets all the way to all books: to the cent what the buyer paid, or refused; --inputs',
  run({ seed, inputs }, tell) {
    const count = inputs ?? small
    const faults: string[] = []
    let lines = 0
    for (let from = seed; from < seed + count && faults.length === 0; from += stepMax) {
      const to = Math.min(from + stepMax, seed + count) - 1
      const run = runBaskets({ from, to })
      lines += run.lines
      faults.push(...run.failures)
      tell(`baskets up to ${to}`)
    }
    const figures = [`${count} baskets of ${lines} lines, each to all books`]
    return Promise.resolve({ ...nothing, faults, figures })
  },
}
