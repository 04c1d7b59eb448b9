import { describe, expect, it } from 'vitest'
import { authorization } from '../magento2/testing/client.ts'
import answers from './fixtures/answers.json' with { type: 'json' }
import documents from './fixtures/documents.json' with { type: 'json' }
import orderPhp7 from './fixtures/order-php7.json' with { type: 'json' }
import orders from './fixtures/orders.json' with { type: 'json' }
import { type Magento1, type OrderSpec, startMagento1, type SwitchChange } from './index.ts'

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
  quantity: 2,
  children: [{ name: 'T-shirt maat M', sku: 'SHIRT-M', unitPrice: 0 }],
}
const sent = { shipping: 6.95, shippingVatPercent: 21 }
const twoRates: OrderSpec = {
  ...sent,
  lines: [
    { ...lamp, quantity: 2 },
    { ...book, quantity: 3 },
  ],
}
const coupon: OrderSpec = {
  ...sent,
  lines: [{ ...lamp, quantity: 2 }, book, stamps],
  coupon: { code: 'ZOMER10', rows: [9.99, 1.79, 1.01] },
}
const configurable: OrderSpec = { lines: [shirt], shipping: 6.83 }
const bundle: OrderSpec = {
  ...sent,
  lines: [
    {
      name: 'Pakket lamp en boek',
      sku: 'PAKKET',
      type: 'bundle',
      unitPrice: 0,
      quantity: 2,
      children: [lamp, book],
    },
  ],
}
const halfCents: OrderSpec = {
  ...sent,
  lines: [lamp, { ...book, quantity: 3 }],
  coupon: { code: 'ALLES10', percent: 10, onShipping: true },
}
const reverseCharge: OrderSpec = {
  lines: [
    { ...lamp, unitPrice: 41.28, vatPercent: 0, quantity: 10 },
    { ...book, unitPrice: 16.47, vatPercent: 0, quantity: 5 },
  ],
  shipping: 5.74,
}

const now = new Date('2026-11-20T22:03:03Z')

const get = async (
  shop: Magento1,
  path: string,
  options: Parameters<typeof authorization>[3] = {},
) => {
  const url = `${shop.url}${path}`
  const header = authorization(url, shop.fourValues, now.getTime(), {
    algorithm: 'sha1',
    ...options,
  })
  const answer = await fetch(url, { headers: { authorization: header } })
  return {
    status: answer.status,
    content_type: answer.headers.get('content-type'),
    body: await answer.json(),
  }
}

const withShop = async <T>(
  act: (shop: Magento1) => Promise<T>,
  switches: SwitchChange = {},
): Promise<T> => {
  const shop = await startMagento1({ now: () => now, switches })
  try {
    return await act(shop)
  } finally {
    await shop.close()
  }
}

type Fields = Record<string, unknown>

/** Ids differ from shop to shop; so do the moments. */
const volatile =
  /^(entity_id|order_id|parent_id|item_id|parent_item_id|product_id|order_item_id|invoice_id|increment_id|\w+_at)$/

/** What both know of, of `recorded`: nothing of it may differ. */
const common = (made: Fields, recorded: Fields): [Fields, Fields] => {
  const names = Object.keys(recorded).filter((name) => name in made && !volatile.test(name))
  const pick = (from: Fields) =>
    Object.fromEntries(
      names
        .filter((name) =>
          name !== 'items' && typeof from[name] !== 'object' ? true : from[name] === null,
        )
        .map((name) => [name, from[name]]),
    )
  return [pick(made), pick(recorded)]
}

const expectSame = (made: Fields, recorded: Fields, least: number) => {
  const [ours, theirs] = common(made, recorded)
  expect(ours).toEqual(theirs)
  expect(Object.keys(theirs).length).toBeGreaterThanOrEqual(least)
}

const rowsOf = (value: Fields, name: string) => value[name] as Fields[]

describe('the documents of the recorded shop, told by our extension', () => {
  it.each([
    ['two-rates', twoRates],
    ['coupon', coupon],
    ['half-cents', halfCents],
    ['bundle', bundle],
  ] as const)('invoice: %s', async (name, spec) => {
    const made = await withShop(async (shop) => {
      shop.place(spec)
      return (await get(shop, '/api/rest/accounting/invoices/1')).body as Fields
    })
    expectSame(made, documents[name], 25)
    const [rows, recorded] = [rowsOf(made, 'items'), documents[name].items]
    expect(rows).toHaveLength(recorded.length)
    for (const [index, row] of rows.entries()) expectSame(row, recorded[index] ?? {}, 14)
  })

  it.each([
    ['credit-adjusted', configurable, { adjustmentPositive: 1.5, adjustmentNegative: 3 }],
    ['credit-half-cents', halfCents, { invoiceId: 1 }],
  ] as const)('credit memo: %s', async (name, spec, wish) => {
    const made = await withShop(async (shop) => {
      const { orderId } = shop.place(spec)
      shop.credit(orderId, wish)
      return (await get(shop, '/api/rest/accounting/creditmemos/1')).body as Fields
    })
    const { shipping_incl_tax: _, base_shipping_incl_tax: _base, ...recorded } = documents[name]
    // A part of the shipping keeps the whole's amount incl. VAT, which nobody reads (recordings).
    expectSame(made, recorded, 25)
    for (const [index, row] of rowsOf(made, 'items').entries()) {
      const { qty: _qty, ...own } = (documents[name].items[index] ?? {}) as Fields
      // The child of a configurable may be refunded in another quantity than its parent (recordings).
      expectSame(row, row['base_row_total'] === null ? own : { ...own, qty: _qty }, 13)
    }
  })
})

