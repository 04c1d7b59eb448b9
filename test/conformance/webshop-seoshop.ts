import { createHash } from 'node:crypto'
import {
  startSeoshop,
  type OrderSummary,
  type Seoshop,
  type SwitchChange,
} from '../../sandbox/seoshop/index.ts'
import { seoshop } from '../../src/connectors/webshops/seoshop/index.ts'
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

const events = ['orders/created', 'orders/updated', 'orders/paid']

const placed = ({ id, totalCents }: OrderSummary): Placed => ({
  ref: { kind: 'order', id: String(id) },
  totalCents,
})

const place = (shop: Seoshop, basket: Basket): Placed => {
  const { lines, includesVat, shipping, paymentCosts, coupon, placedAt, paid, buyer } = basket
  const order = shop.placeOrder({
    lines: [...lines],
    ...(includesVat !== undefined && { pricesIncludeVat: includesVat }),
    ...(shipping !== undefined && { shipping }),
    ...(paymentCosts !== undefined && { paymentCosts }),
    ...(coupon !== undefined && { coupon: { code: 'LENTE10', amount: coupon } }),
    ...(placedAt !== undefined && { createdAt: placedAt }),
    ...(paid !== undefined && { paid }),
    ...(buyer && {
      firstname: buyer.firstName,
      lastname: buyer.lastName,
      company: buyer.company,
    }),
  })
  return placed(order)
}

/** The shop with some switches set; what they do is their name. */
const switched = (shop: Seoshop, change: SwitchChange): Variant => ({
  title: JSON.stringify(change),
  make: () => {
    shop.setSwitches(change)
  },
})

// Written out here and not taken from the connector: one misreading must not hide in both.
const forge = (
  now: Date,
  shopId: string,
  { key }: Subscription,
  address: string,
  body: string,
): RawRequest => ({
  method: 'POST',
  address,
  query: new URLSearchParams(),
  headers: {
    'x-signature': createHash('md5').update(`${body}${key}`).digest('hex'),
    'x-shop-id': shopId,
  },
  body,
  receivedAt: now,
})

const webhookSide = (shop: Seoshop, shopId: number, now: Date): WebhookSide => ({
  events,
  registered: () =>
    shop.ledger().webhooks.map(({ itemGroup, itemAction, address, isActive }) => ({
      event: `${itemGroup}/${itemAction}`,
      address,
      isActive,
    })),
  happens: ({ ref }) => {
    shop.changeOrder(Number(ref.id), { shipmentStatus: 'shipped' })
  },
  settled: () => shop.settled(),
  signatureHeader: 'x-signature',
  forge: (subscription, address, body) => forge(now, String(shopId), subscription, address, body),
  // The body names no shop; only a header does, which nobody signs.
  about: (subscription, address, id, which) =>
    forge(
      now,
      String(which === 'this' ? shopId : shopId + 1),
      subscription,
      address,
      JSON.stringify({ order: { id: Number(id) } }),
    ),
  malformedBodies: [
    '',
    'null',
    '[]',
    '{}',
    '{"order":',
    '{"order":{"id":null}}',
    '{"order":{"id":"../1"}}',
    '{"customer":{"id":1}}',
  ],
  stale: { unsupported: 'the signature covers no time' },
  missign: (how) => {
    shop.setSwitches({ webhookSignature: how })
  },
  oddities: [
    switched(shop, { webhookCreateStatus: 200 }),
    switched(shop, { deleteStatus: 200 }),
    switched(shop, { plainLinksInWebhooks: true }),
    switched(shop, { escapeSlashes: true }),
    switched(shop, { shopId: 'padded-text' }),
    switched(shop, { embedInSingle: false }),
    switched(shop, { webhooksReversed: true }),
  ],
  registration: { method: 'POST', path: '/webhooks' },
})

const storeSide = (shop: Seoshop, app: StoreApp, shopId: number, wish: StartWish): StoreSide => {
  const lastCall = (): RawRequest => {
    const last = wish.received.at(-1)
    if (last === undefined) throw new Error('nothing was received')
    return last
  }
  return {
    app,
    install: (how = {}) => {
      const signature = how.link === 'unknown-key' ? 'signed' : (how.link ?? 'signed')
      const link = new URL(shop.installApp({ signature, language: 'nl' }).installUrl)
      return Promise.resolve({
        handshake: null,
        account: `eu1:${shopId}`,
        open: {
          method: 'GET',
          address: link.origin + link.pathname,
          query: link.searchParams,
          headers: {},
          body: '',
          receivedAt: wish.now,
        },
      })
    },
    signedInLink: ['language', 'shop_id', 'timestamp', 'token'],
    standIn: { apiRoot: shop.url },
    cancel: {
      call: async (signature) => {
        await shop.cancelApp({ signature })
        return lastCall()
      },
    },
    uninstall: async (signature) => {
      await shop.uninstallApp({ signature })
      return lastCall()
    },
    told: { unsupported: 'there is no "mark as installed" call' },
    handshake: { unsupported: 'the link brings the credentials itself' },
  }
}

/** The sandbox's first shop id; every start is another shop, as on the platform. */
let shops = 123_456

