import { request } from 'undici'
import type { Books, BooksDeeds } from './books-process.ts'
import type { Cellar } from './cellar.ts'
import { startDeeds } from './children.ts'
import { customersOf, factsOf, integrationCount, type Sale, type Spread } from './sales.ts'
import type { Hook, Shop, ShopDeeds } from './shops-process.ts'
import type { Created, SeenRequest } from './watch.ts'

/** What the ledgers say after a run, against the sales there were. */
export interface Tally {
  booked: number
  lost: number
  doubled: number
}

/** All shops and all books, in a process each, so that their time and memory are nobody else's. */
export interface Remotes {
  shops: readonly Shop[]
  books: readonly Books[]
  pids: readonly number[]
  /** The webhooks the shops have at this moment, by integration. */
  hooks(): Promise<Hook[]>
  setLatency(latencyMs: number): Promise<void>
  /** Empties the books, plants the customers and places the sales; nothing is sent about them. */
  prepare(sales: readonly Sale[], spread: Spread, tape?: boolean): Promise<void>
  /** Forgets what was served so far. */
  begin(): Promise<void>
  /** Resolves when so many invoices exist. @throws Error when nothing happens any more */
  created(count: number): Promise<Created[]>
  /** Everything served since `prepare`, in the order of arrival. */
  requests(): Promise<(SeenRequest & { at: 'shop' | 'books' })[]>
  tally(sales: readonly Sale[]): Promise<Tally>
  invoiceNumberOf(sale: Sale): Promise<string>
}

/** Longer than every retry that may happen on the way of a sale that goes well. */
const stallMs = 30_000

const tallyOf = (sales: readonly Sale[], references: readonly string[]): Tally => {
  const times = new Map<string, number>()
  for (const reference of references) times.set(reference, (times.get(reference) ?? 0) + 1)
  const expected = sales.map(({ orderId }) => factsOf(orderId).reference)
  const booked = expected.filter((reference) => times.has(reference)).length
  return { booked, lost: sales.length - booked, doubled: references.length - booked }
}

export const openRemotes = async (cellar: Cellar): Promise<Remotes> => {
  const shopSide = startDeeds<ShopDeeds>('shops-process.ts')
  const booksSide = startDeeds<BooksDeeds>('books-process.ts')
  cellar.add(() => shopSide.end())
  cellar.add(() => booksSide.end())
  const [shops, books] = await Promise.all([
    shopSide.ask.open(integrationCount),
    booksSide.ask.open(integrationCount),
  ])
  const urls = [...shops, ...books].map(({ url }) => url)
  const begin = async (tape = false) => {
    await Promise.all([shopSide.ask.begin(tape), booksSide.ask.begin(tape)])
  }
  return {
    shops,
    books,
    pids: [shopSide.pid, booksSide.pid],
    hooks: () => shopSide.ask.hooks(undefined),
    setLatency: async (latencyMs) => {
      for (const url of urls) {
        const body = JSON.stringify({ latencyMs })
        const answer = await request(`${url}/_sandbox/latency`, { method: 'PUT', body })
        await answer.body.dump()
      }
    },
    prepare: async (sales, spread, tape = false) => {
      await booksSide.ask.renew(customersOf(spread))
      await shopSide.ask.place(sales)
      await begin(tape)
    },
    begin,
    created: (count) => booksSide.ask.created({ count, stallMs }),
    requests: async () => {
      const [atShop, atBooks] = await Promise.all([
        shopSide.ask.requests(undefined),
        booksSide.ask.requests(undefined),
      ])
      return [
        ...atShop.map((each) => ({ ...each, at: 'shop' as const })),
        ...atBooks.map((each) => ({ ...each, at: 'books' as const })),
      ].sort((one, other) => one.startMs - other.startMs)
    },
    tally: async (sales) => tallyOf(sales, await booksSide.ask.references(undefined)),
    invoiceNumberOf: ({ orderId }) => booksSide.ask.numberOf(factsOf(orderId).reference),
  }
}
