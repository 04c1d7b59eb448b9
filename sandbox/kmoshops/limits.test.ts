import { afterEach, expect, test } from 'vitest'
import { type Kmoshops, type KmoshopsOptions, startKmoshops } from './index.ts'
import { apiClient } from './testing/client.ts'

let nowMs = Date.parse('2026-03-02T09:00:30Z')
const now = () => new Date(nowMs)
let shop: Kmoshops

async function open(options: KmoshopsOptions = {}) {
  shop = await startKmoshops({ now, ...options })
  const client = apiClient(shop.url, shop.credentials, now)
  const status = async (path: string, method = 'GET') => {
    const answer = await client.send(method, `/api/rest/v1/${path}`)
    return (answer.json as { code?: string } | undefined)?.code ?? answer.status
  }
  return { status }
}

afterEach(() => shop.close())

test('150 GETs of one resource in any minute, and the others are free', async () => {
  const { status } = await open()
  for (let call = 0; call < 150; call += 1) {
    // Half a minute in between, so that a calendar minute passes.
    if (call === 75) nowMs += 31_000
    expect(await status('orders')).toBe(200)
  }
  expect(await status('orders')).toBe('429.10')
  expect(await status('webhooks')).toBe(200)
  // A refused call does not count: after a minute the first half is free again.
  nowMs += 30_000
  expect(await status('orders')).toBe(200)
})

test('100 writes, counted per method; a sub-resource has a limit of its own', async () => {
  const { status } = await open({ switches: { getsPerMinute: 3, writesPerMinute: 2 } })
  expect(await status('webhooks/1', 'DELETE')).toBe('404.10')
  expect(await status('webhooks/1', 'DELETE')).toBe('404.10')
  expect(await status('webhooks/1', 'DELETE')).toBe('429.10')
  expect(await status('webhooks', 'POST')).toBe('500.20')
  const order = shop.placeOrder({ lines: [{ name: 'Mok', unitPrice: 1 }] })
  for (let call = 0; call < 3; call += 1) expect(await status(`orders/${order.id}`)).toBe(200)
  expect(await status('orders')).toBe('429.10')
  expect(await status(`orders/${order.id}/orderrows`)).toBe(200)
})

test('a total over everything', async () => {
  const { status } = await open({ switches: { totalPerMinute: 4 } })
  for (const name of ['orders', 'webhooks', 'status', 'webshops'])
    expect(await status(name)).toBe(200)
  expect(await status('users')).toBe('429.11')
})

test('limits can be off, and a reset forgets them', async () => {
  const off = await open({ limits: 'off', switches: { getsPerMinute: 1 } })
  expect([await off.status('orders'), await off.status('orders')]).toEqual([200, 200])
  await shop.close()
  const on = await open({ switches: { getsPerMinute: 1 } })
  expect([await on.status('orders'), await on.status('orders')]).toEqual([200, '429.10'])
  expect(shop.ledger()).toMatchObject({
    requests: { 'GET orders': 2 },
    errors: { '429.10': 1 },
  })
  shop.reset()
  shop.setSwitches({ getsPerMinute: 1 })
  expect(await on.status('orders')).toBe(200)
})