const start = async (wish: StartWish): Promise<RunningShop> => {
  const shopId = shops++
  const app: StoreApp = {
    id: 'c0ffee00c0ffee00c0ffee00c0ffee00',
    secret: '0f1e2d3c4b5a69788796a5b4c3d2e1f0',
    handshakeUrl: `${wish.callbackUrl}/store/handshake`,
    installUrl: `${wish.callbackUrl}/store/install`,
    uninstallUrl: `${wish.callbackUrl}/store/uninstall`,
  }
  const shop = await startSeoshop({
    now: () => wish.now,
    shopId,
    // The clock stands still, so a window would never end. A fault plays the limits.
    limits: 'off',
    app: {
      key: app.id,
      secret: app.secret,
      successUrl: app.installUrl,
      cancelUrl: `${wish.callbackUrl}/store/cancel`,
      uninstallUrl: app.uninstallUrl,
    },
    // A delivery that is refused would be tried again for half an hour; an app in test is not uninstalled
    // within twelve hours of its installation, which is all the time there is here.
    switches: { webhookRetryDelaysMs: [], appInTest: true },
  })
  const credentials = {
    apiKey: shop.credentials.key,
    apiSecret: shop.credentials.secret,
    language: 'nl',
    cluster: 'eu1',
    apiRoot: shop.url,
    signingSecret: '',
  }
  const change = (title: string, what: Parameters<Seoshop['changeOrder']>[1]) => ({
    title,
    make: ({ ref }: Placed) => {
      shop.changeOrder(Number(ref.id), what)
    },
  })
  return {
    credentials,
    host: new URL(shop.url).host,
    faults: shop.faults,
    place: (basket) => place(shop, basket),
    placeMany: (count) =>
      shop
        .placeOrders(
          Array.from({ length: count }, () => ({ lines: [{ name: 'Mok', unitPrice: 12.1 }] })),
        )
        .map(placed),
    placeRandom: (count) => shop.placeRandomOrders({ count }).map(placed),
    changes: [
      change('status', { status: 'completed_shipped' }),
      change('paid', { paymentStatus: 'not_paid' }),
      change('number', { number: 'ORD99999' }),
      change('total', { edit: { shipping: 1 } }),
    ],
    wrongKeys: [
      {
        title: 'another secret',
        credentials: { apiSecret: '00000000000000000000000000000000' },
        code: 'CREDENTIALS_REFUSED',
      },
      {
        title: 'an unknown key',
        credentials: { apiKey: '00000000000000000000000000000000' },
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
    rights: ['shop', 'orders', 'invoices', 'webhooks', 'paymentmethods'].map((subject) => ({
      subject,
      deny: () => shop.setSwitches({ deniedResources: [subject] }),
    })),
    severalShops: { unsupported: 'a key is of one shop' },
    oddities: [
      switched(shop, { embedInSingle: false }),
      switched(shop, { embedInLists: true }),
      switched(shop, {
        omittedFields: [
          ...['comment', 'mobile', 'middlename', 'giftCardsPayment', 'companyCoCNumber'],
          ...['paymentId', 'paymentTitle', 'customer', 'invoices', 'isCompany'],
          ...['addressShippingCompany', 'addressShippingCountry', 'paymentTaxRate'],
          ...['paymentPriceExcl', 'paymentPriceIncl', 'paymentBasePriceExcl'],
        ],
      }),
      switched(shop, { listOrder: 'ascending' }),
      switched(shop, { sinceIdOrder: 'descending' }),
      switched(shop, { notSet: 'empty' }),
      switched(shop, { weight: 'null' }),
      switched(shop, { paymentData: 'empty-list' }),
      switched(shop, { escapeSlashes: true }),
      switched(shop, { discountPercentage: 'fraction' }),
      switched(shop, { shopId: 'padded-text' }),
      switched(shop, { overLimit: 'refuse' }),
      switched(shop, { dateBounds: 'exclusive' }),
    ],
    forgeries: [],
    dateReadings: [switched(shop, { dateBounds: 'exclusive' })],
    latecomer: {
      place: () =>
        place(shop, {
          lines: [{ name: 'Mok', unitPrice: 12.1, vatPercent: 21 }],
          placedAt: '2026-09-01T10:00:00Z',
        }).ref,
      appear: ({ id }) => {
        shop.changeOrder(Number(id), { shipmentStatus: 'shipped', webhook: 'lost' })
      },
    },
    listOrders: [
      // Then it can't be gone through by id, and is by page number.
      switched(shop, { sinceIdOrder: 'descending' }),
      switched(shop, { sinceIdOrder: 'descending', listOrder: 'ascending' }),
    ],
    abandoned: { unsupported: 'a checkout is no order before it is finished' },
    negativeLines: { kinds: 'product' },
    remove: ({ id }) => shop.removeOrder(Number(id)),
    webhooks: webhookSide(shop, shopId, wish.now),
    store: storeSide(shop, app, shopId, wish),
    writes: () => Object.keys(shop.ledger().requests).filter((each) => !each.startsWith('GET ')),
    close: () => shop.close(),
  }
}

export const seoshopSystem: WebshopSystem = {
  connector: seoshop,
  lacks: ['severalShops', 'abandoned', 'staleWebhooks', 'storeHandshake'],
  start,
  pageSize: 250,
  secondPage: '/orders\\.json\\?.*since_id=[1-9]',
  futureCursor: '2999-12-31T00:00:00Z',
  listsEndWith: 'short-page',
  lookBack: { lookBackDays: 31 },
  home: 'BE',
  inFile: (answers) => Object.assign({}, ...answers.map(({ json }) => json)) as object,
  optionalFields: [
    'phone',
    'mobile',
    'companyName',
    'companyVatNumber',
    'comment',
    'addressBillingExtension',
    'ean',
    'sku',
    'giftCardsPayment',
  ],
  whenAltered: {},
  isEnvelope: (fields) => Object.keys(fields).length === 1,
  statesBothSides: true,
  slippedIsMentioned: 'once',
  coupons: 'in-lines',
  vatRounding: 'per-line',
}
