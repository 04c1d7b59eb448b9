import type { Amount } from '../money/amount.ts'
import type { Address, Buyer, LineKind, SaleRef } from './sale.ts'

/** How a sale is treated for VAT. The full decision order is the VAT room's (contracts/vat.md §5). */
export type Regime = 'domestic' | 'intra-community' | 'destination' | 'export'

/** One line of the invoice to be, with its VAT worked out. All amounts in major units, two decimals. */
export interface DraftLine {
  kind: LineKind
  description: string
  sku: string
  quantity: Amount
  vatPercent: Amount
  /** The whole line, as the shop states it, and which of the two it is. */
  amount: Amount
  amountIncludesVat: boolean
}

/** Net, VAT and gross of all lines that share a percentage. */
export interface RateTotal {
  vatPercent: Amount
  net: Amount
  vat: Amount
  gross: Amount
}

/** Who the invoice goes to: what a new debtor is made of. */
export interface DraftDebtor {
  buyer: Buyer
  address: Address
}

/**
 * The invoice that a sale will become, before it is put into one accounting system's own words by that
 * connector's `compose`. Nothing in it depends on the accounting system, so the same draft is the preview.
 */
export interface Draft {
  ref: SaleRef
  /** What the invoice carries so that it can be found again. Committed before anything is sent. */
  reference: string
  orderNumber: string
  invoiceNumber: string | null
  date: string
  regime: Regime
  currency: string
  lines: readonly DraftLine[]
  rates: readonly RateTotal[]
  totals: { net: Amount; vat: Amount; gross: Amount }
  debtor: DraftDebtor
  /** Where the goods go, ISO 3166 alpha-2: decides VAT. */
  destination: string
  paid: boolean
  paymentMethod: { id: string; label: string } | null
  remark?: string
  affiliateNumber?: string
}
