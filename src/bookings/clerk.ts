import type { Lookup, Receipt } from '../connectors/accounting.ts'
import { isProblemCode } from '../problems/catalogue.ts'
import { reason, type Reason } from '../problems/reason.ts'
import { later } from '../world/clock.ts'
import { fromCents } from '../money/amount.ts'
import { proofOf, twinLook, warningOf } from './receipt-proof.ts'
import type { Booking } from './booking.ts'
import { claimOn } from './claims.ts'
import type { Desk } from './desk.ts'
import type { Report } from './report.ts'
import { callBudgetMs, lookups, retryAfter } from './schedule.ts'

const fine: Report = { is: 'fine' }

const lookUp = (desk: Desk, booking: Booking) =>
  desk.accounting.connector.find(desk.accounting.session, referenceOf(booking), {
    date: booking.saleDate ?? '',
    debtorId: booking.debtorId,
  })

const referenceOf = ({ id, reference }: Booking): string => {
  if (reference === null) throw new Error(`booking ${id} has no reference`)
  return reference
}

/** A look-up; what it finds may be the invoice of another shop that books into the same administration. */
const lookUpOurs = async (desk: Desk, booking: Booking): Promise<Lookup | { is: 'contested' }> => {
  const lookup = await lookUp(desk, booking)
  if (lookup.is !== 'found') return lookup
  const claim = await claimOn(desk, booking, referenceOf(booking), lookup.receipt)
  // Before it was reserved nothing had the reference: what a stopped neighbour booked is not what turned up since.
  if (claim === 'free' || claim === 'unclear') return lookup
  return { is: claim === 'theirs' ? 'none' : 'contested' }
}

/**
 * Since when nobody sends this booking's request any more: the lost answer, or, after a take-over, now. A dead
 * worker's request may have left any time before its lease ran out.
 */
const sinceWhen = (desk: Desk, booking: Booking): Date => booking.uncertainSince ?? desk.clock.now()

/** The moment after which a request of this booking can't take effect any more. */
const settledBy = (desk: Desk, booking: Booking): Date =>
  later(
    sinceWhen(desk, booking),
    callBudgetMs + desk.accounting.connector.capabilities.lateEffectMs,
  )

/**
 * The clerk: finds out what became of a create whose answer nobody has. Takes over what a dead worker left
 * reserved, and what a lost answer made uncertain. "It is not there" is believed only when it was said twice
 * and the second time after anything late would have arrived (reliability §3, case 2).
 * @throws Trouble when the look-up itself fails
 */
export const findOut = async (desk: Desk, booking: Booking): Promise<Report> => {
  const from = booking.state
  // Of before the look-up: what takes effect while it is under way may not be in its answer.
  const now = desk.clock.now()
  const lookup = await lookUpOurs(desk, booking)
  switch (lookup.is) {
    case 'contested':
      // Whoever has it on its way finds out what became of theirs; in the end a person is asked.
      await lookUpFailed(desk, booking)
      return fine
    case 'found':
      await settleFound(desk, booking, lookup.receipt)
      return fine
    case 'cannot-tell':
      if (from === 'reserved') await suspect(desk, booking, now)
      await desk.commits.settle(desk.lease, { ...booking, state: 'uncertain' }, 'uncertain', {
        to: 'parked',
        reason: lookup.reason,
        dueAt: null,
      })
      return fine
    case 'none': {
      const settled = settledBy(desk, booking)
      if (from === 'uncertain' && booking.lookups > 0 && now >= settled) {
        await desk.commits.settle(desk.lease, booking, from, {
          to: 'seen',
          reason: null,
          dueAt: now,
          attempts: 0,
          lookups: 0,
          uncertainSince: null,
          recreated: true,
        })
        return fine
      }
      const soonest = later(now, lookups.secondAfterMs)
      await suspect(desk, booking, settled > soonest ? settled : soonest)
      return fine
    }
  }
}

/** Stays, or becomes, uncertain until `dueAt`; counts the look-up. */
const suspect = (desk: Desk, booking: Booking, dueAt: Date): Promise<void> =>
  desk.commits.settle(desk.lease, booking, booking.state, {
    to: 'uncertain',
    reason: reason('OUTCOME_UNKNOWN', { system: desk.accounting.connector.title }),
    dueAt,
    lookups: booking.lookups + 1,
    uncertainSince: sinceWhen(desk, booking),
  })

const settleFound = (desk: Desk, booking: Booking, receipt: Receipt): Promise<void> =>
  desk.commits.settle(desk.lease, booking, booking.state, {
    to: 'booked',
    reason: warningOf(desk, receipt, fromCents(booking.totalCents ?? 0)),
    dueAt: twinLook(desk, booking),
    proof: proofOf(receipt),
  })

/** A look-up that failed: try again later, and in the end ask a person. */
export const lookUpFailed = async (desk: Desk, booking: Booking): Promise<void> => {
  const failures = booking.attempts + 1
  const delayMs = Math.min(lookups.failedAfterMsMax, lookups.failedAfterMs * 2 ** booking.attempts)
  await desk.commits.settle(desk.lease, booking, booking.state, {
    to: 'uncertain',
    reason: reason('OUTCOME_UNKNOWN', { system: desk.accounting.connector.title }),
    dueAt: later(desk.clock.now(), delayMs),
    attempts: failures,
    uncertainSince: sinceWhen(desk, booking),
  })
  if (failures < lookups.failedMax) return
  await desk.commits.settle(desk.lease, { ...booking, attempts: failures }, 'uncertain', {
    to: 'parked',
    reason: reason('LOOKUP_KEEPS_FAILING', {
      system: desk.accounting.connector.title,
      attempts: failures,
    }),
    dueAt: null,
  })
}

/** The reason a booking carries, to be kept. */
const keptReason = ({ reasonCode, reasonParams }: Booking): Reason | null =>
  reasonCode !== null && isProblemCode(reasonCode) ? reason(reasonCode, reasonParams ?? {}) : null

/** The second look after a booking that was created again: has a late twin turned up? */
export const lookForTwin = async (desk: Desk, booking: Booking): Promise<Report> => {
  const lookup = await lookUp(desk, booking)
  const twin = reason('POSSIBLY_BOOKED_TWICE', {
    system: desk.accounting.connector.title,
    reference: booking.reference ?? '',
  })
  await desk.commits.settle(desk.lease, booking, 'booked', {
    to: 'booked',
    reason: lookup.is === 'cannot-tell' ? twin : keptReason(booking),
    dueAt: null,
    attempts: 0,
  })
  return fine
}

/** The look for a twin failed: try again later, and at last let it be; the booking itself is proved. */
export const twinNotFound = async (desk: Desk, booking: Booking): Promise<void> => {
  const attempts = booking.attempts + 1
  const delayMs = retryAfter(attempts, desk.random)
  await desk.commits.settle(desk.lease, booking, 'booked', {
    to: 'booked',
    reason: keptReason(booking),
    dueAt: delayMs === null ? null : later(desk.clock.now(), delayMs),
    attempts,
  })
}
