import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { casesFor, pointsOf, standardPair, type CrashCase } from './cases.ts'
import { runMatrix } from './matrix.ts'
import { recoveryMsMax, type Outcome } from './rescue.ts'
import { inTable } from './table.ts'

/** For whoever looks into one of them: CRASH_ONLY='settled#3' runs what has that in its title. */
const only = process.env['CRASH_ONLY'] ?? ''
const pairPoints = pointsOf(standardPair)
const cases = casesFor(standardPair).filter(({ title }) => title.includes(only))

let outcomes: Outcome[] = []
let tookMs = 0

beforeAll(async () => {
  const startedMs = performance.now()
  // zombie.test.ts and `npm run prove -- crash` wait for the leases themselves.
  const plan = { groundsAtOnce: 8, agesLeases: true, tell: () => undefined }
  outcomes = (await runMatrix(cases, plan)).outcomes
  tookMs = performance.now() - startedMs
}, 900_000)

afterAll(() => {
  if (outcomes.length > 0) console.log(inTable(outcomes, tookMs))
})

const outcomeOf = (crashCase: CrashCase): Outcome => {
  const found = outcomes.find((each) => each.crashCase === crashCase)
  if (found === undefined) throw new Error('this case did not run')
  return found
}

test.skipIf(only !== '')('every crash point is died at', () => {
  expect(pairPoints.length).toBeGreaterThan(0)
  const died = outcomes.filter(({ failure }) => failure === null)
  const points = new Set(died.map(({ crashCase }) => crashCase.point))
  expect(pairPoints.filter((point) => !points.has(point))).toEqual([])
})

/** The shop got no answer from the one that died, asked again, and was answered when the row was there. */
const expectAnswerAfterCommit = ({ crashCase, atDeath, webhooks }: Outcome): void => {
  expect(atDeath?.state).toBe(crashCase.point.startsWith('before:') ? 'no row' : 'seen')
  expect(webhooks).toMatchObject([{ state: 'delivered' }])
  const statuses = webhooks[0]?.statuses ?? []
  expect(statuses.at(0)).toBe(0)
  expect(statuses.filter((status) => status !== 0)).toEqual([200])
}

describe('a process dies and the sale is invoiced exactly once', () => {
  test.each(cases.map((each) => [each.title, each] as const))('%s', (_title, crashCase) => {
    const outcome = outcomeOf(crashCase)
    expect(outcome.failure).toBeNull()
    const [invoice] = outcome.invoices
    expect(outcome).toMatchObject({
      invoices: [{ totalCents: outcome.totalCents }],
      invoicesOfOthers: 0,
      debtors: 1,
      rows: [{ state: 'booked', reasonCode: null, remoteNumber: invoice?.number }],
      misbehaved: crashCase.remote === 'answers' ? 0 : 1,
    })
    if (outcome.atDeath?.state !== 'booked') {
      expect(outcome.recoveryMs).toBeLessThanOrEqual(recoveryMsMax)
    }
    if (crashCase.way === 'webhook') expectAnswerAfterCommit(outcome)
  })
})
