import type { Booking } from '../api/queries.ts'
import type { Deed } from '../booking/under-way.ts'

/** What the table and the cards of open sales both need. */
export interface OpenListProps {
  bookings: readonly Booking[]
  deedOf: (booking: Booking) => Deed | null
  mayBeChecked: (booking: Booking) => boolean
  onCheck: (booking: Booking) => void
}
