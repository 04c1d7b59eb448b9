import { amount, type Amount } from '../money/amount.ts'
import { reason } from '../problems/reason.ts'
import type { Draft, DraftLine } from './draft.ts'
import { rateTotals } from './rate-totals.ts'

/** A line of a few cents without VAT, so that a total comes out (contracts/vat.md §6 step 2). */
export const roundingLine = (difference: Amount, amountIncludesVat: boolean): DraftLine => ({
  kind: 'rounding',
  description: 'Afronding',
  sku: '',
  quantity: amount(1),
  vatPercent: amount(0),
  amount: difference,
  amountIncludesVat,
  vat: { treatment: 'zero-rated', status: 'proved', by: null, compatible: ['0'] },
})

const cent = amount('0.01')

/** The most that two ways of rounding may differ by: one cent for each percentage. */
export const roundingAllowed = ({ rates }: Pick<Draft, 'rates'>): Amount => cent.times(rates.length)

/** The same draft with a line that makes up for `difference`; its totals stay what the buyer pays. */
export const withRounding = (draft: Draft, difference: Amount): Draft => {
  const includesVat = draft.lines[0]?.amountIncludesVat ?? true
  const lines = [...draft.lines, roundingLine(difference, includesVat)]
  const why = reason('ROUNDING_LINE', { difference: difference.toFixed(2) })
  return { ...draft, lines, rates: rateTotals(lines), remarks: [...draft.remarks, why] }
}
