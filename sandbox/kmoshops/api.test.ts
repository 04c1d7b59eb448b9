import { afterEach, describe, expect, test } from 'vitest'
import { type Kmoshops, type KmoshopsOptions, startKmoshops } from './index.ts'
import { presets } from './presets.ts'
import { apiClient, hmac } from './testing/client.ts'
import exampleOrder from './fixtures/order-500123.json' with { type: 'json' }
import exampleRows from './fixtures/orderrows-500123.json' with { type: 'json' }

let shop: Kmoshops | undefined

async function open(options: KmoshopsOptions = {}) {
  shop = await startKmoshops(options)
  return { shop, client: apiClient(shop.url, shop.credentials, options.now) }
}

const example = {
  ...(presets['coupon'] ?? { lines: [] }),
  id: 500123,
  number: 1042,
  createdAt: '2026-03-02T09:10:00Z',
}

afterEach(async () => {
  await shop?.close()
  shop = undefined
})

describe('the full example of section 6', () => {
  const publicUrl = 'https://demo-kmo.example.test'

  test('order 500123, every field and in the same order', async () => {
    const { shop, client } = await open({ publicUrl, switches: { hobbyFields: false } })
    shop.placeOrder(example)
    const { text } = await client.get('/api/rest/v1/orders/500123')
    expect(JSON.parse(text)).toEqual(exampleOrder)
    expect(text).toBe(JSON.stringify(reordered(exampleOrder, JSON.parse(text))))
    const { json } = await client.get('/api/rest/v1/orders/?start=0&size=100')
    expect(json).toEqual({
      start: 0,
      size: 100,
      href: `${publicUrl}/api/rest/v1/orders/?start=0&size=100`,
      first: `${publicUrl}/api/rest/v1/orders/?start=0&size=100`,
      previous: null,
      next: null,
      items: [exampleOrder],
    })
  })

  test('its rows, as a collection and one by one', async () => {
    const { shop, client } = await open({ publicUrl })
    shop.placeOrder(example)
    const { json } = await client.get('/api/rest/v1/orders/500123/orderrows?start=0&size=100')
    expect(json).toEqual(exampleRows)
    const one = await client.get('/api/rest/v1/orderrows/900003/')
    expect(one.json).toEqual(exampleRows.items[2])
    const option = await client.get('/api/rest/v1/orderrowattributevalues/51')
    expect(option.json).toEqual(exampleRows.items[2]?.attributes[0])
  })

  test('a live customer has some thirty empty fields more', async () => {
    const { shop, client } = await open({ publicUrl })
    shop.placeOrder(example)
    const { json } = await client.get('/api/rest/v1/orders/500123')
    expect(json).toMatchObject(exampleOrder)
    const { customer } = json as { customer: Record<string, unknown> }
    expect(customer['clubcomment']).toBe('')
    expect(Object.keys(customer)).toHaveLength(Object.keys(exampleOrder.customer).length + 26)
  })
})

