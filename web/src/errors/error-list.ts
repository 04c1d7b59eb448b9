import type { Booking } from '../api/queries.ts'
import type { Deed } from '../booking/under-way.ts'

/** What the table and the cards of refused sales both need. */
export interface ErrorListProps {
  bookings: readonly Booking[]
  /** Without it nothing is selected or done. */
  mayChange: boolean
  deedOf: (booking: Booking) => Deed | null
  isSelected: (booking: Booking) => boolean
  onSelect: (booking: Booking, selected: boolean) => void
  onProcess: (booking: Booking) => void
  onIgnore: (booking: Booking) => void
}

/** Whether the sales tell more than the heading of their group; the same sentence twelve times says nothing. */
export const isVaried = (bookings: readonly Booking[]): boolean =>
  new Set(bookings.map(({ problem }) => problem?.text)).size > 1
