const hourMs = 3_600_000

/** Calls per clock hour (contract 1.4). That the window is the clock's hour is a guess. */
export interface RateLimit {
  /** Counts a call; false when the hour is used up. */
  take(): boolean
  /** What X-RateLimit-Remaining says. */
  remaining(): number
  reset(): void
}

/** Makes a limit; `perHour` is asked at every call, so that it may change. */
export function createRateLimit(perHour: () => number, now: () => Date): RateLimit {
  let hour = -1
  let used = 0

  function turn(): void {
    const current = Math.floor(now().getTime() / hourMs)
    if (current === hour) return
    hour = current
    used = 0
  }

  return {
    take: () => {
      turn()
      if (used >= perHour()) return false
      used += 1
      return true
    },
    remaining: () => {
      turn()
      return Math.max(perHour() - used, 0)
    },
    reset: () => {
      hour = -1
    },
  }
}
