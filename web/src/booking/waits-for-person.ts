import type { Booking } from '../api/queries.ts'

/** Reasons of an open sale that waits for VIES; a person may decide about its VAT. */
const viesCodes: ReadonlySet<string> = new Set([
  'VIES_NO_ANSWER',
  'VIES_NUMBER_BLOCKED',
  'VIES_BLOCKED',
  'VIES_SILENT_TOO_LONG',
])

/** VIES is silent about the buyer's number: Doorvoer goes on asking, and a person may decide meanwhile. */
export const waitsForVies = ({ state, problem }: Pick<Booking, 'state' | 'problem'>): boolean =>
  state === 'open' && viesCodes.has(problem?.code ?? '')

/**
 * Only a person can tell what became of it, or has been asked to decide. Not yet so while it is `uncertain`: then
 * Doorvoer is still looking it up, and the server takes no decision (src/bookings/decisions.ts).
 */
export const waitsForPerson = ({ state, problem }: Pick<Booking, 'state' | 'problem'>): boolean =>
  state === 'parked' || (state === 'open' && problem?.code === 'VIES_SILENT_TOO_LONG')

/** Never looked at, or changed since. */
const goAheadCodes: ReadonlySet<string> = new Set(['GO_AHEAD_WANTED', 'GO_AHEAD_AGAIN'])

/** Ready to be booked, and waiting for the merchant to let it pass. */
export const waitsForGoAhead = ({ state, problem }: Pick<Booking, 'state' | 'problem'>): boolean =>
  state === 'open' && goAheadCodes.has(problem?.code ?? '')
