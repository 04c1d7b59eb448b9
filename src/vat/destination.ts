import { territoryOf, type Territory } from './territory.ts'
import { finding, type VatFinding } from './vat-finding.ts'

/** An address as far as VAT looks at it: the country in any notation, the postcode; '' when not given. */
export interface Place {
  country: string
  postcode: string
}

/** Where goods go, and how we know. */
export type Destination =
  | {
      is: 'known'
      territory: Territory
      from: 'delivery' | 'billing' | 'pickup'
      remarks: readonly VatFinding[]
    }
  | { is: 'refused'; reason: VatFinding }

const remarksOn = (territory: Territory, from: 'delivery' | 'billing'): VatFinding[] => {
  const remarks: VatFinding[] = []
  if (from === 'billing')
    remarks.push(finding('DESTINATION_FROM_BILLING', { country: territory.code }))
  if (territory.assumed !== null)
    remarks.push(finding('POSTCODE_MISSING', { country: territory.code }))
  return remarks
}

/**
 * Where the goods of a sale go (contracts/vat.md §4, §5.1): the shop's own country when the buyer picks them
 * up, else the delivery address, else the billing address, which is said.
 * @param home the merchant's country, ISO 3166 alpha-2
 */
export const destinationOf = (
  places: Readonly<{ delivery: Place | null; billing: Place; pickedUp: boolean }>,
  home: string,
): Destination => {
  if (places.pickedUp) {
    const territory = territoryOf(home, '')
    if (territory !== null) {
      return {
        is: 'known',
        territory: { ...territory, assumed: null },
        from: 'pickup',
        remarks: [],
      }
    }
  }
  const delivery = places.delivery?.country.trim() ? places.delivery : null
  const place = delivery ?? places.billing
  if (place.country.trim() === '') return { is: 'refused', reason: finding('COUNTRY_MISSING') }
  const territory = territoryOf(place.country, place.postcode)
  if (territory === null) {
    // Free text of a person: only its beginning is repeated.
    const country = place.country.trim().slice(0, 30)
    return { is: 'refused', reason: finding('COUNTRY_UNKNOWN', { country }) }
  }
  const from = delivery === null ? 'billing' : 'delivery'
  return { is: 'known', territory, from, remarks: remarksOn(territory, from) }
}
