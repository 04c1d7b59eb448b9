import type { ProblemCode } from './catalogue.ts'

/**
 * Why something is as it is: a code of the catalogue with the figures its text mentions. It is stored and
 * logged, so the parameters never hold personal data: order numbers, amounts, rates, countries, counts only.
 */
export interface Reason {
  code: ProblemCode
  params: Readonly<Record<string, string | number>>
}

export const reason = (code: ProblemCode, params: Reason['params'] = {}): Reason => ({
  code,
  params,
})

/**
 * A merchant's or operator's problem met while talking to a remote: thrown by connectors on reads and
 * caught in one place by the engine. A create never throws this; it answers with an Outcome.
 */
export class Trouble extends Error {
  readonly reason: Reason
  /** `later`: passes by itself; `never`: the same request fails again; `reconnect`: the connection is broken. */
  readonly cure: 'later' | 'never' | 'reconnect'
  /** How long the remote asked us to wait, when it did. */
  readonly retryAfterMs: number | undefined

  constructor(
    cure: Trouble['cure'],
    why: Reason,
    options: { retryAfterMs?: number; cause?: unknown } = {},
  ) {
    super(`${why.code} ${JSON.stringify(why.params)}`, { cause: options.cause })
    this.name = 'Trouble'
    this.reason = why
    this.cure = cure
    this.retryAfterMs = options.retryAfterMs
  }
}
