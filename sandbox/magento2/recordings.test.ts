import { describe, expect, it } from 'vitest'
import { startMagento2, type Magento2, type OrderSpec } from './index.ts'
import { authorization } from './testing/client.ts'
import creditMemos from './fixtures/creditmemos.json' with { type: 'json' }
import invoices from './fixtures/invoices.json' with { type: 'json' }
import orders from './fixtures/orders.json' with { type: 'json' }

/** The orders of the recorded shop, as far as they decide about amounts. */
const lamp = { name: 'Fietslamp "Helder" & Co', sku: 'FIETS-21', unitPrice: 49.95, vatPercent: 21 }
const book = {
  name: 'Boek: Boekhouden voor ’t MKB',
  sku: 'BOEK-9',
  unitPrice: 17.95,
  vatPercent: 9,
}
const stamps = { name: 'Postzegelvel', sku: 'POSTZEGEL-0', unitPrice: 10.1, vatPercent: 0 }
const shirt = {
  name: 'T-shirt',
  sku: 'SHIRT-M',
  type: 'configurable' as const,
  unitPrice: 24.58,
  vatPercent: 19,
  children: [{ name: 'T-shirt maat M', sku: 'SHIRT-M', unitPrice: 0 }],
}
const pack = {
  name: 'Pakket lamp en boek',
  sku: 'PAKKET',
  type: 'bundle' as const,
  unitPrice: 0,
  children: [lamp, book],
}
const sent = { shipping: 6.95, shippingVatPercent: 21 }

const specs: Record<keyof typeof invoices, OrderSpec | null> = {
  'two-rates': {
    ...sent,
    lines: [
      { ...lamp, quantity: 2 },
      { ...book, quantity: 3 },
    ],
  },
  coupon: {
    ...sent,
    lines: [{ ...lamp, quantity: 2 }, book, stamps],
    coupon: { code: 'ZOMER10', percent: 10 },
  },
  'reverse-charge': {
    lines: [
      { ...lamp, unitPrice: 41.28, vatPercent: 0, quantity: 10 },
      { ...book, unitPrice: 16.47, vatPercent: 0, quantity: 5 },
    ],
    shipping: 5.74,
  },
  configurable: { lines: [{ ...shirt, quantity: 2 }], shipping: 6.84 },
  'first-part': null,
  'second-part': null,
  bundle: { ...sent, lines: [{ ...pack, quantity: 2 }] },
  'bundle-coupon': {
    ...sent,
    lines: [pack, stamps],
    coupon: { code: 'ALLES10', percent: 10, onShipping: true },
  },
  'shipping-discount': {
    ...sent,
    lines: [lamp, { ...book, quantity: 3 }],
    coupon: { code: 'ALLES10', percent: 10, onShipping: true },
  },
  'fixed-coupon': {
    ...sent,
    lines: [lamp, { ...book, quantity: 3 }],
    coupon: { code: 'MIN5', amount: 5 },
  },
  free: { ...sent, lines: [book], coupon: { code: 'GRATIS', percent: 100, onShipping: true } },
}

const now = new Date('2026-11-20T22:16:58Z')

const get = async (shop: Magento2, path: string): Promise<unknown> => {
  const url = `${shop.url}/rest/V1/${path}`
  const header = authorization(url, shop.fourValues, now.getTime())
  return (await fetch(url, { headers: { authorization: header } })).json()
}

/** Names and moments differ from shop to shop; everything else must be there, and nothing more. */
const volatile = new Set([
  ...['entity_id', 'order_id', 'parent_id', 'increment_id', 'billing_address_id', 'invoice_id'],
  ...['shipping_address_id', 'product_id', 'order_item_id', 'created_at', 'updated_at'],
])

const comparable = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(comparable)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      volatile.has(name) ? typeof item : comparable(item),
    ]),
  )
}

it.each(Object.entries(specs).filter(([, spec]) => spec !== null))(
  'makes the recorded invoice: %s',
  async (name, spec) => {
    const shop = await startMagento2({ now: () => now })
    if (spec === null) throw new Error('filtered')
    shop.place(spec)
    const made = await get(shop, 'invoices/1')
    await shop.close()
    expect(comparable(made)).toEqual(comparable(invoices[name as keyof typeof invoices]))
  },
)

it('makes the recorded invoices of an order in two parts', async () => {
  const shop = await startMagento2({ now: () => now })
  const { orderId } = shop.place({
    ...sent,
    lines: [
      { ...lamp, quantity: 3 },
      { ...book, quantity: 2 },
    ],
    invoice: false,
  })
  shop.invoice(orderId, { quantities: { '1': 1, '2': 2 } })
  shop.invoice(orderId)
  const made = [await get(shop, 'invoices/1'), await get(shop, 'invoices/2')]
  await shop.close()
  const recorded = [invoices['first-part'], invoices['second-part']]
  expect(made.map(comparable)).toEqual(recorded.map(comparable))
})

