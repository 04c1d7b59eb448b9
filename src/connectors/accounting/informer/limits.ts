import type { HttpAnswer } from '../../http.ts'
import type { Allowance, Pace } from '../../pace.ts'

const minuteMs = 60_000
const hourMs = 3_600_000
const dayMs = 86_400_000

const leftOf = (headers: HttpAnswer['headers'], name: string): number | null => {
  const left = headers[name]?.trim() ?? ''
  return /^\d{1,9}$/.test(left) ? Number(left) : null
}

/**
 * The minute is counted by us, for whether it slides or begins anew is not known (contract §4). Only that it
 * is used up, by somebody else with our key, is believed of the remote.
 */
const minuteAllowance = (headers: HttpAnswer['headers']): Allowance | null =>
  leftOf(headers, 'x-ratelimit-remaining') === 0 ? { callsLeft: 0, windowEndsInMs: minuteMs } : null

/**
 * What is left of the day, as the remote counts it: our own count is gone when the process starts anew. Whether
 * the day slides is not known either, so a count is believed for an hour and then asked again.
 */
const dayAllowance = (headers: HttpAnswer['headers']): Allowance | null => {
  const callsLeft = leftOf(headers, 'x-dailylimit-remaining')
  return callsLeft === null ? null : { callsLeft, windowEndsInMs: hourMs }
}

/** Sixty calls a minute and five thousand a day, of one key (contract §4). */
export const pace: Pace = {
  calls: 60,
  windowMs: minuteMs,
  allowanceOf: minuteAllowance,
  also: [{ calls: 5_000, windowMs: dayMs, allowanceOf: dayAllowance }],
  concurrency: 4,
}

/** How long to stay away after one call too many that does not say it itself. */
export const limitWaitMs = ({ headers }: HttpAnswer): number =>
  leftOf(headers, 'x-dailylimit-remaining') === 0 ? hourMs : minuteMs
