import { standardRateOn } from '../../vat/rates.ts'
import { territoryOf } from '../../vat/territory.ts'
import { readVatNumber } from '../../vat/vat-number.ts'
import type { Day } from '../../world/calendar-day.ts'

/**
 * The VAT of our own services to a business (directive 2006/112/EC): they are supplied where the customer is
 * established (art. 44), who accounts for the VAT in another member state (art. 196).
 *
 * - `domestic`: the customer is in our own country;
 * - `reverse-charge`: in another member state, with a number there that VIES knows;
 * - `unproven`: in another member state, and nothing proves that it is a business: our own rate, until it does;
 * - `outside-eu`: the service is not supplied in the EU.
 */
export type OwnTreatment = 'domestic' | 'reverse-charge' | 'unproven' | 'outside-eu'

export interface OwnVat {
  treatment: OwnTreatment
  /** Percentage without sign, as on the invoice: "21" or "0". */
  percent: string
}

export interface BuyerPlace {
  /** ISO 3166 alpha-2. */
  country: string
  postcode: string
  vatNumber: string
  vatVerdict: 'valid' | 'invalid' | null
}

/** Northern Ireland is in the EU's VAT area for goods only. */
const isInEu = (country: string, postcode: string): boolean => {
  const territory = territoryOf(country, postcode)
  return territory !== null && territory.inEuVatArea && territory.countryCode !== 'GB'
}

const isProven = ({ vatNumber, vatVerdict, country }: BuyerPlace, home: string): boolean => {
  const read = readVatNumber(vatNumber, country)
  return vatVerdict === 'valid' && read.form === 'ok' && read.country !== home
}

/** How we charge VAT to a buyer on a day. Our rate is the standard one of our country. */
export const ownVat = (home: 'NL' | 'BE', buyer: BuyerPlace, day: Day): OwnVat => {
  const territory = territoryOf(home, '')
  const rate = territory === null ? null : standardRateOn(territory, day)
  if (rate === null) throw new Error(`no VAT rate is known of ${home} on ${day}`)
  if (buyer.country === home) return { treatment: 'domestic', percent: rate.percent }
  if (!isInEu(buyer.country, buyer.postcode)) return { treatment: 'outside-eu', percent: '0' }
  return isProven(buyer, home)
    ? { treatment: 'reverse-charge', percent: '0' }
    : { treatment: 'unproven', percent: rate.percent }
}
