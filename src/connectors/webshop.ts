import type { Gone, Sale, SaleRef } from '../sale/sale.ts'
import type { Trigger } from '../sale/gate.ts'
import type { Reason } from '../problems/reason.ts'
import type { Amount } from '../money/amount.ts'
import type { Finding } from './finding.ts'
import type { Session } from './session.ts'
import type { Fields, ValuesOf } from './settings.ts'
import type { Pace } from './pace.ts'
import type { SignIn } from './sign-in.ts'

/** A sale that a list of the shop mentions, with what the list tells for free. */
export interface SaleMention {
  ref: SaleRef
  number: string
  /** YYYY-MM-DD. */
  date: string
  /**
   * Changes whenever something that matters for booking changes. A mention whose fingerprint is the stored
   * one needs no reading. Absent where the shop itself only lists what changed.
   */
  fingerprint?: string
  /** The total incl. VAT, where the list has it: shows later changes of what is booked already. */
  total?: Amount
}

/** Where polling got to; the connector's own text, opaque to the engine. null: from the beginning. */
export type Cursor = string | null

export interface Page {
  mentions: readonly SaleMention[]
  /** Stored once the mentions of this page are durable, never before: it may not pass an unread sale. */
  cursor: Cursor
}

/** The period of a migration; both days included, YYYY-MM-DD. */
export interface Period {
  from: string
  until: string
}

/** Lists for the configuration screen, by name; fields refer to them with `{ from: name }`. */
export type Choices = Readonly<Record<string, readonly { value: string; label: string }[]>>

/** A request as it came in, before anything is believed. Header names are lower case. */
export interface RawRequest {
  method: string
  /** The address that was registered with the remote (not what a proxy made of it), without query. */
  address: string
  query: URLSearchParams
  headers: Readonly<Record<string, string | undefined>>
  /** The exact bytes, as UTF-8. */
  body: string
  receivedAt: Date
}

/** What the remote gave us when we asked it to call us: stored encrypted. */
export interface Subscription {
  event: string
  remoteId: string
  /** Signs the deliveries of this subscription. */
  key: string
  /** What verifying needs to know besides, e.g. the shop's host; the connector's own words. */
  facts: Readonly<Record<string, string>>
}

export type Verified =
  | { is: 'verified'; mentions: readonly SaleMention[] | readonly { ref: SaleRef }[] }
  | { is: 'rejected'; reason: Reason }

/** The operator's registration with a platform's app store. */
export interface StoreApp {
  id: string
  secret: string
  handshakeUrl: string
  installUrl: string
  uninstallUrl: string
}

/** The platform hands over a shop's credentials, before a merchant is known. */
export type Handshake =
  | { is: 'verified'; account: string; credentials: Record<string, string> }
  | { is: 'rejected'; reason: Reason }

/** The platform names the shop whose merchant stands at the door, or whose app was removed. */
export type StoreCall = { is: 'verified'; account: string } | { is: 'rejected'; reason: Reason }

/** Installing from a platform's app store. Every function fails closed: no valid signature, no effect. */
export interface StoreInstall<C> {
  /** Server to server, before `open`: credentials for the shop `account`. Absent where `open` brings them. */
  handshake?(request: RawRequest, app: StoreApp): Handshake
  /** The merchant's browser arrives from the store; with the credentials where there is no handshake. */
  open(request: RawRequest, app: StoreApp): StoreCall | Handshake
  /** Server to server: the merchant ended the subscription; the app still works until `uninstall`. */
  cancel?(request: RawRequest, app: StoreApp): StoreCall
  /** Server to server: the merchant removed the app; credentials are dead. */
  uninstall(request: RawRequest, app: StoreApp): StoreCall
  /**
   * Tells the platform that the installation is complete; answers where the browser goes next. Absent where
   * the platform needs no telling: the browser then stays with us.
   */
  finish?(shop: Session<C, unknown>): Promise<{ returnUrl: string }>
}

