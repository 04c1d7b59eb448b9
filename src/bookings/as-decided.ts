import { parseAmount } from '../money/amount.ts'
import type { Sale } from '../sale/sale.ts'
import { withVatIncluded } from '../sale/with-vat-included.ts'
import type { Booking } from './booking.ts'

/** The sale of a booking, as its merchant decided about its VAT. */
export const asDecided = (sale: Sale, { withVat }: Pick<Booking, 'withVat'>): Sale => {
  const percent = parseAmount(withVat)
  return percent === null ? sale : withVatIncluded(sale, percent)
}
