import type { Debtor } from '../connectors/accounting.ts'
import type { Amount } from '../money/amount.ts'
import type { Reason } from '../problems/reason.ts'
import type { Draft } from '../sale/draft.ts'
import { composeOn } from './compose-on.ts'
import type { FindRoom } from './desk.ts'
import { findDebtor, type DebtorFound } from './find-debtor.ts'
import { knownProducts } from './find-products.ts'

/** The debtor as composing needs it: found, or as it would be made. */
export const rehearsed = (found: Extract<DebtorFound, { is: 'existing' | 'missing' }>): Debtor =>
  found.is === 'existing' ? found.debtor : { id: '', traits: found.traits }

/** What the books would make of a draft, told without creating anything. */
export interface Rehearsal {
  /** As it would be composed, with its rounding line where the books need one. */
  draft: Draft
  debtor: DebtorFound
  /** Why they would not take it; null when they would. */
  problem: Reason | null
  /** The total they would come to, incl. VAT; null while that is not known. */
  total: Amount | null
}

/** Composes a draft as booking would, without creating anything. */
export const rehearseIn = async (desk: FindRoom, draft: Draft): Promise<Rehearsal> => {
  const debtor = await findDebtor(desk, draft)
  if (debtor.is === 'refused') return { draft, debtor, problem: debtor.reason, total: null }
  // Somebody is creating the debtor at this moment: its traits are not known yet.
  if (debtor.is === 'wait') return { draft, debtor, problem: null, total: null }
  const composed = composeOn(desk, draft, rehearsed(debtor), await knownProducts(desk, draft))
  return composed.is === 'refused'
    ? { draft, debtor, problem: composed.reason, total: null }
    : { draft: composed.draft, debtor, problem: null, total: composed.predictedTotal }
}
