import type { Receipt } from '../connectors/accounting.ts'
import { reason, type Reason } from '../problems/reason.ts'
import type { Draft } from '../sale/draft.ts'
import { later } from '../world/clock.ts'
import type { Booking } from './booking.ts'
import { claimOn, noDebtorYet, type SaleMarks } from './claims.ts'
import type { Desk } from './desk.ts'
import type { DebtorFound } from './find-debtor.ts'
import { foundByHand } from './hand-booked.ts'
import { lookups } from './schedule.ts'
import type { Facts } from './settlement.ts'

/** What check 5 found. */
export type Standing =
  | { is: 'absent' }
  /** The invoice of this sale: from an attempt of ours, or typed by hand, then under any reference. */
  | { is: 'there'; receipt: Receipt; hasReference: boolean }
  /** An invoice of another shop's sale of the same number: this one needs another reference. */
  | { is: 'theirs' }
  | { is: 'contested'; reason: Reason; until: Date }
  | { is: 'cannot-tell'; reason: Reason }
  /** An invoice under our reference that can't be this sale's. */
  | { is: 'other'; reason: Reason }

const marksOf = (
  { kind, shopId, number, saleDate, totalCents }: Booking,
  facts: Facts,
  debtorId: string,
): SaleMarks => ({
  kind,
  shopId,
  number: facts.number ?? number,
  saleDate: facts.date ?? saleDate,
  totalCents: facts.totalCents ?? totalCents,
  debtorId,
})

/** The same total is the same invoice; another total is for a person. */
const judgeTotal = (desk: Desk, draft: Draft, receipt: Receipt): Standing => {
  const { gross } = draft.totals
  if (receipt.total?.equals(gross) === true) return { is: 'there', receipt, hasReference: true }
  return {
    is: 'other',
    reason: reason('ALREADY_IN_BOOKS', {
      system: desk.accounting.connector.title,
      number: receipt.remoteNumber,
      found: receipt.total?.toFixed(2) ?? '?',
      total: gross.toFixed(2),
    }),
  }
}

/**
 * Check 5: whether the books hold this sale already, from an attempt of ours or by somebody's hand.
 * @throws Trouble of the accounting system
 */
export const alreadyInBooks = async (
  desk: Desk,
  booking: Booking,
  draft: Draft,
  found: DebtorFound,
  facts: Facts,
): Promise<Standing> => {
  const { connector, session } = desk.accounting
  const { title: system } = connector
  const debtorId = found.is === 'existing' ? found.debtor.id : null
  const lookup = await connector.find(session, draft.reference, { date: draft.date, debtorId })
  if (lookup.is === 'cannot-tell') return lookup
  if (lookup.is === 'none') {
    const byHand = await foundByHand(desk, booking, draft, found)
    return byHand === null
      ? { is: 'absent' }
      : { is: 'there', receipt: byHand, hasReference: false }
  }
  const { receipt } = lookup
  const marks = marksOf(booking, facts, debtorId ?? noDebtorYet)
  switch (await claimOn(desk, marks, draft.reference, receipt)) {
    case 'free':
      return judgeTotal(desk, draft, receipt)
    case 'theirs':
      return { is: 'theirs' }
    case 'contested':
      return {
        is: 'contested',
        reason: reason('REFERENCE_CONTESTED', { system }),
        until: later(desk.clock.now(), lookups.contestedAfterMs),
      }
    case 'unclear': {
      const { remoteNumber: number } = receipt
      return { is: 'other', reason: reason('REFERENCE_OF_ANOTHER_SHOP', { system, number }) }
    }
  }
}
