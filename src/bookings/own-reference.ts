import type { Booking } from './booking.ts'
import type { Desk } from './desk.ts'
import { storable } from './history.ts'

/**
 * The reference this booking's invoice is found by: the draft's, unless another booking of this integration
 * carries it. An order may have two invoices or two credits, each of the same amount, and then one would be
 * taken for the other. A booking that has a reference keeps it: it may be in the books.
 */
export const ownReference = async (
  { takenReferences, integrationId }: Pick<Desk, 'takenReferences' | 'integrationId'>,
  booking: Pick<Booking, 'id' | 'reference'>,
  wanted: string,
): Promise<string> => {
  if (booking.reference !== null) return booking.reference
  const kept = storable(wanted)
  const taken = await takenReferences({ integrationId, bookingId: booking.id, beginning: kept })
  if (!taken.has(kept)) return wanted
  let count = 2
  while (taken.has(`${kept}-${count}`)) count += 1
  return `${wanted}-${count}`
}
