/** What a key may do: a domain of the API each. The vendor's own names are not known. */
export const domains = [
  'invoices',
  'clients',
  'stockitems',
  'layouts',
  'settings',
  'accounts',
  'quotes',
] as const
export type Domain = (typeof domains)[number]

/** A line of `taxes.codes` (contract 4). Category 1 to 3 are the account's three rates. */
export interface TaxCode {
  rate: number
  name: string
  category: number
  exemptionReasonCode: string
}

/** The merchant's account at the remote: who may enter, and how it is set up. */
export interface Account {
  apiKey: string
  /** 'all', or the domains the key may touch (contract 1). */
  rights: 'all' | Domain[]
  /** For HTTP Basic (contract 1). */
  email: string
  password: string
  number: string
  name: string
  companyName: string
  vatNumber: string
  language: 'dutch' | 'french' | 'english' | 'german'
  usesTaxes: boolean
  codes: TaxCode[]
  layouts: { id: number; name: string; active: boolean }[]
  daysDue: number
  /** `{year}` and `{counter}` (four digits); the rest is printed as it is. */
  numberLayout: string
  firstCounter: number
  /** Whether the server gives clients a number, and invoices a structured message (2.1, 3.1). */
  clientNumbers: boolean
  structuredMessages: boolean
  /** The block after too many calls in a row; none of the three is published (1.4). */
  burst: { calls: number; seconds: number; blockSeconds: number }
}

const rate = (percent: number, category: number): TaxCode => ({
  rate: percent,
  name: `BTW ${percent}%`,
  category,
  exemptionReasonCode: '',
})

const exempt = (code: string, name: string): TaxCode => ({
  rate: 0,
  name: `${code} - ${name}`,
  category: 0,
  exemptionReasonCode: code,
})

/** A Belgian shop with the three Belgian rates. */
export const defaultAccount: Account = {
  apiKey: 'sandbox-key',
  rights: 'all',
  email: 'owner@example.be',
  password: 'sandbox-password',
  number: 'CAAAAAAAAA',
  name: 'Sandbox',
  companyName: 'Sandbox BV',
  vatNumber: 'BE 0468.561.072',
  language: 'dutch',
  usesTaxes: true,
  codes: [
    rate(21, 1),
    rate(12, 2),
    rate(6, 3),
    exempt('MC', 'Medecontractant'),
    exempt('ICD', 'Intracommunautaire dienst'),
    exempt('ICL', 'Intracommunautaire levering'),
  ],
  layouts: [
    { id: 8001, name: 'Standaard', active: true },
    { id: 8002, name: 'Webshop', active: true },
    { id: 8003, name: 'Oud', active: false },
  ],
  daysDue: 30,
  numberLayout: '{year}-{counter}',
  firstCounter: 1,
  clientNumbers: true,
  structuredMessages: true,
  burst: { calls: 300, seconds: 10, blockSeconds: 60 },
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
    const fits = name === 'rights' ? isRights(setting) : kindOf(setting) === kindOf(known[1])
    if (!fits) throw new Error(`${name} must be like ${JSON.stringify(known[1])}`)
  }
  return value
}

function isRights(value: unknown): boolean {
  return (
    value === 'all' ||
    (Array.isArray(value) && value.every((each) => domains.includes(each as Domain)))
  )
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`
}
