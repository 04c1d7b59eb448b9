import type { FaultKind } from '../../sandbox/kit/faults.ts'
import { startBooksEnd } from '../prove/ends/books.ts'
import { startShopEnd } from '../prove/ends/shops.ts'
import type {
  BooksEnd,
  Delivery,
  EndOptions,
  PlacedSale as ShopSale,
  ShopEnd,
} from '../prove/ends/end.ts'
import type { Pair } from '../prove/pairs.ts'
import type { Remote } from '../support/engine.ts'

/** A sale in the shop's own words, and who bought. */
export interface PlacedSale extends ShopSale {
  email: string
}

/** Both ends of one integration, running in this process, and what they know themselves. */
export interface Remotes {
  pair: Pair
  shop: Remote
  books: Remote
  /** The remotes themselves. */
  shopEnd: ShopEnd
  booksEnd: BooksEnd
  /** What the merchant filled in for books with VAT codes. */
  settings: { vatTable: BooksEnd['vatTable'] }
  /** A sale by a customer the books have never seen. */
  place(webhook: 'send' | 'lost'): PlacedSale
  /** The next create of that kind goes wrong. @returns how often it did */
  misbehave(call: 'invoice' | 'debtor', fault: FaultKind): () => number
  /** Numbers and totals of the invoices that carry this sale's number. */
  invoicesFor(sale: PlacedSale): { number: string; totalCents: number }[]
  debtorsFor(sale: PlacedSale): number
  /** All of them, whoever they are for: a stranger among them is a double too. */
  count(): { invoices: number; debtors: number }
  /** The webhooks about this sale, with the HTTP statuses the shop got for them; 0 is no answer. */
  deliveries(sale: PlacedSale): Delivery[]
  close(): Promise<void>
}

const start = <T>(
  starters: Readonly<Record<string, (options: EndOptions) => Promise<T>>>,
  system: string,
  options: EndOptions,
): Promise<T> => {
  const starter = starters[system]
  if (starter === undefined) throw new Error(`no end of a proof is called ${system}`)
  return starter(options)
}

/** A shop and books, empty. */
export const startRemotes = async (pair: Pair, options: EndOptions = {}): Promise<Remotes> => {
  const shop = await start(startShopEnd, pair.webshop, options)
  const books = await start(startBooksEnd, pair.accounting, options)
  let placed = 0
  return {
    pair,
    shop,
    books,
    shopEnd: shop,
    booksEnd: books,
    settings: { vatTable: books.vatTable },
    place(webhook) {
      placed += 1
      const email = `klant${placed}@voorbeeld.example`
      const wish = { email, name: 'Klant', priceCents: 1210, quantity: placed, paid: true, webhook }
      return { ...shop.place(wish), email }
    },
    misbehave(call, fault) {
      const id = books.faults.add({ match: books.creates[call], fault })
      return () => books.faults.list().find((rule) => rule.id === id)?.hits ?? 0
    },
    invoicesFor: (sale) =>
      books
        .invoices()
        .filter(({ reference }) => reference === sale.number)
        .map(({ number, totalCents }) => ({ number, totalCents })),
    debtorsFor: (sale) => books.debtors().filter((email) => email === sale.email).length,
    count: () => ({
      invoices: books.invoices().length,
      // Whoever has no address was in the books before us.
      debtors: books.debtors().filter((email) => email !== '').length,
    }),
    deliveries: (sale) => shop.deliveries?.(sale) ?? [],
    async close() {
      await shop.close()
      await books.close()
    },
  }
}
