import type { Amount } from '../money/amount.ts'
import type { StatedLine } from '../vat/stated-line.ts'
import type { Supply } from '../vat/supply.ts'

/** What a sale is in the shop: a paid or unpaid order, an invoice, or a credit invoice. */
export type DocumentKind = 'order' | 'invoice' | 'credit'

/** Names one document of one shop. Together with the integration it is the identity of a booking. */
export interface SaleRef {
  kind: DocumentKind
  /** The shop's own id of the document, as text. Not the number a person sees. */
  id: string
}

/** What kind of thing a line is; decides its wording, its product and its ledger account. */
export type LineKind = 'product' | 'shipping' | 'payment' | 'surcharge' | 'discount'

/**
 * One line of a sale as the shop states it. `amount` is the whole line after its own discounts, incl. or
 * excl. VAT as the sale's `pricesIncludeVat` says; never the unit price times the quantity worked out by us.
 * On a credit invoice quantity and amount are below zero (unit prices are not), and so are its totals.
 */
export interface SaleLine {
  kind: LineKind
  description: string
  sku?: string
  quantity: Amount
  amount: Amount
  /** The percentage the shop states on the line; null when it states none. */
  vatPercent: Amount | null
  /** Net and VAT as the shop states and rounds them, where it does: the rate is inferred from these. */
  stated?: StatedLine
  /** What the shop calls the class of goods that share a rate. */
  taxClass?: string
  /** What the shop calls the product: a service, a download; absent where it does not tell. */
  supply?: Supply
  /**
   * The shop itself holds no VAT of this line (a credit memo's adjustment): nothing may be inferred for it.
   * The rates of its order are what a person may consider.
   */
  withoutVatInformation?: { proposedPercents: readonly Amount[] }
}

/** A postal address. Empty fields are empty strings; `countryCode` is ISO 3166 alpha-2 or ''. */
export interface Address {
  name: string
  company: string
  street: string
  postcode: string
  city: string
  countryCode: string
  /** The country as the shop writes it, for the case that it gives no code. */
  countryName: string
}

/** Who buys. Empty fields are empty strings. */
export interface Buyer {
  firstName: string
  lastName: string
  company: string
  email: string
  phone: string
  mobile: string
  vatNumber: string
  /** Number in the register of companies (KvK, KBO). */
  companyNumber: string
  /** The shop's own number of the customer. */
  customerNumber: string
}

/**
 * A sale in Doorvoer's own shape, the same for every webshop: what `read` of a webshop connector answers
 * and all that checks and drafts look at.
 */
export interface Sale {
  ref: SaleRef
  /** The number people use for the order, e.g. "W-1042". */
  orderNumber: string
  /** The number of the invoice or credit invoice, when the shop has one. */
  invoiceNumber: string | null
  /** On a credit invoice: the sale it gives back, where the shop tells. That one is booked first. */
  creditOf?: SaleRef
  /** Date of the sale in the shop's time zone, YYYY-MM-DD. */
  date: string
  /** When the VAT rates count, where that is another day: a credit has those of the sale it undoes. */
  taxPoint?: string
  status: { id: string; label: string }
  paid: boolean
  cancelled: boolean
  /** ISO 4217. */
  currency: string
  /** Whether the amounts of the lines include VAT. */
  pricesIncludeVat: boolean
  lines: readonly SaleLine[]
  /** What the buyer pays, incl. VAT, as the shop states it. */
  total: Amount
  /** All VAT as the shop states it; null when it states none. */
  vatTotal: Amount | null
  /** VAT per percentage as the shop states it, where it does. */
  vatByRate?: readonly { percent: Amount; vat: Amount }[]
  buyer: Buyer
  billing: Address
  /** Where the goods go; null when the shop gives no separate address. */
  delivery: Address | null
  /** The buyer fetches the goods at the shop, whatever the addresses say. */
  pickedUp?: true
  paymentMethod: { id: string; label: string } | null
  /** What the buyer or the shop wrote with the order; '' or absent when nothing. */
  remark?: string
  /** Which sales channel or affiliate brought the sale, where the shop tells. */
  affiliateNumber?: string
  /** The shop marks the sale as an intra-Community supply. */
  shopSaysIntraCommunity: boolean
  /** Its merchant decided that what was paid includes VAT (see with-vat-included.ts). */
  vatDecided?: true
  /** A marketplace accounts for the VAT of this sale. */
  marketplaceAccountsForVat: boolean
  /** Codes of what the connector had to assume while reading (contract guesses), for the preview. */
  assumptions: readonly string[]
}

/** The document no longer exists in the shop, or never was a real sale (an abandoned checkout). */
export interface Gone {
  is: 'gone'
}
