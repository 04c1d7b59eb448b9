import { nothing, type Part } from '../part.ts'
import { runSeed } from '../simulate/run-seed.ts'

/** Before the clocks go forward and back in Europe, a leap day, and a turn of the year. */
const starts = [
  '2026-03-27T18:00:00.000Z',
  '2026-10-23T18:00:00.000Z',
  '2028-02-27T18:00:00.000Z',
  '2026-12-30T18:00:00.000Z',
]
const small = { seeds: 3, sales: 30 }

export const clock: Part = {
  name: 'clock',
  what: "workers whose clocks are up to a day off and are set again and again, over both summer times' days and a leap day",
  async run(choices, tell) {
    const seeds = choices.seeds ?? small.seeds
    const sales = choices.sales ?? small.sales
    const result = { ...nothing, faults: [] as string[], figures: [] as string[] }
    for (const clocksFrom of starts) {
      for (let seed = choices.seed; seed < choices.seed + seeds; seed += 1) {
        const played = await runSeed(seed, { sales, clocksFrom })
        result.seeds += 1
        result.sales += played.sales
        result.invoices += played.invoices
        result.lost += played.lost
        result.doubled += played.doubled
        result.stuck += played.stuck
        for (const fault of played.faults) {
          const again = `npm run prove -- clock --seed ${seed} --seeds 1 --sales ${sales}`
          result.faults.push(`seed ${seed} from ${clocksFrom}: ${fault}\n    again: ${again}`)
          tell(`seed ${seed} from ${clocksFrom}: ${fault}`)
        }
      }
    }
    result.figures.push(`${result.seeds} runs of three days, sixty settings of a clock in each`)
    return result
  },
}
