import { createHmac } from 'node:crypto'
import type { AccountingConnector, BooksFacts } from '../connectors/accounting.ts'
import type { HttpClient } from '../connectors/http.ts'
import type { Session } from '../connectors/session.ts'
import type { WebshopConnector } from '../connectors/webshop.ts'
import type { Vies } from '../connectors/vies/vies.ts'
import type { IntegrationSettings } from '../merchants/integration-settings.ts'
import type { Vault } from '../merchants/vault.ts'
import type { DraftOptions } from '../sale/make-draft.ts'
import type { CheckInput } from '../sale/checks/check.ts'
import type { Clock } from '../world/clock.ts'
import type { Random } from '../world/random.ts'
import type { InTurn } from '../world/turnstile.ts'
import type { Commits } from './commits.ts'
import type { Database } from '../database/connect.ts'
import type { Booking } from './booking.ts'
import type { Lease } from './mailbox.ts'
import type { TakenReferences } from './taken-references.ts'

/** What finding things in the books needs of a desk; a preview has no more. */
export type FindRoom = Pick<
  Desk,
  'integrationId' | 'db' | 'clock' | 'settings' | 'debtorKey' | 'accounting' | 'inTurn'
>

/** Told of bugs: they stop the one booking, never the drain. */
export type OnFault = (error: unknown, booking: Booking) => void

/** Both ends of one integration, opened and ready to talk. */
export interface Ends {
  webshop: {
    connector: WebshopConnector
    session: Session<never, never>
    /** The envelope the credentials came from: tells whether they were replaced meanwhile. */
    sealed: string
  }
  accounting: {
    connector: AccountingConnector
    session: Session<never, never>
    sealed: string
    facts: BooksFacts<never>
  }
  /** Ends that the operator keeps everybody away from at this moment: nothing may be asked of them. */
  paused: readonly string[]
  /** The same remotes for work that has time: live sales go before it. */
  patiently: { webshop: HttpClient; accounting: HttpClient }
  options: DraftOptions
  settings: IntegrationSettings
  /** Sales before this day are for a migration, not for live booking; YYYY-MM-DD. */
  startDate: string
  debtorKey: Uint8Array
  /** The licence has expired: sales are noted and not booked. */
  heldBack: boolean
  /** Whether a sale that nobody let pass yet waits for the merchant (spec §5, Preview). */
  wantsGoAhead: boolean
}

/** The same ends, for a migration or a reconciliation: live sales go before it at both remotes. */
export const withPatience = <E extends Ends>(ends: E): E => ({
  ...ends,
  webshop: { ...ends.webshop, session: { ...ends.webshop.session, http: ends.patiently.webshop } },
  accounting: {
    ...ends.accounting,
    session: { ...ends.accounting.session, http: ends.patiently.accounting },
  },
})

/** Where one drain works: everything a booking needs on its way, and nothing of another integration. */
export interface Desk extends Ends {
  integrationId: string
  db: Database
  vault: Vault
  lease: Lease
  commits: Commits
  takenReferences: TakenReferences
  vies: Vies
  onFault: OnFault
  clock: Clock
  random: Random
  /** Runs work of the same debtor, or product, one after the other. Keys begin with what they are of. */
  inTurn: InTurn
}

/** The key of a debtor in our index: no e-mail address is stored (design §4). */
export const emailHash = (debtorKey: Uint8Array, email: string): Buffer =>
  createHmac('sha256', debtorKey).update(email.trim().toLowerCase()).digest()

/** What the checks may know of the books. */
export const booksOf = ({
  connector,
  facts,
}: Pick<Ends['accounting'], 'connector' | 'facts'>): CheckInput['books'] => ({
  system: connector.title,
  vatCodes: connector.capabilities.vatCodes,
  currencies: connector.capabilities.currencies,
  creditInvoices: connector.capabilities.creditInvoices,
  vatRates: facts.choices['vatRates']?.map((rate) => rate.value) ?? null,
})
