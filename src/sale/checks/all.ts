import type { Reason } from '../../problems/reason.ts'
import { bookableKind } from './bookable-kind.ts'
import type { Check, CheckInput, SaleInput } from './check.ts'
import { creditMirrors } from './credit-mirrors.ts'
import { currencyAccepted } from './currency-accepted.ts'
import { linesAddUp } from './lines-add-up.ts'
import { shopAgrees } from './shop-agrees.ts'
import { totalEqualsLines } from './total-equals-lines.ts'
import { vatEqualsLines } from './vat-equals-lines.ts'
import { vatPerRate } from './vat-per-rate.ts'
import { vatRatesKnown } from './vat-rates-known.ts'

/** Checks of the sale itself, before its VAT is worked out. */
const saleChecks: readonly Check<SaleInput>[] = [
  bookableKind,
  currencyAccepted,
  creditMirrors,
  linesAddUp,
]

/** Checks of the draft made of it. That its VAT can be worked out at all is treat.ts's to say. */
const draftChecks: readonly Check[] = [
  totalEqualsLines,
  shopAgrees,
  vatEqualsLines,
  vatPerRate,
  vatRatesKnown,
]

/** Every check, in the order a merchant should hear of them: the first that fails is the reason. */
export const checks: readonly Check[] = [...saleChecks, ...draftChecks]

export interface Verdict {
  check: Pick<Check, 'id' | 'title'>
  problem: Reason | null
}

/** The verdict of every check, for the preview. */
export const judge = (input: CheckInput): Verdict[] =>
  checks.map((check) => ({ check, problem: check.run(input) }))

const first = <Input>(all: readonly Check<Input>[], input: Input): Reason | null => {
  for (const check of all) {
    const problem = check.run(input)
    if (problem !== null) return problem
  }
  return null
}

/** The first reason not even to draft the sale, or null. */
export const firstSaleProblem = (input: SaleInput): Reason | null => first(saleChecks, input)

/** The first reason not to book, or null. */
export const firstProblem = (input: CheckInput): Reason | null => first(checks, input)
