import type { ColumnType, Generated } from 'kysely'

/** The tables of migrations 0006 and 0010: licences and what is paid for them. */
export interface LicenceTables {
  licences: LicenceTable
  tariffs: TariffTable
  billingDetails: BillingDetailsTable
  offers: OfferTable
  payments: PaymentTable
  invoiceSeries: InvoiceSeriesTable
  invoices: InvoiceTable
  mailUnsubscriptions: MailUnsubscriptionTable
  confirmedAddresses: ConfirmedAddressTable
}

type Moment = ColumnType<Date, Date, Date>
type Json<T> = ColumnType<T, string, string>
type Day = ColumnType<string, string, string>

export type StoppedBy = 'merchant' | 'operator' | 'store' | 'lapse'

export interface LicenceTable {
  integrationId: string
  billing: 'offer' | 'store'
  term: 'trial' | 'paid'
  /** The first day that is not covered any more. */
  endsOn: Day
  stoppedOn: Day | null
  stoppedBy: StoppedBy | null
  /** The app store said that its subscription will end; the integration books until it is removed there. */
  storeCancelledOn: Day | null
  /** The step of the ladder that was taken last, and the end it was taken for. */
  step: string | null
  stepFor: Day | null
  /** When the licence job looks at it next; null when nothing is to come. */
  lookOn: Day | null
}

export type Service = 'year' | 'migration' | 'installation'

export interface TariffTable {
  service: Service
  fromOn: Day
  cents: number
}

export interface BillingDetailsTable {
  merchantId: string
  company: string
  attention: string
  street: string
  postcode: string
  city: string
  /** ISO 3166 alpha-2. */
  country: string
  vatNumber: string
  /** null: VIES has not said yet. */
  vatVerdict: 'valid' | 'invalid' | null
  vatAskedAt: Moment | null
  /** The consultation number of VIES. */
  vatProof: string | null
  /** Where offers and invoices go besides the owners. */
  email: string
  changedAt: Moment
}

export interface OfferTable {
  id: string
  integrationId: string
  merchantId: string
  token: string
  service: Service
  quantity: number
  unitCents: number
  forEnd: Day | null
  /** The migration that begins once it is paid. */
  forSurvey: ColumnType<string | null, string | null | undefined, never>
  state: 'open' | 'paid' | 'withdrawn'
  madeAt: Moment
  changedAt: Moment
}

export interface PaymentTable {
  id: string
  offerId: string
  integrationId: string
  merchantId: string
  way: 'mollie' | 'transfer'
  remoteId: string | null
  checkoutUrl: string | null
  /** `surplus`: paid for an offer that was paid or withdrawn already; the operator gives it back. */
  state: 'creating' | 'open' | 'paid' | 'failed' | 'expired' | 'canceled' | 'surplus'
  netCents: number
  vatCents: number
  grossCents: number
  vatPercent: string
  vatTreatment: string
  keptCents: Generated<number>
  grantedDays: Generated<number>
  trouble: string | null
  version: Generated<number>
  lookAt: Moment | null
  createdAt: Moment
  changedAt: Moment
}

export interface InvoiceSeriesTable {
  series: string
  last: number
}

/** Us, as the operator wrote us into the configuration when the invoice was made. */
export interface SellerOnInvoice {
  name: string
  address: string[]
  country: string
  vatNumber: string
  chamberNumber: string
  iban: string
  email: string
}

export interface BuyerOnInvoice {
  company: string
  attention: string
  street: string
  postcode: string
  city: string
  country: string
  vatNumber: string
}

export interface InvoiceTable {
  id: string
  number: string
  series: string
  sequence: number
  merchantId: string
  integrationId: string
  paymentId: string
  /** The number of the invoice that this one gives back. */
  credits: string | null
  issuedOn: Day
  language: 'nl' | 'en'
  seller: Json<SellerOnInvoice>
  buyer: Json<BuyerOnInvoice>
  service: Service
  quantity: number
  subject: Json<InvoiceSubject>
  netCents: number
  vatCents: number
  grossCents: number
  vatPercent: string
  vatTreatment: string
  pdf: Buffer | null
}

/** What an invoice is for, in figures; the words are the language's. */
export interface InvoiceSubject {
  integration: string
  /** The term that was bought: its first and its last day. */
  from?: string
  until?: string
}

export interface MailUnsubscriptionTable {
  addressHash: Buffer
  kind: string
  scope: string
  at: Moment
}

/** An extra address of an integration whose reader said: yes, send me these mails. */
export interface ConfirmedAddressTable {
  integrationId: string
  /** In lower case. */
  email: string
  confirmedAt: Moment
}
