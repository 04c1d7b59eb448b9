import { startMagento1 } from '../../sandbox/magento1/index.ts'
import {
  startMagento2,
  type CreditWish,
  type OrderSpec,
  type Placed,
} from '../../sandbox/magento2/index.ts'
import type { SaleRef } from '../../src/sale/sale.ts'
import type { Remote } from '../support/engine.ts'

/** An invoice that stands in the shop, with the order it is of. */
export interface PlacedInvoice {
  ref: SaleRef
  orderId: number
  orderNumber: string
  invoiceNumber: string
}

/** Either Magento, by the words of the manual that is about both. */
export interface GoldenMagento {
  end(settings?: Record<string, unknown>): Remote
  place(order: OrderSpec): PlacedInvoice
  /** Credits what is left of an order, or a part. */
  credit(orderId: number, wish?: CreditWish): { ref: SaleRef; number: string }
  close(): Promise<void>
}

interface Shop {
  place(order: OrderSpec): Placed
  credit(orderId: number, wish?: CreditWish): { entityId: number; incrementId: string }
  close(): Promise<void>
}

const goldenOf = (
  shop: Shop,
  end: (settings: Record<string, unknown>) => Remote,
): GoldenMagento => ({
  end: (settings = {}) => end(settings),
  place(order) {
    const { orderId, orderNumber, invoice } = shop.place(order)
    if (invoice === null) throw new Error('the order was not invoiced')
    const ref = { kind: 'invoice', id: String(invoice.entityId) } as const
    return { ref, orderId, orderNumber, invoiceNumber: invoice.incrementId }
  },
  credit(orderId, wish) {
    const { entityId, incrementId } = shop.credit(orderId, wish)
    // "The integration places a 1 before the invoice ID of the credit invoice" (manual, Invoice-identifier).
    return { ref: { kind: 'credit', id: `1${entityId}` }, number: incrementId }
  },
  close: () => shop.close(),
})

const magento2 = async (now: () => Date): Promise<GoldenMagento> => {
  const shop = await startMagento2({ now })
  return goldenOf(shop, (settings) => ({
    system: 'magento2',
    credentials: { shopUrl: shop.url, ...shop.fourValues },
    settings,
  }))
}

const magento1 = async (now: () => Date): Promise<GoldenMagento> => {
  const shop = await startMagento1({ now })
  return goldenOf(shop, (settings) => ({
    system: 'magento1',
    credentials: { adminUrl: shop.adminUrl, signedOrigin: '', ...shop.fourValues },
    // Off by default there; the manual: "you can request this option from us".
    settings: { credits: true, ...settings },
  }))
}

/** Both shops of the manual. */
export const magentos = [
  ['Magento 2.x', magento2],
  ['Magento 1.9', magento1],
] as const
