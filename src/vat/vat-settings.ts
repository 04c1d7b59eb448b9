import { territoryOf, type Territory } from './territory.ts'

/** What a merchant tells about its VAT position (contracts/vat.md §5.1). */
export interface VatSettings {
  /** Country of establishment, ISO 3166 alpha-2. */
  home: string
  /** The Dutch KOR or the Belgian art. 56bis: everything at 0 %. */
  smallBusiness: boolean
  /** Registered for the one-stop shop: distance sales carry the rates of their destination. */
  oss: boolean
  /** Sells goods or services whose VAT is reversed to businesses at home. */
  domesticReverseCharge: boolean
  /** Countries of own VAT registrations besides (GB consignments, VOEC, a warehouse), ISO 3166 alpha-2. */
  registrations: readonly string[]
  /** Margin goods that leave the EU: usually a plain export is better. */
  exportedMargin: 'export' | 'margin'
  /** VAT on what leaves the EU without a registration there: booked as charged, or refused. */
  exportWithVat: 'book' | 'refuse'
}

/** Delivered in the merchant's own country, as VAT sees it: the Canary Islands are not Spain. */
export const isAtHome = (destination: Territory, home: string): boolean =>
  destination.inEuVatArea && destination.countryCode === home

/**
 * Whose rates a taxed line may have: those of the destination at home, under OSS and with a registration
 * there; else those of the merchant's country. Known before any amount is looked at, so that rates can be
 * inferred first. Outside the EU no VAT is due; what a shop charges all the same is that of its own country.
 */
export const ratesApplied = (destination: Territory, settings: VatSettings): Territory => {
  const there =
    (settings.oss && destination.inEuVatArea) ||
    isAtHome(destination, settings.home) ||
    settings.registrations.includes(destination.countryCode)
  const home = there ? null : territoryOf(settings.home, '')
  return home === null ? destination : { ...home, assumed: null }
}
