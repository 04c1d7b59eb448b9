import type { Booking } from '../api/queries.ts'

/**
 * Only a person can tell what became of it. Not yet so while it is `uncertain`: then Doorvoer is still looking
 * it up, and the server takes no decision (src/bookings/decisions.ts).
 */
export const waitsForPerson = ({ state }: Booking): boolean => state === 'parked'

/** Ready to be booked, and waiting for the merchant to let it pass. */
export const waitsForGoAhead = ({ state, problem }: Booking): boolean =>
  state === 'open' && problem?.code === 'GO_AHEAD_WANTED'
