import {
  startMagento2,
  type Magento2,
  type PaperSummary,
  type Placed as MagentoPlaced,
  type SwitchChange,
} from '../../sandbox/magento2/index.ts'
import { magento2 } from '../../src/connectors/webshops/magento2/index.ts'
import type {
  Basket,
  Placed,
  RunningShop,
  StartWish,
  Variant,
  WebshopSystem,
} from './webshop-system.ts'
import { heard } from './webshop-system.ts'

const placed = ({ entityId, grandCents }: PaperSummary): Placed => ({
  ref: { kind: 'invoice', id: String(entityId) },
  totalCents: grandCents,
})

/** In Magento an order becomes a sale when it is invoiced: the invoice is what was placed. */
const invoiceOf = ({ invoice }: MagentoPlaced): Placed => {
  if (invoice === null) throw new Error('the order was not invoiced')
  return placed(invoice)
}

const place = (shop: Magento2, basket: Basket): Placed => {
  const { lines, includesVat, shipping, paymentCosts, coupon, placedAt, paid, buyer } = basket
  return invoiceOf(
    shop.place({
      lines: [...lines],
      ...(includesVat !== undefined && { includesVat }),
      ...(shipping !== undefined && { shipping }),
      ...(paymentCosts !== undefined && { paymentFee: paymentCosts }),
      ...(coupon !== undefined && { coupon: { code: 'LENTE10', amount: coupon } }),
      ...(placedAt !== undefined && { placedAt }),
      ...(paid !== undefined && { paid }),
      ...buyer,
    }),
  )
}

/** The shop with some switches set; what they do is their name. */
const switched = (shop: Magento2, change: SwitchChange): Variant => ({
  title: JSON.stringify(change),
  make: () => {
    shop.setSwitches(change)
  },
})

const rights: readonly (readonly [string, string])[] = [
  ['invoices', 'Magento_Sales::sales_invoice'],
  ['creditmemos', 'Magento_Sales::sales_creditmemo'],
  ['orders', 'Magento_Sales::actions_view'],
  ['stores', 'Magento_Backend::store'],
]

const another = 'z9y8x7w6v5u4t3s2r1q0p9o8n7m6l5k4'

const start = async (wish: StartWish): Promise<RunningShop> => {
  const shop = await startMagento2({ now: () => wish.now })
  const credentials = { shopUrl: shop.url, ...shop.fourValues }
  const refused = (title: string, name: string) => ({
    title,
    credentials: { [name]: another },
    code: 'CREDENTIALS_REFUSED' as const,
  })
  return {
    credentials,
    host: new URL(shop.url).host,
    faults: shop.faults,
    place: (basket) => place(shop, basket),
    placeMany: (count) => Array.from({ length: count }, () => place(shop, { lines: [mug] })),
    placeRandom: (count) => shop.placeRandom(count).map(invoiceOf),
    changes: [
      {
        title: 'no longer paid',
        make: ({ ref }) => shop.change('invoice', Number(ref.id), { state: 1 }),
      },
      {
        title: 'cancelled',
        make: ({ ref }) => shop.change('invoice', Number(ref.id), { state: 3 }),
      },
    ],
    wrongKeys: [
      refused('another consumer secret', 'consumerSecret'),
      refused('another token secret', 'accessTokenSecret'),
      refused('an unknown consumer', 'consumerKey'),
      refused('an unknown token', 'accessToken'),
      {
        title: 'nobody at the address',
        credentials: { shopUrl: 'http://127.0.0.1:1' },
        code: 'REMOTE_SILENT',
      },
      {
        title: 'an address inside',
        credentials: { shopUrl: 'http://10.0.0.1' },
        code: 'ADDRESS_NOT_PUBLIC',
      },
      { title: 'no address', credentials: { shopUrl: 'shop' }, code: 'REMOTE_SILENT' },
    ],
    rights: rights.map(([subject, resource]) => ({
      subject,
      deny: () => shop.setSwitches({ deniedResources: [resource] }),
    })),
    severalShops: {
      unsupported:
        'one integration sees the documents of all stores, and they share one base currency',
    },
    oddities: [
      switched(shop, { profile: '2.1' }),
      switched(shop, { profile: '2.3.3' }),
      switched(shop, { profile: '2.4.3' }),
      switched(shop, { profile: '2.4.9' }),
      switched(shop, { nulls: true }),
      switched(shop, { floatNoise: true }),
      switched(shop, { zeroDummies: true }),
      switched(shop, { fourDecimals: true }),
      switched(shop, { extraFields: true }),
      switched(shop, { translated: true }),
      switched(shop, { pageSizeMax: 300 }),
      {
        title: 'an address with index.php, folder and slash',
        make: () => {
          credentials.shopUrl = `${shop.url}/index.php/`
        },
      },
    ],
    // Answers of Magento carry no signature: TLS is what vouches for them.
    forgeries: [],
    dateReadings: [],
    latecomer: {
      place: () => place(shop, { lines: [mug], placedAt: '2026-09-01T10:00:00Z' }).ref,
      appear: ({ id }) => shop.change('invoice', Number(id), { state: 3 }),
    },
    listOrders: [],
    abandoned: {
      unsupported: 'an order that was never finished has no invoice, so there is nothing to name',
    },
    negativeLines: { unsupported: 'returned goods are a credit memo, never a line below zero' },
    // The sandbox cannot take one invoice away, so it forgets them all.
    removed: { remove: () => shop.reset() },
    webhooks: { unsupported: 'Magento has none; changes are polled by their moment' },
    store: { unsupported: 'no app store installs over HTTP; a shop activates an integration' },
    writes: () => Object.keys(shop.ledger().requests).filter((each) => !each.startsWith('GET ')),
    close: () => shop.close(),
  }
}

const mug = { name: 'Mok', unitPrice: 12.1, vatPercent: 21 }

export const magento2System: WebshopSystem = {
  connector: magento2,
  start,
  pageSize: 50,
  listsEndWith: 'no-next',
  lookBack: {},
  home: 'NL',
  inFile: (answers) => ({
    invoice: heard(answers, /V1\/invoices.*entity_id/),
    order: heard(answers, /V1\/orders/),
  }),
  optionalFields: [
    'company',
    'telephone',
    'customer_taxvat',
    'vat_id',
    'discount_description',
    'customer_note',
    'base_discount_tax_compensation_amount',
    'payment_additional_info',
    'base_adjustment',
    'region',
  ],
  whenAltered: {},
  isEnvelope: () => false,
  statesBothSides: true,
  slippedIsMentioned: 'twice',
  coupons: 'own-lines',
  secondPage: '/V1/invoices\\?.*currentPage%5D=2',
  futureCursor: '95617584000/95617584000/95617584000/2',
  vatRounding: 'per-line',
}