describe('signatures', () => {
  test('every answer in the 200s is signed, over its own body and date', async () => {
    const { shop, client } = await open()
    const { apiPublic, apiSecret } = shop.credentials
    const path = '/api/rest/v1/webhooks'
    const input = { event: 'orders.created', address: 'https://a.example/b', is_active: true }
    const made = await client.send('POST', path, input)
    const { id } = made.json as { id: number }
    const gone = await client.send('DELETE', `${path}/${id}`)
    expect([made.status, gone.status, gone.text]).toEqual([201, 204, ''])
    for (const { method, path: signed, answer } of [
      { method: 'POST', path, answer: made },
      { method: 'DELETE', path: `${path}/${id}`, answer: gone },
    ]) {
      const date = answer.headers.get('x-date') ?? ''
      expect(date).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/)
      const parts = [apiPublic, method, signed, answer.text, date]
      expect(answer.headers.get('x-hash')).toBe(hmac(apiSecret, parts))
    }
    const missing = await client.get('/api/rest/v1/orders/1')
    expect([missing.status, missing.headers.get('x-hash')]).toEqual([404, null])
  })

  test('a shop may forget or garble them', async () => {
    const { shop, client } = await open({ switches: { responseSignature: 'missing' } })
    expect((await client.get('/api/rest/v1/orders')).headers.get('x-hash')).toBeNull()
    shop.setSwitches({ responseSignature: 'wrong' })
    const { headers, text } = await client.get('/api/rest/v1/orders')
    const { apiPublic, apiSecret } = shop.credentials
    const parts = [apiPublic, 'GET', '/api/rest/v1/orders', text, headers.get('x-date') ?? '']
    expect(headers.get('x-hash')).not.toBe(hmac(apiSecret, parts))
  })

  test.each([
    ['an unknown public key', { 'x-public': 'nobody' }, '401.20'],
    ['a wrong hash', { 'x-hash': 'f'.repeat(128) }, '401.10'],
    ['no hash', { 'x-hash': '' }, '401.10'],
    ['a date 16 minutes old', { 'x-date': '2026-03-02T08:59:00Z' }, '401.30'],
    ['a date 16 minutes ahead', { 'x-date': '2026-03-02T09:31:00Z' }, '401.30'],
    ['an unreadable date', { 'x-date': 'yesterday' }, '401.30'],
  ])('%s is refused with its code', async (_, headers, code) => {
    const { client } = await open({ now: () => new Date('2026-03-02T09:15:00Z') })
    const answer = await client.raw('GET', '/api/rest/v1/orders', '', headers)
    expect(answer.status).toBe(401)
    expect(answer.json).toMatchObject({ status: 401, code })
  })

  test.each([
    '2026-03-02T09:15:00+00:00',
    '2026-03-02T09:15:00+0000',
    '2026-03-02T09:01:00Z',
    '2026-03-02T09:29:59.123Z',
  ])('x-date %s is accepted as sent', async (date) => {
    const { client } = await open({ now: () => new Date('2026-03-02T09:15:00Z') })
    const answer = await client.raw('GET', '/api/rest/v1/orders', '', { 'x-date': date })
    expect(answer.status).toBe(200)
  })

  test('the hash covers the query and the body as sent, and its case does not matter', async () => {
    const { shop, client } = await open()
    const { apiPublic, apiSecret } = shop.credentials
    const date = new Date().toISOString()
    const hash = hmac(apiSecret, [apiPublic, 'GET', '/api/rest/v1/orders?size=5', '', date])
    const headers = { 'x-date': date, 'x-hash': hash.toUpperCase() }
    expect((await client.raw('GET', '/api/rest/v1/orders?size=5', '', headers)).status).toBe(200)
    expect((await client.raw('GET', '/api/rest/v1/orders?size=6', '', headers)).status).toBe(401)
    // PHP escapes slashes: other bytes, another hash, the same meaning.
    const body = '{"event":"orders.created","address":"https:\\/\\/a.example\\/b","is_active":true}'
    const path = '/api/rest/v1/webhooks/'
    const made = await client.raw('POST', path, body, { 'content-type': 'text/json' })
    expect(made.json).toMatchObject({ address: 'https://a.example/b' })
  })
})

describe('errors', () => {
  test.each([
    ['GET', '/api/rest/v1/nonsense', 404, '404.20'],
    ['GET', '/api/rest/v1/orders/1/nonsense', 404, '404.20'],
    ['GET', '/api/rest/v1/orders/1/orderrows/2', 404, '404.20'],
    ['GET', '/api/rest/v1/orders/999', 404, '404.10'],
    ['GET', '/api/rest/v1/orders/W-1042', 404, '404.10'],
    ['GET', '/api/rest/v1/orderrows/999', 404, '404.10'],
    ['DELETE', '/api/rest/v1/orders/999', 405, '405.10'],
    ['POST', '/api/rest/v1/orders', 405, '405.10'],
    ['GET', '/api/rest/v1/orders/1/invoices', 405, '405.10'],
    ['GET', '/api/rest/v1/orderrows', 405, '405.10'],
    ['GET', '/api/rest/v1/products/8457', 501, '501.20'],
    ['GET', '/api/rest/v1/orders?stat=2', 500, '500.20'],
    ['POST', '/api/rest/v1/webhooks', 500, '500.20'],
  ])('%s %s answers %d %s', async (method, path, status, code) => {
    const { client } = await open()
    const answer = await client.send(method, path)
    expect(answer.json).toMatchObject({ status, code })
    expect((answer.json as Record<string, unknown>)['developermessage']).toBeTypeOf('string')
    expect(answer.status).toBe(status)
  })

  test('a key may lack a permission', async () => {
    const { client } = await open({ switches: { deniedResources: ['orders', 'webhooks'] } })
    const answer = await client.get('/api/rest/v1/orders')
    expect(answer.json).toMatchObject({ status: 403, code: '403.10' })
    expect((await client.get('/api/rest/v1/webshops')).status).toBe(200)
  })

  test('a resource may fail with any code', async () => {
    const { shop, client } = await open({ switches: { failures: { orderrows: '500.90' } } })
    const { id } = shop.placeOrder(example)
    const answer = await client.get(`/api/rest/v1/orders/${id}/orderrows`)
    expect(answer.json).toMatchObject({ status: 500, code: '500.90' })
    expect((await client.get(`/api/rest/v1/orders/${id}`)).status).toBe(200)
  })

  test('faults answer in the words of the API', async () => {
    const { shop, client } = await open()
    shop.faults.add({ fault: 'rate-limit', match: { path: '/orders' } })
    shop.faults.add({ fault: 'unauthorized', match: { path: '/orders' } })
    const limited = await client.get('/api/rest/v1/orders')
    const refused = await client.get('/api/rest/v1/orders')
    expect(limited.json).toMatchObject({ status: 429, code: '429.10' })
    expect(refused.json).toMatchObject({ status: 401, code: '401.10' })
  })
})

