import { vi } from 'vitest'

/** Waits until `check` stops failing: soon on a quiet machine, and long enough on a busy one. */
export const eventually = <T>(check: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(check, { timeout: 20_000, interval: 10 })
