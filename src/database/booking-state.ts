/**
 * The states of a booking. What may follow what is in bookings/states.ts; they stand here because the table
 * is made of them.
 */
export const bookingStates = [
  /** Known of; to be read from the shop. */
  'seen',
  /** Not booked yet, for a reason that passes: status, VIES, a fault, a broken connection. */
  'open',
  /** The reference is committed; the create may be under way or may have happened. */
  'reserved',
  /** The answer of a create was lost; the clerk looks it up. */
  'uncertain',
  /** Only a person can tell. */
  'parked',
  'booked',
  /** Can't be booked as it is; the reason says what to mend. */
  'refused',
  /** Nothing to book: cancelled, gone, or put aside by a person. */
  'closed',
] as const

export type BookingState = (typeof bookingStates)[number]
