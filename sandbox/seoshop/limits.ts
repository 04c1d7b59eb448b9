import { isoMoment, type World } from './world.ts'

/** Five minutes, an hour, a day; aligned to the clock (section 4). */
const windowsMs = [300_000, 3_600_000, 86_400_000] as const

interface Window {
  startMs: number
  used: number
}

export interface Limits {
  /** Counts a call of this key. */
  take(user: string): { isAllowed: boolean; headers: Record<string, string> }
  /** The headers of the fault 'rate-limit': the shortest window used up. */
  exhausted(): Record<string, string>
  /** The body of account/ratelimit. */
  describe(user: string): unknown
  clear(): void
}

/** Three fixed windows at once, per key. A refused call costs nothing. */
export function createLimits(world: World, play: 'real' | 'off'): Limits {
  const counts = new Map<string, Window[]>()

  function windowsOf(user: string): Window[] {
    const nowMs = world.now().getTime()
    const kept = counts.get(user) ?? []
    const current = windowsMs.map((lengthMs, index) => {
      const startMs = nowMs - (nowMs % lengthMs)
      const window = kept[index]
      return window?.startMs === startMs ? window : { startMs, used: 0 }
    })
    counts.set(user, current)
    return current
  }

  /** Seconds until each window ends. */
  function resets(): number[] {
    const nowMs = world.now().getTime()
    return windowsMs.map((lengthMs) => Math.ceil((lengthMs - (nowMs % lengthMs)) / 1000))
  }

  function headersOf(remaining: readonly number[]): Record<string, string> {
    if (!world.switches.rateLimitHeaders) return {}
    return {
      'X-RateLimit-Limit': world.switches.limits.join('/'),
      'X-RateLimit-Remaining': remaining.join('/'),
      'X-RateLimit-Reset': resets().join('/'),
    }
  }

  function retryAfter(waitS: number): Record<string, string> {
    const { retryAfter: how } = world.switches
    if (how === 'none') return {}
    const date = new Date(world.now().getTime() + waitS * 1000).toUTCString()
    return { 'Retry-After': how === 'date' ? date : String(waitS) }
  }

  return {
    take: (user) => {
      if (play === 'off') return { isAllowed: true, headers: {} }
      const { limits } = world.switches
      const windows = windowsOf(user)
      const isAllowed = windows.every(({ used }, index) => used < (limits[index] ?? 0))
      if (isAllowed) for (const window of windows) window.used += 1
      // The exhausted field reads -1; 0 is the last one used (section 4).
      const remaining = windows.map(({ used }, index) => {
        const left = (limits[index] ?? 0) - used
        return !isAllowed && left === 0 ? -1 : left
      })
      const waits = resets().filter((_, index) => remaining[index] === -1)
      const more = isAllowed ? {} : retryAfter(Math.max(...waits))
      return { isAllowed, headers: { ...headersOf(remaining), ...more } }
    },
    exhausted: () => {
      const [, hour, day] = world.switches.limits
      return { ...headersOf([-1, hour, day]), ...retryAfter(resets()[0] ?? 0) }
    },
    describe: (user) => {
      const windows = play === 'off' ? [] : windowsOf(user)
      const names = ['limit5Min', 'limitHour', 'limitDay']
      const entries = names.map((name, index) => {
        const limit = world.switches.limits[index] ?? 0
        const reset = resets()[index] ?? 0
        const resetTime = isoMoment(new Date(world.now().getTime() + reset * 1000))
        return [name, { limit, remaining: limit - (windows[index]?.used ?? 0), reset, resetTime }]
      })
      return { accountRatelimit: Object.fromEntries(entries) as unknown }
    },
    clear: () => counts.clear(),
  }
}
