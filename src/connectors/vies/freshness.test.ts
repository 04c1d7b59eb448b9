import { describe, expect, test } from 'vitest'
import { isFresh, mayStandIn, type KeptAnswer } from './freshness.ts'

const now = new Date('2026-11-20T10:00:00.000Z')
const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

const kept = (is: KeptAnswer['is'], ageMs: number): KeptAnswer => ({
  is,
  checkedAt: new Date(now.getTime() - ageMs),
})

describe('fresh', () => {
  test.each([
    ['valid', 0, true],
    ['valid', dayMs, true],
    ['valid', dayMs + 1, false],
    ['invalid', 0, true],
    ['invalid', hourMs, true],
    ['invalid', hourMs + 1, false],
    // A clock that is a little ahead; and one that can't be.
    ['valid', -5 * minuteMs, true],
    ['valid', -11 * minuteMs, false],
    ['invalid', -11 * minuteMs, false],
    ['valid', NaN, false],
  ] as const)('%s, %i ms old: %s', (is, ageMs, fresh) => {
    expect(isFresh(kept(is, ageMs), now)).toBe(fresh)
  })
})

describe('standing in for a silent VIES', () => {
  test.each([
    ['valid', 30 * dayMs, true, true],
    ['valid', 30 * dayMs + 1, true, false],
    ['valid', 30 * dayMs, false, false],
    ['valid', 0, false, false],
    ['valid', -11 * minuteMs, true, false],
    ['valid', NaN, true, false],
    ['invalid', 0, true, false],
  ] as const)('%s, %i ms old, opted in %s: %s', (is, ageMs, optedIn, may) => {
    expect(mayStandIn(kept(is, ageMs), now, optedIn)).toBe(may)
  })
})
