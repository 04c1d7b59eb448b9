import type { Clock } from '../world/clock.ts'

/** Failures of one caller within the window before it is turned away unheard. */
const failuresMax = 60
const windowMs = 60_000
const callersMax = 10_000

/**
 * Counts failures per caller, never successes: who signs well may call as often as it likes, who does not
 * costs us nothing any more after a minute's worth.
 */
export const failureLimit = (clock: Clock) => {
  const callers = new Map<string, { count: number; sinceMs: number }>()
  const entryOf = (caller: string) => {
    const entry = callers.get(caller)
    if (entry === undefined || clock.monotonicMs() - entry.sinceMs > windowMs) return undefined
    return entry
  }
  return {
    isBlocked: (caller: string): boolean => (entryOf(caller)?.count ?? 0) >= failuresMax,
    failed(caller: string): void {
      const entry = entryOf(caller)
      if (entry !== undefined) {
        entry.count += 1
        return
      }
      // A bound on memory: the oldest callers are forgotten first.
      if (callers.size >= callersMax) {
        const [oldest] = callers.keys()
        if (oldest !== undefined) callers.delete(oldest)
      }
      callers.delete(caller)
      callers.set(caller, { count: 1, sinceMs: clock.monotonicMs() })
    },
  }
}