it('makes the recorded credit memo of a whole order', async () => {
  const shop = await startMagento2({ now: () => now })
  const spec = specs['shipping-discount']
  if (spec === null) throw new Error('no spec')
  const { orderId } = shop.place(spec)
  shop.credit(orderId, { invoiceId: 1 })
  const made = await get(shop, 'creditmemo/1')
  await shop.close()
  expect(comparable(made)).toEqual(comparable(creditMemos.full))
})

it('makes the recorded credit memo with an adjustment', async () => {
  const shop = await startMagento2({ now: () => now })
  const { orderId } = shop.place({ lines: [{ ...shirt, quantity: 2 }], shipping: 6.84 })
  shop.credit(orderId, { adjustmentPositive: 1.5, adjustmentNegative: 3 })
  const made = await get(shop, 'creditmemo/1')
  await shop.close()
  expect(comparable(made)).toEqual(comparable(creditMemos.adjusted))
})

/** What happened to the recorded orders after they were invoiced. */
const afterwards: Partial<Record<keyof typeof orders, (shop: Magento2, orderId: number) => void>> =
  {
    coupon: (shop, orderId) => shop.credit(orderId, { quantities: { '1': 1 }, shipping: 2.87 }),
    configurable: (shop, orderId) =>
      shop.credit(orderId, { adjustmentPositive: 1.5, adjustmentNegative: 3 }),
  }

/** Who ordered, as far as it shows in which keys there are. */
const buyers: Partial<Record<keyof typeof orders, Partial<OrderSpec>>> = {
  'two-rates': { customerId: 1, note: 'Graag snel' },
  coupon: { customerId: 1 },
  'reverse-charge': {
    customerId: 2,
    company: 'Brasserie',
    vatNumber: 'BE0123456749',
    accountVatNumber: 'BE0123456749',
  },
  bundle: { customerId: 1 },
}

/** Of what this shop's own people and products are: which keys there are may differ, too. */
const notCompared =
  /\.(region|region_code|region_id|customer_note|weee_tax_applied)$|status_histories|product_option|additional_information/

/** Every key of a value with the form of what it holds. */
const formsOf = (value: unknown, path = ''): string[] => {
  if (Array.isArray(value)) return value.flatMap((item) => formsOf(item, `${path}[]`))
  if (typeof value !== 'object' || value === null) {
    return notCompared.test(path) ? [] : [`${path}: ${value === null ? 'null' : typeof value}`]
  }
  return Object.entries(value).flatMap(([name, item]) => formsOf(item, `${path}.${name}`))
}

const money = /total|tax|discount|shipping|subtotal|price|invoiced|refunded|qty|weight|adjustment/
/** A cent of VAT between a piece and the shipping (README.md), crossed-out prices, parcels on their way. */
const unsettled = /tax_refunded|original_price|qty_shipped/

const amountsOf = (value: object): unknown =>
  Object.fromEntries(
    Object.entries(value).filter(
      ([name, held]) => typeof held === 'number' && money.test(name) && !unsettled.test(name),
    ),
  )

describe.each(['two-rates', 'coupon', 'reverse-charge', 'configurable', 'bundle'] as const)(
  'the recorded order: %s',
  (name) => {
    const placed = async () => {
      const shop = await startMagento2({ now: () => now })
      const spec = specs[name]
      if (spec === null) throw new Error('no spec')
      const { orderId } = shop.place({ ...spec, ...buyers[name] })
      afterwards[name]?.(shop, orderId)
      const made = (await get(shop, 'orders/1')) as (typeof orders)[typeof name]
      await shop.close()
      return made
    }

    it('has the same keys, each with a value of the same form', async () => {
      const [made, recorded] = [await placed(), orders[name]].map(
        (order) => new Set(formsOf(order)),
      )
      expect([...(made ?? [])].sort()).toEqual([...(recorded ?? [])].sort())
    })

    it('has the same amounts', async () => {
      const made = await placed()
      const recorded = orders[name]
      expect(amountsOf(made)).toEqual(amountsOf(recorded))
      expect(made.items.map(amountsOf)).toEqual(recorded.items.map(amountsOf))
      expect(amountsOf(made.payment)).toEqual(amountsOf(recorded.payment))
      expect([made.state, made.status]).toEqual([recorded.state, recorded.status])
    })
  },
)
