import { expect, test } from 'vitest'
import { isProblemCode } from '../../src/problems/catalogue.ts'
import { runBaskets, toldOf, type Run } from './run-baskets.ts'

// DOORVOER_BASKETS=1000000 tries more; DOORVOER_BASKET_SEED=7 others; DOORVOER_BASKET=42 one again.
const count = Number(process.env['DOORVOER_BASKETS'] ?? 100_000)
const first = Number(process.env['DOORVOER_BASKET_SEED'] ?? 1)
const only = process.env['DOORVOER_BASKET']
const seeds =
  only === undefined
    ? { from: first, to: first + count - 1 }
    : { from: Number(only), to: Number(only) }

/** More than this is news, whichever connector it is. */
const refusedShareMax = 0.03

/** Half of the baskets, so that both cores have work. */
export const tryBaskets = (half: 0 | 1): void => {
  let run: Run | null = null

  test(
    'what the books come to is what the buyer paid, to the cent, or the sale is refused',
    () => {
      run = runBaskets({ ...seeds, half })
      console.log(toldOf(run))
      expect(run.failures.join('\n')).toBe('')
    },
    Math.max(120_000, count * 10),
  )

  test('few are refused, and each reason has words', () => {
    for (const tally of run?.tallies ?? []) {
      const isEnough = only === undefined && count >= 1000
      if (isEnough) expect(tally.refusedShare(), String(tally)).toBeLessThan(refusedShareMax)
      for (const code of tally.codes()) expect(isProblemCode(code), code).toBe(true)
    }
  })
}
