import { accountingProblems } from './accounting-problems.ts'
import { bookingProblems } from './booking-problems.ts'
import { connectionProblems } from './connection-problems.ts'
import type { Language, Problem } from './problem.ts'
import { fillIn } from './problem.ts'
import { licenceProblems } from './licence-problems.ts'
import { requestProblems } from './request-problems.ts'
import { saleProblems } from './sale-problems.ts'
import { shopHostProblems } from './shop-host-problems.ts'
import { vatProblems } from './vat-problems.ts'

/**
 * Every code that a merchant, an operator or a caller of the API can meet. A code never changes its meaning
 * and is never used again for another; the help pages are generated from this table.
 */
const entries = {
  ...connectionProblems,
  ...shopHostProblems,
  ...saleProblems,
  ...vatProblems,
  ...accountingProblems,
  ...bookingProblems,
  ...licenceProblems,
  ...requestProblems,
} as const

export type ProblemCode = keyof typeof entries

export const catalogue: Readonly<Record<ProblemCode, Problem>> = entries

export const isProblemCode = (text: string): text is ProblemCode => Object.hasOwn(catalogue, text)

/** A reason in words, in one language. Params are those of the reason. */
export const explain = (
  code: ProblemCode,
  params: Readonly<Record<string, string | number>>,
  language: Language,
): { text: string; cause: string; remedy: string } => {
  const problem = catalogue[code]
  return {
    text: fillIn(problem.text, params, language),
    cause: fillIn(problem.cause, params, language),
    remedy: fillIn(problem.remedy, params, language),
  }
}
