import { expect, test } from 'vitest'
import { noLog } from '../run-log.ts'
import { fuzz } from './part.ts'
import { targets } from './targets.ts'

/** A little of `npm run prove -- fuzz`: what comes from outside is read or told as trouble, and breaks nothing. */
test('spoilt answers, webhooks, calls and inputs break no parser, and nobody is believed unsigned', async () => {
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
  expect(figures).toHaveLength(targets.length)
}, 60_000)
