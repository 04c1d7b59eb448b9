import { reason } from '../../problems/reason.ts'
import type { Check, SaleInput } from './check.ts'

/** Check I of contracts/vat.md §7: a credit gives back, a sale does not, and its lines agree with that. */
export const creditMirrors: Check<SaleInput> = {
  id: 'credit-mirrors',
  title: {
    nl: 'Creditering is negatief, verkoop niet',
    en: 'A credit is below zero, a sale is not',
  },
  run({ sale }) {
    const isCredit = sale.ref.kind === 'credit'
    if (isCredit ? !sale.total.greaterThan(0) : !sale.total.lessThan(0)) return null
    return reason('SIGN_WRONG', { total: sale.total.toFixed(2) })
  },
}
