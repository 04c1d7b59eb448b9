import { type Decimal, parseDecimal } from './decimal.ts'

export interface VatType {
  id: number
  name: string
  friendlyName: string
  /** A fraction: 0.21. */
  value: Decimal
}

export interface LedgerAccount {
  id: number
  name: string
  path: string
  type: 'revenue' | 'costs' | null
}

export interface Template {
  id: number
  name: string
  isDefault: boolean
}

/** One administration, as it is set up; what is booked in it lives in `Books`. */
export interface Company {
  id: number
  name: string
  /** False on the free plan: listed, but every call in it is denied (contract §0 point 9). */
  apiAccessible: boolean
  allowedScopes: string[]
  vatTypes: VatType[]
  accounts: LedgerAccount[]
  templates: Template[]
}

/** An application registered with Rompslomp. */
export interface OauthApp {
  id: string
  secret: string
  redirectUri: string
}

/** The remote as the operator of the sandbox may set it up. */
export interface Account {
  /** A token made by hand, valid until deleted (contract §2); '' when there is none. */
  personalToken: string
  personalScopes: string[]
  apps: OauthApp[]
  /** Calls a minute of one token; the real number is not known (contract §4). */
  limitPerMinute: number
  accessTokenLifeS: number
  codeLifeS: number
  companies: Company[]
}

export const allScopes = [
  'public',
  'manage:contacts',
  'manage:products',
  'manage:sales_invoices',
  'manage:payments',
  'read:accounts',
  'read:me',
]

const wantedScopes = [
  'public',
  'manage:contacts',
  'manage:products',
  'manage:sales_invoices',
  'read:accounts',
]

const rate = (text: string): Decimal => parseDecimal(text) ?? 0n

// The same ids in every administration (contract §11).
const vatTypes: VatType[] = [
  { id: 300200101, name: 'vat_high', friendlyName: 'hoog', value: rate('0.21') },
  { id: 300200102, name: 'vat_low_new', friendlyName: 'laag', value: rate('0.09') },
  { id: 300200103, name: 'vat_zero', friendlyName: 'nul', value: 0n },
  { id: 300200104, name: 'vat_none', friendlyName: 'vrijgesteld', value: 0n },
  { id: 300200105, name: 'vat_reverse_charged', friendlyName: 'verlegd', value: 0n },
  { id: 300200106, name: 'vat_margin', friendlyName: 'marge', value: 0n },
  { id: 300200107, name: 'vat_de', friendlyName: 'Duitsland', value: rate('0.19') },
  { id: 300200108, name: 'vat_custom', friendlyName: 'anders', value: 0n },
]

const mainAccounts: LedgerAccount[] = [
  { id: 940010, name: 'Overige omzet', path: 'profit.revenue.other', type: 'revenue' },
  { id: 940011, name: 'Omzet webwinkel', path: 'profit.revenue.webshop', type: 'revenue' },
  {
    id: 940012,
    name: 'Verzendkosten &amp; porto',
    path: 'profit.revenue.shipping',
    type: 'revenue',
  },
  { id: 940020, name: 'Telefoon &amp; internet', path: 'profit.costs.phone', type: 'costs' },
  { id: 940030, name: 'Bank', path: 'balance.bank', type: null },
]

// More than one page of forty, so that whoever forgets to page is found out.
const accounts: LedgerAccount[] = [
  ...mainAccounts,
  ...Array.from({ length: 45 }, (_, index) => ({
    id: 941000 + index,
    name: `Omzetgroep ${index + 1}`,
    path: `profit.revenue.group_${index + 1}`,
    type: 'revenue' as const,
  })),
]

const templates: Template[] = [
  { id: 720001, name: 'Standaard', isDefault: true },
  { id: 720002, name: 'Webwinkel', isDefault: false },
]

const companyOf = (change: Partial<Company> & Pick<Company, 'id' | 'name'>): Company => ({
  apiAccessible: true,
  allowedScopes: wantedScopes,
  vatTypes,
  accounts,
  templates,
  ...change,
})

/** A paid administration, one on the free plan, and one that lacks the right on products. */
export const defaultAccount: Account = {
  personalToken: 'sandbox-token',
  personalScopes: allScopes,
  apps: [
    {
      id: 'sandbox-app',
      secret: 'sandbox-secret',
      redirectUri: 'http://127.0.0.1:3000/connect/rompslomp/return',
    },
  ],
  limitPerMinute: 60,
  accessTokenLifeS: 7200,
  codeLifeS: 600,
  companies: [
    companyOf({ id: 418223901, name: 'Mokkenhuis' }),
    companyOf({ id: 418223902, name: 'Mokkenhuis Gratis', apiAccessible: false }),
    companyOf({
      id: 418223903,
      name: 'Vazen &amp; Zo',
      allowedScopes: wantedScopes.filter((scope) => scope !== 'manage:products'),
    }),
  ],
}

const plain = [
  'personalToken',
  'personalScopes',
  'apps',
  'limitPerMinute',
  'accessTokenLifeS',
  'codeLifeS',
] as const

/**
 * Reads a change to the account from a control request's body. Companies are changed from code only.
 * @throws Error with one readable line.
 */
export function readAccount(value: unknown): Partial<Account> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error('send an object of account settings')
  }
  for (const [name, setting] of Object.entries(value)) {
    const known = plain.find((each) => each === name)
    if (known === undefined) throw new Error(`no setting ${name}; there are: ${plain.join(', ')}`)
    const kind = kindOf(defaultAccount[known])
    if (kindOf(setting) !== kind) throw new Error(`${name} must be ${kind}`)
  }
  return value
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`
}
