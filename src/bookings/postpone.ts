import { later } from '../world/clock.ts'
import type { Side } from '../database/schema.ts'
import { reason, type Reason } from '../problems/reason.ts'
import type { Booking } from './booking.ts'
import type { Facts } from './settlement.ts'
import type { Desk } from './desk.ts'
import type { Report } from './report.ts'
import { retryAfter } from './schedule.ts'

interface Trouble {
  reason: Reason
  side: Side
  retryAfterMs?: number | undefined
  broken?: boolean | undefined
  facts?: Facts
}

/**
 * Settles a booking that could not be finished for a reason that passes: open, with the time of the next
 * attempt. A broken connection costs no attempt: the booking waits until somebody reconnects.
 *
 * @param from the state the booking is in now
 */
export const postpone = async (
  desk: Desk,
  booking: Booking,
  from: 'seen' | 'open' | 'reserved',
  trouble: Trouble,
): Promise<Report> => {
  const { clock, random } = desk
  const facts = trouble.facts ?? {}
  if (trouble.broken === true) {
    const dueAt = clock.now()
    await desk.commits.settle(desk.lease, booking, from, {
      to: 'open',
      reason: trouble.reason,
      dueAt,
      facts,
    })
    return { is: 'broken', side: trouble.side, reason: trouble.reason }
  }
  const attempts = booking.attempts + 1
  const backoffMs = retryAfter(attempts, random)
  if (backoffMs === null) {
    await desk.commits.settle(desk.lease, booking, from, {
      to: 'refused',
      reason: reason('RETRIES_EXHAUSTED', { attempts }),
      dueAt: null,
      attempts: 0,
      facts,
    })
    return { is: 'trouble', restMs: null }
  }
  const waitMs = Math.max(backoffMs, trouble.retryAfterMs ?? 0)
  await desk.commits.settle(desk.lease, booking, from, {
    to: 'open',
    reason: trouble.reason,
    dueAt: later(clock.now(), waitMs),
    attempts,
    facts,
  })
  return { is: 'trouble', restMs: trouble.retryAfterMs ?? null }
}
