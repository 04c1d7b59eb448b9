import { finding, type VatFinding } from './vat-finding.ts'
import { viesPrefixes } from './vat-number-forms.ts'
import type { VatNumber, WrongForm } from './vat-number.ts'

/**
 * What is known about the customer's VAT number (contracts/vat.md §5.1). `country` is a VIES prefix (`EL`).
 * `unknown`: of right form, and VIES has not answered.
 */
export type VatNumberState =
  | { is: 'none' }
  | { is: 'malformed'; why: WrongForm }
  | { is: 'invalid'; country: string }
  | { is: 'unknown'; country: string }
  | { is: 'valid'; country: string }

/** @param vies the verdict of VIES; `silent` when it was not asked or did not answer */
export const vatNumberState = (
  number: VatNumber,
  vies: 'valid' | 'invalid' | 'silent',
): VatNumberState => {
  if (number.form === 'wrong') {
    return number.why === 'empty' ? { is: 'none' } : { is: 'malformed', why: number.why }
  }
  // A British, Swiss or Norwegian number exists, but it is no number of the EU and VIES cannot confirm it.
  if (!viesPrefixes.has(number.country)) return { is: 'malformed', why: 'unknown-country' }
  return { is: vies === 'silent' ? 'unknown' : vies, country: number.country }
}

/** The remark that a number's check digit is wrong; null when it is right or there is none. */
export const checkDigitRemark = (number: VatNumber): VatFinding | null =>
  number.form === 'ok' && number.checkDigit === 'failed'
    ? finding('VAT_NUMBER_CHECK_DIGIT', { country: number.country })
    : null
