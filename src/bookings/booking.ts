import type { Selectable } from 'kysely'
import type { BookingTable } from '../database/schema.ts'
import type { SaleRef } from '../sale/sale.ts'

/** A booking as the database holds it. */
export type Booking = Selectable<BookingTable>

export const refOf = (booking: Pick<Booking, 'kind' | 'shopId'>): SaleRef => ({
  kind: booking.kind,
  id: booking.shopId,
})
