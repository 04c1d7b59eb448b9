import { startKmoshops } from '../../../sandbox/kmoshops/index.ts'
import { startMagento1 } from '../../../sandbox/magento1/index.ts'
import { startMagento2, type Placed } from '../../../sandbox/magento2/index.ts'
import { startSeoshop } from '../../../sandbox/seoshop/index.ts'
import type { EndOptions, PlacedSale, ShopEnd, Wish } from './end.ts'

const lineOf = ({ priceCents, quantity }: Wish) => ({
  name: 'Mok',
  sku: 'MOK-1',
  unitPrice: priceCents / 100,
  vatPercent: 21,
  quantity,
})

const kmoshops = async (options: EndOptions): Promise<ShopEnd> => {
  const shop = await startKmoshops({
    ...options,
    limits: 'off',
    switches: { webhookRetryDelaysMs: [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 64_000] },
  })
  return {
    system: 'kmoshops',
    url: shop.url,
    credentials: { apiRoot: shop.url, ...shop.credentials },
    settings: {},
    faults: shop.faults,
    handle: (request) => shop.handle(request),
    place(wish) {
      const { email, name, paid, webhook = 'lost' } = wish
      const order = shop.placeOrder({
        email,
        lastName: name,
        country: 'BE',
        lines: [lineOf(wish)],
        paid,
        webhook,
      })
      return {
        ref: { kind: 'order', id: String(order.id) },
        number: order.number ?? '',
        totalCents: order.totalCents,
      }
    },
    pay: ({ ref }) =>
      void shop.changeOrder(Number(ref.id), { paid: true, status: 2, webhook: 'lost' }),
    cancel: ({ ref }) => void shop.changeOrder(Number(ref.id), { cancel: true, webhook: 'lost' }),
    credit: null,
    deliveries: ({ ref }) =>
      shop
        .ledger()
        .deliveries.filter(({ orderId }) => String(orderId) === ref.id)
        .map(({ state, attempts }) => ({ state, statuses: attempts.map(({ status }) => status) })),
    close: () => shop.close(),
  }
}

const seoshop = async (options: EndOptions): Promise<ShopEnd> => {
  const shop = await startSeoshop({ ...options, limits: 'off' })
  return {
    system: 'seoshop',
    url: shop.url,
    credentials: {
      apiKey: shop.credentials.key,
      apiSecret: shop.credentials.secret,
      language: 'nl',
      cluster: 'eu1',
      apiRoot: shop.url,
      signingSecret: '',
    },
    settings: { creditInvoices: options.credits === true },
    faults: shop.faults,
    handle: (request) => shop.handle(request),
    place(wish) {
      const { email, name, paid, webhook = 'lost' } = wish
      const order = shop.placeOrder({
        email,
        lastname: name,
        billing: { country: 'BE' },
        lines: [lineOf(wish)],
        paid,
        webhook,
      })
      return {
        ref: { kind: 'order', id: String(order.id) },
        number: order.number,
        totalCents: order.totalCents,
      }
    },
    pay: ({ ref }) =>
      void shop.changeOrder(Number(ref.id), { paymentStatus: 'paid', webhook: 'lost' }),
    cancel: ({ ref }) =>
      void shop.changeOrder(Number(ref.id), { status: 'cancelled', webhook: 'lost' }),
    credit({ ref, number }, pieces) {
      const lines = [{ line: 0, quantity: pieces }]
      const note = shop.credit(Number(ref.id), { lines, webhook: 'lost' })
      return {
        ref: { kind: 'credit', id: String(note.id) },
        number: `C_${number}`,
        totalCents: -note.totalCents,
      }
    },
    deliveries: null,
    close: () => shop.close(),
  }
}

const magentoOrder = (wish: Wish) => ({
  email: wish.email,
  lastName: wish.name,
  billing: { country: 'BE' },
  delivery: { country: 'BE' },
  lines: [lineOf(wish)],
})

/** In Magento an order becomes a sale when it is invoiced. */
const invoiceOf = ({ invoice, orderNumber }: Placed): PlacedSale => {
  if (invoice === null) throw new Error('the order was not invoiced')
  return {
    ref: { kind: 'invoice', id: String(invoice.entityId) },
    number: orderNumber,
    totalCents: invoice.grandCents,
  }
}

const magento1 = async (options: EndOptions): Promise<ShopEnd> => {
  const shop = await startMagento1(options)
  return {
    system: 'magento1',
    url: shop.url,
    credentials: { adminUrl: shop.adminUrl, signedOrigin: '', ...shop.fourValues },
    settings: {},
    faults: shop.faults,
    handle: (request) => shop.handle(request),
    place: (wish) => invoiceOf(shop.place(magentoOrder(wish))),
    pay: null,
    cancel: null,
    credit: null,
    deliveries: null,
    close: () => shop.close(),
  }
}

const magento2 = async (options: EndOptions): Promise<ShopEnd> => {
  const shop = await startMagento2(options)
  return {
    system: 'magento2',
    url: shop.url,
    credentials: { shopUrl: shop.url, ...shop.fourValues },
    settings: {},
    faults: shop.faults,
    handle: (request) => shop.handle(request),
    place: (wish) => invoiceOf(shop.place(magentoOrder(wish))),
    pay: null,
    cancel: null,
    credit: null,
    deliveries: null,
    close: () => shop.close(),
  }
}

/** Every webshop system's end of a proof. A new one is a function and a line here. */
export const startShopEnd: Readonly<Record<string, (options: EndOptions) => Promise<ShopEnd>>> = {
  kmoshops,
  seoshop,
  magento2,
  magento1,
}
