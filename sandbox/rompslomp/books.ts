import { mulberry32, type Random } from '../kit/random.ts'
import { type Account, type Company } from './account.ts'
import { type Decimal } from './decimal.ts'
import { type Switches } from './switches.ts'

export interface Contact {
  id: number
  is_individual: boolean
  is_supplier: boolean
  company_name: string | null
  contact_person_name: string | null
  contact_person_email_address: string | null
  address: string | null
  zipcode: string | null
  city: string | null
  country_code: string | null
  kvk_number: string | null
  phone: string | null
  vat_number: string | null
  contact_number: string
  government_identification_number: string | null
  free_1: string | null
  free_2: string | null
  free_3: string | null
}

/** A line of an invoice, and what a product is made of. */
export interface Line {
  id: number
  description: string
  extended_description: string | null
  price: Decimal
  quantity: Decimal
  /** A fraction. */
  rate: Decimal
  vat_type_id: number
  product_id: number | null
  account_id: number | null
  account_path: string | null
}

export interface Product {
  id: number
  has_stock: boolean
  product_code: string
  line: Line
}

export interface Invoice {
  id: number
  date: string
  due_date: string
  payment_method: string
  custom_payment_instructions: string | null
  description: string | null
  status: 'concept' | 'published' | 'imported'
  contact_id: number
  /** The contact as it was when the invoice was made. */
  contact: Contact
  invoice_number: string | null
  published_at: string | null
  currency: string
  currency_exchange_rate: Decimal
  template_id: number | null
  vat_number: string | null
  validates_vat_number: boolean
  api_reference: string | null
  payment_reference: string | null
  sale_type: string
  distance_sale: boolean
  sends_copy: boolean
  creates_pay_url: boolean
  lines: Line[]
  paidCents: number
  /** Made through the API or planted past it. */
  origin: 'api' | 'hand'
}

/** What is booked in one administration. */
export interface Ledgers {
  contacts: Contact[]
  products: Product[]
  invoices: Invoice[]
  /** References of concepts that were deleted. */
  deletedReferences: string[]
  nextInvoiceNumber: number
}

export interface Grant {
  clientId: string
  scopes: string[]
  expiresAtMs: number
}

/** Everything the fake remote knows. */
export interface Books {
  account: Account
  switches: Switches
  now(): Date
  random: Random
  /** The next id of any record: in real life ids of all customers come from one sequence. */
  nextId: number
  companies: Map<number, Ledgers>
  codes: Map<string, Grant & { redirectUri: string; challenge: string }>
  /** `replaces`: the pair that dies when this token is first used. */
  accessTokens: Map<string, Grant & { replaces: { access: string; refresh: string } | null }>
  refreshTokens: Map<string, { clientId: string; scopes: string[]; access: string }>
  requests: { total: number; unauthorized: number; limited: number; byCall: Record<string, number> }
}

const firstId = 502_117_733

export function createBooks(
  settings: Pick<Books, 'account' | 'switches' | 'now'> & { seed: number; isEmpty: boolean },
): Books {
  const { account, switches, now } = settings
  return { account, switches, now, ...emptyState(account, settings.seed, settings.isEmpty) }
}

/** Forgets everything that was booked and every token. */
export function emptyBooks(books: Books, seed: number, isEmpty: boolean): void {
  Object.assign(books, emptyState(books.account, seed, isEmpty))
}

/** What is booked in one administration. */
export function ledgersOf(books: Books, company: Company): Ledgers {
  const existing = books.companies.get(company.id)
  if (existing !== undefined) return existing
  const fresh = freshLedgers()
  books.companies.set(company.id, fresh)
  return fresh
}

export const freshContact = (id: number): Contact => ({
  id,
  is_individual: false,
  is_supplier: false,
  company_name: null,
  contact_person_name: null,
  contact_person_email_address: null,
  address: null,
  zipcode: null,
  city: null,
  country_code: null,
  kvk_number: null,
  phone: null,
  vat_number: null,
  contact_number: '',
  government_identification_number: null,
  free_1: null,
  free_2: null,
  free_3: null,
})

const freshLedgers = (): Ledgers => ({
  contacts: [],
  products: [],
  invoices: [],
  deletedReferences: [],
  nextInvoiceNumber: 1,
})

/** Two contacts with one e-mail address, and a product whose code is as long as may be (contract §13). */
function seeded(): Ledgers {
  const person = (id: number, name: string): Contact => ({
    ...freshContact(id),
    is_individual: true,
    contact_person_name: name,
    contact_person_email_address: 'noor@example.org',
    country_code: 'NL',
    contact_number: `K${String(id % 100_000).padStart(5, '0')}`,
  })
  const line: Line = {
    id: 610045511,
    description: 'Mok met een heel lange code',
    extended_description: null,
    price: 0n,
    quantity: 100_000_000_000_000_000_000n,
    rate: 0n,
    vat_type_id: 300200103,
    product_id: null,
    account_id: null,
    account_path: null,
  }
  const product = { id: 610045511, has_stock: false, product_code: 'M'.repeat(100), line }
  return {
    ...freshLedgers(),
    contacts: [person(500000017, 'Noor van Dam'), person(500000018, 'N. van Dam')],
    products: [product],
  }
}

type State = Omit<Books, 'account' | 'switches' | 'now'>

function emptyState(account: Account, seed: number, isEmpty: boolean): State {
  const [first] = account.companies
  return {
    random: mulberry32(seed),
    nextId: firstId,
    companies: new Map(first === undefined || isEmpty ? [] : [[first.id, seeded()]]),
    codes: new Map(),
    accessTokens: new Map(),
    refreshTokens: new Map(),
    requests: { total: 0, unauthorized: 0, limited: 0, byCall: {} },
  }
}
