import type { ColumnType, Generated } from 'kysely'
import type { BookingState } from './booking-state.ts'
import type { DeskTables } from './desk-tables.ts'
import type { LicenceTables } from './licence-tables.ts'

/**
 * The tables as Kysely knows them; `migrations/` makes them. Every table of the hot path is keyed by
 * integration and joined to nothing of another one, so that it can be spread over machines (design §3).
 */
export interface Tables extends DeskTables, LicenceTables {
  integrations: IntegrationTable
  connections: ConnectionTable
  mailboxes: MailboxTable
  bookings: BookingTable
  debtors: DebtorTable
  polls: PollTable
  vatChecks: VatCheckTable
  products: ProductTable
  debtorScans: DebtorScanTable
  signIns: SignInTable
  storeHandshakes: StoreHandshakeTable
  mails: MailTable
  passwordLinks: PasswordLinkTable
  seatOffers: SeatOfferTable
  apiTokens: ApiTokenTable
  termsAcceptances: TermsAcceptanceTable
  notifications: NotificationTable
  knocks: KnockTable
  surveys: SurveyTable
  surveySales: SurveySaleTable
  surveyInvoices: SurveyInvoiceTable
}

type Moment = ColumnType<Date, Date, Date>
type Json<T> = ColumnType<T, string, string>

export interface IntegrationTable {
  id: string
  merchantId: string
  name: string
  state: 'installing' | 'active' | 'stopped'
  webshop: string
  accounting: string
  licenceKey: string
  /** The unguessable part of this integration's webhook address. */
  hookKey: string
  /** Envelope with the key of the debtor index (design §4). */
  debtorKey: string
  /** Settings of the integration itself, of neither connector. */
  settings: Json<Record<string, unknown>>
  configuredAt: Moment | null
  /** When a person first saved the configuration; before that nothing is booked. */
  configurationSavedAt: ColumnType<Date | null, Date | null | undefined, Date | null>
  /** Grows with every saving: who saves says which one they started from. */
  configurationVersion: Generated<number>
  /** How many sales the merchant gave the go-ahead. */
  goAheads: Generated<number>
  createdAt: Moment
}

export type Side = 'webshop' | 'accounting'

export interface ConnectionTable {
  integrationId: string
  side: Side
  system: string
  /** The shop's or administration's own id at the remote, where the app store calls by it. */
  account: string | null
  /** Envelope of a JSON object; null when never connected or after the integration was stopped. */
  credentials: string | null
  /** Envelope of the webhook subscriptions with their keys. */
  subscriptions: string | null
  settings: Json<Record<string, unknown>>
  choices: Json<Record<string, { value: string; label: string }[]>>
  dot: 'new' | 'green' | 'red'
  problemCode: string | null
  problemParams: Json<Record<string, string | number>> | null
  checkedAt: Moment | null
  /** Kept by the database itself: when the dot turned red. */
  redSince: Generated<Date | null>
}

export interface MailboxTable {
  integrationId: string
  /** Grows with every take-over; a worker with an older number can change nothing any more. */
  fence: Generated<number>
  holder: string | null
  leaseUntil: Moment | null
  /** Whether a wake-up is on its way that no drain has answered yet. */
  bell: Generated<boolean>
  /** The remote asked for rest until then. */
  restUntil: Moment | null
  /** Failures of the remote in a row, for the length of the next rest. */
  failures: Generated<number>
}

export interface HistoryEntry {
  at: string
  from: BookingState | null
  to: BookingState
  code: string | null
}

