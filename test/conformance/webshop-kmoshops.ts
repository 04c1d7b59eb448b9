import { createHmac } from 'node:crypto'
import {
  startKmoshops,
  type Kmoshops,
  type Order,
  type SwitchChange,
} from '../../sandbox/kmoshops/index.ts'
import { kmoshops } from '../../src/connectors/webshops/kmoshops/index.ts'
import type { RawRequest, StoreApp, Subscription } from '../../src/connectors/webshop.ts'
import type {
  Basket,
  Placed,
  RunningShop,
  StartWish,
  StoreSide,
  Variant,
  WebhookSide,
  WebshopSystem,
} from './webshop-system.ts'
import { heard } from './webshop-system.ts'

const events = ['orders.created', 'orders.updated.status', 'orders.updated.ispaid']

const placed = (order: Order): Placed => ({
  ref: { kind: 'order', id: String(order.id) },
  totalCents: order.totalCents,
})

const place = (shop: Kmoshops, basket: Basket): Placed => {
  const { lines, includesVat, shipping, paymentCosts, coupon, placedAt, paid, buyer } = basket
  const order = shop.placeOrder({
    lines: [...lines],
    ...(includesVat !== undefined && { pricesIncludeVat: includesVat }),
    ...(shipping !== undefined && { shipping }),
    ...(paymentCosts !== undefined && { paymentCosts }),
    ...(coupon !== undefined && { coupon: { code: 'LENTE10', discount: coupon } }),
    ...(placedAt !== undefined && { createdAt: placedAt }),
    ...(paid !== undefined && { paid }),
    ...buyer,
  })
  return placed(order)
}

const lastOf = (received: readonly RawRequest[]): RawRequest => {
  const last = received.at(-1)
  if (last === undefined) throw new Error('nothing was received')
  return last
}

/** The shop with some switches set; what they do is their name. */
const switched = (shop: Kmoshops, change: SwitchChange): Variant => ({
  title: JSON.stringify(change),
  make: () => {
    shop.setSwitches(change)
  },
})

// Written out here and not taken from the connector: one misreading must not hide in both.
const forge = (now: Date, { key }: Subscription, address: string, body: string): RawRequest => ({
  method: 'POST',
  address,
  query: new URLSearchParams(),
  headers: {
    'x-hash': createHmac('sha512', key).update(`${address}|${body}`).digest('hex'),
  },
  body,
  receivedAt: now,
})

const webhookSide = (shop: Kmoshops, now: Date): WebhookSide => ({
  events,
  registered: () =>
    shop.ledger().webhooks.map(({ event, address, active }) => ({
      event,
      address,
      isActive: active,
    })),
  happens: ({ ref }) => {
    const order = shop.orders().find(({ id }) => String(id) === ref.id)
    shop.changeOrder(Number(ref.id), { status: order?.status === 5 ? 6 : 5 })
  },
  settled: () => shop.settled(),
  signatureHeader: 'x-hash',
  forge: (subscription, address, body) => forge(now, subscription, address, body),
  about: (subscription, address, id, which) => {
    const host = which === 'this' ? new URL(shop.url).host : 'elsewhere.example'
    const href = `http://${host}/api/rest/v1/orders/${id}`
    return forge(now, subscription, address, JSON.stringify({ href, id: Number(id) }))
  },
  malformedBodies: ['', 'null', '[]', '{}', '{"id":', '{"id":null}', '{"id":"../1"}'],
  stale: { afterMs: 60 * 60_000 },
  missign: (how) => {
    shop.setSwitches({ webhookSignature: how })
  },
  oddities: [
    switched(shop, { createAnswer: '200' }),
    switched(shop, { createAnswer: '204' }),
    switched(shop, { webhookKeyInGet: false }),
    switched(shop, { refuseDoubleWebhooks: true }),
    switched(shop, { webhookSignature: 'body' }),
  ],
  registration: { method: 'POST', path: '/webhooks' },
})

const storeSide = (shop: Kmoshops, app: StoreApp, wish: StartWish): StoreSide => ({
  app,
  install: async (how = {}) => {
    const result = await shop.installApp(how)
    const link = result.installUrl === null ? null : new URL(result.installUrl)
    return {
      handshake: lastOf(wish.received),
      account: result.apiPublic,
      open: link && {
        method: 'GET',
        address: link.origin + link.pathname,
        query: link.searchParams,
        headers: {},
        body: '',
        receivedAt: wish.now,
      },
    }
  },
  uninstall: async (signature) => {
    await shop.uninstallApp({ signature })
    return lastOf(wish.received)
  },
  signedInLink: ['api_public'],
  standIn: {},
  cancel: { unsupported: 'an app is removed at once' },
  handshake: { by: 'call' },
  told: { isInstalled: () => shop.ledger().installation?.isInstalled === true },
})

