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

/** What JSON writes for what `storable` takes out; it may be part of an honest text too. */
const mayBeUnstorable = /\\u(0000|d[89a-f])/i

/** JSON with every text in it as PostgreSQL can hold it. */
export const storableJson = (value: unknown): string => {
  const json = JSON.stringify(value)
  return mayBeUnstorable.test(json)
    ? JSON.stringify(value, (_, each: unknown) =>
        typeof each === 'string' ? storable(each) : each,
      )
    : json
}
