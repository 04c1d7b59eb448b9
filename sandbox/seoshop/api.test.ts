import { describe, expect, it } from 'vitest'
import { ask, basic, now, openShop } from './test-client.ts'

const mug = { name: 'Mok', unitPrice: 12.1 }
type Json = Record<string, unknown>

describe('access', () => {
  it('is key and password, and says no in the one error form', async () => {
    const { shop } = await openShop()
    const { key, secret } = shop.credentials
    const url = `${shop.url}/nl/shop.json`
    const right = await ask(url, { headers: { authorization: basic(key, secret) } })
    expect(right).toMatchObject({
      status: 200,
      body: { shop: { id: 123456, currency: { shortcode: 'eur' } } },
    })
    for (const headers of [{}, { authorization: basic(key, 'x') }, { authorization: 'Bearer x' }]) {
      expect(await ask(url, { headers })).toMatchObject({
        status: 401,
        body: { error: { code: 401, method: 'GET', request: '/nl/shop.json' } },
      })
    }
    expect([key, secret].every((each) => /^[0-9a-f]{32}$/.test(each))).toBe(true)
  })

  it('needs an active language, .json and a known path', async () => {
    const { shop } = await openShop()
    const headers = { authorization: basic(shop.credentials.key, shop.credentials.secret) }
    const statuses = []
    for (const path of ['/en/shop.json', '/fr/shop.json', '/nl/shop', '/nl/nothing.json']) {
      statuses.push((await ask(shop.url + path, { headers })).status)
    }
    expect(statuses).toEqual([200, 404, 404, 404])
  })

  it('is by group, and nothing is written that is not a webhook', async () => {
    const { shop, call } = await openShop()
    const { id } = shop.placeOrder({ lines: [mug] })
    expect(await call('PUT', `orders/${id}`, { order: { status: 'cancelled' } })).toMatchObject({
      status: 403,
    })
    shop.setSwitches({ permissions: { settings: { read: true, write: false } } })
    expect((await call('GET', 'orders')).status).toBe(403)
    expect((await call('GET', 'webhooks')).status).toBe(200)
    shop.setSwitches({ webhooksNeedWrite: true })
    expect((await call('POST', 'webhooks', { webhook: {} })).status).toBe(403)
    expect((await call('GET', 'account/permissions')).body).toMatchObject({
      accountPermissions: { orders: { read: false }, settings: { read: true } },
    })
  })
})

describe('lists', () => {
  it('are pages without an end, by default 50 and at most 250', async () => {
    const { shop, get } = await openShop()
    shop.placeOrders(Array.from({ length: 260 }, () => ({ lines: [mug] })))
    expect(await get<Json[]>('orders')).toHaveLength(50)
    expect(await get<Json[]>('orders?limit=1000')).toHaveLength(250)
    expect(await get<Json[]>('orders?limit=250&page=2')).toHaveLength(10)
    expect(await get<number>('orders/count')).toBe(260)
    const first = await get<Json[]>('orders?limit=2&since_id=0')
    expect(first.map((each) => each['number'])).toEqual(['ORD00042', 'ORD00043'])
    const next = await get<Json[]>(
      `orders?limit=1&since_id=${String(first[1]?.['id'])}&fields=number`,
    )
    expect(next).toEqual([{ number: 'ORD00044' }])
    expect((await get<Json[]>('orders?limit=1'))[0]?.['number']).toBe('ORD00301')
  })

  it('know two ways to write a moment, and bounds that a switch takes out', async () => {
    const { shop, get, call } = await openShop()
    shop.placeOrder({ lines: [mug], createdAt: '2026-03-01T12:00:00Z' })
    const count = (bound: string) =>
      get<number>(`orders/count?updated_at_min=${encodeURIComponent(bound)}`)
    expect(await count('2026-03-01 12:00:00')).toBe(1)
    expect(await count('2026-03-01T13:00:00+01:00')).toBe(1)
    expect(await count('2026-03-01 12:00:01')).toBe(0)
    shop.setSwitches({ dateBounds: 'exclusive' })
    expect(await count('2026-03-01 12:00:00')).toBe(0)
    expect((await call('GET', 'orders?created_at_min=yesterday')).status).toBe(400)
  })

  it('of an order’s parts are missing for a moment when a switch says so', async () => {
    const { shop, call } = await openShop()
    const { id } = shop.placeOrder({ lines: [mug] })
    shop.setSwitches({ temporaryNotFound: 2 })
    const statuses = []
    for (let count = 0; count < 3; count += 1) {
      statuses.push((await call('GET', `orders/${id}/products`)).status)
    }
    expect(statuses).toEqual([404, 404, 200])
  })
})

describe('limits', () => {
  it('are three windows, aligned to the clock, and end at -1', async () => {
    const { shop, call } = await openShop({ limits: 'real', switches: { limits: [2, 100, 1000] } })
    const headersOf = async () => {
      const { status, headers } = await call('GET', 'shop')
      const [limit, remaining, reset] = ['Limit', 'Remaining', 'Reset'].map((name) =>
        headers.get(`X-RateLimit-${name}`),
      )
      return { status, limit, remaining, reset }
    }
    const reset = `55/2755/53155`
    expect(await headersOf()).toEqual({
      status: 200,
      limit: '2/100/1000',
      remaining: '1/99/999',
      reset,
    })
    expect(await headersOf()).toMatchObject({ status: 200, remaining: '0/98/998' })
    expect(await headersOf()).toMatchObject({ status: 429, remaining: '-1/98/998', reset })
    shop.setSwitches({ retryAfter: 'date' })
    const refused = await call('GET', 'shop')
    expect(refused.headers.get('Retry-After')).toBe('Mon, 02 Mar 2026 09:15:00 GMT')
    expect(now.toISOString()).toContain('09:14:05')
  })
})

it('serves the back office, and forgets everything on reset', async () => {
  const { shop, get } = await openShop()
  shop.placeOrder({ lines: [mug] })
  const page = await ask(`${shop.url}/_sandbox/`)
  expect(page).toMatchObject({ status: 200 })
  expect(String(page.body)).toContain('ORD00042')
  await ask(`${shop.url}/_sandbox/reset`, { method: 'POST' })
  expect(await get<Json[]>('orders')).toEqual([])
  expect(shop.ledger()).toMatchObject({ orders: [], invoices: [], webhooks: [] })
})

it('takes orders, changes and credits through the control routes', async () => {
  const { shop } = await openShop()
  const post = (route: string, body: unknown, method = 'POST') =>
    ask(`${shop.url}/_sandbox/${route}`, { method, body: JSON.stringify(body) })
  const { body } = await post('orders', { preset: 'unpaid', email: 'x@y.example' })
  const { id } = body as { id: number }
  expect(await post('orders/change', { id, paymentStatus: 'paid' })).toMatchObject({
    body: { status: 'processing_awaiting_shipment' },
  })
  expect(await post('orders/credit', { orderId: id })).toMatchObject({ status: 201 })
  expect(await post('orders/bulk', { count: 3 })).toMatchObject({ body: { placed: 3 } })
  expect(await post('switches', { weight: 'null' }, 'PUT')).toMatchObject({
    body: { weight: 'null' },
  })
  for (const [route, wrong, method] of [
    ['orders', { linez: [] }, 'POST'],
    ['orders', { preset: 'nothing' }, 'POST'],
    ['orders/change', { id: 1 }, 'POST'],
    ['switches', { weigth: 'null' }, 'PUT'],
  ] as const) {
    expect([route, (await post(route, wrong, method)).status]).toEqual([route, 400])
  }
  expect(shop.ledger().orders).toHaveLength(4)
})
