import {
  decimal,
  flag,
  listOf,
  moment,
  oneOf,
  orNull,
  record,
  text,
  whole,
} from '../kit/reading.ts'

/** How the webhooks of one happening travel: normally, twice, never, or late (section 8, faults). */
export type WebhookMode = 'send' | 'twice' | 'lost' | 'late'

/** One line of a basket. Money in euros, as the shop shows it: with or without VAT per the order. */
export interface LineSpec {
  name: string
  sku?: string
  subSku?: string
  /** Default 1; may be fractional. */
  quantity?: number
  /** List price of one, before discount. */
  unitPrice: number
  /** Default 21; forced to 0 for ICP, platform sales and deposits. */
  vatPercent?: number
  discountPerUnit?: number
  /** Price of each option per unit. */
  options?: { name: string; value: string; price: number }[]
  /** Default `product`; a `deposit` always has 0 percent. */
  productType?: string
  /** The customer's own discount in percent; informative, it is in the price already. */
  userDiscountPercent?: number
  unit?: string
  weight?: number
  purchasePrice?: number
  memo?: string
}

/** A person's address; what is left out gets a plausible value. */
export interface AddressSpec {
  firstName?: string
  lastName?: string
  company?: string
  street?: string
  housenumber?: number | null
  housenumberSuffix?: string
  postcode?: string
  city?: string
  /** Two letters. Default BE. */
  country?: string
  phone?: string
  mobile?: string
  /** What the buyer wrote beside the address. */
  comment?: string
}

/** An order to place. Only `lines` is needed. */
export interface OrderSpec extends AddressSpec {
  /** Default: the next one. */
  id?: number
  /** Default: the next one. */
  number?: number
  /** Default `W`; '' for a shop without prefix. */
  numberPrefix?: string
  /** Default: now. */
  createdAt?: string
  lines: LineSpec[]
  /** Default true, and false for ICP (section 6.3, variant). */
  pricesIncludeVat?: boolean
  /** Default true. false = the shop charges no VAT at all (`taxes_included`). */
  vatCharged?: boolean
  shipping?: number
  /** Default: the highest rate of the lines. */
  shippingVatPercent?: number
  /** Default: as the lines. */
  shippingIncludesVat?: boolean
  paymentCosts?: number
  extraPaymentOption?: { name: string; price: number }
  /** May be negative. */
  extraCosts?: number
  extraCostsDescription?: string
  /** Positive, subtracted. */
  creditPointDiscount?: number
  /** `discount` in euros, or in percent of the lines when the type is `percentage`. */
  coupon?: { code: string; discount: number; type?: 'fixed' | 'percentage' }
  /** Default true. */
  paid?: boolean
  /** Status id 1 to 14. Default 2 when paid, 4 when not. */
  status?: number
  /** Default true; false = an abandoned checkout. */
  completed?: boolean
  email?: string
  vatNumber?: string
  coc?: string
  /** The buyer's account: `user.id`. Default none. */
  customerNumber?: number
  /** `customer.reference`. */
  reference?: string
  deliverTo?: AddressSpec
  /** `paymethod`, technical name. Default BankTransfer. */
  paymentMethod?: string
  transactionId?: string
  invoiceNumber?: number
  deliverDate?: string
  currency?: string
  intraCommunity?: boolean
  platformSale?: boolean
  /** `total_price` as stated by a shop that cannot add. */
  totalOverride?: number
  /** `total_tax` as stated by a shop that cannot multiply. */
  taxOverride?: number
  webhook?: WebhookMode
}

/** What may be edited on a placed order. */
export type OrderEdit = Partial<
  Omit<OrderSpec, 'id' | 'number' | 'paid' | 'status' | 'completed' | 'webhook'>
>

const address = {
  firstName: text,
  lastName: text,
  company: text,
  street: text,
  housenumber: orNull(whole),
  housenumberSuffix: text,
  postcode: text,
  city: text,
  country: text,
  phone: text,
  mobile: text,
  comment: text,
}

const readLine = record<LineSpec>(
  {
    name: text,
    sku: text,
    subSku: text,
    quantity: decimal,
    unitPrice: decimal,
    vatPercent: decimal,
    discountPerUnit: decimal,
    options: listOf(
      record<{ name: string; value: string; price: number }>(
        { name: text, value: text, price: decimal },
        ['name', 'value', 'price'],
      ),
      50,
    ),
    productType: text,
    userDiscountPercent: decimal,
    unit: text,
    weight: decimal,
    purchasePrice: decimal,
    memo: text,
  },
  ['name', 'unitPrice'],
)

const editable = {
  ...address,
  numberPrefix: text,
  createdAt: moment,
  lines: listOf(readLine, 1000),
  pricesIncludeVat: flag,
  vatCharged: flag,
  shipping: decimal,
  shippingVatPercent: decimal,
  shippingIncludesVat: flag,
  paymentCosts: decimal,
  extraPaymentOption: record<{ name: string; price: number }>({ name: text, price: decimal }, [
    'name',
    'price',
  ]),
  extraCosts: decimal,
  extraCostsDescription: text,
  creditPointDiscount: decimal,
  coupon: record<NonNullable<OrderSpec['coupon']>>(
    { code: text, discount: decimal, type: oneOf('fixed', 'percentage') },
    ['code', 'discount'],
  ),
  email: text,
  vatNumber: text,
  coc: text,
  customerNumber: whole,
  reference: text,
  deliverTo: record<AddressSpec>(address),
  paymentMethod: text,
  transactionId: text,
  invoiceNumber: whole,
  deliverDate: moment,
  currency: text,
  intraCommunity: flag,
  platformSale: flag,
  totalOverride: decimal,
  taxOverride: decimal,
}

export const readWebhookMode = oneOf('send', 'twice', 'lost', 'late')
export const readOrderEdit = record<OrderEdit>(editable)
const orderFields = {
  ...editable,
  id: whole,
  number: whole,
  paid: flag,
  status: whole,
  completed: flag,
  webhook: readWebhookMode,
}
export const readOrderSpec = record<OrderSpec>(orderFields, ['lines'])
/** An order of which the lines come from elsewhere (a preset). */
export const readPartialOrder = record<Partial<OrderSpec>>(orderFields)
