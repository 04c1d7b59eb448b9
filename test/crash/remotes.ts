import { startFactuursturen } from '../../sandbox/factuursturen/index.ts'
import type { FaultKind, FaultRule } from '../../sandbox/kit/faults.ts'
import { startKmoshops, type OrderSpec } from '../../sandbox/kmoshops/index.ts'
import type { Remote } from '../support/engine.ts'

/** A sale in the shop's own words, and who bought. */
export interface PlacedSale {
  id: string
  number: string
  email: string
  totalCents: number
}

/** Both ends of one integration, running in this process, and what they know themselves. */
export interface Remotes {
  shop: Remote
  books: Remote
  /** A sale by a customer the books have never seen. */
  place(webhook: OrderSpec['webhook']): PlacedSale
  /** The next create of that kind goes wrong. @returns how often it did */
  misbehave(call: 'invoice' | 'debtor', fault: FaultKind): () => number
  /** Numbers and totals of the invoices that carry this sale's number. */
  invoicesFor(sale: PlacedSale): { number: string; totalCents: number }[]
  debtorsFor(sale: PlacedSale): number
  /** All of them, whoever they are for: a stranger among them is a double too. */
  count(): { invoices: number; debtors: number }
  /** The webhooks about this sale, with the HTTP statuses the shop got for them; 0 is no answer. */
  deliveries(sale: PlacedSale): { state: string; statuses: number[] }[]
  close(): Promise<void>
}

const creates: Readonly<Record<'invoice' | 'debtor', NonNullable<FaultRule['match']>>> = {
  invoice: { method: 'POST', path: '/invoices$' },
  debtor: { method: 'POST', path: '/clients$' },
}

/** KMO Shops and Factuursturen, empty. */
export const startRemotes = async (): Promise<Remotes> => {
  const shop = await startKmoshops({
    limits: 'off',
    // Patient enough for a machine on which a web server takes half a minute to start.
    switches: { webhookRetryDelaysMs: [1_000, 2_000, 4_000, 8_000, 16_000, 32_000] },
  })
  const books = await startFactuursturen({ limits: 'off' })
  let placed = 0
  return {
    shop: { system: 'kmoshops', credentials: { apiRoot: shop.url, ...shop.credentials } },
    books: {
      system: 'factuursturen',
      credentials: {
        userName: books.account.user,
        apiKey: books.account.apiKey,
        baseUrl: `${books.url}/api/v1`,
      },
    },
    place(webhook) {
      placed += 1
      const email = `klant${placed}@voorbeeld.example`
      const order = shop.placeOrder({
        email,
        country: 'NL',
        lines: [{ name: 'Mok', unitPrice: 12.1, quantity: placed }],
        ...(webhook !== undefined && { webhook }),
      })
      return {
        id: String(order.id),
        number: order.number ?? '',
        email,
        totalCents: order.totalCents,
      }
    },
    misbehave(call, fault) {
      const id = books.faults.add({ match: creates[call], fault })
      return () => books.faults.list().find((rule) => rule.id === id)?.hits ?? 0
    },
    invoicesFor: (sale) =>
      books
        .ledger()
        .invoices.filter(({ reference }) => reference[0] === sale.number)
        .map(({ number, totalCents }) => ({ number, totalCents })),
    debtorsFor: (sale) => books.ledger().clients.filter(({ email }) => email === sale.email).length,
    count: () => {
      const { invoices, clients } = books.ledger()
      return { invoices: invoices.length, debtors: clients.length }
    },
    deliveries: (sale) =>
      shop
        .ledger()
        .deliveries.filter(({ orderId }) => String(orderId) === sale.id)
        .map(({ state, attempts }) => ({ state, statuses: attempts.map(({ status }) => status) })),
    async close() {
      await shop.close()
      await books.close()
    },
  }
}
