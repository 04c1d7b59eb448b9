import { startKmoshops, type Kmoshops, type OrderSpec } from '../../sandbox/kmoshops/index.ts'
import type { SaleRef } from '../../src/sale/sale.ts'
import type { Remote } from '../support/engine.ts'

/** The shop of three manuals. */
export interface GoldenShop {
  /** How an integration gets to it. */
  end(settings?: Record<string, unknown>): Remote
  /** Places an order of a new customer; its webhook gets lost. */
  place(order: Partial<OrderSpec>): SaleRef
  close(): Promise<void>
}

/** Starts the sandbox of KMO Shops, whose orders are `standard` but for what a test changes. */
export const openKmoshops = async (
  now: () => Date,
  standard: OrderSpec & { number: number },
): Promise<GoldenShop> => {
  const shop: Kmoshops = await startKmoshops({ limits: 'off', now })
  let placed = 0
  return {
    end: (settings = {}) => ({
      system: 'kmoshops',
      credentials: { apiRoot: shop.url, ...shop.credentials },
      settings,
    }),
    place(order) {
      const { id } = shop.placeOrder({
        ...standard,
        number: standard.number + placed,
        email: `klant-${placed}@klant.example`,
        webhook: 'lost',
        ...order,
      })
      placed += 1
      return { kind: 'order', id: String(id) }
    },
    close: () => shop.close(),
  }
}
