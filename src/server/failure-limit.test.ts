import { describe, expect, it } from 'vitest'
import { movedClock } from '../../test/support/house.ts'
import { failureLimit } from './failure-limit.ts'

const limited = () => {
  const clock = movedClock()
  const limit = failureLimit(clock)
  const fail = (caller: string, times: number) => {
    for (let n = 0; n < times; n += 1) limit.failed(caller)
  }
  return { clock, limit, fail }
}

describe('failureLimit', () => {
  it('blocks at sixty failures, and only who failed', () => {
    const { limit, fail } = limited()
    expect(limit.isBlocked('a')).toBe(false)
    fail('a', 59)
    expect(limit.isBlocked('a')).toBe(false)
    fail('a', 1)
    expect([limit.isBlocked('a'), limit.isBlocked('b')]).toEqual([true, false])
  })

  it('forgets after a minute, counted from the first failure', () => {
    const { clock, limit, fail } = limited()
    fail('a', 30)
    clock.moveOn(59_000)
    fail('a', 30)
    expect(limit.isBlocked('a')).toBe(true)
    clock.moveOn(2_000)
    expect(limit.isBlocked('a')).toBe(false)
    fail('a', 59)
    expect(limit.isBlocked('a')).toBe(false)
  })

  it('does not grow without end, and forgets the oldest first', () => {
    const { limit, fail } = limited()
    fail('oldest', 60)
    fail('young', 60)
    for (let n = 0; n < 9_998; n += 1) fail(`caller ${n}`, 1)
    expect([limit.isBlocked('oldest'), limit.isBlocked('young')]).toEqual([true, true])
    fail('one more', 1)
    expect([limit.isBlocked('oldest'), limit.isBlocked('young')]).toEqual([false, true])
  })
})