const start = async (wish: StartWish): Promise<RunningShop> => {
  const app: StoreApp = {
    id: '77',
    secret: 'k3Jq8ZtW1nVb5LxR0cYd7Gh2Ms9Pf4Ea',
    handshakeUrl: `${wish.callbackUrl}/store/handshake`,
    installUrl: `${wish.callbackUrl}/store/install`,
    uninstallUrl: `${wish.callbackUrl}/store/uninstall`,
  }
  const { secret, handshakeUrl, installUrl, uninstallUrl } = app
  const shop = await startKmoshops({
    now: () => wish.now,
    // The clock stands still, so a minute's calls would never be forgotten. A fault plays the limits.
    limits: 'off',
    app: { secret, handshakeUrl, installUrl, uninstallUrl },
    // A delivery that is answered 4xx would otherwise be tried again for half a minute.
    switches: { webhookRetryDelaysMs: [] },
  })
  const credentials = { apiRoot: shop.url, ...shop.credentials, returnUrl: '' }
  return {
    credentials,
    host: new URL(shop.url).host,
    faults: shop.faults,
    place: (basket) => place(shop, basket),
    placeMany: (count) =>
      shop
        .placeOrders(
          Array.from({ length: count }, () => ({
            lines: [{ name: 'Mok', unitPrice: 12.1 }],
          })),
        )
        .map(placed),
    placeRandom: (count) => shop.placeRandomOrders({ count }).map(placed),
    changes: [
      { title: 'status', make: ({ ref }) => shop.changeOrder(Number(ref.id), { status: 5 }) },
      { title: 'paid', make: ({ ref }) => shop.changeOrder(Number(ref.id), { paid: false }) },
      {
        title: 'invoice number',
        make: ({ ref }) => shop.changeOrder(Number(ref.id), { invoiceNumber: 7 }),
      },
      {
        title: 'total',
        make: ({ ref }) => shop.changeOrder(Number(ref.id), { edit: { shipping: 1 } }),
      },
    ],
    wrongKeys: [
      {
        title: 'another secret',
        credentials: { apiSecret: 'S3cr3tS3cr3tS3cr3tS3cr3tS3cr3t00' },
        code: 'CREDENTIALS_REFUSED',
      },
      {
        title: 'an unknown key',
        credentials: { apiPublic: '9fQ2mXc7Lr0ZtB4vWk8Y' },
        code: 'CREDENTIALS_REFUSED',
      },
      {
        title: 'nobody at the address',
        credentials: { apiRoot: 'http://127.0.0.1:1' },
        code: 'REMOTE_SILENT',
      },
      {
        title: 'an address inside',
        credentials: { apiRoot: 'http://10.0.0.1' },
        code: 'ADDRESS_NOT_PUBLIC',
      },
      { title: 'no address', credentials: { apiRoot: 'shop' }, code: 'REMOTE_SILENT' },
    ],
    rights: ['webshops', 'settings', 'orders', 'orderrows', 'webhooks', 'paymethods'].map(
      (subject) => ({ subject, deny: () => shop.setSwitches({ deniedResources: [subject] }) }),
    ),
    severalShops: switched(shop, { multishop: true }),
    oddities: [
      {
        title: 'unknown extra fields, and optional ones missing',
        make: () => {
          // Each is there under another name, so it is missing and unknown at once.
          const names = ['paymethod_label', 'discountcoupon', 'user', 'deliveryaddress', 'kvk']
          const renamed = Object.fromEntries(names.map((name) => [name, `new_${name}`]))
          shop.setSwitches({ dialect: { fields: renamed } })
        },
      },
      switched(shop, { hobbyFields: false }),
      switched(shop, { userId: 'number' }),
      switched(shop, { userId: 'null' }),
      switched(shop, { escapeSlashes: true }),
      switched(shop, { rowTotalIncludesShipping: true }),
      switched(shop, { discountSign: 'negative' }),
      switched(shop, { optionTotal: 'per-unit' }),
      switched(shop, { pageSizeMax: 1 }),
    ],
    forgeries: [
      { ...switched(shop, { responseSignature: 'missing' }), code: 'RESPONSE_SIGNATURE_WRONG' },
      { ...switched(shop, { responseSignature: 'wrong' }), code: 'RESPONSE_SIGNATURE_WRONG' },
    ],
    dateReadings: [
      switched(shop, { dateBounds: 'midnight' }),
      switched(shop, { dateBounds: 'exclusive' }),
    ],
    latecomer: {
      place: () =>
        placed(shop.placeOrder({ lines: [{ name: 'Mok', unitPrice: 12.1 }], completed: false }))
          .ref,
      appear: ({ id }) => {
        shop.changeOrder(Number(id), { complete: true })
      },
    },
    listOrders: [],
    abandoned: {
      place: () =>
        placed(shop.placeOrder({ lines: [{ name: 'Mok', unitPrice: 12.1 }], completed: false }))
          .ref,
      complete: (ref) => {
        shop.changeOrder(Number(ref.id), { complete: true })
      },
    },
    negativeLines: { kinds: 'product' },
    // The sandbox cannot take one order away, so it forgets them all.
    remove: () => shop.reset(),
    webhooks: webhookSide(shop, wish.now),
    store: storeSide(shop, app, wish),
    writes: () => Object.keys(shop.ledger().requests).filter((each) => !each.startsWith('GET ')),
    close: () => shop.close(),
  }
}

export const kmoshopsSystem: WebshopSystem = {
  connector: kmoshops,
  lacks: ['storeCancel'],
  start,
  pageSize: 100,
  secondPage: '/orders/\\?.*start=100',
  futureCursor: '2999-12-31/2026-01-01+2999-12-31/2999-12-01/100',
  listsEndWith: 'no-next',
  lookBack: {},
  home: 'BE',
  inFile: (answers) => ({
    order: heard(answers, /orders\/\d+$/),
    orderrows: heard(answers, /orderrows/),
  }),
  optionalFields: [
    'phone',
    'company',
    'vatnumber',
    'remarks',
    'coupon',
    'options',
    'sku',
    'mobile',
    'customer_number',
  ],
  whenAltered: { responseSignature: 'warn' },
  isEnvelope: () => false,
  statesBothSides: false,
  slippedIsMentioned: 'twice',
  coupons: 'own-lines',
  vatRounding: 'once',
}