it('makes the recorded totals of a credit memo of one piece of two', async () => {
  const made = await withShop(async (shop) => {
    const { orderId } = shop.place(coupon)
    shop.credit(orderId, { invoiceId: 1, quantities: { '1': 1 }, shipping: 2.87 })
    return (await get(shop, '/api/rest/accounting/creditmemos/1')).body as Fields
  })
  // How half a cent of VAT falls between a piece and the shipping is not settled (README.md).
  const totals = ['grand_total', 'subtotal', 'tax_amount', 'discount_amount', 'shipping_amount']
  const pick = (from: Fields) => totals.map((name) => [name, from[name], from[`base_${name}`]])
  expect(pick(made)).toEqual(pick(documents['credit-part']))
})

describe('the core orders of the recorded shop', () => {
  it.each([
    ['two-rates', twoRates],
    ['coupon', coupon],
    ['reverse-charge', reverseCharge],
    ['configurable', configurable],
    ['bundle', bundle],
  ] as const)('%s', async (name, spec) => {
    const made = await withShop(async (shop) => {
      shop.place(spec)
      const list = (await get(shop, '/api/rest/orders')).body as Record<string, Fields>
      return list['1'] ?? {}
    })
    const recorded: Fields = orders[name]
    expect(Object.keys(made)).toEqual(Object.keys(recorded))
    expect(Object.keys(rowsOf(made, 'order_items')[0] ?? {})).toEqual(
      Object.keys(rowsOf(recorded, 'order_items')[0] ?? {}),
    )
    expect(Object.keys(rowsOf(made, 'addresses')[0] ?? {})).toEqual(
      Object.keys(rowsOf(recorded, 'addresses')[0] ?? {}),
    )
    const amounts = (value: Fields) =>
      Object.fromEntries(
        Object.entries(value).filter(([key]) =>
          /total$|^(base_)?(subtotal|tax_amount|discount_amount|shipping)|^tax_percent$|^(base_)?price/.test(
            key,
          ),
        ),
      )
    const described = (value: Fields) => {
      const { shipping_description: _, ...rest } = amounts(value)
      return rest
    }
    expect(described(made)).toEqual(described(recorded))
    expect(rowsOf(made, 'order_items').map(amounts)).toEqual(
      rowsOf(recorded, 'order_items').map(amounts),
    )
  })

  it('writes whole numbers as texts before PHP 8.1', async () => {
    const types = (value: Fields) =>
      Object.fromEntries(
        Object.entries(value).map(([name, item]) => [name, item === null ? 'null' : typeof item]),
      )
    const made = await withShop(
      async (shop) => {
        shop.place({ ...twoRates, customerId: 1 })
        return (await get(shop, '/api/rest/orders/1')).body as Fields
      },
      { php: '7.4' },
    )
    expect(types(made)).toMatchObject({ entity_id: 'string', customer_id: 'string' })
    expect(types(made)['entity_id']).toBe(types(orderPhp7)['entity_id'])
  })
})

describe('the refusals of the recorded shop, besides those of `recorded-answers.test.ts`', () => {
  it.each([
    ['rights-no-role', { role: 'missing' as const }],
    ['rights-no-resources', { deniedResources: ['order'] }],
  ] as const)('%s', async (name, switches) => {
    const made = await withShop((shop) => get(shop, '/api/rest/orders?limit=2'), {
      ...switches,
      deniedResources: [...('deniedResources' in switches ? switches.deniedResources : [])],
    })
    expect(made.body).toEqual(answers.rights[name].body)
  })

  it('shows a document without attributes as an empty list', async () => {
    const made = await withShop(
      async (shop) => {
        shop.place(twoRates)
        return (await get(shop, '/api/rest/accounting/info')).body
      },
      { hiddenAttributes: ['*'] },
    )
    expect(made).toEqual([])
  })

  it.each(['text/html', undefined])('fails without a format it writes: %s', async (accept) => {
    const made = await withShop(async (shop) => {
      const headers = accept === undefined ? { accept: '' } : { accept }
      const answer = await fetch(`${shop.url}/api/rest/orders`, { headers })
      return [answer.status, answer.headers.get('content-type'), await answer.text()]
    })
    expect(made).toEqual([500, 'text/html; charset=UTF-8', 'Service temporary unavailable'])
  })
})
