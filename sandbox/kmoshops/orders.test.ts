import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Kmoshops, startKmoshops } from './index.ts'
import { presets } from './presets.ts'
import { apiClient, type Client } from './testing/client.ts'

interface Collection {
  start: number
  size: number
  href: string
  first: string
  previous: string | null
  next: string | null
  items: Record<string, unknown>[]
}

let shop: Kmoshops
let client: Client
const lines = [{ name: 'Mok', unitPrice: 10 }]
const api = '/api/rest/v1'

beforeEach(async () => {
  shop = await startKmoshops({ now: () => new Date('2026-03-10T12:00:00Z') })
  client = apiClient(shop.url, shop.credentials, () => new Date('2026-03-10T12:00:00Z'))
})
afterEach(() => shop.close())

async function list(query: string): Promise<Collection> {
  const answer = await client.get(`${api}/orders?${query}`)
  expect(answer.status, answer.text).toBe(200)
  return answer.json as Collection
}

async function ids(query: string): Promise<unknown[]> {
  return (await list(query)).items.map(({ id }) => id)
}

describe('paging', () => {
  test('start is an offset; following next gives every order once', async () => {
    const placed = shop.placeOrders(Array.from({ length: 7 }, () => ({ lines })))
    const seen: unknown[] = []
    let path: string | null = `${api}/orders/?start=0&size=3&orderby=id&is_paid=true`
    for (let page = 0; path !== null && page < 10; page += 1) {
      const { json } = await client.get(path)
      const { items, next } = json as Collection
      seen.push(...items.map(({ id }) => id))
      // Absolute: the host is cut off, path and query are signed (section 6.1).
      path = next === null ? null : next.slice(shop.url.length)
    }
    expect(seen).toEqual(placed.map(({ id }) => id))
  })

  test('links keep the filters and point back and forth', async () => {
    shop.placeOrders(Array.from({ length: 5 }, () => ({ lines })))
    const page = await list('start=2&size=2&is_paid=true')
    const link = (start: number) => `${shop.url}${api}/orders/?start=${start}&size=2&is_paid=true`
    expect(page).toMatchObject({ start: 2, size: 2, href: link(2), first: link(0) })
    expect([page.previous, page.next]).toEqual([link(0), link(4)])
    expect((await list('start=3&size=2')).next).toBeNull()
    expect((await list('start=9&size=2')).items).toEqual([])
  })

  test('size has a default and a maximum', async () => {
    shop.placeOrders(Array.from({ length: 260 }, () => ({ lines })))
    expect((await list('')).items).toHaveLength(100)
    const most = await list('size=1000')
    expect([most.size, most.items.length]).toEqual([250, 250])
  })

  test('an order that arrives while paging by id shifts nothing', async () => {
    const placed = shop.placeOrders([{ lines }, { lines }, { lines }]).map(({ id }) => id)
    expect(await ids('start=0&size=2&orderby=id')).toEqual(placed.slice(0, 2))
    shop.placeOrder({ lines })
    expect(await ids('start=2&size=1&orderby=id')).toEqual(placed.slice(2))
  })

  test('rows are paged too', async () => {
    const many = Array.from({ length: 5 }, (_, index) => ({ name: `Regel ${index}`, unitPrice: 1 }))
    const { id } = shop.placeOrder({ lines: many })
    const { json } = await client.get(`${api}/orders/${id}/orderrows?start=4&size=2`)
    expect(json).toMatchObject({ next: null, items: [{ product_name: 'Regel 4' }] })
  })

  test.each(['start=-1', 'size=0', 'size=x', 'orderby=total_price', 'status=2,3', 'is_paid=1'])(
    '%s is refused',
    async (query) => {
      const { json } = await client.get(`${api}/orders?${query}`)
      expect(json).toMatchObject({ status: 500, code: '500.20' })
    },
  )
})

describe('filters and order of section 6.2', () => {
  beforeEach(() => {
    shop.placeOrder({ id: 11, number: 305, lines, createdAt: '2025-12-31T23:59:59Z' })
    shop.placeOrder({ id: 12, number: 304, lines, paid: false, transactionId: 'tr_1' })
    shop.placeOrder({ id: 13, lines, completed: false })
    shop.placeOrder({
      id: 14,
      number: 303,
      lines,
      status: 5,
      createdAt: '2026-01-01T00:00:00Z',
      paymentMethod: 'PayPal',
      deliverDate: '2026-03-12',
    })
  })

  test.each([
    ['', [11, 12, 14]],
    ['is_completed=true', [11, 12, 14]],
    ['is_completed=false', [13]],
    ['is_paid=true', [11, 14]],
    ['is_paid=false', [12]],
    ['status=5', [14]],
    ['ordernumber=304', [12]],
    ['paymethod_id=4', [14]],
    ['transaction_id=tr_1', [12]],
    ['deliver_date=2026-03-12', [14]],
    ['take_out_date=2026-03-12', []],
    ['min_create_date=2026-01-01', [12, 14]],
    ['max_create_date=2025-12-31', [11]],
    ['min_create_date=2025-12-31&max_create_date=2026-01-01', [11, 14]],
    ['min_create_date=2026-01-01T00:00:01Z', [12]],
    ['orderby=id_desc', [14, 12, 11]],
    ['orderby=ordernumber', [14, 12, 11]],
    ['orderby=create_date', [11, 14, 12]],
    ['orderby=create_date_desc', [12, 14, 11]],
    ['orderby=deliver_date_desc&size=1', [14]],
    ['is_paid=true&status=5&orderby=id_desc', [14]],
  ])('%s', async (query, expected) => {
    expect(await ids(query)).toEqual(expected)
  })

  test('what a date bound means is a switch', async () => {
    shop.setSwitches({ dateBounds: 'midnight' })
    expect(await ids('max_create_date=2026-01-01')).toEqual([11, 14])
    expect(await ids('max_create_date=2025-12-31')).toEqual([])
    shop.setSwitches({ dateBounds: 'exclusive' })
    expect(await ids('min_create_date=2026-01-01')).toEqual([12])
  })

  test('an abandoned checkout has no number and no status, until it becomes an order', async () => {
    const read = async () => (await client.get(`${api}/orders/13`)).json
    expect(await read()).toMatchObject({
      ordernumber_prefix: null,
      ordernumber: null,
      ordernumber_full: null,
      status: null,
      is_completed: false,
    })
    shop.changeOrder(13, { complete: true })
    expect(await read()).toMatchObject({
      ordernumber_full: 'W-1001',
      status: 4,
      is_completed: true,
    })
  })
})

