import type { RegimeLine } from '../vat/regime-question.ts'
import type { Rounding } from '../vat/stated-line.ts'
import type { Supply } from '../vat/supply.ts'
import type { VatSettings } from '../vat/vat-settings.ts'

/** Products that are treated in their own way: margin goods, gift cards, deposits, zero-rated goods. */
export interface MarkedProducts {
  marking: NonNullable<RegimeLine['marking']>
  /** SKUs or tax classes of the shop, or their beginning and `*`, compared without regard to case. */
  products: readonly string[]
}

/** Products that are something else than what the merchant sells in general. */
export interface SuppliedProducts {
  supply: Supply
  /** As those of MarkedProducts. */
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
  /** What a product is that no list names. `by-the-shop`: what the shop says, and goods where it does not tell. */
  supply: Supply | 'by-the-shop'
  supplied: readonly SuppliedProducts[]
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
  supply: 'goods',
  supplied: [],
})
