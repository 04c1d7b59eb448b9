import { readVatNumber } from '../../vat/vat-number.ts'
import { reason } from '../../problems/reason.ts'
import type { Check } from './check.ts'

/**
 * Spec §3 check 4 as far as amounts and forms go: no VAT inside the EU needs a VAT number of well-formed
 * shape, and nothing that leaves the EU carries VAT. Whether the number is valid is asked of VIES.
 */
export const regimeIsSound: Check = {
  id: 'regime-is-sound',
  title: { nl: 'Btw past bij klant en bestemming', en: 'VAT fits customer and destination' },
  run({ sale, draft }) {
    if (draft.regime === 'export' && !draft.totals.vat.isZero()) {
      return reason('VAT_ON_EXPORT', {
        vat: draft.totals.vat.toFixed(2),
        country: draft.destination,
      })
    }
    if (draft.regime !== 'intra-community') return null
    const number = readVatNumber(sale.buyer.vatNumber, sale.billing.countryCode)
    if (number.form === 'ok') return null
    // "n.v.t." and the like are what people type who have none.
    return number.why === 'empty'
      ? reason('VAT_NUMBER_MISSING', { country: draft.destination })
      : reason('VAT_NUMBER_MALFORMED', { why: number.why })
  },
}
