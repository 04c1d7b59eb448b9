import { withJitter, type Random } from '../../world/random.ts'

/** When to stop asking, and for how long. */
export interface BreakerRules {
  /** So many failures in a row, and it opens. */
  opensAfter: number
  /** The first pause; each failed probe doubles it. */
  pauseMs: number
  pauseMsMax: number
  /** A probe that tells nothing within this time is forgotten. */
  probeMs: number
}

/** Whether somebody who fails is asked. Moments are of the monotonic clock. */
export interface Breaker {
  failures: number
  /** Pauses in a row. */
  pauses: number
  /** Nobody asks before; null: closed. */
  pausedUntilMs: number | null
  /** One question is under way to see whether the pause can end. */
  probing: boolean
  /** When it failed last, or came back from a pause. */
  troubleMs: number | null
}

export const closedBreaker: Breaker = {
  failures: 0,
  pauses: 0,
  pausedUntilMs: null,
  probing: false,
  troubleMs: null,
}

/** How long nobody may ask; 0 when one may. */
export const pauseLeftMs = (breaker: Breaker, nowMs: number): number =>
  breaker.pausedUntilMs === null ? 0 : Math.max(0, Math.ceil(breaker.pausedUntilMs - nowMs))

/** A question goes out. After a pause it is the probe, and everybody else waits for what it brings. */
export const asking = (breaker: Breaker, rules: BreakerRules, nowMs: number): Breaker =>
  breaker.pausedUntilMs === null
    ? breaker
    : { ...breaker, probing: true, pausedUntilMs: nowMs + rules.probeMs }

/** Whether a question that ends now went out before the pause: it says nothing about what comes after it. */
const isLate = (breaker: Breaker) => breaker.pausedUntilMs !== null && !breaker.probing

export const answered = (breaker: Breaker, nowMs: number): Breaker =>
  isLate(breaker)
    ? breaker
    : { ...closedBreaker, troubleMs: breaker.probing ? nowMs : breaker.troubleMs }

export const failed = (
  breaker: Breaker,
  rules: BreakerRules,
  nowMs: number,
  random: Random,
): Breaker => {
  const failures = breaker.failures + 1
  if (isLate(breaker) || (!breaker.probing && failures < rules.opensAfter)) {
    return { ...breaker, failures, troubleMs: nowMs }
  }
  const pauseMs = Math.min(rules.pauseMs * 2 ** breaker.pauses, rules.pauseMsMax)
  return {
    failures,
    pauses: breaker.pauses + 1,
    pausedUntilMs: nowMs + withJitter(pauseMs, random),
    probing: false,
    troubleMs: nowMs,
  }
}

/** The question ended without telling whether the other side is well. The next one may probe at once. */
export const inconclusive = (breaker: Breaker, nowMs: number): Breaker =>
  breaker.probing ? { ...breaker, probing: false, pausedUntilMs: nowMs } : breaker

/** Whether it failed, or came back, within `withinMs`. */
export const isShaky = (breaker: Breaker, nowMs: number, withinMs: number): boolean =>
  breaker.probing || (breaker.troubleMs !== null && nowMs - breaker.troubleMs <= withinMs)
