import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Kmoshops, startKmoshops } from './index.ts'
import { presets } from './presets.ts'
import { apiClient } from './testing/client.ts'

let shop: Kmoshops

beforeEach(async () => {
  shop = await startKmoshops({ now: () => new Date('2026-03-02T09:20:00Z') })
})
afterEach(() => shop.close())

async function get(path: string): Promise<unknown> {
  const client = apiClient(shop.url, shop.credentials, () => new Date('2026-03-02T09:20:00Z'))
  const { status, json, text } = await client.get(`/api/rest/v1/${path}`)
  expect(status, text).toBe(200)
  return json
}

describe('configuration screen (section 6.6)', () => {
  test('payment methods are not paginated', async () => {
    const answer = (await get('paymethods')) as { items: unknown[] }
    expect(Object.keys(answer)).toEqual(['href', 'items'])
    expect(answer.items).toContainEqual({
      id: 3,
      psp: 'BankTransfer',
      method: '',
      combined_name: 'BankTransfer',
      label: 'Vooraf overmaken',
      extra_costs: true,
      extra_costs_fixed: 1.21,
      extra_costs_percentage: 0,
      apppsp: null,
      apppsppaymethod: null,
    })
    expect(await get('paymethods/3')).toMatchObject({ id: 3 })
  })

  test('webshop, settings, countries, merchant, domains', async () => {
    expect(await get('webshops?start=0&size=1')).toMatchObject({
      next: null,
      items: [{ id: 1, is_multishop_system: false, api_root: shop.url }],
    })
    const settings = (await get('webshops/1/settings')) as Record<string, unknown[]>
    expect(settings).toMatchObject({ currency: 'EUR', default_vat_rat: 21, languages: ['nl'] })
    expect(settings['order_status']).toHaveLength(14)
    expect(settings['order_status']?.[7]).toMatchObject({ id: 8, status_name: 'Geannuleerd' })
    const countries = (await get('webshops/1/geozonecountries')) as { items: unknown[] }
    expect(countries.items[0]).toEqual({
      country: 'België',
      code: 'BE',
      geozone_id: 1,
      geozone_name: 'EU',
      tariffs: [
        { type: 'normal', percentage: 21 },
        { type: 'reduced', percentage: 6 },
      ],
    })
    expect(await get('webshops/1/merchant')).toMatchObject({ tax_number: 'BE0123456749' })
    expect(await get('webshops/1/domains')).toMatchObject({ items: [{ domainname: '127.0.0.1' }] })
  })

  test('a multishop system has several', async () => {
    shop.setSwitches({ multishop: true })
    expect(await get('webshops')).toMatchObject({
      items: [{ id: 1, is_multishop_system: true }, { id: 2 }],
    })
  })

  test('status and the list of resources', async () => {
    expect(await get('status')).toMatchObject({ status: 'ok' })
    const root = (await get('')) as { items: { title: string; uri: string }[] }
    const titles = root.items.map(({ title }) => title)
    expect(titles).toEqual(expect.arrayContaining(['orders', 'webhooks', 'apps', 'paymethods']))
    expect(root.items.find(({ title }) => title === 'orders')?.uri).toBe('/orders/')
  })
})

describe('invoices and returns (section 6.5)', () => {
  test('an invoice and a credit note, found by order number', async () => {
    const { id, number } = shop.placeOrder(presets['coupon'] ?? { lines: [] })
    shop.placeOrder({ lines: [{ name: 'Bord', unitPrice: 5 }] })
    const debit = shop.issueInvoice(id)
    const lines = [{ name: 'Mok', unitPrice: 12.1, vatPercent: 21 }]
    const credit = shop.issueInvoice(id, { type: 'credit', lines })
    const found = (await get(`invoices?ordernumber_full=${number ?? ''}`)) as { items: unknown[] }
    expect(found.items).toMatchObject([
      { id: debit, type: 'debit', status: 'paid', total_price: 177.96, total_tax: 25.62 },
      { id: credit, type: 'credit', status: 'reimbursed', total_price: 12.1, total_tax: 2.1 },
    ])
    expect(await get(`invoices/${credit}/invoicerows`)).toMatchObject({
      items: [{ product_name: 'Mok', total_price_with_attributes: 12.1 }],
    })
    expect(await get(`orders/${id}`)).toMatchObject({ invoicenumber: 20_260_001 })
    expect(await get('invoices?min_create_date=2026-03-03')).toMatchObject({ items: [] })
  })

  test('credit amounts may be negative, by the switch', async () => {
    shop.setSwitches({ creditInvoiceSign: 'negative' })
    const { id } = shop.placeOrder(presets['coupon'] ?? { lines: [] })
    const credit = shop.issueInvoice(id, { type: 'credit' })
    expect(await get(`invoices/${credit}`)).toMatchObject({
      total_price: -177.96,
      total_tax: -25.62,
      total_shipping: -5.95,
      total_discounts: -10,
    })
  })

  test('returns are an empty list', async () => {
    expect(await get('returns')).toMatchObject({ items: [], next: null })
  })
})
