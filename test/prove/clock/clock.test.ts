import { expect, test } from 'vitest'
import { runSeed } from '../simulate/run-seed.ts'

/** A little of `npm run prove -- clock`. Seed 1 once turned a connection red: two calls were refused side by side; seed 9 made a debtor twice. */
test.each([
  [1, '2028-02-27T18:00:00.000Z'],
  [2, '2026-10-23T18:00:00.000Z'],
  [9, '2026-03-27T18:00:00.000Z'],
])('wrong clocks of workers do no harm: seed %i from %s', async (seed, clocksFrom) => {
  const { faults, lost, doubled, stuck } = await runSeed(seed, { sales: 30, clocksFrom })
  expect(faults).toEqual([])
  expect({ lost, doubled, stuck }).toEqual({ lost: 0, doubled: 0, stuck: 0 })
})
