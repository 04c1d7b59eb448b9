import { toCents, type Amount } from '../money/amount.ts'
import type { Sale } from '../sale/sale.ts'
import type { Desk } from './desk.ts'
import type { Facts } from './settlement.ts'

/** Whole cents of a total; null when it has a fraction of a cent, which no check lets through. */
export const cents = (total: Amount): number | undefined =>
  total.times(100).isInteger() ? toCents(total) : undefined

/**
 * The number a sale is listed under: for an order the one that leads, by which the shop mentioned it and the
 * invoice refers to it; for a credit its own, for its order has been listed already.
 */
const numberOf = (sale: Sale, { leadingNumber }: Desk['options']): string =>
  sale.ref.kind === 'order' && leadingNumber === 'order'
    ? sale.orderNumber
    : (sale.invoiceNumber ?? sale.orderNumber)

/** What a booking keeps of its sale. */
export const factsOf = (
  sale: Sale,
  options: Desk['options'],
): Facts & { number: string; date: string } => {
  const totalCents = cents(sale.total)
  return {
    number: numberOf(sale, options),
    date: sale.date,
    currency: sale.currency,
    ...(totalCents !== undefined && { totalCents }),
  }
}
