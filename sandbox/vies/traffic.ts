/** How many checks are with the member states at this moment. */
export interface Traffic {
  /** Lets a check in: a way to let it out again, or the code of the limit that keeps it out. */
  enter(countryCode: string, limits: Limits): (() => void) | string
  /** The most that were asked of a state at once since the start, those kept out too. */
  mostAtOnce(): Record<string, number>
  reset(): void
}

/** The most at once; Infinity when limits are not played. */
export interface Limits {
  state: number
  global: number
}

interface Count {
  now: number
  most: number
}

/** Makes roads without traffic. */
export function createTraffic(): Traffic {
  let states = new Map<string, Count>()
  // An object and not a number: what was under way before a reset must not count after it.
  let global = { now: 0 }

  return {
    enter: (countryCode, limits) => {
      const state = states.get(countryCode) ?? { now: 0, most: 0 }
      const all = global
      states.set(countryCode, state)
      state.most = Math.max(state.most, state.now + 1)
      if (all.now >= limits.global) return 'GLOBAL_MAX_CONCURRENT_REQ'
      if (state.now >= limits.state) return 'MS_MAX_CONCURRENT_REQ'
      state.now += 1
      all.now += 1
      return () => {
        state.now -= 1
        all.now -= 1
      }
    },
    mostAtOnce: () => Object.fromEntries([...states].map(([code, { most }]) => [code, most])),
    reset: () => {
      states = new Map()
      global = { now: 0 }
    },
  }
}
