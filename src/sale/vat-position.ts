import type { RegimeLine } from '../vat/regime-question.ts'
import type { Rounding } from '../vat/stated-line.ts'
import type { VatSettings } from '../vat/vat-settings.ts'

/** Products that are treated in their own way: margin goods, gift cards, deposits, zero-rated goods. */
export interface MarkedProducts {
  marking: NonNullable<RegimeLine['marking']>
  /** SKUs or tax classes of the shop, compared without regard to case. */
  products: readonly string[]
}

/** Everything a merchant decides about VAT (contracts/vat.md §5.1). */
export interface VatPosition extends Omit<VatSettings, 'oss'> {
  /**
   * Whether distance sales carry the rates of their destination. `by-the-rates`: the amounts of each sale
   * show it, those of the destination first.
   */
  oss: boolean | 'by-the-rates'
  /** How the shop is known to round. */
  rounding: Rounding
  /** The rate to assume where amounts leave several open: a percentage by territory code. */
  defaultRates: Readonly<Record<string, string>>
  marked: readonly MarkedProducts[]
}

/** A merchant in `home` who has told nothing else. */
export const plainPosition = (home: string): VatPosition => ({
  home,
  smallBusiness: false,
  oss: 'by-the-rates',
  domesticReverseCharge: false,
  registrations: [],
  exportedMargin: 'export',
  exportWithVat: 'book',
  rounding: 'row',
  defaultRates: {},
  marked: [],
})
