import { amount, sum } from '../../src/money/amount.ts'
import type { CheckInput, SaleInput } from '../../src/sale/checks/check.ts'
import type { Draft } from '../../src/sale/draft.ts'
import { makeDraft, type DraftOptions } from '../../src/sale/make-draft.ts'
import { plainPosition } from '../../src/sale/vat-position.ts'
import type { ViesVerdict } from '../../src/sale/treated.ts'
import type { Address, Buyer, Sale, SaleLine } from '../../src/sale/sale.ts'

export interface LineSample {
  amount: string
  /** null: the shop states none. Default 21. */
  percent?: string | null
  quantity?: string
  kind?: SaleLine['kind']
}

export const lineOf = ({ amount: text, percent = '21', quantity, kind }: LineSample): SaleLine => ({
  kind: kind ?? 'product',
  description: 'Mok',
  sku: 'MOK-1',
  quantity: amount(quantity ?? '1'),
  amount: amount(text),
  vatPercent: percent === null ? null : amount(percent),
})

/** A line with its net amount and VAT as a shop states them, without a percentage. */
export const statedLine = (net: string, tax: string, change: Partial<SaleLine> = {}): SaleLine => ({
  ...lineOf({ amount: net, percent: null }),
  amount: amount(net).plus(tax),
  stated: {
    net: amount(net),
    tax: amount(tax),
    gross: null,
    quantity: amount(1),
    decimals: { net: 2, tax: 2, gross: 2 },
    entered: null,
  },
  ...change,
})

export const addressIn = (countryCode: string, postcode = ''): Address => ({
  name: 'Sanne Vermeer',
  company: '',
  street: 'Kerkstraat 9',
  postcode,
  city: 'Utrecht',
  countryCode,
  countryName: '',
})

const buyer: Buyer = {
  firstName: 'Sanne',
  lastName: 'Vermeer',
  company: '',
  email: 'sanne@example.nl',
  phone: '',
  mobile: '',
  vatNumber: '',
  companyNumber: '',
  customerNumber: '',
}

/** How a sale differs from a paid Dutch order whose total is the sum of its lines. */
export interface SaleSample extends Partial<Omit<Sale, 'buyer' | 'lines'>> {
  buyer?: Partial<Buyer>
}

export const saleOf = (lines: readonly LineSample[], change: SaleSample = {}): Sale => ({
  ref: { kind: 'order', id: '8001' },
  orderNumber: 'W-1042',
  invoiceNumber: null,
  date: '2026-03-02',
  status: { id: '2', label: 'In behandeling' },
  paid: true,
  cancelled: false,
  currency: 'EUR',
  pricesIncludeVat: true,
  lines: lines.map(lineOf),
  total: sum(lines.map((line) => amount(line.amount))),
  vatTotal: null,
  billing: addressIn('NL', '3511 AB'),
  delivery: null,
  paymentMethod: { id: 'ideal', label: 'iDEAL' },
  shopSaysIntraCommunity: false,
  marketplaceAccountsForVat: false,
  assumptions: [],
  ...change,
  buyer: { ...buyer, ...change.buyer },
})

export const dutch: DraftOptions = { leadingNumber: 'order', vat: plainPosition('NL') }

/** The draft of a sale that must have one. */
export const draftOf = (
  sale: Sale,
  options: DraftOptions = dutch,
  vies: ViesVerdict = 'valid',
): Draft => {
  const drafting = makeDraft(sale, options, vies)
  if (drafting.is !== 'drafted') throw new Error(`no draft: ${drafting.reason.code}`)
  return drafting.draft
}

/** What the checks get to see before there is a draft, with books that take everything. */
export const saleInputOf = (sale: Sale, books: Partial<CheckInput['books']> = {}): SaleInput => ({
  sale,
  books: {
    system: 'Boeken',
    vatCodes: false,
    currencies: 'any',
    creditInvoices: true,
    vatRates: ['21', '9', '0'],
    ...books,
  },
})

/** What the checks get to see of a sale. */
export const inputOf = (sale: Sale, books: Partial<CheckInput['books']> = {}): CheckInput => ({
  ...saleInputOf(sale, books),
  draft: draftOf(sale),
})
