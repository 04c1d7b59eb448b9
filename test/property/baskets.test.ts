import { expect, test } from 'vitest'
import { accountings } from '../../src/connectors/registry.ts'
import { isProblemCode } from '../../src/problems/catalogue.ts'
import { remotes } from './remotes.ts'
import { runBaskets, toldOf, type Run } from './run-baskets.ts'

/**
 * Ten times as many go through `npm run prove -- money`, and a million through `--inputs 1000000`.
 * DOORVOER_BASKETS=100000 tries more here; DOORVOER_BASKET_SEED=7 others; DOORVOER_BASKET=42 one again.
 */
const count = Number(process.env['DOORVOER_BASKETS'] ?? 10_000)
const first = Number(process.env['DOORVOER_BASKET_SEED'] ?? 1)
const only = process.env['DOORVOER_BASKET']
const seeds =
  only === undefined
    ? { from: first, to: first + count - 1 }
    : { from: Number(only), to: Number(only) }

/** More than this is news, whichever connector it is. */
const refusedShareMax = 0.03

let run: Run | null = null

test(
  'what the books come to is what the buyer paid, to the cent, or the sale is refused',
  () => {
    run = runBaskets(seeds)
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

test('every accounting connector has a remote here, which gets every basket', () => {
  const all = remotes.filter(({ oneIn }) => oneIn === 1).map(({ id }) => id)
  expect(new Set(all)).toEqual(new Set(accountings.map(({ id }) => id)))
})
