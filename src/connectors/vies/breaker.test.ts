import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../world/random.ts'
import {
  answered,
  asking,
  closedBreaker,
  failed,
  inconclusive,
  isShaky,
  pauseLeftMs,
  type Breaker,
  type BreakerRules,
} from './breaker.ts'

const rules: BreakerRules = { opensAfter: 3, pauseMs: 1_000, pauseMsMax: 10_000, probeMs: 500 }
const random = seededRandom(1)

const failTimes = (count: number, nowMs = 0, breaker: Breaker = closedBreaker): Breaker =>
  count === 0 ? breaker : failTimes(count - 1, nowMs, failed(breaker, rules, nowMs, random))

/** A question after the pause, and what became of it. */
const probe = (breaker: Breaker): { breaker: Breaker; nowMs: number } => {
  const nowMs = breaker.pausedUntilMs ?? 0
  return { breaker: asking(breaker, rules, nowMs), nowMs }
}

describe('a breaker', () => {
  it('opens after so many failures in a row, and not before', () => {
    expect(pauseLeftMs(failTimes(2), 0)).toBe(0)
    expect(pauseLeftMs(failTimes(3), 0)).toBeGreaterThanOrEqual(750)
    expect(pauseLeftMs(failTimes(3), 0)).toBeLessThanOrEqual(1_250)
    const interrupted = answered(failTimes(2), 0)
    expect(pauseLeftMs(failTimes(2, 0, interrupted), 0)).toBe(0)
  })

  it('pauses with jitter, so that no two states are asked in step', () => {
    const pauses = Array.from({ length: 50 }, () => pauseLeftMs(failTimes(3), 0))
    expect(new Set(pauses).size).toBeGreaterThan(25)
  })

  it('lets one probe out after the pause, and nobody else', () => {
    const { breaker, nowMs } = probe(failTimes(3))
    expect(breaker.probing).toBe(true)
    expect(pauseLeftMs(breaker, nowMs)).toBe(500)
    expect(pauseLeftMs(breaker, nowMs + 500)).toBe(0)
  })

  it('pauses longer after each probe that fails, to a bound', () => {
    let breaker = failTimes(3)
    const pauses: number[] = []
    for (let count = 0; count < 2_000; count += 1) {
      const asked = probe(breaker)
      breaker = failed(asked.breaker, rules, asked.nowMs, random)
      pauses.push(pauseLeftMs(breaker, asked.nowMs))
    }
    const expected = [2_000, 4_000, 8_000, 10_000, 10_000]
    expected.forEach((pauseMs, index) => {
      expect(Math.abs((pauses[index] ?? 0) - pauseMs)).toBeLessThanOrEqual(pauseMs / 4 + 1)
    })
    expect(Math.max(...pauses)).toBeLessThanOrEqual(12_501)
  })

  it('closes when the probe is answered, and starts again from the first pause', () => {
    const asked = probe(failTimes(3))
    const closed = answered(asked.breaker, asked.nowMs)
    expect(closed).toEqual({ ...closedBreaker, troubleMs: asked.nowMs })
    expect(pauseLeftMs(failTimes(2, 0, closed), 0)).toBe(0)
  })

  it('probes again at once when a probe told nothing', () => {
    const asked = probe(failTimes(3))
    expect(pauseLeftMs(inconclusive(asked.breaker, asked.nowMs), asked.nowMs)).toBe(0)
    expect(inconclusive(closedBreaker, 5)).toBe(closedBreaker)
  })

  it('learns nothing from a question that went out before the pause', () => {
    const open = failTimes(3)
    expect(answered(open, 10)).toBe(open)
    expect(inconclusive(open, 10)).toBe(open)
    expect(failed(open, rules, 10, random).pausedUntilMs).toBe(open.pausedUntilMs)
  })

  it('is shaky for a while after a failure, during the probe, and after coming back', () => {
    expect(isShaky(closedBreaker, 0, 100)).toBe(false)
    expect(isShaky(failTimes(1), 100, 100)).toBe(true)
    expect(isShaky(failTimes(1), 101, 100)).toBe(false)
    expect(isShaky(answered(failTimes(1), 50), 100, 100)).toBe(true)
    const asked = probe(failTimes(3))
    expect(isShaky(asked.breaker, asked.nowMs, 100)).toBe(true)
    const back = answered(asked.breaker, asked.nowMs)
    expect(isShaky(back, asked.nowMs + 100, 100)).toBe(true)
    expect(isShaky(back, asked.nowMs + 101, 100)).toBe(false)
  })
})
