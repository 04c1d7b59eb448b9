import type { Booking } from '../api/queries.ts'

/**
 * Only a person can tell what became of it. Not yet so while it is `uncertain`: then Doorvoer is still looking
 * it up, and the server takes no decision (src/bookings/decisions.ts).
 */
export const waitsForPerson = ({ state }: Booking): boolean => state === 'parked'
