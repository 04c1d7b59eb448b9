import type { BookingState } from '../database/booking-state.ts'
import { reason, type Reason } from '../problems/reason.ts'
import type { Sale, SaleRef } from '../sale/sale.ts'
import { later } from '../world/clock.ts'
import { asked } from './commit-errors.ts'
import type { Desk } from './desk.ts'

/** What became of the sale that a credit invoice gives back. */
export type Credited =
  /** In the books, or none of ours: it is from before the start, or somebody put it aside. */
  | { is: 'settled' }
  /** It was cancelled before it was booked: neither of the two belongs in the books. */
  | { is: 'cancelled'; reason: Reason }
  /** A credit in the books without its sale would be a loss that nobody made. */
  | { is: 'first'; reason: Reason; until: Date }

const minute = 60_000

/** How soon a credit asks again for its sale: that may be through in a moment, or wait for somebody. */
const askAgainMs: Readonly<Partial<Record<BookingState, number>>> = {
  seen: 5 * minute,
  reserved: 5 * minute,
  uncertain: 5 * minute,
  open: 30 * minute,
  parked: 360 * minute,
  refused: 360 * minute,
}

const bookingOf = ({ db, integrationId }: Desk, { kind, id }: SaleRef) =>
  asked(
    db
      .selectFrom('bookings')
      .select(['state', 'number', 'reasonCode'])
      .where('integrationId', '=', integrationId)
      .where('kind', '=', kind)
      .where('shopId', '=', id)
      .executeTakeFirst(),
  )

/**
 * Whether the sale that a credit invoice gives back is through. A sale that nobody told us of is noted here, and
 * goes its own way first: word of a credit may arrive before that of its sale.
 * @throws DatabaseFailed
 */
export const creditedSale = async (
  desk: Desk,
  { creditOf, orderNumber }: Sale,
): Promise<Credited> => {
  if (creditOf === undefined) return { is: 'settled' }
  const booking = await bookingOf(desk, creditOf)
  if (booking === undefined) {
    await desk.commits.see(desk.integrationId, [{ ref: creditOf }], 'live')
  }
  const state = booking?.state ?? 'seen'
  if (state === 'closed' && booking?.reasonCode === 'SALE_CANCELLED') {
    return { is: 'cancelled', reason: reason('SALE_CANCELLED') }
  }
  const waitMs = askAgainMs[state]
  if (waitMs === undefined) return { is: 'settled' }
  return {
    is: 'first',
    reason: reason('CREDIT_BEFORE_SALE', { number: booking?.number || orderNumber }),
    until: later(desk.clock.now(), waitMs),
  }
}
