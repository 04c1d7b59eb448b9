/** How far the server's clock is ahead of this computer's, as far as known. */
let aheadMs = 0

/** Takes the time from the `Date` header of an answer. Whole seconds, so only a real difference counts. */
export const noteServerTime = (header: string | null): void => {
  const sent = header === null ? Number.NaN : Date.parse(header)
  if (Number.isNaN(sent)) return
  const difference = sent - Date.now()
  if (Math.abs(difference - aheadMs) > 1500) aheadMs = difference
}

/**
 * The present moment on the server's clock, in milliseconds: what "tried again in 5 minutes" is measured
 * with, because many computers run minutes early or late.
 */
export const serverNowMs = (): number => Date.now() + aheadMs
