import type { Clock } from '../../src/world/clock.ts'

/** A clock that stands still until a test moves it. */
export interface VirtualClock extends Clock {
  /**
   * Moves time on. Sleepers wake in the order of their time, each at its own moment, and what they do
   * next gets its first turns before the next one wakes.
   */
  advance(durationMs: number): Promise<void>
  /** Moves the wall clock alone, as a person or a time server does: nobody wakes of it. */
  jump(durationMs: number): void
  /** Time passes while the whole process is stopped: nobody wakes, and all clocks have moved on. */
  oversleep(durationMs: number): void
  /** How many sleep at this moment. */
  sleepers(): number
}

interface Sleeper {
  atMs: number
  wake(): void
}

/** Lets everything run that only waits for a turn of the event loop. */
const turns = async (): Promise<void> => {
  for (let count = 0; count < 5; count += 1) {
    await new Promise<void>((resolve) => {
      setImmediate(resolve)
    })
  }
}

/** Makes a clock that stands at `start`. */
export const virtualClock = (start = '2026-11-20T10:00:00.000Z'): VirtualClock => {
  let wallMs = Date.parse(start)
  let passedMs = 0
  const sleeping = new Set<Sleeper>()

  const moveTo = (atMs: number) => {
    wallMs += atMs - passedMs
    passedMs = atMs
  }
  const nextBy = (atMs: number): Sleeper | undefined =>
    [...sleeping].filter((each) => each.atMs <= atMs).sort((a, b) => a.atMs - b.atMs)[0]

  return {
    now: () => new Date(wallMs),
    monotonicMs: () => passedMs,
    sleep: (durationMs, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted === true) {
          resolve()
          return
        }
        const wake = () => {
          sleeping.delete(sleeper)
          signal?.removeEventListener('abort', wake)
          resolve()
        }
        const sleeper: Sleeper = { atMs: passedMs + Math.max(0, durationMs), wake }
        sleeping.add(sleeper)
        signal?.addEventListener('abort', wake, { once: true })
      }),
    async advance(durationMs) {
      const untilMs = passedMs + durationMs
      // What was begun a moment ago may be about to fall asleep.
      await turns()
      for (let next = nextBy(untilMs); next !== undefined; next = nextBy(untilMs)) {
        moveTo(Math.max(passedMs, next.atMs))
        next.wake()
        await turns()
      }
      moveTo(untilMs)
      await turns()
    },
    jump(durationMs) {
      wallMs += durationMs
    },
    oversleep(durationMs) {
      moveTo(passedMs + durationMs)
    },
    sleepers: () => sleeping.size,
  }
}
