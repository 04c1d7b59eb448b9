import type { BookingEvidence } from '../database/schema.ts'
import type { Draft } from '../sale/draft.ts'
import { makeDraft, type Drafting } from '../sale/make-draft.ts'
import type { Sale } from '../sale/sale.ts'
import type { Desk } from './desk.ts'
import { sumsOf } from './rate-sums.ts'
import { checkVatNumber, type CheckRoom, type NumberCheck } from './vat-number-check.ts'

export type Drafted =
  | { is: 'drafted'; draft: Draft; evidence: BookingEvidence }
  | Extract<NumberCheck, { is: 'silent' }>
  | Extract<Drafting, { is: 'refused' }>

/** The draft of a sale; VIES is asked only when the treatment hangs on the buyer's VAT number. */
export const draftOf = async (
  desk: CheckRoom & Pick<Desk, 'options'>,
  sale: Sale,
): Promise<Drafted> => {
  const drafting = makeDraft(sale, desk.options)
  if (drafting.is === 'refused') return drafting
  if (drafting.is === 'drafted') return { ...drafting, evidence: evidenceOf(drafting.draft) }
  const check = await checkVatNumber(desk, sale)
  if (check.is === 'silent') return check
  const again = makeDraft(sale, desk.options, check.is)
  if (again.is === 'refused') return again
  if (again.is === 'hold') throw new Error('a sale that waits for a verdict it has')
  return { ...again, evidence: { ...evidenceOf(again.draft), vies: check.proof } }
}

const evidenceOf = (draft: Draft): BookingEvidence => {
  const rates = { proved: 0, evidenced: 0, assumed: 0 }
  for (const { vat } of draft.lines) rates[vat.status] += 1
  const { regime, destination, ratesOf } = draft
  return { regime, rates, destination, ratesOf, sums: sumsOf(draft) }
}
