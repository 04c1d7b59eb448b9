import { startEenvoudigfactureren } from '../../sandbox/eenvoudigfactureren/index.ts'
import { startFactuursturen } from '../../sandbox/factuursturen/index.ts'
import { startKmoshops } from '../../sandbox/kmoshops/index.ts'
import { startMagento2 } from '../../sandbox/magento2/index.ts'
import { startRompslomp } from '../../sandbox/rompslomp/index.ts'
import { startSeoshop } from '../../sandbox/seoshop/index.ts'

/** One end of an integration as a merchant sees it: its name, and what is typed to connect it, by field. */
export interface EndAtHand {
  title: string
  keys: Record<string, string>
  /** Signed in to in a window of its own; then this administration is chosen. */
  administration?: string
}

/** A shop and books of one merchant, in sandboxes. */
export interface PairAtHand {
  shop: EndAtHand
  books: EndAtHand
  /** What the shop doesn't tell of itself, chosen in the configuration: the country of its VAT. */
  home?: string
  /** Somebody buys for € 13.15, VAT included, and pays. @returns the number of the sale */
  sell(): string
  /** The totals of the invoices in the books for a sale, in cents. */
  totalsOf(number: string): number[]
  close(): Promise<void>
}

export interface Pair {
  name: string
  webshop: string
  accounting: string
  open(publicUrl: string): Promise<PairAtHand>
}

const both =
  (...ends: { close(): Promise<unknown> }[]) =>
  async () => {
    await Promise.all(ends.map((end) => end.close()))
  }

const lines = [
  { name: 'Mok', sku: 'MOK', unitPrice: 12.1, vatPercent: 21 },
  { name: 'Lepel', sku: 'LEPEL', unitPrice: 0.35, quantity: 3, vatPercent: 21 },
]

/** What a sale of these comes to. */
export const soldCents = 1_315

/** The three pairs a new person is walked through. */
export const pairs: readonly Pair[] = [
  {
    name: 'KMO Shops → EenvoudigFactureren',
    webshop: 'kmoshops',
    accounting: 'eenvoudigfactureren',
    async open() {
      const shop = await startKmoshops({ limits: 'off' })
      const books = await startEenvoudigfactureren({ limits: 'off' })
      const { apiPublic, apiSecret } = shop.credentials
      return {
        shop: { title: 'KMO Shops', keys: { apiRoot: shop.url, apiPublic, apiSecret } },
        books: {
          title: 'EenvoudigFactureren',
          keys: { apiKey: books.account.apiKey, baseUrl: `${books.url}/api/v1` },
        },
        home: 'BE',
        sell: () => shop.placeOrder({ lines, email: 'an@klant.example' }).number ?? '',
        totalsOf: (number) =>
          books
            .ledger()
            .invoices.filter(({ reference }) => reference === number)
            .map(({ totalCents }) => totalCents),
        close: both(shop, books),
      }
    },
  },
  {
    name: 'Magento 2 → Rompslomp',
    webshop: 'magento2',
    accounting: 'rompslomp',
    async open(publicUrl) {
      const shop = await startMagento2()
      const books = await startRompslomp({ limits: 'off', isEmpty: true })
      for (const app of books.account.apps) {
        app.redirectUri = `${publicUrl}/connect/rompslomp/return`
      }
      return {
        shop: { title: 'Magento 2', keys: { shopUrl: shop.url, ...shop.fourValues } },
        books: {
          title: 'Rompslomp',
          keys: { baseUrl: `${books.url}/api/v1` },
          administration: '418223901',
        },
        sell: () => shop.place({ lines, includesVat: true, paid: true }).invoice?.incrementId ?? '',
        // Nobody else sells here, and Rompslomp keeps the number in a text.
        totalsOf: () => books.ledger().invoices.map(({ totalCents }) => totalCents),
        close: both(shop, books),
      }
    },
  },
  {
    name: 'SEOshop → Factuursturen',
    webshop: 'seoshop',
    accounting: 'factuursturen',
    async open() {
      const shop = await startSeoshop({ limits: 'off' })
      const books = await startFactuursturen({ limits: 'off' })
      const { key, secret } = shop.credentials
      return {
        shop: {
          title: 'SEOshop',
          keys: { apiKey: key, apiSecret: secret, language: 'nl', apiRoot: shop.url },
        },
        books: {
          title: 'Factuursturen',
          keys: {
            userName: books.account.user,
            apiKey: books.account.apiKey,
            baseUrl: `${books.url}/api/v1`,
          },
        },
        sell: () =>
          shop.placeOrder({ lines, paid: true, status: 'processing_awaiting_shipment' }).number,
        totalsOf: (number) =>
          books
            .ledger()
            .invoices.filter(({ reference }) => reference[0] === number)
            .map(({ totalCents }) => totalCents),
        close: both(shop, books),
      }
    },
  },
]
