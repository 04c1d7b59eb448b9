import type { HttpAnswer } from '../../http.ts'
import type { Allowance, Pace } from '../../pace.ts'
import { retryAfterMs } from '../../reading.ts'

type Headers = HttpAnswer['headers']

/** How long to wait when the platform gives no time. */
const waitMsDefault = 60_000

/** "299/3590/86000": one number for each of five minutes, an hour and a day (contract §4). */
const numbersOf = (headers: Headers, name: string): number[] => {
  const parts = headers[`x-ratelimit-${name}`]?.split('/') ?? []
  return parts.every((part) => /^-?\d{1,9}$/.test(part.trim())) ? parts.map(Number) : []
}

interface Window {
  remaining: number
  endsInMs: number
}

const windowsOf = (headers: Headers): Window[] => {
  const [remaining, resets] = [numbersOf(headers, 'remaining'), numbersOf(headers, 'reset')]
  if (remaining.length !== resets.length) return []
  return remaining.map((left, index) => ({
    remaining: left,
    endsInMs: Math.max(0, resets[index] ?? 0) * 1000,
  }))
}

/**
 * The window that would stop us first. The longer windows hold more, so the fewest calls left decides; among
 * equals the one that lasts longest. -1 stands for "used up and asked once more".
 */
const allowanceOf = (headers: Headers): Allowance | null => {
  const [first, ...others] = windowsOf(headers)
  if (first === undefined) return null
  const tightest = others.reduce(
    (tight, each) =>
      each.remaining < tight.remaining ||
      (each.remaining === tight.remaining && each.endsInMs > tight.endsInMs)
        ? each
        : tight,
    first,
  )
  return { callsLeft: Math.max(0, tightest.remaining), windowEndsInMs: tightest.endsInMs }
}

/**
 * How long a 429 asks us to wait: until the last of the exhausted windows ends, else what Retry-After says in
 * either of its forms, else a minute (contract §4).
 */
export const waitMsOf = (answer: HttpAnswer, now: Date): number => {
  const windows = windowsOf(answer.headers)
  const over = windows.filter(({ remaining }) => remaining < 0)
  const exhausted = over.length > 0 ? over : windows.filter(({ remaining }) => remaining === 0)
  const waitMs = Math.max(0, ...exhausted.map(({ endsInMs }) => endsInMs))
  return waitMs > 0 ? waitMs : (retryAfterMs(answer, now) ?? waitMsDefault)
}

/** 300 calls in five minutes is the smallest key there is; the headers tell of a larger one. */
export const pace: Pace = { calls: 300, windowMs: 300_000, concurrency: 8, allowanceOf }
