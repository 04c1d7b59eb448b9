import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Kmoshops, type Order, startKmoshops } from './index.ts'
import { presets } from './presets.ts'
import { apiClient, control } from './testing/client.ts'
import { type Receiver, startReceiver } from './testing/receiver.ts'

let shop: Kmoshops
let app: Receiver

beforeEach(async () => {
  app = await startReceiver()
  shop = await startKmoshops()
})
afterEach(async () => {
  await shop.close()
  await app.close()
})

const call = (method: string, route: string, body?: unknown) =>
  control(shop.url, method, route, body)

describe('orders', () => {
  test('place, change, list', async () => {
    const placed = await call('POST', 'orders', {
      lines: [{ name: 'Mok', unitPrice: 12.1 }],
      paid: false,
    })
    const order = placed.json as Order
    expect([placed.status, order.totalCents, order.status]).toEqual([201, 1_210, 4])
    const changed = await call('POST', 'orders/change', {
      id: order.id,
      paid: true,
      status: 2,
      edit: { shipping: 1 },
    })
    expect(changed.json).toMatchObject({ id: order.id, paid: true, status: 2, totalCents: 1_310 })
    expect((await call('GET', 'orders')).json).toEqual([changed.json])
    const cancelled = await call('POST', 'orders/change', { id: order.id, cancel: true })
    expect(cancelled.json).toMatchObject({ status: 8 })
  })

  test.each(Object.keys(presets))('preset %s', async (preset) => {
    const { status, json } = await call('POST', 'orders', { preset, email: 'x@y.example' })
    expect([status, (json as Order).email]).toEqual([201, 'x@y.example'])
  })

  test('many at once, given or invented', async () => {
    const one = { lines: [{ name: 'Mok', unitPrice: 1 }] }
    const given = await call('POST', 'orders/bulk', { orders: [one, { ...one, id: 7 }] })
    expect(given.json).toEqual({ placed: 2, ids: [500_001, 7] })
    const invented = await call('POST', 'orders/bulk', {
      count: 1_000,
      from: '2025-01-01',
      to: '2025-12-31',
      order: { country: 'NL', webhook: 'lost' },
    })
    expect(invented.json).toMatchObject({ placed: 1_000 })
    const last = (await call('GET', 'orders?last=1')).json as Order[]
    expect(last[0]?.createdAt).toMatch(/^2025-12-30/)
  })

  test('invoices', async () => {
    const { id } = shop.placeOrder({ lines: [{ name: 'Mok', unitPrice: 1 }] })
    const made = await call('POST', 'orders/invoice', { orderId: id, type: 'credit' })
    expect(made.status).toBe(201)
    expect(shop.ledger().invoices).toMatchObject([{ orderId: id, type: 'credit' }])
  })

  test.each([
    ['orders', { lines: [] as unknown[], colour: 'red' }, 'order has no field colour'],
    ['orders', {}, 'order.lines is missing'],
    ['orders', { lines: [{ name: 'Mok' }] }, 'order.lines[0].unitPrice is missing'],
    ['orders', { lines: [], paid: 'yes' }, 'order.paid must be true or false'],
    ['orders', { lines: [], createdAt: 'soon' }, 'order.createdAt must be a date'],
    ['orders', { preset: 'none' }, 'preset must be one of'],
    ['orders/change', { id: 4, paid: true }, 'there is no order 4'],
    ['orders/bulk', { count: 1e9 }, 'bulk.count must be'],
    ['orders/bulk', { orders: {} }, 'orders must be a list'],
  ])('POST %s %j is refused in one line', async (route, body, message) => {
    const { status, text } = await call('POST', route, body)
    expect(status).toBe(400)
    expect(text).toContain(message)
    expect(text).not.toContain('\n')
  })
})

test('app, install, replay, uninstall, ledger', async () => {
  const change = {
    secret: 'geheim',
    handshakeUrl: `${app.url}/h`,
    installUrl: `${app.url}/i`,
    uninstallUrl: `${app.url}/u`,
  }
  expect((await call('POST', 'install')).text).toContain('PUT /_sandbox/app')
  expect((await call('PUT', 'app', change)).json).toEqual({ id: 77, ...change })
  const installed = await call('POST', 'install', { language: 'fr' })
  expect(installed.json).toMatchObject({ accepted: true, handshake: { status: 200, body: 'OK' } })
  const { installUrl } = installed.json as { installUrl: string }
  expect(new URL(installUrl).searchParams.get('language')).toBe('fr')
  expect((await call('POST', 'replay-handshake')).json).toEqual({ status: 200, body: 'OK' })
  const refused = await call('POST', 'install', { handshake: 'badly-signed' })
  expect(refused.status).toBe(200)
  const ledger = (await call('GET', 'ledger')).json as Record<string, unknown>
  expect(ledger).toMatchObject({ orders: [], webhooks: [], installation: { isInstalled: false } })
  expect(ledger['app']).not.toHaveProperty('secret')
  expect((await call('POST', 'uninstall')).json).toEqual({ status: 200, body: 'OK' })
  expect(app.received.map(({ url }) => url)).toEqual(['/h', '/h', '/h', '/u'])
})

test('credentials and switches', async () => {
  expect((await call('GET', 'credentials')).json).toEqual(shop.credentials)
  const changed = await call('PUT', 'switches', {
    userId: 'number',
    dialect: { headers: { hash: 'x-sign' } },
  })
  expect(changed.json).toMatchObject({
    userId: 'number',
    couponVat: 'spread-over-rows',
    dialect: {
      basePath: '/api/rest/v1',
      headers: { public: 'x-public', date: 'x-date', hash: 'x-sign' },
    },
  })
  expect((await call('GET', 'switches')).json).toEqual(changed.json)
  const odd = await call('PUT', 'switches', { failures: { orders: 'boom' } })
  expect([odd.status, odd.text]).toEqual([
    400,
    'switches.failures: boom is not a code such as 500.90',
  ])
  const wrong = await call('PUT', 'switches', { userId: 'text' })
  expect([wrong.status, wrong.text]).toEqual([
    400,
    'switches.userId must be one of string, number, null',
  ])
})

test('settled waits for the webhooks, reset forgets everything', async () => {
  const client = apiClient(shop.url, shop.credentials)
  const hook = { event: 'orders.created', address: `${app.url}/hook` }
  await client.send('POST', '/api/rest/v1/webhooks', hook)
  await call('POST', 'orders', { preset: 'consumer21' })
  expect((await call('POST', 'settled')).json).toEqual({ settled: true })
  expect(app.received).toHaveLength(1)
  await call('PUT', 'switches', { userId: 'number' })
  await call('POST', 'faults', { fault: 'html', times: 0 })
  await call('POST', 'reset')
  expect(shop.switches().userId).toBe('string')
  expect(shop.ledger()).toMatchObject({ orders: [], webhooks: [], deliveries: [], requests: {} })
  // Same numbers as after a fresh start, and the merchant's key still works.
  expect(shop.placeOrder({ lines: [] }).id).toBe(500_001)
  expect((await client.get('/api/rest/v1/orders/500001')).status).toBe(200)
})

test('the back office is one page without outside assets, and escapes what people type', async () => {
  shop.placeOrder({ lines: [], email: '<script>alert(1)</script>' })
  const { status, text, headers } = await call('GET', '')
  expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
  expect(text).toContain('icpWithoutNumber')
  expect(text).toContain('&lt;script&gt;alert(1)')
  expect(text).not.toContain('<script>alert(1)')
  expect(text).not.toMatch(/(src|href)="https?:/)
})
