import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seededRandom } from '../../world/random.ts'
import { askAgainAfterMs } from './retry.ts'

const minuteMs = 60_000

test.each([
  [0, 1],
  [1, 1],
  [2, 5],
  [3, 15],
  [4, 60],
  [5, 60],
  [48, 60],
  [100_000, 60],
])('after %i silences about %i minutes', (silences, minutes) => {
  const random = seededRandom(silences)
  const waits = Array.from({ length: 200 }, () => askAgainAfterMs(silences, 0, random))
  expect(Math.min(...waits)).toBeGreaterThanOrEqual(minutes * minuteMs * 0.75)
  expect(Math.max(...waits)).toBeLessThanOrEqual(minutes * minuteMs * 1.25)
  expect(new Set(waits).size).toBeGreaterThan(100)
})

test('never sooner than makes sense, and not everybody at the same moment', () => {
  fc.assert(
    fc.property(fc.nat(60), fc.nat(100_000_000), fc.integer(), (silences, atLeastMs, seed) => {
      const waitMs = askAgainAfterMs(silences, atLeastMs, seededRandom(seed))
      expect(waitMs).toBeGreaterThanOrEqual(atLeastMs)
      expect(waitMs).toBeLessThanOrEqual(Math.max(75 * minuteMs, atLeastMs * 1.25 + 1))
      expect(Number.isSafeInteger(waitMs)).toBe(true)
    }),
  )
  const random = seededRandom(1)
  const waits = Array.from({ length: 100 }, () => askAgainAfterMs(1, 10 * minuteMs, random))
  expect(new Set(waits).size).toBeGreaterThan(90)
})
