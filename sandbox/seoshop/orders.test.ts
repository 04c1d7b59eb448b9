import { describe, expect, it } from 'vitest'
import { presets } from './presets.ts'
import { openShop } from './test-client.ts'

type Json = Record<string, unknown>
type Embedded = { resource: { embedded?: Json[]; id: unknown; url: string; link: string } }

const euros = (value: unknown) => Number(value).toFixed(2)

describe('the contract’s example order', () => {
  const place = async () => {
    const { shop, get } = await openShop()
    const { id } = shop.placeOrder(presets['contract'] ?? { lines: [] })
    const order = await get<Json>(`orders/${id}`)
    return { shop, get, id, order, lines: (order['products'] as Embedded).resource.embedded ?? [] }
  }

  it('adds up as the document does', async () => {
    const { order, lines } = await place()
    expect(order).toMatchObject({
      priceExcl: 145.45,
      priceIncl: 169.92,
      shipmentBasePriceIncl: 5.9895,
      shipmentPriceExcl: 4.95,
      shipmentPriceIncl: 5.99,
      shipmentTaxRates: [{ rate: 0.21, amount: 1.0395 }],
      paymentPriceExcl: 1,
      paymentPriceIncl: 1.21,
      taxRates: [
        { rate: 0.21, amount: 20.79 },
        { rate: 0.06, amount: 2.43 },
      ],
    })
    expect(lines).toMatchObject([
      { basePriceExcl: 100, priceExcl: 90, priceIncl: 108.9, discountIncl: 12.1, taxRate: 0.21 },
      { basePriceIncl: 15.9, priceExcl: 40.5, priceIncl: 42.93, discountIncl: 4.77, taxRate: 0.06 },
      { basePriceIncl: 6.05, priceExcl: 9, priceIncl: 10.89, discountIncl: 1.21, taxRate: 0.21 },
    ])
  })

  it('says false for what is not set, and countries in lower case', async () => {
    const { order } = await place()
    expect(order).toMatchObject({
      referralId: false,
      birthDate: false,
      addressShippingCompany: false,
      addressBillingCountry: { code: 'be', code3: 'bel' },
      number: 'ORD00042',
      status: 'processing_awaiting_shipment',
      paymentStatus: 'paid',
    })
    expect(order['createdAt']).toBe('2026-03-02T09:14:05+00:00')
  })

  it('embeds in one and links in a list', async () => {
    const { get, order, id, shop } = await place()
    const [listed] = await get<Json[]>('orders')
    expect((listed?.['products'] as Embedded).resource).toEqual({
      id: false,
      url: `orders/${id}/products`,
      link: `${shop.url}/nl/orders/${id}/products.json`,
    })
    expect((order['invoices'] as Embedded).resource.embedded).toMatchObject([
      { number: 'INV00033', priceIncl: 169.92, isCreditNote: false, creditNote: false },
    ])
    shop.setSwitches({ embedInLists: true })
    const [embedded] = await get<Json[]>('orders')
    expect((embedded?.['products'] as Embedded).resource.embedded).toHaveLength(3)
  })
})

it('keeps both amount rules, whatever is sold', async () => {
  const { shop, get } = await openShop()
  for (const order of [true, false]) {
    shop.placeRandomOrders({ count: 40, order: { pricesIncludeVat: order } })
  }
  for (const { id } of shop.orders()) {
    const order = await get<Json>(`orders/${id}`)
    const lines = (order['products'] as Embedded).resource.embedded ?? []
    for (const side of ['Excl', 'Incl']) {
      const sum = lines.reduce((total, line) => total + Number(line[`price${side}`]), 0)
      const all = sum + Number(order[`shipmentPrice${side}`]) + Number(order[`paymentPrice${side}`])
      expect(euros(order[`price${side}`])).toBe(euros(all))
      for (const line of lines) {
        const base = Number(line[`basePrice${side}`]) * Number(line['quantityOrdered'])
        const off = base - Number(line[`discount${side}`]) - Number(line[`price${side}`])
        expect(Math.abs(off)).toBeLessThan(0.006)
      }
    }
  }
})

