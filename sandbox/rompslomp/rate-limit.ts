const minuteMs = 60_000

/** Calls per minute of one token (contract §4: numbers and key are guesses). */
export interface RateLimit {
  /** Counts a call; how many seconds to wait when the window is used up, else 0. */
  take(token: string): number
  reset(): void
}

/** Makes a limit; `perMinute` is asked at every call, so that it may change. */
export function createRateLimit(perMinute: () => number, now: () => Date): RateLimit {
  let window = -1
  let used = new Map<string, number>()
  return {
    take: (token) => {
      const nowMs = now().getTime()
      const current = Math.floor(nowMs / minuteMs)
      if (current !== window) {
        window = current
        used = new Map()
      }
      const count = used.get(token) ?? 0
      if (count >= perMinute()) return Math.ceil(((current + 1) * minuteMs - nowMs) / 1000)
      used.set(token, count + 1)
      return 0
    },
    reset: () => {
      window = -1
    },
  }
}
