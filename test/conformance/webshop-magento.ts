import type { Magento1 } from '../../sandbox/magento1/index.ts'
import type {
  Magento2,
  PaperSummary,
  Placed as MagentoPlaced,
} from '../../sandbox/magento2/index.ts'
import type {
  Basket,
  OptionalFeature,
  Placed,
  RunningShop,
  Values,
  Variant,
  WebshopSystem,
} from './webshop-system.ts'

/** What the suite says to either Magento in the same words. */
type Shop = Magento1 | Magento2

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

const place = (shop: Shop, basket: Basket): Placed => {
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

/** Each with some switches set; what they do is their name. */
export const switched = <C extends object>(
  shop: { setSwitches(change: C): unknown },
  ...changes: readonly NoInfer<C>[]
): Variant[] =>
  changes.map((change) => ({
    title: JSON.stringify(change),
    make: () => {
      shop.setSwitches(change)
    },
  }))

/** Credentials that Magento refuses, and addresses where no Magento is. */
export const wrongKeysOf = (another: string, address: string): RunningShop['wrongKeys'] => {
  const refused = (title: string, credentials: Values) =>
    ({ title, credentials, code: 'CREDENTIALS_REFUSED' }) as const
  return [
    refused('another consumer secret', { consumerSecret: another }),
    refused('another token secret', { accessTokenSecret: another }),
    refused('an unknown consumer', { consumerKey: another }),
    refused('an unknown token', { accessToken: another }),
    {
      title: 'nobody at the address',
      credentials: { [address]: 'http://127.0.0.1:1' },
      code: 'REMOTE_SILENT',
    },
    {
      title: 'an address inside',
      credentials: { [address]: 'http://10.0.0.1' },
      code: 'ADDRESS_NOT_PUBLIC',
    },
    { title: 'no address', credentials: { [address]: 'shop' }, code: 'REMOTE_SILENT' },
  ]
}

export const lacks: readonly OptionalFeature[] = [
  'severalShops',
  'abandoned',
  'negativeLines',
  'webhooks',
  'store',
]

/** What a running sandbox of either can do for the suite. */
export const running = (
  shop: Shop,
  rights: readonly (readonly [subject: string, resource: string])[],
): Omit<RunningShop, 'credentials' | 'wrongKeys' | 'oddities'> => ({
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
  rights: rights.map(([subject, resource]) => ({
    subject,
    deny: () => shop.setSwitches({ deniedResources: [resource] }),
  })),
  severalShops: {
    unsupported: 'one key sees the documents of all stores, and they share one base currency',
  },
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
  remove: () => shop.reset(),
  webhooks: { unsupported: 'Magento has none; changes are polled by their moment' },
  store: { unsupported: 'no app store installs over HTTP; the merchant connects by consent' },
  writes: () => Object.keys(shop.ledger().requests).filter((each) => !each.startsWith('GET ')),
  close: () => shop.close(),
})

/** What is known of either beforehand. */
export const known = {
  lacks,
  listsEndWith: 'no-next',
  lookBack: {},
  home: 'NL',
  whenAltered: {},
  isEnvelope: () => false,
  statesBothSides: true,
  coupons: 'own-lines',
  futureCursor: '95617584000/95617584000/95617584000/2',
  vatRounding: 'per-line',
} as const satisfies Partial<WebshopSystem>
