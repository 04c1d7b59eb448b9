import type { Faults } from '../../../sandbox/kit/faults.ts'
import type { SandboxAnswer, SandboxRequest } from '../../../sandbox/kit/server.ts'
import type { SaleRef } from '../../../src/sale/sale.ts'

/** How a sandbox is started for a proof. */
export interface EndOptions {
  now?: () => Date
  /** Its address when it listens nowhere; absent: on a port of loopback. */
  inProcessAs?: string
  seed?: number
  /** Whether credit invoices are booked too, where the merchant decides about that. Default no. */
  credits?: boolean
}

/** What shops and books have in common. */
interface End {
  system: string
  url: string
  credentials: Record<string, unknown>
  settings: Record<string, unknown>
  faults: Faults
  handle(request: SandboxRequest): Promise<SandboxAnswer>
  close(): Promise<void>
}

/** A sale to place: one line at 21 %, so that what it comes to is beyond doubt. */
export interface Wish {
  email: string
  name: string
  priceCents: number
  quantity: number
  paid: boolean
  /** Whether the shop tells us, where it can. Default no. */
  webhook?: 'send' | 'lost'
}

/** A webhook with the HTTP statuses the shop got for it; 0 is no answer. */
export interface Delivery {
  state: string
  statuses: number[]
}

/** A sale that stands in a shop, by the shop's own words. */
export interface PlacedSale {
  ref: SaleRef
  /** What people call it, and what its invoice refers to. */
  number: string
  totalCents: number
}

export interface ShopEnd extends End {
  place(wish: Wish): PlacedSale
  /** null where a shop has no sales that are not paid yet. */
  pay: ((sale: PlacedSale) => void) | null
  cancel: ((sale: PlacedSale) => void) | null
  /** Gives pieces of a sale back, in a credit invoice; null where we know of none. */
  credit: ((sale: PlacedSale, pieces: number) => PlacedSale) | null
  /** The webhooks about a sale; null where we know of none. */
  deliveries: ((sale: PlacedSale) => Delivery[]) | null
}

/** An invoice as the sandbox itself has it. */
export interface LedgerInvoice {
  reference: string
  number: string
  totalCents: number
}

export interface BooksEnd extends End {
  /** `vatTable` of the integration's settings, where lines need VAT codes. */
  vatTable: readonly Record<string, unknown>[]
  invoices(): LedgerInvoice[]
  /** E-mail addresses of the debtors, one each. */
  debtors(): string[]
  creates: { invoice: Call; debtor: Call }
}

/** A kind of call, as a fault of the kit matches it. */
export interface Call {
  method: string
  path: string
}
