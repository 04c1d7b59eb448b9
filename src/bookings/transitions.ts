import type { BookingState } from '../database/booking-state.ts'

/**
 * What may follow what. Every change of state goes through `commits.ts`, which looks here first and repeats
 * the condition in its SQL; there is no other way to change a state.
 */
export const transitions: Readonly<Record<BookingState, readonly BookingState[]>> = {
  // Read, judged, and either on its way or not.
  seen: ['open', 'reserved', 'booked', 'refused', 'closed', 'parked'],
  open: ['seen', 'open', 'reserved', 'booked', 'refused', 'closed', 'parked'],
  // The create was sent, or may have been. `open`: it surely never left.
  reserved: ['booked', 'refused', 'uncertain', 'open'],
  // The clerk found it, or made sure that it is not there, or can't tell.
  uncertain: ['booked', 'uncertain', 'seen', 'parked'],
  // A person decided.
  parked: ['booked', 'seen'],
  // Final: a later change in the shop is shown as a difference, never booked. A booking that was uncertain
  // on its way is looked up once more, and may then carry a warning.
  booked: ['booked'],
  // Somebody mended the cause, in the shop or in the settings, or put it aside.
  refused: ['seen', 'closed'],
  // The shop changed its mind, or a person did.
  closed: ['seen'],
}

export const mayFollow = (from: BookingState, to: BookingState): boolean =>
  transitions[from].includes(to)

/** States in which a drain has something to do once `due_at` has come. */
export const workable: readonly BookingState[] = ['seen', 'open', 'reserved', 'uncertain', 'booked']

/** The tabs of the dashboard. */
export const tabStates = {
  report: ['booked'],
  errors: ['refused'],
  open: ['seen', 'open', 'reserved', 'uncertain', 'parked'],
} as const satisfies Record<string, readonly BookingState[]>
