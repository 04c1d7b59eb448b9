/** The pauses of one sandbox, so that close() and reset can call off everything still to come. */
export interface Timers {
  /** Runs `act` after `delayMs`; returns how to call it off. */
  after(delayMs: number, act: () => void): () => void
  /** Resolves after `delayMs`; at once, without a timer, for 0. Never resolves when called off. */
  pause(delayMs: number): Promise<void>
  /** Calls everything off. */
  clear(): void
}

/** Makes an empty set of timers. */
export function createTimers(): Timers {
  const pending = new Set<NodeJS.Timeout>()

  function after(delayMs: number, act: () => void): () => void {
    const timer = setTimeout(() => {
      pending.delete(timer)
      act()
    }, delayMs)
    pending.add(timer)
    return () => {
      pending.delete(timer)
      clearTimeout(timer)
    }
  }

  return {
    after,
    pause: (delayMs) =>
      delayMs <= 0
        ? Promise.resolve()
        : new Promise((resolve) => {
            after(delayMs, resolve)
          }),
    clear: () => {
      for (const timer of pending) clearTimeout(timer)
      pending.clear()
    },
  }
}
