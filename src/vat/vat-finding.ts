import type { vatProblems } from '../problems/vat-problems.ts'

/** A code of this room's part of the catalogue. */
export type VatProblemCode = keyof typeof vatProblems

/**
 * A problem or a remark about VAT, of the shape of a Reason (problems/reason.ts). The parameters hold
 * amounts, rates, countries and line numbers, never personal data.
 */
export interface VatFinding {
  code: VatProblemCode
  params: Readonly<Record<string, string | number>>
}

export const finding = (code: VatProblemCode, params: VatFinding['params'] = {}): VatFinding => ({
  code,
  params,
})
