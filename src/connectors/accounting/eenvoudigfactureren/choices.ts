import type { Amount } from '../../../money/amount.ts'
import { zero } from '../../../money/amount.ts'
import { reason, Trouble } from '../../../problems/reason.ts'
import type { Choices } from '../../webshop.ts'
import { system } from './fields.ts'
import type { WireLayout, WireTaxes } from './wire.ts'

/**
 * The percentages an item may have: those of the account, from whichever of the two shapes is there
 * (contract 4), and always 0 (contract 3.2).
 * @throws Trouble when neither shape is there: an account without any rate would refuse every sale
 */
const ratesOf = ({ use_taxes, codes, tax1, tax2, tax3 }: WireTaxes): Amount[] => {
  if (!use_taxes) return [zero]
  const numbered = [tax1, tax2, tax3].flatMap((tax) => (tax === undefined ? [] : [tax]))
  const all = codes === undefined || codes.length === 0 ? numbered : codes
  if (all.length === 0) {
    throw new Trouble('never', reason('REMOTE_SHAPE', { system, field: 'taxes.codes' }))
  }
  return [...all.map(({ rate }) => rate), zero]
}

/** The lists that settings and `compose` refer to. */
export const choicesOf = (taxes: WireTaxes, layouts: readonly WireLayout[]): Choices => {
  const rates = [...new Set(ratesOf(taxes).map((rate) => rate.toString()))]
  const zeroRates = (taxes.codes ?? []).filter(
    (code) => code.rate.isZero() && code.exemption_reason_code !== '',
  )
  const codes = new Map(zeroRates.map((code) => [code.exemption_reason_code, code.name]))
  return {
    vatRates: rates.map((value) => ({ value, label: `${value} %` })),
    // Where the account lists none, the one that is known to be in use (contract 3.2).
    zeroRateCodes: [...(codes.size === 0 ? new Map([['ICL', 'ICL']]) : codes)].map(
      ([value, name]) => ({ value, label: name || value }),
    ),
    layouts: layouts
      .filter(({ active }) => active)
      .map(({ layout_id, name }) => ({ value: layout_id, label: name || layout_id })),
  }
}
