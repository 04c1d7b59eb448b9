import type { Receipt } from '../connectors/accounting.ts'
import type { Amount } from '../money/amount.ts'
import { reason, type Reason } from '../problems/reason.ts'
import { later } from '../world/clock.ts'
import type { Booking } from './booking.ts'
import type { Desk } from './desk.ts'
import { cents } from './sale-facts.ts'
import type { Proof } from './settlement.ts'

/** What a booking keeps of its invoice. */
export const proofOf = (receipt: Receipt): Proof => ({
  remoteId: receipt.remoteId,
  remoteNumber: receipt.remoteNumber,
  remoteTotalCents: receipt.total === null ? null : (cents(receipt.total) ?? null),
})

/**
 * The warning a booking carries: the books came to another total than was predicted, or the connector's own;
 * null when all is well.
 */
export const warningOf = (desk: Desk, receipt: Receipt, total: Amount): Reason | null =>
  receipt.total === null || receipt.total.equals(total)
    ? (receipt.warning ?? null)
    : reason('TOTAL_DIFFERS_AFTER_BOOKING', {
        system: desk.accounting.connector.title,
        number: receipt.remoteNumber,
        booked: receipt.total.toFixed(2),
        total: total.toFixed(2),
      })

/** A booking that was created again may still get a late twin: look once more when that is over. */
export const twinLook = (desk: Desk, booking: Booking): Date | null =>
  booking.recreated
    ? later(desk.clock.now(), desk.accounting.connector.capabilities.lateEffectMs)
    : null