/** What a shop's own server hands over when its administrator activates our integration there (Magento 2). */
export interface Activation<C> {
  /** Server to server: what `finish` needs, kept sealed under `key` until the administrator consents. */
  receive(
    request: RawRequest,
  ):
    | { is: 'verified'; key: string; kept: Record<string, string> }
    | { is: 'rejected'; reason: Reason }
  /** The administrator's browser opens our consent page: which key, and where it returns to. */
  open(
    request: RawRequest,
  ): { is: 'verified'; key: string; returnUrl: string } | { is: 'rejected'; reason: Reason }
  /** After consent: exchanges what was handed over for credentials. @throws Trouble */
  finish(
    kept: Readonly<Record<string, string>>,
    remote: Pick<Session<C, unknown>, 'http' | 'clock'>,
  ): Promise<C>
}

export interface WebshopCapabilities {
  documents: readonly Sale['ref']['kind'][]
  webhooks: boolean
  /** Whether the shop can list what changed since a moment; without it, polling compares a window. */
  changedSince: boolean
  /** Whether the platform has an app store that starts installations. */
  store: boolean
  pace: Pace
}

/**
 * One webshop system. A value, not a class: everything the engine, the forms and the docs know about it.
 * Reads throw Trouble; nothing here writes to the shop except `subscribe`, `unsubscribe` and `finish`.
 */
export interface WebshopConnector<C extends Fields = Fields, S extends Fields = Fields> {
  id: string
  title: string
  /** Asked when the merchant connects by hand; stored encrypted. */
  credentials: C
  /** Asked on the configuration tab. */
  settings: S
  capabilities: WebshopCapabilities

  /** The doctor: tries every right we need, one finding each. Never throws Trouble; it reports it. */
  check(shop: Session<ValuesOf<C>, ValuesOf<S>>): Promise<Finding[]>
  choices(shop: Session<ValuesOf<C>, ValuesOf<S>>): Promise<Choices>
  /**
   * Everything that may have changed since `since`, oldest first where the shop can.
   * @param bookedFrom the first day that is booked where no setting says another, YYYY-MM-DD: a first pass looks
   *   back at least so far, however late it comes and whatever our clock says
   */
  changes(
    shop: Session<ValuesOf<C>, ValuesOf<S>>,
    since: Cursor,
    bookedFrom?: string,
  ): AsyncIterable<Page>
  /**
   * Everything of a period, for a migration or a reconciliation; goes on after the page that gave `since`
   * (null: from the beginning), and may repeat a few sales of before.
   */
  history(
    shop: Session<ValuesOf<C>, ValuesOf<S>>,
    period: Period,
    since: Cursor,
  ): AsyncIterable<Page>
  /** The sale as it is now. A webhook is only a hint; this is the truth. */
  read(shop: Session<ValuesOf<C>, ValuesOf<S>>, ref: SaleRef): Promise<Sale | Gone>
  /** The sale in the shop's own answers to `read`, from a file. Pure. @throws Trouble when it can't be read */
  readAnswer(answer: unknown): Sale
  /** Which sales the merchant wants booked, from the settings. */
  trigger(settings: ValuesOf<S>): Trigger

  /** Asks the shop to call `address` on changes; safe to repeat: leaves exactly our subscriptions. */
  subscribe?(
    shop: Session<ValuesOf<C>, ValuesOf<S>>,
    address: string,
    known: readonly Subscription[],
  ): Promise<Subscription[]>
  /** Takes our subscriptions out of the shop again; those that are gone already are no trouble. */
  unsubscribe?(
    shop: Session<ValuesOf<C>, ValuesOf<S>>,
    address: string,
    known: readonly Subscription[],
  ): Promise<void>
  /** Pure. Fails closed. */
  verifyWebhook?: (request: RawRequest, subscriptions: readonly Subscription[]) => Verified
  store?: StoreInstall<ValuesOf<C>>
  activation?: Activation<ValuesOf<C>>
  signIn?: SignIn<ValuesOf<C>>
}
