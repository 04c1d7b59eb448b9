import {
  startMagento1,
  type Magento1,
  type PaperSummary,
  type Placed as MagentoPlaced,
  type SwitchChange,
} from '../../sandbox/magento1/index.ts'
import { magento1 } from '../../src/connectors/webshops/magento1/index.ts'
import type {
  Basket,
  Placed,
  RunningShop,
  StartWish,
  Variant,
  WebshopSystem,
} from './webshop-system.ts'
import { heard } from './webshop-system.ts'

const mug = { name: 'Mok', unitPrice: 12.1, vatPercent: 21 }

const placed = ({ entityId, grandCents }: PaperSummary): Placed => ({
  ref: { kind: 'invoice', id: String(entityId) },
  totalCents: grandCents,
})

/** In Magento an order becomes a sale when it is invoiced: the invoice is what was placed. */
const invoiceOf = ({ invoice }: MagentoPlaced): Placed => {
  if (invoice === null) throw new Error('the order was not invoiced')
  return placed(invoice)
}

const place = (shop: Magento1, basket: Basket): Placed => {
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
const switched = (shop: Magento1, change: SwitchChange): Variant => ({
  title: JSON.stringify(change),
  make: () => {
    shop.setSwitches(change)
  },
})

const rights: readonly (readonly [string, string])[] = [
  ['info', 'accounting_info'],
  ['paymentmethods', 'accounting_paymentmethod'],
  ['invoices', 'accounting_invoice'],
]

const another = '0f1e2d3c4b5a69788796a5b4c3d2e1f0'

const start = async (wish: StartWish): Promise<RunningShop> => {
  const shop = await startMagento1({ now: () => wish.now })
  const credentials = { adminUrl: shop.adminUrl, signedOrigin: '', ...shop.fourValues }
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
      {
        title: 'credited',
        make: ({ ref }) =>
          shop.credit(Number(ref.id), { at: new Date(wish.now.getTime() + 1_000).toISOString() }),
      },
    ],
    wrongKeys: [
      refused('another consumer secret', 'consumerSecret'),
      refused('another token secret', 'accessTokenSecret'),
      refused('an unknown consumer', 'consumerKey'),
      refused('an unknown token', 'accessToken'),
      {
        title: 'never connected',
        credentials: { accessToken: '', accessTokenSecret: '' },
        code: 'CREDENTIALS_REFUSED',
      },
      {
        title: 'nobody at the address',
        credentials: { adminUrl: 'http://127.0.0.1:1/admin' },
        code: 'REMOTE_SILENT',
      },
      {
        title: 'an address inside',
        credentials: { adminUrl: 'http://10.0.0.1/admin' },
        code: 'ADDRESS_NOT_PUBLIC',
      },
      { title: 'no address', credentials: { adminUrl: 'shop' }, code: 'REMOTE_SILENT' },
    ],
    rights: rights.map(([subject, resource]) => ({
      subject,
      deny: () => shop.setSwitches({ deniedResources: [resource] }),
    })),
    severalShops: {
      unsupported: 'one role sees the documents of all stores, and they share one base currency',
    },
    oddities: [
      switched(shop, { profile: 'magento-1.9' }),
      switched(shop, { php: '7.4' }),
      switched(shop, { totalHeader: false }),
      switched(shop, { zeroDummies: true }),
      switched(shop, { fourDecimals: false }),
      switched(shop, { extraFields: true }),
      {
        title: 'an admin behind index.php, as the browser shows it',
        make: () => {
          credentials.adminUrl = `${shop.url}/index.php/admin/dashboard/index/key/5f0c2a9d/`
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
    store: { unsupported: 'no app store installs over HTTP; the merchant connects by consent' },
    writes: () => Object.keys(shop.ledger().requests).filter((each) => !each.startsWith('GET ')),
    close: () => shop.close(),
  }
}

export const magento1System: WebshopSystem = {
  connector: magento1,
  start,
  pageSize: 100,
  listsEndWith: 'no-next',
  lookBack: {},
  home: 'NL',
  inFile: (answers) => ({ invoice: heard(answers, /entity_id/) }),
  optionalFields: [
    'company',
    'telephone',
    'customer_taxvat',
    'vat_id',
    'coupon_code',
    'payment_title',
    'payment_additional_info',
    'discount_description',
    'base_adjustment',
    'sku',
    'middlename',
  ],
  whenAltered: {},
  isEnvelope: () => false,
  statesBothSides: true,
  // What was on an earlier page is dropped by its id.
  slippedIsMentioned: 'once',
  coupons: 'own-lines',
  secondPage: '/accounting/invoices\\?.*page=2',
  futureCursor: '95617584000/95617584000/95617584000/2',
  vatRounding: 'per-line',
}
