import type { SaleRef } from '../../src/sale/sale.ts'
import type {
  RawRequest,
  StoreApp,
  Subscription,
  WebshopConnector,
} from '../../src/connectors/webshop.ts'
import type { ProblemCode } from '../../src/problems/catalogue.ts'
import type { Faults } from '../../sandbox/kit/faults.ts'

/**
 * What the conformance suite needs to know of one webshop system: how to start its sandbox and how to say the
 * suite's few words (place, change, deny) in its language. A new webshop is one of these and one line in
 * webshop-systems.ts.
 */
export interface WebshopSystem {
  connector: WebshopConnector
  /** What it has no counterpart of; why not stands beside the feature of its running shop. */
  lacks: readonly OptionalFeature[]
  start(wish: StartWish): Promise<RunningShop>
  /** Orders in one page of the connector's lists. */
  pageSize: number
  /** How a list ends: without a next page, or with a page that is not full, be it an empty one. */
  listsEndWith: 'no-next' | 'short-page'
  /** Settings that make the very first pass look back a month. */
  lookBack: Values
  /** Fields of answers about a sale that may be absent, one at a time, without any harm. */
  optionalFields: readonly string[]
  /** Settings that read answers which were altered on the way: where they are signed, that breaks. */
  whenAltered: Values
  /** Whether an object of an answer is a wrapper that may have one name only. */
  isEnvelope(fields: Readonly<Record<string, unknown>>): boolean
  /** Whose rates the orders of `placeRandom` have. */
  home: 'NL' | 'BE'
  /** Whether every amount is stated excl. and incl. VAT, so that a sale may be read from either side. */
  statesBothSides: boolean
  /** How often a sale is mentioned that slips from one page to the next while they are read. */
  slippedIsMentioned: 'once' | 'twice'
  /** Source of a regular expression for the request of the second page of a list of orders. */
  secondPage: string
  /** The answers that `read` got, as a person keeps them in a file for `readAnswer`. */
  inFile(answers: readonly HeardAnswer[]): object
  /** A cursor of this connector's own form, far in the future. */
  futureCursor: string
  /** Where a coupon shows: as lines of its own, or taken off the lines it is for. */
  coupons: 'own-lines' | 'in-lines'
  /**
   * How often VAT is rounded on a sale whose lines exclude it (contracts/vat.md §6). A sale of a shop that
   * rounds per line may be read incl. VAT where its net lines miss the total.
   */
  vatRounding: 'once' | 'per-rate' | 'per-line'
}

/** An answer of the shop to a GET: where it was asked, and what came. */
export interface HeardAnswer {
  path: string
  json: unknown
}

/** The answer of the only path that matches. */
export const heard = (answers: readonly HeardAnswer[], path: RegExp): unknown =>
  answers.find((each) => path.test(each.path))?.json

export interface StartWish {
  /** The one moment of a test: the sandbox and the session stand still at it. */
  now: Date
  /** Where the platform's calls arrive: a webhook goes to {callbackUrl}/hook, a store call below /store. */
  callbackUrl: string
  /** Every request that arrived there, oldest first. */
  received: readonly RawRequest[]
}

/** What not every system has. Of what a system lacks no tests are made. */
export const optionalFeatures = {
  severalShops: ({ severalShops }) => severalShops,
  abandoned: ({ abandoned }) => abandoned,
  negativeLines: ({ negativeLines }) => negativeLines,
  webhooks: ({ webhooks }) => webhooks,
  staleWebhooks: ({ webhooks }) => (isUnsupported(webhooks) ? null : webhooks.stale),
  store: ({ store }) => store,
  storeCancel: ({ store }) => (isUnsupported(store) ? null : store.cancel),
  storeHandshake: ({ store }) => (isUnsupported(store) ? null : store.handshake),
} as const satisfies Record<string, (shop: RunningShop) => object | null>
export type OptionalFeature = keyof typeof optionalFeatures

/** A value for what a system has no counterpart of, and why. */
export interface Unsupported {
  unsupported: string
}
export type Feature<T> = T | Unsupported

export const isUnsupported = (feature: object): feature is Unsupported => 'unsupported' in feature

/** A way the shop may be, by a name for the report. */
export interface Variant {
  title: string
  make: () => void
}

export type Values = Record<string, string | number | boolean | string[]>

