import { type ApiAnswer, failure } from './resource.ts'
import { type World } from './world.ts'

const windowMs = 60_000

/** A sliding minute: the times of the last `max` calls, as a ring. */
interface Window {
  max: number
  times: number[]
  oldest: number
}

export interface Limits {
  /** Counts a call; the error to answer when one of its limits is used up. A refused call does not count. */
  take(call: { apiPublic: string; method: string; resource: string }): ApiAnswer | undefined
  clear(): void
}

/**
 * The limits of section 5: per method and per resource, and a total, each per minute. Any 60 seconds
 * are looked at and not calendar minutes, so that a client that fits here fits either way.
 */
export function createLimits(world: World, play: 'real' | 'off'): Limits {
  const windows = new Map<string, Window>()

  function windowOf(name: string, max: number): Window {
    const kept = windows.get(name)
    if (kept?.max === max) return kept
    const fresh = { max, times: [], oldest: 0 }
    windows.set(name, fresh)
    return fresh
  }

  return {
    take: ({ apiPublic, method, resource }) => {
      if (play === 'off') return undefined
      const { getsPerMinute, writesPerMinute, totalPerMinute } = world.switches
      const max = method === 'GET' ? getsPerMinute : writesPerMinute
      const own = windowOf(`${apiPublic} ${method} ${resource}`, max)
      const total = windowOf(apiPublic, totalPerMinute)
      const nowMs = world.now().getTime()
      if (isFull(own, nowMs)) return limitReached()
      if (isFull(total, nowMs)) return failure('429.11', 'Total limit per minute exceeded')
      mark(own, nowMs)
      mark(total, nowMs)
      return undefined
    },
    clear: () => windows.clear(),
  }
}

export function limitReached(): ApiAnswer {
  return failure('429.10', 'Limit of this method on this resource per minute exceeded')
}

function isFull(window: Window, nowMs: number): boolean {
  if (window.times.length < window.max) return false
  const oldestMs = window.times[window.oldest]
  return oldestMs === undefined || nowMs - oldestMs < windowMs
}

function mark(window: Window, nowMs: number): void {
  if (window.times.length < window.max) {
    window.times.push(nowMs)
    return
  }
  window.times[window.oldest] = nowMs
  window.oldest = (window.oldest + 1) % window.max
}
