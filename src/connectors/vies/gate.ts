import type { Clock } from '../../world/clock.ts'

/** Lets so many in at a time, and each number only once. First come, first served. */
export interface Gate {
  /** @returns false when there was no room within `waitMs`, or too many wait already */
  enter(number: string, waitMs: number): Promise<boolean>
  leave(number: string): void
}

interface Waiting {
  number: string
  resolve(entered: boolean): void
}

export const createGate = (limits: { inside: number; waiting: number }, clock: Clock): Gate => {
  const inside = new Set<string>()
  const queue = new Set<Waiting>()

  const admit = () => {
    for (const each of queue) {
      if (inside.size >= limits.inside) return
      if (inside.has(each.number)) continue
      queue.delete(each)
      inside.add(each.number)
      each.resolve(true)
    }
  }

  return {
    async enter(number, waitMs) {
      if (queue.size >= limits.waiting) return false
      const over = new AbortController()
      const entered = new Promise<boolean>((resolve) => {
        const waiting = { number, resolve }
        queue.add(waiting)
        admit()
        if (!queue.has(waiting)) return
        void clock.sleep(waitMs, over.signal).then(() => {
          if (queue.delete(waiting)) resolve(false)
        })
      })
      const isInside = await entered
      over.abort()
      return isInside
    },
    leave(number) {
      inside.delete(number)
      admit()
    },
  }
}