describe('orders', () => {
  test('the ICP variant of section 6.3', async () => {
    const { id } = shop.placeOrder(presets['icpWithNumber'] ?? { lines })
    const order = await client.get(`${api}/orders/${id}`)
    expect(order.json).toMatchObject({
      is_intra_community_order: true,
      order_row_taxes_included: false,
      shipping_tax_percentage: 0,
      total_tax: 0,
      total_price: 160,
      customer: {
        btw: 'NL123456782B90',
        customertype: 'b2b',
        billingaddress: { country_code: 'NL', country: 'Nederland' },
      },
    })
    const rows = await client.get(`${api}/orders/${id}/orderrows`)
    expect((rows.json as Collection).items.map(({ tax }) => tax)).toEqual([0, 0])
    const without = shop.placeOrder(presets['icpWithoutNumber'] ?? { lines })
    const other = await client.get(`${api}/orders/${without.id}`)
    expect(other.json).toMatchObject({ is_intra_community_order: true, customer: { btw: '' } })
  })

  test('an unused coupon is an object of empty texts, a guest has no user id', async () => {
    const { id } = shop.placeOrder({ lines, numberPrefix: '' })
    const { json } = await client.get(`${api}/orders/${id}`)
    expect(json).toMatchObject({
      ordernumber_full: '1001',
      discountcoupon: { code: '', discount: '', type: '', givesfreeshipping: '' },
      user: { id: null, href: null },
      customer: { deliveryaddress: { country_code: null, street: '', housenumber: null } },
    })
  })

  test('an edit changes amounts and address, and keeps the rows that stay', async () => {
    const { id } = shop.placeOrder({ lines })
    const rowsOf = async () =>
      ((await client.get(`${api}/orders/${id}/orderrows`)).json as Collection).items
    const [before] = await rowsOf()
    await client.get(`${api}/orders/${id}`)
    const twice = [...lines, { name: 'Bord', unitPrice: 5 }]
    const change = { lines: twice, city: 'Gent', deliverTo: { city: 'Brugge', country: 'BE' } }
    expect(shop.changeOrder(id, { edit: change }).totalCents).toBe(1_500)
    const after = await rowsOf()
    expect(after.map(({ product_name }) => product_name)).toEqual(['Mok', 'Bord'])
    expect(after[0]?.['id']).toBe(before?.['id'])
    expect((await client.get(`${api}/orders/${id}`)).json).toMatchObject({
      total_price: 15,
      customer: { billingaddress: { city: 'Gent' }, deliveryaddress: { city: 'Brugge' } },
    })
    shop.changeOrder(id, { edit: { lines } })
    expect((await client.get(`${api}/orderrows/${String(after[1]?.['id'])}`)).status).toBe(404)
  })

  test('accounts show the details of their last order', async () => {
    shop.placeOrder({ lines, customerNumber: 7, city: 'Gent' })
    shop.placeOrder({ lines, customerNumber: 7, city: 'Brugge' })
    const { json } = await client.get(`${api}/users/7`)
    expect(json).toMatchObject({ id: 7, userinfo: { billingaddress: { city: 'Brugge' } } })
    expect((await client.get(`${api}/users`)).json).toMatchObject({ items: [{ id: 7 }] })
  })

  test('a thousand invented orders balance to the cent as the API shows them', async () => {
    shop.placeRandomOrders({ count: 1_000, order: { paymentCosts: 0.35, extraCosts: -0.2 } })
    const cents = (value: unknown) => Math.round(Number(value) * 100)
    for (let start = 0; start < 1_000; start += 250) {
      for (const order of (await list(`start=${start}&size=250`)).items) {
        const stated = ['total_orderrow_price', 'total_shipping', 'paymethod_costs', 'extra_costs']
          .map((name) => cents(order[name]))
          .reduce((sum, value) => sum + value, -cents(order['total_discounts']))
        expect(stated).toBe(cents(order['total_price']))
      }
    }
  })

  test('what cannot be is refused with a reason', () => {
    shop.placeOrder({ id: 5, lines })
    expect(() => shop.placeOrder({ id: 5, lines })).toThrow('there is an order 5 already')
    expect(() => shop.placeOrder({ lines, status: 15 })).toThrow('status must be 1 to 14')
    expect(() => shop.placeOrder({ lines, createdAt: 'soon' })).toThrow('not a date')
    expect(() => shop.changeOrder(6, { paid: true })).toThrow('there is no order 6')
  })
})
