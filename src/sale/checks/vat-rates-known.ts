import { parseAmount } from '../../money/amount.ts'
import { reason } from '../../problems/reason.ts'
import type { Check } from './check.ts'

/**
 * Spec §3 check 3, for books that take percentages: each must be one of the administration's own rates.
 * Books that work with VAT codes are judged where the code is chosen.
 */
export const vatRatesKnown: Check = {
  id: 'vat-rates-known',
  title: { nl: 'Btw-tarieven bestaan in de boekhouding', en: 'VAT rates exist in the bookkeeping' },
  run({ draft, books }) {
    if (books.vatCodes) return null
    if (books.vatRates === null) return reason('CHOICES_MISSING', { system: books.system })
    const known = books.vatRates.map(parseAmount).filter((rate) => rate !== null)
    const unknown = draft.rates.find(
      ({ vatPercent }) => !known.some((rate) => rate.equals(vatPercent)),
    )
    if (unknown === undefined) return null
    return reason('VAT_RATE_UNKNOWN_TO_BOOKS', {
      rate: unknown.vatPercent.toString(),
      system: books.system,
      allowed: books.vatRates.map((rate) => `${rate} %`).join(', '),
    })
  },
}