it('spreads a coupon over the lines to the cent', async () => {
  const { shop, get } = await openShop()
  const lines = [1, 2, 3].map((price) => ({ name: `${price}`, unitPrice: price * 3.33 }))
  const { id, totalCents } = shop.placeOrder({ lines, coupon: { amount: 10 } })
  expect(totalCents).toBe(333 + 666 + 999 - 1000)
  const order = await get<Json>(`orders/${id}`)
  const off = (order['products'] as Embedded).resource.embedded?.map((each) => each['discountIncl'])
  expect(off?.reduce<number>((sum, each) => sum + Number(each), 0)).toBeCloseTo(10, 10)
})

it('bumps updatedAt, and tells who did it', async () => {
  let at = new Date('2026-03-02T09:00:00Z')
  const { shop, get } = await openShop({ now: () => at })
  const { id } = shop.placeOrder({ lines: [{ name: 'Mok', unitPrice: 1 }], paid: false })
  at = new Date('2026-03-03T10:00:00Z')
  shop.changeOrder(id, { paymentStatus: 'paid', channel: 'backend' })
  const order = await get<Json>(`orders/${id}`)
  expect(order).toMatchObject({
    createdAt: '2026-03-02T09:00:00+00:00',
    updatedAt: '2026-03-03T10:00:00+00:00',
    status: 'processing_awaiting_shipment',
  })
  const events = (order['events'] as Embedded).resource.embedded
  expect(events).toMatchObject([
    { channel: 'auto', message: 'new' },
    { channel: 'backend', message: 'paid' },
  ])
})

describe('credit notes', () => {
  const credited = async (switches: Parameters<typeof openShop>[0] = {}) => {
    const { shop, get } = await openShop(switches)
    const { id } = shop.placeOrder({
      lines: [{ name: 'Mok', unitPrice: 12.1, quantity: 3 }],
      shipping: 5.95,
      paymentCosts: 1.21,
    })
    const note = shop.credit(id, { lines: [{ line: 0, quantity: 1 }], payment: true })
    return { shop, get, id, note }
  }

  it('are invoices of the same series, positive, and point at each other', async () => {
    const { get, note, id } = await credited()
    expect(note).toMatchObject({ number: 'INV00034', isCreditNote: true, totalCents: 1331 })
    const invoice = await get<Json>(`invoices/${note.id}`)
    expect(invoice).toMatchObject({ isCreditNote: true, priceIncl: 13.31, status: 'not_paid' })
    const original = (invoice['invoice'] as Embedded).resource.id
    expect(await get<Json>(`invoices/${String(original)}`)).toMatchObject({
      isCreditNote: false,
      creditNote: { resource: { id: note.id } },
    })
    expect(await get<Json[]>(`invoices/${note.id}/items`)).toMatchObject([
      { type: 'product', title: 'Mok', quantity: 1, priceIncl: 12.1, taxRate: 0.21 },
      { type: 'payment', title: '_paymentcosts_', variant: 'Bancontact', orderProductId: null },
    ])
    const order = await get<Json>(`orders/${id}`)
    expect((order['products'] as Embedded).resource.embedded).toMatchObject([
      { quantityRefunded: 1 },
    ])
  })

  it('are negative, or total what they should not, by a switch', async () => {
    const negative = await credited({ switches: { creditSign: 'negative' } })
    expect(await negative.get(`invoices/${negative.note.id}`)).toMatchObject({ priceIncl: -13.31 })
    const odd = await credited({ switches: { creditTotals: 'excl-is-incl' } })
    expect(await odd.get(`invoices/${odd.note.id}`)).toMatchObject({
      priceExcl: 13.31,
      priceIncl: 13.31,
    })
  })

  it('never give back more than was sold', async () => {
    const { shop, id } = await credited()
    expect(() => shop.credit(id, { lines: [{ line: 0, quantity: 3 }] })).toThrow('only 2 left')
  })
})
