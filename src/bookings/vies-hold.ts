import { reason, type Reason } from '../problems/reason.ts'
import { calendarDay } from '../world/calendar-day.ts'
import { later } from '../world/clock.ts'
import type { Booking } from './booking.ts'
import type { NumberCheck } from './vat-number-check.ts'

/** Reasons of a sale that waits for VIES; the last one waits for the merchant as well. */
const viesCodes: ReadonlySet<string> = new Set([
  'VIES_NO_ANSWER',
  'VIES_NUMBER_BLOCKED',
  'VIES_BLOCKED',
  'VIES_SILENT_TOO_LONG',
])

export const waitsForVies = ({
  state,
  reasonCode,
}: Pick<Booking, 'state' | 'reasonCode'>): boolean =>
  state === 'open' && viesCodes.has(reasonCode ?? '')

/** Since when a booking has waited for VIES without a break; null when it does not. */
export const waitingSince = ({ history }: Pick<Booking, 'history'>): Date | null => {
  const broken = history.findLastIndex(({ code }) => !viesCodes.has(code ?? ''))
  const first = history[broken + 1]
  return first === undefined ? null : new Date(first.at)
}

/**
 * What a sale is told while VIES is silent about its buyer: to wait, and after the merchant's limit to be decided
 * about (contracts/vat.md §1.4 item 4). VIES goes on being asked: an answer still decides by itself.
 */
export const whileSilent = (
  booking: Pick<Booking, 'history'>,
  { reason: why, lastValid }: Extract<NumberCheck, { is: 'silent' }>,
  now: Date,
  holdHours: number,
): Reason => {
  const since = waitingSince(booking)
  if (since === null || later(since, holdHours * 3_600_000) > now) return why
  return reason('VIES_SILENT_TOO_LONG', {
    country: why.params['country'] ?? '',
    count: holdHours,
    date: lastValid === null ? '–' : calendarDay(lastValid),
  })
}