export interface BookingTable {
  integrationId: string
  id: string
  kind: 'order' | 'invoice' | 'credit'
  shopId: string
  number: string
  saleDate: ColumnType<string | null, string | null, string | null>
  state: BookingState
  /** 0: live, 1: migration; live goes first. */
  lane: number
  dueAt: Moment | null
  /** How often the shop mentioned the sale; a drain that read an older count reads again. */
  mentions: number
  fingerprint: string | null
  reasonCode: string | null
  reasonParams: Json<Record<string, string | number>> | null
  totalCents: number | null
  currency: string | null
  reference: string | null
  draftHash: string | null
  debtorId: string | null
  remoteId: string | null
  remoteNumber: string | null
  remoteTotalCents: number | null
  attempts: number
  lookups: number
  uncertainSince: Moment | null
  /** It was created again after a lost answer: a late twin may turn up. */
  recreated: boolean
  seenAt: Moment
  changedAt: Moment
  bookedAt: Moment | null
  history: Json<HistoryEntry[]>
  /** Why its VAT is what it is: figures and verdicts, no personal data. */
  evidence: Json<BookingEvidence> | null
  /** The migration that asked for the sale: it is booked although it is older than the integration. */
  migrationId: string | null
  /** The merchant decided that what was paid includes VAT at this percentage, where VIES stayed silent. */
  withVat: ColumnType<string | null, string | null | undefined, string | null>
  /** When the merchant let this sale pass, where the first ones wait for that. */
  goAheadAt: Moment | null
  /** The invoice as it waits for that, and as it was when it was let pass. */
  waitingSeal: ColumnType<string | null, string | null | undefined, string | null>
  goAheadSeal: ColumnType<string | null, string | null | undefined, string | null>
}

/** What a sale comes to at one percentage, in cents of its currency; below zero on a credit. */
export interface RateSum {
  /** As text without zeros at its end: "21", "5.5". */
  percent: string
  net: number
  vat: number
}

export interface BookingEvidence {
  regime: string
  /** How many lines have a rate that is proved, evidenced or assumed. */
  rates: { proved: number; evidenced: number; assumed: number }
  /** What VIES said about the buyer's number, when it was asked. */
  vies?: ViesProof
  /** Where the goods went, ISO 3166 alpha-2; absent in bookings of before this was kept. */
  destination?: string
  /** Whose rates the taxed lines have, a territory code of vat/territory.ts. */
  ratesOf?: string
  /** What the invoice comes to per percentage. */
  sums?: readonly RateSum[]
  /** The merchant decided that what was paid includes VAT. */
  withVat?: boolean
}

export interface ViesProof {
  /** `accepted`: a person of the merchant's vouched for the number while VIES was silent. */
  verdict: 'valid' | 'invalid' | 'accepted'
  at: string
  consultationNumber: string | null
}

/** What is known of a buyer's VAT number, by HMAC: the number itself is on the invoice only. */
export interface VatCheckTable {
  integrationId: string
  numberHash: Buffer
  verdict: 'valid' | 'invalid' | null
  checkedAt: Moment | null
  consultationNumber: string | null
  /** How often in a row VIES had no answer. */
  silences: Generated<number>
  /** Not asked again before this. */
  askAt: Moment | null
  acceptedAt: Moment | null
}

/** Products of the accounting system that we found or made, by the code they are found by. */
export interface ProductTable {
  integrationId: string
  code: string
  /** null while a creation is under way or its outcome is unknown. */
  remoteId: string | null
  heldUntil: Moment | null
}

/** How far the index of debtors was read, for systems that can't search by e-mail address. */
export interface DebtorScanTable {
  integrationId: string
  cursor: string | null
  scannedAt: Moment | null
}

export interface DebtorTable {
  integrationId: string
  /** HMAC-SHA256 of the lower-case e-mail address under the integration's own key. */
  emailHash: Buffer
  /** null while a creation is under way or its outcome is unknown. */
  remoteId: string | null
  /** Until then nobody creates this debtor again. */
  heldUntil: Moment | null
}

export interface PollTable {
  integrationId: string
  cursor: string | null
  /** Names the poll that is under way: only it may finish. */
  startedAt: Moment | null
  /** The last sign of life of a poll that is under way. */
  aliveAt: Moment | null
  finishedAt: Moment | null
}

export interface StoreHandshakeTable {
  system: string
  account: string
  credentials: string
  receivedAt: Moment
}

/** Sign-ins at a remote that were begun: whoever comes back with `state` finishes one, once. */
export interface SignInTable {
  state: string
  /** Envelope of who began it and what finishing needs. */
  sealed: string
  startedAt: Moment
}

