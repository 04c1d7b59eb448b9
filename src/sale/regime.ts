import { territoryOf, type Territory } from '../vat/territory.ts'
import type { Regime } from './draft.ts'
import type { Address, Sale } from './sale.ts'

/** Where the goods of `sale` go: the delivery address, or the billing address when there is no other. */
export const destinationOf = (sale: Sale): Territory | null => {
  const countryOf = (address: Address | null) => address?.countryCode || address?.countryName || ''
  const address = countryOf(sale.delivery) === '' ? sale.billing : (sale.delivery ?? sale.billing)
  return territoryOf(countryOf(address), address.postcode)
}

/**
 * The VAT treatment as far as the shop's own amounts decide it (contracts/vat.md §5.1, steps 3–5 without the
 * merchant's special schemes): at home, to a business elsewhere in the EU without VAT, to a consumer there,
 * or out of the EU.
 */
export const regimeOf = (sale: Sale, destination: Territory, home: string): Regime => {
  if (destination.countryCode === home && destination.inEuVatArea) return 'domestic'
  if (!destination.inEuVatArea) return 'export'
  const taxed = sale.lines.some((line) => line.vatPercent !== null && !line.vatPercent.isZero())
  return taxed ? 'destination' : 'intra-community'
}
