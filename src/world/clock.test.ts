import { getEventListeners } from 'node:events'
import { describe, expect, test } from 'vitest'
import { later, wallClock } from './clock.ts'

describe('the wall clock', () => {
  test('tells the time, and milliseconds that never run backwards', () => {
    const before = Date.now()
    const now = wallClock.now().getTime()
    expect(now).toBeGreaterThanOrEqual(before)
    expect(now).toBeLessThanOrEqual(Date.now())
    const moments = Array.from({ length: 1_000 }, () => wallClock.monotonicMs())
    expect(moments).toEqual([...moments].sort((a, b) => a - b))
  })

  test('sleeps as long as it was told', async () => {
    const startedMs = wallClock.monotonicMs()
    await wallClock.sleep(20)
    // A timer may be a fraction of a millisecond early.
    expect(wallClock.monotonicMs() - startedMs).toBeGreaterThanOrEqual(19)
  })

  test('is woken by a signal, at once and without an error', async () => {
    const waking = new AbortController()
    const sleeping = wallClock.sleep(3_600_000, waking.signal)
    waking.abort()
    await sleeping
    await wallClock.sleep(3_600_000, waking.signal)
  })

  test('leaves no listener behind on a signal that many sleeps share', async () => {
    const { signal } = new AbortController()
    for (let count = 0; count < 20; count += 1) await wallClock.sleep(0, signal)
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
  })
})

test('later moves a moment either way', () => {
  const moment = new Date('2026-11-20T10:00:00.000Z')
  expect(later(moment, 1_500).toISOString()).toBe('2026-11-20T10:00:01.500Z')
  expect(later(moment, -86_400_000).toISOString()).toBe('2026-11-19T10:00:00.000Z')
  expect(moment.toISOString()).toBe('2026-11-20T10:00:00.000Z')
})
