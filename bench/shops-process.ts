import { startKmoshops, type Kmoshops, type OrderSpec } from '../sandbox/kmoshops/index.ts'
import { answerDeeds } from './children.ts'
import { factsOf, type Sale } from './sales.ts'
import { watchServers, type SeenRequest } from './watch.ts'

/** A sandbox shop, as far as others need it. */
export interface Shop {
  url: string
  apiPublic: string
  apiSecret: string
}

/** Where a shop sends its webhooks about new orders, and the key it signs them with. */
export interface Hook {
  address: string
  key: string
}

const watch = watchServers()
let shops: Kmoshops[] = []

/** Two rates and shipping: the commonest basket that is not trivial. */
const orderOf = (orderId: number): OrderSpec => {
  const { orderNumber, email } = factsOf(orderId)
  return {
    id: orderId,
    number: orderNumber,
    email,
    firstName: 'Ann',
    lastName: 'Peeters',
    lines: [
      { name: 'T-shirt', sku: 'TSH-1', unitPrice: 24.2, vatPercent: 21, quantity: 2 },
      { name: 'Kookboek', sku: 'BOEK-1', unitPrice: 31.8, vatPercent: 6 },
    ],
    shipping: 5.95,
    // The bench sends the webhooks itself, at its own rate.
    webhook: 'lost',
  }
}

const deeds = {
  open: async (count: number): Promise<Shop[]> => {
    shops = await Promise.all(
      Array.from({ length: count }, (_, index) =>
        startKmoshops({ limits: 'off', seed: index + 1 }),
      ),
    )
    return shops.map(({ url, credentials }) => ({ url, ...credentials }))
  },
  place: (sales: readonly Sale[]): Promise<void> => {
    for (const { integration, orderId } of sales) {
      shops[integration]?.placeOrder(orderOf(orderId))
    }
    return Promise.resolve()
  },
  /** The webhooks every shop has for new orders; of one made again only the newest. */
  hooks: (): Promise<Hook[]> =>
    Promise.resolve(
      shops.map((shop) => {
        const made = shop.ledger().webhooks.findLast(({ event }) => event === 'orders.created')
        if (made === undefined) throw new Error('a shop has no webhook')
        return { address: made.address, key: made.key }
      }),
    ),
  begin: (tape: boolean): Promise<void> => {
    watch.begin(tape)
    return Promise.resolve()
  },
  requests: (): Promise<SeenRequest[]> => Promise.resolve(watch.requests()),
}

export type ShopDeeds = typeof deeds

answerDeeds(deeds)
