import { toCents, type Amount } from '../../money/amount.ts'
import { reason, Trouble, type Reason } from '../../problems/reason.ts'
import { firstProblem, firstSaleProblem } from '../../sale/checks/all.ts'
import type { Draft } from '../../sale/draft.ts'
import { gate } from '../../sale/gate.ts'
import { makeDraft } from '../../sale/make-draft.ts'
import type { Gone, Sale } from '../../sale/sale.ts'
import { composeOn } from '../compose-on.ts'
import { booksOf, type Ends } from '../desk.ts'
import { sumsOf } from '../rate-sums.ts'
import type { Judgement } from './survey-store.ts'

const centsOf = (total: Amount): number | null =>
  total.times(100).isInteger() ? toCents(total) : null

const countryOf = ({ delivery, billing }: Sale): { country?: string } => {
  const { countryCode } = delivery ?? billing
  return /^[A-Z]{2}$/.test(countryCode) ? { country: countryCode } : {}
}

/**
 * What would become of a sale, by itself: nothing is created and nobody is asked, so that thousands can be judged.
 * A sale that hangs on VIES is judged as if VIES said yes, and its reason says that it will be asked.
 */
const judgeDraft = (ends: Ends, sale: Sale): { why: Reason | null; draft: Draft | null } => {
  const books = booksOf(ends.accounting)
  const unfit = firstSaleProblem({ sale, books })
  if (unfit !== null) return { why: unfit, draft: null }
  let drafting = makeDraft(sale, ends.options)
  if (drafting.is === 'hold') drafting = makeDraft(sale, ends.options, 'valid')
  if (drafting.is !== 'drafted') return { why: drafting.reason, draft: null }
  const { draft } = drafting
  const problem = firstProblem({ sale, draft, books })
  if (problem !== null) return { why: problem, draft }
  if (sale.buyer.email.trim() === '') return { why: reason('EMAIL_MISSING'), draft }
  const { connector, facts } = ends.accounting
  const traits = connector.planDebtor(draft, facts)
  const composed = composeOn(ends, draft, { id: '', traits }, {})
  return { why: composed.is === 'refused' ? composed.reason : null, draft }
}

/** Judges a sale as it was read at this moment. Pure. */
export const judgeSale = (
  ends: Ends,
  sale: Sale | Gone,
): { judgement: Judgement; draft: Draft | null } => {
  if ('is' in sale) return { judgement: { verdict: 'gone', reason: null }, draft: null }
  const { why, draft } = judgeDraft(ends, sale)
  const trigger = ends.webshop.connector.trigger(ends.webshop.session.settings)
  const gated = gate(sale, { ...trigger, from: null })
  const facts = {
    date: sale.date,
    totalCents: centsOf(sale.total),
    currency: sale.currency,
    ...(draft === null ? countryOf(sale) : { country: draft.destination }),
    ...(draft !== null && {
      reference: draft.reference,
      sums: sumsOf(draft),
      destination: { country: draft.destination, ratesOf: draft.ratesOf },
    }),
  }
  const verdict =
    gated.is === 'close'
      ? ('left-out' as const)
      : gated.is === 'wait'
        ? ('waits' as const)
        : why === null
          ? ('bookable' as const)
          : ('refused' as const)
  const told = gated.is === 'pass' ? why : gated.reason
  return { judgement: { verdict, reason: told, ...facts }, draft }
}

/** A sale that the shop shows and nobody can read; what passes is thrown on. @throws Trouble */
export const unreadable = (error: unknown): Judgement => {
  if (error instanceof Trouble && error.cure === 'never') {
    return { verdict: 'unreadable', reason: error.reason }
  }
  throw error
}
