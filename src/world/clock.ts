/**
 * Time as the engine sees it. Everything that waits or looks at the clock takes one of these, so that the
 * same code runs on the wall clock in production and on a virtual clock in a simulation.
 */
export interface Clock {
  /** The present moment. */
  now(): Date
  /** Milliseconds that never run backwards; only differences mean something. */
  monotonicMs(): number
  /** Resolves after `durationMs`, or at once (without an error) when `signal` aborts. */
  sleep(durationMs: number, signal?: AbortSignal): Promise<void>
}

/** The machine's own clock. */
export const wallClock: Clock = {
  now: () => new Date(),
  monotonicMs: () => performance.now(),
  sleep: (durationMs, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) {
        resolve()
        return
      }
      const done = () => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', done)
        resolve()
      }
      const timer = setTimeout(done, durationMs)
      signal?.addEventListener('abort', done, { once: true })
    }),
}

/** `date` moved by `durationMs` (may be negative). */
export const later = (date: Date, durationMs: number): Date => new Date(date.getTime() + durationMs)
