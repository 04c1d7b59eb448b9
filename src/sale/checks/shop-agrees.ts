import { reason } from '../../problems/reason.ts'
import type { Check } from './check.ts'

/**
 * Contracts/vat.md §5.3: a shop that calls a sale an intra-Community supply and charges VAT on it all the same
 * contradicts itself. One of the two is a mistake that only a person can put right.
 */
export const shopAgrees: Check = {
  id: 'shop-agrees',
  title: {
    nl: 'Winkel spreekt zichzelf niet tegen over btw verlegd',
    en: 'Shop does not contradict itself about reverse charge',
  },
  run({ sale, draft }) {
    if (!sale.shopSaysIntraCommunity || draft.totals.vat.isZero()) return null
    return reason('INTRA_COMMUNITY_WITH_VAT', {
      vat: draft.totals.vat.toFixed(2),
      country: draft.destination,
    })
  },
}