describe('forms', () => {
  test('with and without a slash at the end, each signed as sent', async () => {
    const { shop, client } = await open()
    shop.placeOrder(example)
    const with_ = await client.get('/api/rest/v1/orders/500123/')
    const without = await client.get('/api/rest/v1/orders/500123')
    expect([with_.status, with_.text]).toEqual([200, without.text])
  })

  test('vendor content types', async () => {
    const { shop, client } = await open()
    shop.placeOrder(example)
    const typeOf = async (path: string) => (await client.get(path)).headers.get('content-type')
    expect(await typeOf('/api/rest/v1/orders/500123')).toBe(
      'application/vnd.verto.webshop.resource.orders.v1+json; charset=utf-8',
    )
    expect(await typeOf('/api/rest/v1/orders/500123/orderrows')).toBe(
      'application/vnd.verto.webshop.resource.collection.orderrows.v1+json; charset=utf-8',
    )
  })

  test('slashes may be escaped', async () => {
    const { shop, client } = await open({ switches: { escapeSlashes: true } })
    shop.placeOrder(example)
    const { text, json } = await client.get('/api/rest/v1/orders/500123')
    expect(text).toContain('\\/api\\/rest\\/v1\\/orders\\/500123\\/')
    expect(json).toMatchObject({ href: `${shop.url}/api/rest/v1/orders/500123/` })
  })

  test('a KMO dialect renames base path, headers and fields, in and out', async () => {
    const { shop, client } = await open({
      switches: {
        dialect: {
          basePath: '/kmo/v2',
          headers: { public: 'x-kmo-key' },
          fields: { ordernumber: 'order_no', status: 'state', items: 'records', address: 'url' },
        },
      },
    })
    shop.placeOrder(example)
    shop.placeOrder({ ...presets['unpaid'], lines: [] })
    const key = { 'x-kmo-key': shop.credentials.apiPublic, 'x-public': '' }
    expect((await client.get('/api/rest/v1/orders')).status).toBe(404)
    const { json } = await client.raw('GET', '/kmo/v2/orders?state=2', '', key)
    const { records, first } = json as { records: Record<string, unknown>[]; first: string }
    expect(records).toHaveLength(1)
    expect(records[0]).toMatchObject({ order_no: 1042, state: 2 })
    expect(first).toBe(`${shop.url}/kmo/v2/orders/?start=0&size=100&state=2`)
    const body = '{"event":"orders.created","url":"https://a.example/b","is_active":true}'
    const made = await client.raw('POST', '/kmo/v2/webhooks', body, key)
    expect(made.json).toMatchObject({ url: 'https://a.example/b' })
  })

  test('a switch takes effect on what was read before', async () => {
    const { shop, client } = await open()
    shop.placeOrder(example)
    const read = async () => (await client.get('/api/rest/v1/orders/500123')).json
    expect(await read()).toMatchObject({ user: { id: '24464' }, total_orderrow_price: 180.8 })
    shop.setSwitches({
      userId: 'number',
      rowTotalIncludesShipping: true,
      discountSign: 'negative',
    })
    expect(await read()).toMatchObject({
      user: { id: 24464 },
      total_orderrow_price: 186.75,
      total_discounts: -10,
    })
  })
})

/** The same value with the keys in the order of the model: what is left to compare is that order. */
function reordered(model: unknown, value: unknown): unknown {
  if (typeof model !== 'object' || model === null || Array.isArray(model)) return value
  const given = value as Record<string, unknown>
  const keys = Object.keys(model)
  return Object.fromEntries(
    keys.map((key) => [key, reordered((model as Record<string, unknown>)[key], given[key])]),
  )
}
