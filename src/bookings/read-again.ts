import { reason, Trouble } from '../problems/reason.ts'
import type { Gone, Sale } from '../sale/sale.ts'
import { refOf, type Booking } from './booking.ts'
import type { Desk } from './desk.ts'
import { postpone } from './postpone.ts'
import type { Report } from './report.ts'
import { readingFreshMs } from './schedule.ts'

/** A sale as the shop had it, and when that was, by the clock that never jumps. */
export interface Reading {
  sale: Sale
  atMs: number
}

const isSame = (one: Sale, other: Sale | Gone): boolean =>
  JSON.stringify(one) === JSON.stringify(other)

/**
 * Looks at the sale once more right before its invoice is created, where it waited long since it was read: for
 * the pace of the books, mostly (reliability §3, case 5). One that was edited meanwhile is planned anew.
 * @returns null when it may be booked as it was read
 */
export const readAgain = async (
  desk: Desk,
  booking: Booking,
  { sale, atMs }: Reading,
): Promise<Report | null> => {
  const { webshop, clock } = desk
  if (clock.monotonicMs() - atMs <= readingFreshMs) return null
  const from = booking.state === 'open' ? 'open' : 'seen'
  try {
    if (isSame(sale, await webshop.connector.read(webshop.session, refOf(booking)))) return null
  } catch (error) {
    if (!(error instanceof Trouble)) throw error
    const { cure, retryAfterMs } = error
    // It could be read a moment ago, so that whatever it is may pass.
    const broken = cure === 'reconnect'
    const side = 'webshop'
    return postpone(desk, booking, from, { reason: error.reason, side, retryAfterMs, broken })
  }
  await desk.commits.settle(desk.lease, booking, from, {
    to: 'open',
    reason: reason('SALE_CHANGED_MEANWHILE'),
    dueAt: clock.now(),
  })
  return { is: 'fine' }
}
