const minuteMs = 60_000
const dayMs = 86_400_000

/** What is left after a call, and how long to wait when it was one too many. */
export interface Turn {
  allowed: boolean
  headers: Record<string, string>
  waitMs: number
}

/** Calls a minute and a day of one key, both sliding (contract §4: that they slide is a guess). */
export interface RateLimit {
  take(): Turn
  reset(): void
}

/** Makes a limit; `perMinute` and `perDay` are asked at every call, so that they may change. */
export function createRateLimit(
  { perMinute, perDay }: { perMinute: () => number; perDay: () => number },
  now: () => Date,
): RateLimit {
  let calls: number[] = []
  return {
    take: () => {
      const nowMs = now().getTime()
      calls = calls.filter((atMs) => atMs > nowMs - dayMs)
      const minute = calls.filter((atMs) => atMs > nowMs - minuteMs)
      const isMinuteFull = minute.length >= perMinute()
      const isDayFull = calls.length >= perDay()
      const allowed = !isMinuteFull && !isDayFull
      const used = allowed ? 1 : 0
      if (allowed) calls.push(nowMs)
      const until = isDayFull ? (calls[0] ?? nowMs) + dayMs : (minute[0] ?? nowMs) + minuteMs
      return {
        allowed,
        waitMs: allowed ? 0 : until - nowMs,
        headers: {
          ...headersOf('RateLimit', perMinute(), minute.length + used),
          ...headersOf('DailyLimit', perDay(), calls.length),
        },
      }
    },
    reset: () => {
      calls = []
    },
  }
}

/** Keys without a limit lack the headers (contract §4, a guess). */
function headersOf(name: string, limit: number, used: number): Record<string, string> {
  if (!Number.isFinite(limit)) return {}
  return {
    [`X-${name}-Limit`]: String(limit),
    [`X-${name}-Remaining`]: String(Math.max(0, limit - used)),
  }
}
