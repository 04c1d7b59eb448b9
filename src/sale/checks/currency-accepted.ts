import { reason } from '../../problems/reason.ts'
import type { Check, SaleInput } from './check.ts'

/** Check G of contracts/vat.md §7: an invoice in a currency the books can't hold is not made in another. */
export const currencyAccepted: Check<SaleInput> = {
  id: 'currency-accepted',
  title: { nl: 'Munt wordt geaccepteerd', en: 'Currency is accepted' },
  run({ sale, books }) {
    const { currencies } = books
    if (typeof currencies === 'string' || currencies.includes(sale.currency)) return null
    return reason('CURRENCY_UNSUPPORTED', {
      currency: sale.currency,
      system: books.system,
      allowed: currencies.join(', '),
    })
  },
}
