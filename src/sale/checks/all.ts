import type { Reason } from '../../problems/reason.ts'
import { bookableKind } from './bookable-kind.ts'
import type { Check, CheckInput } from './check.ts'
import { currencyAccepted } from './currency-accepted.ts'
import { regimeIsSound } from './regime-is-sound.ts'
import { totalEqualsLines } from './total-equals-lines.ts'
import { vatEqualsLines } from './vat-equals-lines.ts'
import { vatRatesKnown } from './vat-rates-known.ts'

/** Every check, in the order a merchant should hear of them: the first that fails is the reason. */
export const checks: readonly Check[] = [
  bookableKind,
  currencyAccepted,
  totalEqualsLines,
  regimeIsSound,
  vatEqualsLines,
  vatRatesKnown,
]

export interface Verdict {
  check: Check
  problem: Reason | null
}

/** The verdict of every check, for the preview. */
export const judge = (input: CheckInput): Verdict[] =>
  checks.map((check) => ({ check, problem: check.run(input) }))

/** The first reason not to book, or null. */
export const firstProblem = (input: CheckInput): Reason | null => {
  for (const check of checks) {
    const problem = check.run(input)
    if (problem !== null) return problem
  }
  return null
}
