import { later, type Clock } from '../world/clock.ts'
import type { HttpAnswer, HttpSilence } from './http.ts'

/** Less than this is what clocks, and the way of an answer, may differ by. */
const toleratedMs = 60_000

const refusals: ReadonlySet<number> = new Set([400, 401, 403])

/** How far a remote that refuses us is ahead of `now`, by the Date of its refusal (RFC 9110 §6.6.1). */
const aheadMsOf = (result: HttpAnswer | HttpSilence, now: Date): number | null => {
  if (result.is !== 'answer' || !refusals.has(result.status)) return null
  const aheadMs = Date.parse(result.headers['date'] ?? '') - now.getTime()
  return Number.isNaN(aheadMs) ? null : aheadMs
}

/** A call that is signed with the time. */
export type SignedCall = (clock: Clock) => Promise<HttpAnswer | HttpSilence>

/**
 * Signs by our clock, and by the remote's where that refuses and its time is another: a wrong clock of ours must
 * not make credentials look wrong. A refused signature has had no effect, so that signing anew repeats nothing.
 * What was learnt is kept for the calls that follow.
 */
export const inRemoteTime = (clock: Clock): ((call: SignedCall) => ReturnType<SignedCall>) => {
  let learntMs = 0
  const ahead = (ms: number): Clock => ({ ...clock, now: () => later(clock.now(), ms) })
  return async (call) => {
    // Of this call: another one beside it may learn better meanwhile.
    const usedMs = learntMs
    const first = await call(ahead(usedMs))
    const aheadMs = aheadMsOf(first, clock.now())
    if (aheadMs === null || Math.abs(aheadMs - usedMs) <= toleratedMs) return first
    learntMs = aheadMs
    return call(ahead(aheadMs))
  }
}
