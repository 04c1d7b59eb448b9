import {
  decimal,
  flag,
  listOf,
  moment,
  numbers,
  oneOf,
  type Reader,
  record,
  text,
  texts,
  whole,
} from '../kit/reading.ts'

/** One line of a basket. A bundle and a configurable have children; prices as the shop shows them. */
export interface LineSpec {
  name: string
  sku?: string
  /** Pieces; of a bundle's child per bundle. Default 1. */
  quantity?: number
  /** Of one piece, incl. VAT unless the order says otherwise. */
  unitPrice: number
  vatPercent?: number
  type?: 'simple' | 'configurable' | 'bundle' | 'bundle-fixed'
  children?: LineSpec[]
}

export interface AddressSpec {
  country?: string
  postcode?: string
  city?: string
  street?: string[]
  firstName?: string
  lastName?: string
  company?: string
}

/** An order to place. Everything but the lines has a default. */
export interface OrderSpec {
  lines: LineSpec[]
  /** Whether prices are entered incl. VAT. Default true. */
  includesVat?: boolean
  /** Where VAT is rounded (contract 6.4). Default 'total', Magento's own. */
  method?: 'row' | 'unit' | 'total'
  shipping?: number
  shippingVatPercent?: number
  coupon?: {
    code: string
    amount?: number
    percent?: number
    onShipping?: boolean
    /** What it took off each row, where a half cent fell the other way: noise of PHP's floats decides those. */
    rows?: number[]
  }
  /** The setting apply_after_discount off. */
  taxBeforeDiscount?: boolean
  /** A fee of the payment module, as Mollie's module books it. */
  paymentFee?: number
  /** A moment in UTC; now when absent. */
  placedAt?: string
  /** An open invoice (state 1) when false. Default true. */
  paid?: boolean
  /** A cancelled invoice (state 3), paid or not. */
  cancelled?: boolean
  /** What a faulty module writes as grand total of the invoice, whatever the rows come to. */
  statedTotal?: number
  /** The same for its VAT: of costs that a module adds beside the rows. */
  statedTax?: number
  /** Whether the order is invoiced at once. Default true. */
  invoice?: boolean
  paymentMethod?: string
  paymentTitle?: string
  /** payment_additional_info besides the title, e.g. {"channel_id":"AFF-1"}. */
  paymentInfo?: Record<string, string>
  firstName?: string
  lastName?: string
  company?: string
  email?: string
  phone?: string
  vatNumber?: string
  /** The number in the customer's account, not in the address. */
  accountVatNumber?: string
  customerId?: number
  note?: string
  billing?: AddressSpec
  delivery?: AddressSpec
  /** Nothing is sent: no delivery address. */
  virtual?: boolean
  currency?: string
  /** Of the order's currency for one of the base currency. Default 1. */
  currencyRate?: number
  /** Numbers a custom module adds to the documents' extension_attributes. */
  extra?: Record<string, number>
}

const lineFields = {
  name: text,
  sku: text,
  quantity: whole,
  unitPrice: decimal,
  vatPercent: decimal,
  type: oneOf('simple', 'configurable', 'bundle', 'bundle-fixed'),
  children: (value: unknown, name: string): LineSpec[] => listOf(readLine, 50)(value, name),
}
const readLine: Reader<LineSpec> = (value, name) =>
  record<LineSpec>(lineFields, ['name', 'unitPrice'])(value, name)

const readAddress = record<AddressSpec>({
  country: text,
  postcode: text,
  city: text,
  street: listOf(text, 4),
  firstName: text,
  lastName: text,
  company: text,
})

export const readOrderSpec = record<OrderSpec>(
  {
    lines: listOf(readLine, 1_000),
    includesVat: flag,
    method: oneOf('row', 'unit', 'total'),
    shipping: decimal,
    shippingVatPercent: decimal,
    coupon: record<NonNullable<OrderSpec['coupon']>>(
      {
        code: text,
        amount: decimal,
        percent: decimal,
        onShipping: flag,
        rows: listOf(decimal, 1_000),
      },
      ['code'],
    ),
    taxBeforeDiscount: flag,
    paymentFee: decimal,
    placedAt: moment,
    paid: flag,
    cancelled: flag,
    statedTotal: decimal,
    statedTax: decimal,
    invoice: flag,
    paymentMethod: text,
    paymentTitle: text,
    paymentInfo: texts,
    firstName: text,
    lastName: text,
    company: text,
    email: text,
    phone: text,
    vatNumber: text,
    accountVatNumber: text,
    customerId: whole,
    note: text,
    billing: readAddress,
    delivery: readAddress,
    virtual: flag,
    currency: text,
    currencyRate: decimal,
    extra: numbers,
  },
  ['lines'],
)
