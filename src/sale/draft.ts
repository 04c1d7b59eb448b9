import type { Amount } from '../money/amount.ts'
import type { Reason } from '../problems/reason.ts'
import type { Evidence } from '../vat/infer-rate.ts'
import type { Regime } from '../vat/regime-question.ts'
import type { Supply } from '../vat/supply.ts'
import type { Treatment } from '../vat/treatment.ts'
import type { Address, Buyer, LineKind, SaleRef } from './sale.ts'

/** Why the VAT of a line is what it is. */
export interface LineVat {
  treatment: Treatment
  /** How sure the rate is: only one fits, something else decided, or the merchant's default. */
  status: 'proved' | 'evidenced' | 'assumed'
  by: Evidence | null
  /** Percentages that fit the line's amounts. */
  compatible: readonly string[]
  /** Where it is no goods. */
  supply?: Exclude<Supply, 'goods'>
}

/** One line of the invoice to be, with its VAT worked out. All amounts in major units, two decimals. */
export interface DraftLine {
  /** `rounding`: makes up for a cent that two ways of rounding differ by (contracts/vat.md §6). */
  kind: LineKind | 'rounding'
  description: string
  sku: string
  quantity: Amount
  vatPercent: Amount
  /** The whole line, as the shop states it, and which of the two it is. */
  amount: Amount
  amountIncludesVat: boolean
  /** The VAT of the line as the shop states and rounds it, where it does. */
  statedVat?: Amount
  vat: LineVat
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
  /** Which of the two numbers the reference is made of. */
  leadingNumber: 'order' | 'invoice'
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
  /** Whose rates the taxed lines have, a territory code of vat/territory.ts. */
  ratesOf: string
  /** What a careful bookkeeper would mention: assumptions, and where the law and the shop may differ. */
  remarks: readonly Reason[]
  paid: boolean
  paymentMethod: { id: string; label: string } | null
  remark?: string
  affiliateNumber?: string
}
