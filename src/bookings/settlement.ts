import type { BookingState } from '../database/booking-state.ts'
import type { BookingEvidence } from '../database/schema.ts'
import type { Reason } from '../problems/reason.ts'

/** What was learnt about a sale; undefined leaves the stored value as it is. */
export interface Facts {
  reference?: string
  number?: string
  date?: string
  totalCents?: number
  currency?: string
  debtorId?: string
  evidence?: BookingEvidence
  /** Of the invoice that waits to be looked at. */
  waitingSeal?: string
}

/** The proof that goes with `booked`. */
export interface Proof {
  remoteId: string
  remoteNumber: string
  remoteTotalCents: number | null
}

export interface Settlement {
  to: Exclude<BookingState, 'reserved'>
  reason: Reason | null
  /** When it is worked on next; null: not before something rings. */
  dueAt: Date | null
  attempts?: number
  lookups?: number
  uncertainSince?: Date | null
  /** Set once the clerk, or a person, sent it back to be created again. */
  recreated?: true
  facts?: Facts
  proof?: Proof
}
