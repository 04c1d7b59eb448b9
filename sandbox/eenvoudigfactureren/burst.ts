import { type Account } from './account.ts'

/** The protection against too many calls one after the other (contract 1.4). */
export interface Burst {
  /** Counts a call; false while blocked. */
  take(): boolean
  reset(): void
}

/** Makes one; the figures are asked at every call, so that they may change. Null: no limit. */
export function createBurst(figures: () => Account['burst'] | null, now: () => Date): Burst {
  let recent: number[] = []
  let blockedUntil = 0

  return {
    take: () => {
      const limit = figures()
      if (limit === null) return true
      const at = now().getTime()
      if (at < blockedUntil) return false
      recent = recent.filter((each) => each > at - limit.seconds * 1000)
      if (recent.length >= limit.calls) {
        blockedUntil = at + limit.blockSeconds * 1000
        return false
      }
      recent.push(at)
      return true
    },
    reset: () => {
      recent = []
      blockedUntil = 0
    },
  }
}
