import type { BookingState } from '../database/booking-state.ts'

/** A booking that goes round in circles keeps its first steps and its end. */
export const historyMax = 50

/** One step of a booking's history, as a JSON list of one. */
export const historyEntry = (
  at: Date,
  from: BookingState | null,
  to: BookingState,
  code: string | null,
): string => JSON.stringify([{ at: at.toISOString(), from, to, code }])

/** Text as PostgreSQL can hold it: no NUL, no half of a surrogate pair. */
export const storable = (text: string): string => text.toWellFormed().replaceAll('\0', '')
