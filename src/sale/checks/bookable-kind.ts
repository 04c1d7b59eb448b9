import { reason } from '../../problems/reason.ts'
import type { Check, SaleInput } from './check.ts'

/** Spec §3 check 6: what cannot be booked honestly is refused, with the reason. */
export const bookableKind: Check<SaleInput> = {
  id: 'bookable-kind',
  title: { nl: 'Soort verkoop kan worden geboekt', en: 'Kind of sale can be booked' },
  run({ sale, books }) {
    if (sale.marketplaceAccountsForVat) return reason('MARKETPLACE_SALE')
    if (sale.ref.kind === 'credit' && !books.creditInvoices) {
      return reason('CREDIT_UNSUPPORTED', { system: books.system })
    }
    return null
  },
}
