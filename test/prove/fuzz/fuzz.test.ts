import { expect, test } from 'vitest'
import { noLog } from '../run-log.ts'
import { fuzz } from './part.ts'

/** A little of `npm run prove -- fuzz`: what a remote answers is read or told as trouble, and breaks nothing. */
test('spoilt answers of all eight remotes break no parser', async () => {
  const choices = {
    seeds: null,
    sales: null,
    kills: null,
    pairs: [],
    points: [],
    from: null,
    jobs: 1,
    log: noLog,
  }
  const { faults, figures } = await fuzz.run({ ...choices, seed: 1, inputs: 40 }, () => undefined)
  expect(faults).toEqual([])
  expect(figures).toHaveLength(8)
}, 60_000)
