import type { Clock } from '../world/clock.ts'
import { later } from '../world/clock.ts'
import type { HttpAnswer, HttpSilence } from './http.ts'

/** Less than this is what clocks, and the way of an answer, may differ by. */
const toleratedMs = 60_000

const refusals: ReadonlySet<number> = new Set([400, 401, 403])

/**
 * How far a remote that refuses us is ahead of our clock, by the Date of its refusal (RFC 9110 §6.6.1); null
 * when the two agree, or when it refuses nothing.
 */
const aheadMsOf = (result: HttpAnswer | HttpSilence, now: Date): number | null => {
  if (result.is !== 'answer' || !refusals.has(result.status)) return null
  const aheadMs = Date.parse(result.headers['date'] ?? '') - now.getTime()
  return Math.abs(aheadMs) > toleratedMs ? aheadMs : null
}

/** A call that is signed with the time. */
export type SignedCall = (clock: Clock) => Promise<HttpAnswer | HttpSilence>

/**
 * Signs by our clock, and by the remote's where that refuses and its time is another: a wrong clock of ours must
 * not make credentials look wrong. A refused signature has had no effect, so that signing anew repeats nothing.
 * What was learnt is kept for the calls that follow.
 */
export const inRemoteTime = (clock: Clock): ((call: SignedCall) => ReturnType<SignedCall>) => {
  let aheadMs = 0
  const theirs: Clock = { ...clock, now: () => later(clock.now(), aheadMs) }
  return async (call) => {
    const first = await call(theirs)
    const otherMs = aheadMsOf(first, theirs.now())
    if (otherMs === null) return first
    aheadMs += otherMs
    return call(theirs)
  }
}
