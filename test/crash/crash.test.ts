import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { crashPoints } from '../../src/bookings/crash-points.ts'
import { crashCases, type CrashCase } from './cases.ts'
import { runMatrix } from './matrix.ts'
import { recoveryMsMax, type Outcome } from './rescue.ts'
import { inTable } from './table.ts'

let outcomes: Outcome[] = []
let tookMs = 0

beforeAll(async () => {
  const startedMs = performance.now()
  outcomes = await runMatrix(crashCases)
  tookMs = performance.now() - startedMs
}, 400_000)

afterAll(() => {
  if (outcomes.length > 0) console.log(inTable(outcomes, tookMs))
})

const outcomeOf = (crashCase: CrashCase): Outcome => {
  const found = outcomes.find((each) => each.crashCase === crashCase)
  if (found === undefined) throw new Error('this case did not run')
  return found
}

const titled = (cases: readonly CrashCase[]) => cases.map((each) => [each.title, each] as const)

test('every crash point is died at', () => {
  expect(crashPoints.length).toBeGreaterThan(0)
  const died = outcomes.filter(({ failure }) => failure === null)
  const points = new Set(died.map(({ crashCase }) => crashCase.point))
  expect(crashPoints.filter((point) => !points.has(point))).toEqual([])
})

describe('a process dies and the sale is invoiced exactly once', () => {
  test.each(titled(crashCases))('%s', (_title, crashCase) => {
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
  })
})

describe('a webhook is acknowledged only after its commit', () => {
  const webhookCases = crashCases.filter(({ way }) => way === 'webhook')
  test.each(titled(webhookCases))('%s', (_title, crashCase) => {
    const { atDeath, webhooks } = outcomeOf(crashCase)
    expect(atDeath?.state).toBe(crashCase.point.startsWith('before:') ? 'no row' : 'seen')
    // The one whose process died got no answer; the shop asked again, and then the row was there.
    expect(webhooks).toMatchObject([{ state: 'delivered' }])
    const statuses = webhooks[0]?.statuses ?? []
    expect(statuses.at(0)).toBe(0)
    expect(statuses.filter((status) => status !== 0)).toEqual([200])
  })
})