/** The outbox. A mail is written with what it tells of, in one transaction, and sent afterwards. */
export interface MailTable {
  id: string
  kind: string
  language: 'nl' | 'en'
  toAddress: string
  integrationId: string | null
  /** One mail per key, ever: `trial-ends-7:<integration>` cannot go out twice. */
  onceKey: string
  /** Envelope of what the kind's text needs; gone when the mail is sent. */
  sealed: string | null
  /** `refused`: it came back, or was tried for a week. `unwanted`: the reader had unsubscribed. */
  state: 'waiting' | 'sent' | 'refused' | 'unwanted'
  dueAt: Moment | null
  attempts: Generated<number>
  /** What the mail server said last. */
  trouble: string | null
  createdAt: Moment
  sentAt: Moment | null
}

/** A link that sets a password, once. Only the hash of its token is kept. */
export interface PasswordLinkTable {
  tokenHash: Buffer
  userId: string
  expiresAt: Moment
}

/** A seat at a merchant that somebody was offered by mail and has not taken yet. */
export interface SeatOfferTable {
  merchantId: string
  id: string
  email: string
  role: 'owner' | 'admin' | 'member'
  tokenHash: Buffer
  offeredBy: string
  offeredAt: Moment
  expiresAt: Moment
}

/** A person's key to the interface. Only its hash is kept; the hint is its last letters. */
export interface ApiTokenTable {
  id: string
  userId: string
  name: string
  tokenHash: Buffer
  hint: string
  scopes: Json<string[]>
  createdAt: Moment
  expiresAt: Moment | null
  lastUsedAt: Moment | null
}

/** Which terms were accepted for an integration, by whom and when. */
export interface TermsAcceptanceTable {
  integrationId: string
  version: string
  /** SHA-256 of the text that was accepted, hexadecimal. */
  textHash: string
  userId: string
  acceptedAt: Moment
}

/** What an integration's people are told by mail. */
export interface NotificationTable {
  integrationId: string
  language: 'nl' | 'en'
  digest: 'daily' | 'weekly' | 'never'
  /** Whether a connection that turns red is told at once. */
  connectionRed: boolean
  /** E-mail addresses besides those of the users. */
  addresses: Json<string[]>
}

/** How often somebody knocked at a door that opens a few times only; the key is a hash. */
export interface KnockTable {
  key: Buffer
  count: number
  since: Moment
}

export type SurveyState =
  | 'listing'
  | 'invoices'
  | 'reading'
  | 'ready'
  | 'running'
  | 'paused'
  | 'done'
  | 'cancelled'
  | 'failed'

/** What a shop and its books had in a period, read live: the dry run of a migration, or a reconciliation. */
export interface SurveyTable {
  integrationId: string
  id: string
  purpose: 'migration' | 'reconciliation'
  fromDay: string
  untilDay: string
  state: SurveyState
  /** How far the shop's list was read, in the connector's own words. */
  cursor: string | null
  /** Whether the books' list of invoices was whole; null while it was not read. */
  booksComplete: boolean | null
  /** Why it rests or failed. */
  reasonCode: string | null
  reasonParams: Json<Record<string, string | number>> | null
  /** What the migration costs, in euro cents excl. VAT, as it was when it was started. */
  priceCents: number | null
  /** Who works on it: only they may write. */
  holder: string | null
  aliveAt: Moment | null
  restUntil: Moment | null
  failures: Generated<number>
  createdAt: Moment
  changedAt: Moment
  startedAt: Moment | null
  finishedAt: Moment | null
}

/** What became of a sale that a survey read. */
export type SaleVerdict = 'bookable' | 'refused' | 'waits' | 'left-out' | 'gone' | 'unreadable'

export interface SurveySaleTable {
  integrationId: string
  surveyId: string
  kind: 'order' | 'invoice' | 'credit'
  shopId: string
  number: string
  saleDate: string | null
  fingerprint: string | null
  /** null while it was not read. */
  verdict: SaleVerdict | null
  reasonCode: string | null
  reasonParams: Json<Record<string, string | number>> | null
  totalCents: number | null
  currency: string | null
  country: string | null
  reference: string | null
  sums: Json<readonly RateSum[]> | null
  /** The number of the invoice that somebody made by hand for it. */
  handNumber: string | null
  /** When the running migration handed it to the engine. */
  fedAt: Moment | null
}

export interface SurveyInvoiceTable {
  integrationId: string
  surveyId: string
  remoteId: string
  remoteNumber: string
  reference: string
  day: string | null
  totalCents: number | null
  debtorId: string | null
}
