import type { Booking } from './booking.ts'
import type { Desk } from './desk.ts'
import { storable } from './history.ts'

/**
 * The reference this booking's invoice is found by: the draft's, unless another booking of this integration
 * carries it. An order may have two invoices or two credits, each of the same amount, and then one would be
 * taken for the other. A booking that has a reference keeps it: it may be in the books.
 *
 * @param not references that turned out to be another shop's in the same administration
 */
export const ownReference = async (
  { takenReferences, integrationId }: Pick<Desk, 'takenReferences' | 'integrationId'>,
  booking: Pick<Booking, 'id' | 'reference'>,
  wanted: string,
  not: readonly string[] = [],
): Promise<string> => {
  if (booking.reference !== null && !not.includes(booking.reference)) return booking.reference
  const kept = storable(wanted)
  const others = await takenReferences({ integrationId, bookingId: booking.id, beginning: kept })
  const taken = new Set([...others, ...not])
  if (!taken.has(kept)) return wanted
  let count = 2
  while (taken.has(`${kept}-${count}`)) count += 1
  return `${wanted}-${count}`
}
