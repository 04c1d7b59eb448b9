import { type Decimal, unit } from './decimal.ts'

export interface VatRate {
  id: number
  name: string
  percentage: Decimal
  /** 1 sales, 2 purchase. */
  invoiceType: 1 | 2
  vatCode: string
  shifted: boolean
}

export interface LedgerAccount {
  id: number
  number: string
  description: string
  /** 1 revenue, 2 costs, 3 balance. */
  type: 1 | 2 | 3
  /** 1 normal, 2 debtors, 3 creditors, 4 VAT, 5 profit. */
  category: 1 | 2 | 3 | 4 | 5
  blocked: boolean
}

export interface Template {
  id: number
  description: string
  type: 'sales_invoice' | 'quotation' | 'sales_order' | 'packing' | 'purchase_order' | 'project'
  isDefault: boolean
}

export interface PaymentCondition {
  id: number
  description: string
  paymentOption: 'prepay' | 'cash' | 'ideal' | 'paypal' | 'account' | 'collection'
  days: number
  isDefault: boolean
}

export interface Currency {
  id: number
  /** ISO 4217. */
  currency: string
  description: string
  rate: string
}

export interface Costs {
  id: number
  number: string
  description: string
}

export interface Product {
  id: number
  code: string
  description: string
}

/** The one administration behind the key (contract §2), as it is set up. */
export interface Account {
  apiKey: string
  securityCode: string
  companyName: string
  tradeModule: 'disabled' | 'enabled'
  limitPerMinute: number
  limitPerDay: number
  vat: VatRate[]
  ledgers: LedgerAccount[]
  templates: Template[]
  paymentConditions: PaymentCondition[]
  currencies: Currency[]
  costs: Costs[]
  products: Product[]
}

const sales = (id: number, name: string, percent: bigint, shifted = false): VatRate => ({
  id,
  name,
  percentage: percent * unit,
  invoiceType: 1,
  vatCode: String(id - 81_000),
  shifted,
})

const ledger = (
  id: number,
  description: string,
  change: Partial<LedgerAccount> = {},
): LedgerAccount => ({
  id,
  number: String(id - 82_000),
  description,
  type: 1,
  category: 5,
  blocked: false,
  ...change,
})

/** What a suite needs to meet: every kind of thing that must be left out or told apart (contract §12). */
export const defaultAccount: Account = {
  apiKey: 'sandbox-key',
  securityCode: '123456',
  companyName: 'Mokkenhuis',
  tradeModule: 'disabled',
  limitPerMinute: 60,
  limitPerDay: 5000,
  vat: [
    sales(81001, 'Hoog', 21n),
    sales(81002, 'Laag', 9n),
    sales(81003, 'Geen', 0n),
    sales(81004, 'Binnen de EU', 0n, true),
    sales(81005, 'Duitsland', 19n),
    { ...sales(81011, 'Hoog inkoop', 21n), invoiceType: 2 },
  ],
  ledgers: [
    ledger(90010, 'Omzet webwinkel'),
    ledger(90020, 'Verzendkosten'),
    ledger(90021, 'Betaalkosten'),
    ledger(90030, 'Omzet oud', { blocked: true }),
    ledger(90040, 'Kantoorkosten', { type: 2, category: 1 }),
    ledger(90050, 'Bank', { type: 3, category: 1 }),
  ],
  templates: [
    { id: 51001, description: 'Standaard', type: 'sales_invoice', isDefault: true },
    { id: 51002, description: 'Webwinkel', type: 'sales_invoice', isDefault: false },
    { id: 51003, description: 'Offerte', type: 'quotation', isDefault: true },
  ],
  paymentConditions: [
    {
      id: 66001,
      description: '14 dagen',
      paymentOption: 'account',
      days: 14,
      isDefault: true,
    },
    { id: 66002, description: 'Vooraf', paymentOption: 'prepay', days: 0, isDefault: false },
  ],
  currencies: [
    { id: 70001, currency: 'EUR', description: 'Euro', rate: '1.000000' },
    { id: 70002, currency: 'GBP', description: 'Brits pond', rate: '0.850000' },
  ],
  costs: [
    { id: 61001, number: '1', description: 'Webwinkel' },
    { id: 61002, number: '2', description: 'Winkel' },
  ],
  products: [
    { id: 10023, code: 'EXT-18', description: '18-month extension' },
    { id: 10024, code: 'MOK-1', description: 'Mok blauw' },
  ],
}

const texts = ['apiKey', 'securityCode', 'companyName'] as const
const counts = ['limitPerMinute', 'limitPerDay'] as const

/**
 * Reads a change to the account from a control request's body. Lists are changed from code only.
 * @throws Error with one readable line.
 */
export function readAccount(value: unknown): Partial<Account> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error('send an object of account settings')
  }
  for (const [name, setting] of Object.entries(value)) {
    const isText = texts.some((each) => each === name)
    const isCount = counts.some((each) => each === name)
    if (!isText && !isCount) {
      throw new Error(`no setting ${name}; there are: ${[...texts, ...counts].join(', ')}`)
    }
    if (typeof setting !== (isText ? 'string' : 'number')) {
      throw new Error(`${name} must be a ${isText ? 'string' : 'number'}`)
    }
  }
  return value
}
