import type { SaleRef } from '../../sale/sale.ts'
import type { Expectation, MixOrder, OrderName } from './mix.ts'

/** A sale that was placed in a sandbox shop. */
export interface PlacedSale {
  /** What the shop has it under. */
  ref: SaleRef
  /** What leads on the invoice and finds it again: the number people use. */
  number: string
  /** The shop's own total, incl. VAT; below zero on a credit. */
  totalCents: number
  expectation: Expectation
}

/** An invoice that stands in a sandbox's books, told by the sandbox itself. */
export interface BookedInvoice {
  reference: string
  number: string
  totalCents: number
}

/** What shops and books have in common for the demo. */
interface Remote {
  url: string
  credentials: Record<string, unknown>
  settings: Record<string, unknown>
  /** The sandbox counts no calls, so that nobody waits for a window that is long on purpose. */
  unlimited?: true
  close(): Promise<void>
}

/** An order as the shop placed it. */
interface PlacedOrder extends Omit<PlacedSale, 'expectation'> {
  /** Where this system says the same in another way, and so gets another answer. */
  expectation?: Expectation
}

/** What one webshop system brings to the demo: its sandbox, and the demo's orders in its own words. */
export interface ShopEnd extends Remote {
  /** Places an order; null when this shop has no way to say it. */
  place(order: MixOrder): PlacedOrder | null
  /** What only this system sells besides the orders of the mix. */
  placeOwn?(): PlacedSale[]
  /** Gives money back for sales of `placeOwn` and of the mix, once these are booked. */
  placeCredits?(): PlacedSale[]
  pay(ref: SaleRef): void
  /** Changes a sale in a way the shop tells nobody about. */
  mend(number: string, change: { vatNumber: string }): void
  /** Resolves when no webhook is on its way any more. */
  settled(): Promise<void>
}

/** A sandbox shop, as the demo needs it: the same for every webshop system. */
export interface DemoShop extends Pick<ShopEnd, 'mend' | 'settled'>, Remote {
  system: string
  /** Places the mix of the demo, with everything that can happen to a sale. */
  placeMix(): { sales: PlacedSale[]; webhooksLost: number }
  /** Whether it is a real installation, that is only read. */
  isReal?: true
  /** Whether it calls us; else everything is found by asking. */
  calls: boolean
  /** Changes what the mix wants changed after the sales were first seen. @returns what was sold by it */
  changeMix(): PlacedSale[]
  /** Places one more sale of any kind, for the live stream. */
  placeOne(): void
  /** Places one sale of a kind with a name. @returns its number */
  placeNamed(name: OrderName): string
}

/** What one accounting system brings to the demo: its sandbox with the VAT of the merchant's country. */
export interface BooksEnd extends Remote {
  /** For systems with VAT codes: `vatTable` of the integration's settings. */
  vatTable?: {
    destination: string
    percent: string
    vatCode: string
    ledgers: { revenue: string; shipping: string }
  }[]
  invoices(): BookedInvoice[]
}

/** The books, as the demo needs them. */
export interface DemoBooks extends BooksEnd {
  system: string
  /** Whether it is a real administration: it is asked through its connector what stands in it. */
  isReal?: true
}