/** An order to place. Money as the shop shows it: incl. VAT unless `includesVat` is false. */
export interface Basket {
  lines: readonly {
    name: string
    sku?: string
    quantity?: number
    unitPrice: number
    vatPercent: number
  }[]
  includesVat?: boolean
  shipping?: number
  paymentCosts?: number
  /** Taken off the whole order. */
  coupon?: number
  /** A moment in UTC; now when absent. */
  placedAt?: string
  paid?: boolean
  buyer?: { firstName: string; lastName: string; company: string }
}

/** An order that was placed, and what the shop itself says it comes to. */
export interface Placed {
  ref: SaleRef
  totalCents: number
}

export interface RunningShop {
  /** The right ones. */
  credentials: Values
  /** Of the shop, with its port. */
  host: string
  faults: Faults
  place(basket: Basket): Placed
  placeMany(count: number): Placed[]
  /** Orders of all kinds, the same at every run. */
  placeRandom(count: number): Placed[]
  /** Everything that has to show in polling, one at a time. */
  changes: readonly { title: string; make: (order: Placed) => void }[]
  wrongKeys: readonly { title: string; credentials: Values; code: ProblemCode }[]
  /** The rights that `check` names, in its order, and how to take one away. */
  rights: readonly { subject: string; deny: () => void }[]
  /** The keys open several shops. */
  severalShops: Feature<Variant>
  /** Answers that differ from the documented ones without being wrong. */
  oddities: readonly Variant[]
  /** Answers that may not be believed. */
  forgeries: readonly (Variant & { code: ProblemCode })[]
  /** What the bounds of a date filter may mean, where nobody knows. */
  dateReadings: readonly Variant[]
  /**
   * A sale of long ago, or one not yet complete, that no list of changes shows; `appear` makes it turn up in them,
   * before everything that was placed after it.
   */
  latecomer: { place(): SaleRef; appear(ref: SaleRef): void }
  /** Ways in which the shop may order its lists. */
  listOrders: readonly Variant[]
  /** An order that a buyer never finished; `complete` finishes it after all. */
  abandoned: Feature<{ place(): SaleRef; complete(ref: SaleRef): void }>
  /** Goods that come back stand in the basket, as lines below zero. */
  negativeLines: Feature<{ kinds: 'product' }>
  /** Makes an order unknown to the shop. */
  remove(ref: SaleRef): void
  webhooks: Feature<WebhookSide>
  store: Feature<StoreSide>
  /** Requests since the start that may change something in the shop, e.g. "POST webhooks". */
  writes(): string[]
  close(): Promise<void>
}

/** The platform's side of webhooks. */
export interface WebhookSide {
  events: readonly string[]
  registered(): { event: string; address: string; isActive: boolean }[]
  /** Makes the platform deliver something about this order. */
  happens(order: Placed): void
  /** Resolves when no delivery is on its way any more. */
  settled(): Promise<void>
  signatureHeader: string
  /** A delivery as the platform would make it: signed with the key of `subscription`. */
  forge(subscription: Subscription, address: string, body: string): RawRequest
  /** A well-signed delivery about order `id` of this shop or of another one of the platform. */
  about(
    subscription: Subscription,
    address: string,
    id: string,
    shop: 'this' | 'another',
  ): RawRequest
  malformedBodies: readonly string[]
  /** How old a delivery may be, where the platform signs its time. */
  stale: Feature<{ afterMs: number }>
  /** The platform signs with another key, or not at all. */
  missign(how: 'wrong' | 'missing'): void
  /** How registering may differ between shops, and how deliveries may be signed. */
  oddities: readonly Variant[]
  /** The request that registers one webhook, as a match of a fault. */
  registration: { method: string; path: string }
}

export type StoreSignature = 'signed' | 'badly-signed' | 'unsigned'

/** The platform's app store. */
export interface StoreSide {
  app: StoreApp
  /** `handshake` is null where the browser brings the credentials itself. */
  install(how?: {
    handshake?: StoreSignature
    link?: StoreSignature | 'unknown-key'
  }): Promise<{ handshake: RawRequest | null; open: RawRequest | null; account: string }>
  /** The parameters of the link that the platform signs. */
  signedInLink: readonly string[]
  /** What of the credentials has to differ because the sandbox stands in for the platform's own host. */
  standIn: Values
  cancel: Feature<{ call(how: StoreSignature): Promise<RawRequest> }>
  /** A call hands over the credentials before the browser comes. */
  handshake: Feature<{ by: 'call' }>
  uninstall(how: StoreSignature): Promise<RawRequest>
  /** Whether the platform has heard that the installation is complete, where it wants to. */
  told: Feature<{ isInstalled(): boolean }>
}
