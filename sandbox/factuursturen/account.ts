/** A tariff of the account. Type: H high, L low, Z zero, N no VAT (contract 4). */
export interface Tax {
  percentage: number
  type: 'H' | 'L' | 'Z' | 'N'
  default: boolean
  /** Country id. */
  country: number
}

/** The merchant's account at the remote: who may enter, and how it is set up. */
export interface Account {
  user: string
  apiKey: string
  /** The tick box at the key: an inactive key loses access at once (contract 1). */
  keyActive: boolean
  /** Calls an hour; the real number is not known (contract 1.4). */
  limitPerHour: number
  /** Home country id. */
  country: number
  language: 'nl' | 'en' | 'de' | 'fr' | 'es'
  /** `{year}` and `{counter}` (four digits or more); the rest is printed as it is (contract 7.6). */
  numberLayout: string
  /** The first counter given out. */
  firstCounter: number
  firstClientNumber: number
  /** Whether an invoice's id is its number's digits, or a small number as on old accounts (3.3). */
  ids: 'digits' | 'sequence'
  paymentTermDays: number
  paymentCondition: string
  taxes: Tax[]
  profiles: { id: number; name: string; default: boolean }[]
  categories: { id: number; name: string; ledger: number }[]
}

const netherlands = 146
const belgium = 18
const germany = 50

/** A Dutch shop that also has the tariffs of Belgium and Germany. */
export const defaultAccount: Account = {
  user: 'sandbox',
  apiKey: 'sandbox-key',
  keyActive: true,
  limitPerHour: 1000,
  country: netherlands,
  language: 'nl',
  numberLayout: '{year}{counter}',
  firstCounter: 1,
  firstClientNumber: 1,
  ids: 'digits',
  paymentTermDays: 14,
  paymentCondition: 'Betaling binnen %PAYMENT_PERIOD% dagen o.v.v. %INVOICE_NUMBER%.',
  taxes: [
    { percentage: 21, type: 'H', default: true, country: netherlands },
    { percentage: 9, type: 'L', default: false, country: netherlands },
    { percentage: 0, type: 'Z', default: false, country: netherlands },
    // -1 is seen once, on a draft's line; that it means "no VAT" is a guess (contract 3.5).
    { percentage: -1, type: 'N', default: false, country: netherlands },
    { percentage: 21, type: 'H', default: false, country: belgium },
    { percentage: 12, type: 'L', default: false, country: belgium },
    { percentage: 6, type: 'L', default: false, country: belgium },
    { percentage: 19, type: 'H', default: false, country: germany },
    { percentage: 7, type: 'L', default: false, country: germany },
  ],
  profiles: [{ id: 1, name: 'Standaard', default: true }],
  categories: [{ id: 1, name: 'Webshop', ledger: 8000 }],
}

/**
 * Reads a change to the account from a control request's body. Checks names and kinds only: what a
 * person plants is their business.
 * @throws Error with one readable line.
 */
export function readAccount(value: unknown): Partial<Account> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error('send an object of account settings')
  }
  for (const [name, setting] of Object.entries(value)) {
    const known = Object.entries(defaultAccount).find(([key]) => key === name)
    if (known === undefined) {
      throw new Error(`no setting ${name}; there are: ${Object.keys(defaultAccount).join(', ')}`)
    }
    if (kindOf(setting) !== kindOf(known[1])) throw new Error(`${name} must be ${kindOf(known[1])}`)
  }
  return value
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`
}
