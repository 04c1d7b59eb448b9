import { createHash } from 'node:crypto'
import { reason, type Reason } from '../problems/reason.ts'
import type { Draft } from '../sale/draft.ts'
import type { Booking } from './booking.ts'
import type { Desk } from './desk.ts'

/** Why a sale waits for its merchant: it was never looked at, or it changed since. */
export const goAheadReasons = ['GO_AHEAD_WANTED', 'GO_AHEAD_AGAIN'] as const

/**
 * Stands for what somebody looks at before an invoice is made: whom it is for, its lines, VAT and totals. The
 * reference stays out, for it is settled as the invoice is made; remarks too, for they are about the sale.
 */
export const sealOf = ({ reference: _, remarks: __, ...looked }: Draft): string =>
  createHash('sha256').update(JSON.stringify(looked)).digest('base64url')

/**
 * Why a sale still waits for the merchant's go-ahead; null when it may be booked. A migration was looked at as a
 * whole before it was started; only live sales wait one by one.
 */
export const goAheadMissing = (
  { wantsGoAhead, settings }: Pick<Desk, 'wantsGoAhead' | 'settings'>,
  { lane, goAheadAt, goAheadSeal }: Pick<Booking, 'lane' | 'goAheadAt' | 'goAheadSeal'>,
  seal: string,
): Reason | null => {
  if (lane !== 0) return null
  if (goAheadAt === null) return wantsGoAhead ? reason('GO_AHEAD_WANTED') : null
  // Also when enough were looked at since: what was let pass is another invoice than this.
  const changed = goAheadSeal !== null && goAheadSeal !== seal
  return changed && settings.goAhead ? reason('GO_AHEAD_AGAIN') : null
}
