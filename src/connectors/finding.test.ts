import { expect, it } from 'vitest'
import { reason } from '../problems/reason.ts'
import { isHealthy } from './finding.ts'

it('one bad finding is enough for a red dot', () => {
  const good = { subject: 'read orders' }
  const bad = { subject: 'read orders', problem: reason('RIGHT_MISSING') }
  expect(isHealthy([])).toBe(true)
  expect(isHealthy([good, good])).toBe(true)
  expect(isHealthy([good, bad, good])).toBe(false)
})
