import { setTimeout as sleep } from 'node:timers/promises'

/** Milliseconds of the machine's monotonic clock: the same in every process, so they may be compared. */
export const monotonicMs = (): number => Number(process.hrtime.bigint()) / 1e6

export const pause = (durationMs: number): Promise<void> => sleep(durationMs)

/**
 * Asks again every `everyMs` until the answer is yes.
 * @throws Error when that takes longer than `maxMs`
 */
export const until = async (
  what: string,
  maxMs: number,
  ask: () => Promise<boolean>,
  everyMs = 50,
): Promise<void> => {
  const endMs = monotonicMs() + maxMs
  while (!(await ask())) {
    if (monotonicMs() > endMs) throw new Error(`${what}: not within ${Math.round(maxMs / 1000)} s`)
    await pause(everyMs)
  }
}
