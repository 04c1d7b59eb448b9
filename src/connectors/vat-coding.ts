import { parseAmount } from '../money/amount.ts'
import { reason, type Reason } from '../problems/reason.ts'
import type { Draft, DraftLine } from '../sale/draft.ts'
import type { BooksFacts } from './accounting.ts'
import { destinationsOf, vatRowOf, type VatTableRow } from './vat-table.ts'

type Facts = Pick<BooksFacts<unknown>, 'choices' | 'vatTable'>

/** The percentage of a code, from the choices `vatCodePercents`; null when it has none of its own. */
const percentOf = ({ choices }: Facts, vatCode: string) => {
  const entry = choices['vatCodePercents']?.find(({ value }) => value.startsWith(`${vatCode}:`))
  return parseAmount(entry?.value.slice(vatCode.length + 1))
}

type Coding = { is: 'coded'; row: VatTableRow } | { is: 'refused'; reason: Reason }

/**
 * The row of the merchant's VAT table for a line. Systems with codes calculate with the rate of the code and
 * not with one of ours, so a code of another rate is refused; so is one that no longer exists.
 */
export const codingOf = (system: string, draft: Draft, line: DraftLine, facts: Facts): Coding => {
  const row = vatRowOf(facts.vatTable, draft, line)
  const rate = line.vatPercent.toString()
  // What the merchant looks for when there is no row for these lines.
  const country = destinationsOf(draft, line)[0] ?? draft.destination
  if (!facts.choices['vatCodes']?.some(({ value }) => value === row?.vatCode) || row === null) {
    return { is: 'refused', reason: reason('VAT_CODE_MISSING', { system, country, rate }) }
  }
  const found = percentOf(facts, row.vatCode)
  if (found !== null && !found.equals(line.vatPercent)) {
    const params = { system, country, rate, found: found.toString() }
    return { is: 'refused', reason: reason('VAT_CODE_OTHER_RATE', params) }
  }
  return { is: 'coded', row }
}
