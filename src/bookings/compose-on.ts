import type { Composition, Debtor } from '../connectors/accounting.ts'
import { parseAmount, type Amount } from '../money/amount.ts'
import { reason, type Reason } from '../problems/reason.ts'
import type { Draft } from '../sale/draft.ts'
import { asBooked, roundingAllowed, withCentMoved, withRounding } from '../sale/rounding-line.ts'
import type { Desk } from './desk.ts'

/** A composition, and the draft it is of: the sale's own, or that with a rounding line. */
export type Composed =
  | (Extract<Composition<unknown>, { is: 'composed' }> & { draft: Draft })
  | { is: 'refused'; reason: Reason }

/** What the books would come to, whether or not that is good; null when it is not about the total. */
const predicted = (composed: Composition<unknown>): Amount | null => {
  if (composed.is === 'composed') return composed.predictedTotal
  return composed.reason.code === 'TOTAL_WOULD_DIFFER'
    ? parseAmount(composed.reason.params['predicted'])
    : null
}

/**
 * The connector's composition of a draft. Where the books' own rounding would come to another total, a line of
 * at most a cent per percentage makes up for it (contracts/vat.md §6 step 2); else the sale is refused.
 */
export const composeOn = (
  {
    accounting: { connector, facts: known },
  }: { accounting: Pick<Desk['accounting'], 'connector' | 'facts'> },
  draft: Draft,
  debtor: Debtor,
  products: Readonly<Record<string, string>>,
): Composed => {
  const facts = { ...known, products }
  const composed = connector.compose(draft, debtor, facts)
  const { gross } = draft.totals
  const total = predicted(composed)
  if (composed.is === 'composed' && composed.predictedTotal.equals(gross)) {
    return { ...composed, draft }
  }
  if (composed.is === 'refused' && total === null) return composed

  const difference = gross.minus(total ?? gross)
  if (difference.abs().lessThanOrEqualTo(roundingAllowed(draft))) {
    for (const changed of [withRounding(draft, difference), ...withCentMoved(draft)]) {
      const rounded = connector.compose(changed, debtor, facts)
      if (rounded.is === 'composed' && rounded.predictedTotal.equals(gross)) {
        return { ...rounded, draft: asBooked(changed) }
      }
    }
  }
  if (composed.is === 'refused') return composed
  return {
    is: 'refused',
    reason: reason('TOTAL_WOULD_DIFFER', {
      system: connector.title,
      predicted: composed.predictedTotal.toFixed(2),
      total: gross.toFixed(2),
    }),
  }
}
