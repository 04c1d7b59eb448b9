/** What the demo wants to become of one sale; made by hand with the sale, never computed by the product. */
export interface Expectation {
  state: 'booked' | 'refused' | 'open' | 'closed'
  /** The code that explains a state other than booked. */
  code?: string
}

/** A sale that was placed in a sandbox shop. */
export interface PlacedSale {
  /** The number people use; on the invoice it is the reference. */
  number: string
  /** The shop's own total, incl. VAT. */
  totalCents: number
  expectation: Expectation
}

/** An invoice that stands in a sandbox's books, told by the sandbox itself. */
export interface BookedInvoice {
  reference: string
  number: string
  totalCents: number
}

/** A sandbox shop, as the demo needs it: the same for every webshop system. */
export interface DemoShop {
  url: string
  system: string
  credentials: Record<string, unknown>
  settings: Record<string, unknown>
  homeCountry: 'NL' | 'BE'
  /** Places the mix of the demo, with everything that can happen to a sale. */
  placeMix(): PlacedSale[]
  /** Changes what the mix wants changed after the sales were first seen. */
  changeMix(): void
  /** Places one more sale of any kind, for the live stream. */
  placeOne(): void
  /** Places one sale of a kind the sandbox knows by name. @returns its number */
  placeNamed(name: string): string
  /** Changes a sale in a way the shop tells nobody about. */
  mend(number: string, change: { vatNumber: string }): void
  /** Resolves when no webhook is on its way any more. */
  settled(): Promise<void>
  close(): Promise<void>
}

/** Sandbox books, as the demo needs them. */
export interface DemoBooks {
  url: string
  system: string
  credentials: Record<string, unknown>
  settings: Record<string, unknown>
  invoices(): BookedInvoice[]
  close(): Promise<void>
}
