import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Kmoshops, startKmoshops } from './index.ts'
import { apiClient, type Client, hmac } from './testing/client.ts'
import { type Receiver, startReceiver } from './testing/receiver.ts'

const path = '/api/rest/v1/webhooks'
const events = ['orders.created', 'orders.updated.status', 'orders.updated.ispaid']
const order = { lines: [{ name: 'Mok', unitPrice: 10 }], id: 9, number: 1042, paid: false }
let shop: Kmoshops
let client: Client
let receiver: Receiver

beforeEach(async () => {
  receiver = await startReceiver()
  shop = await startKmoshops({
    now: () => new Date('2026-03-02T09:20:00Z'),
    switches: { webhookRetryDelaysMs: [5, 10], webhookLateMs: 40, webhookTimeoutMs: 2_000 },
  })
  client = apiClient(shop.url, shop.credentials, () => new Date('2026-03-02T09:20:00Z'))
})
afterEach(async () => {
  await shop.close()
  await receiver.close()
})

interface Made {
  id: number
  key: string
  address: string
}

async function register(event: string, to = '/hook/c-1001'): Promise<Made> {
  const input = { event, address: `${receiver.url}${to}`, is_active: true }
  const { json } = await client.send('POST', path, input)
  return json as Made
}

const bodies = () => receiver.received.map(({ body }) => JSON.parse(body) as unknown)

describe('registering', () => {
  test('create, list, read, change, delete', async () => {
    const made = await register('orders.created')
    const expected = {
      href: `${shop.url}${path}/812/`,
      id: 812,
      createdate: '2026-03-02T09:20:00Z',
      event: 'orders.created',
      address: `${receiver.url}/hook/c-1001`,
      key: made.key,
      is_active: true,
      parent: { href: `${shop.url}${path}` },
    }
    expect(made).toEqual(expected)
    expect(made.key).toHaveLength(32)
    expect((await client.get(path)).json).toMatchObject({ next: null, items: [expected] })
    const change = { address: `${receiver.url}/elsewhere`, is_active: false }
    expect((await client.send('PATCH', `${path}/812`, change)).status).toBe(204)
    expect((await client.get(`${path}/812/`)).json).toMatchObject(change)
    expect((await client.send('DELETE', `${path}/812`)).status).toBe(204)
    expect((await client.get(`${path}/812`)).status).toBe(404)
  })

  test('doubles are allowed unless the switch says otherwise', async () => {
    expect((await register('orders.created')).id).not.toBe((await register('orders.created')).id)
    shop.setSwitches({ refuseDoubleWebhooks: true })
    expect(await register('orders.created')).toMatchObject({ code: '500.40' })
  })

  test('the answer may be empty, and the key may be hidden later', async () => {
    shop.setSwitches({ createAnswer: '204', webhookKeyInGet: false })
    const input = { event: 'orders.created', address: receiver.url }
    const made = await client.send('POST', path, input)
    expect([made.status, made.text]).toEqual([204, ''])
    const { items } = (await client.get(path)).json as { items: Record<string, unknown>[] }
    expect(items).toHaveLength(1)
    expect(items[0]).not.toHaveProperty('key')
  })

  test.each([
    [{ event: 'orders.status', address: 'https://a.example' }],
    [{ event: 'orders.created', address: 'koppel' }],
    [{ event: 'orders.created', address: 'https://a.example', is_active: 'yes' }],
    [[]],
  ])('%j is refused', async (input) => {
    expect((await client.send('POST', path, input)).json).toMatchObject({ code: '500.20' })
  })
})

describe('what happens and what is told', () => {
  beforeEach(async () => {
    for (const event of [...events, 'orders.updated.trackandtrace']) await register(event)
  })
  const head = {
    triggered_at: '2026-03-02T09:20:00Z',
    id: 9,
    order_number: 1042,
    ordernumber_prefix: 'W',
    ordernumber_full: 'W-1042',
    total_price: 10,
  }
  const whose = { customer_email: 'jan@bakkerij.example', customer_mobile: '' }

  test('created, status, paid, track and trace: the recorded bodies', async () => {
    shop.placeOrder(order)
    await shop.settled()
    shop.changeOrder(9, { status: 2 })
    await shop.settled()
    shop.changeOrder(9, { paid: true })
    await shop.settled()
    shop.changeOrder(9, { trackAndTrace: { code: '3S1', carrier: 'PostNL' } })
    await shop.settled()
    const href = `${shop.url}/api/rest/v1/orders/9`
    expect(bodies()).toEqual([
      { ...head, href },
      { ...head, href, previous_status: 4, status: 2, ...whose },
      { ...head, href, paid: true, ...whose },
      { ...head, href, track_and_trace_code: '3S1', track_and_trace_carrier: 'PostNL', ...whose },
    ])
    expect(Object.keys(bodies()[2] as object)).toEqual([
      'triggered_at',
      'href',
      ...Object.keys(head).slice(1),
      'paid',
      ...Object.keys(whose),
    ])
  })

  test('cancelling is a status; what does not change is not told', async () => {
    shop.placeOrder({ ...order, webhook: 'lost' })
    shop.changeOrder(9, { paid: false, status: 4 })
    await shop.settled()
    expect(bodies()).toEqual([])
    shop.changeOrder(9, { cancel: true })
    await shop.settled()
    expect(bodies()).toMatchObject([{ previous_status: 4, status: 8 }])
  })

  test('an edit fires nothing known, unless the switch says what', async () => {
    shop.placeOrder({ ...order, webhook: 'lost' })
    shop.changeOrder(9, { edit: { shipping: 5 } })
    await shop.settled()
    expect(bodies()).toEqual([])
    shop.setSwitches({ webhookOnEdit: 'orders.updated.status' })
    shop.changeOrder(9, { edit: { shipping: 6 } })
    await shop.settled()
    expect(bodies()).toMatchObject([{ total_price: 16, previous_status: 4, status: 4 }])
    shop.setSwitches({ webhookOnEdit: 'orders.updated' })
    await register('orders.updated')
    shop.changeOrder(9, { edit: { shipping: 7 } })
    await shop.settled()
    expect(bodies()[1]).toMatchObject({ total_price: 17 })
  })

  test('an abandoned checkout is not told until it is an order', async () => {
    shop.placeOrder({ ...order, completed: false })
    await shop.settled()
    expect(bodies()).toEqual([])
    shop.changeOrder(9, { complete: true })
    await shop.settled()
    expect(bodies()).toMatchObject([{ id: 9, order_number: 1042 }])
  })

  test('an inactive webhook hears nothing', async () => {
    await client.send('PATCH', `${path}/812`, { is_active: false })
    shop.placeOrder(order)
    await shop.settled()
    expect(bodies()).toEqual([])
  })
})

describe('delivery', () => {
  test('signed with the key of the webhook, by default over address and body', async () => {
    const { key, address } = await register('orders.created')
    shop.placeOrder(order)
    await shop.settled()
    const [first] = receiver.received
    expect(first).toMatchObject({ method: 'POST', url: '/hook/c-1001' })
    expect(first?.headers['content-type']).toBe('application/json')
    expect(first?.headerNames).toContain('x-hash')
    expect(first?.headers['x-hash']).toBe(hmac(key, [address, first?.body ?? '']))
  })

  test('other readings of what is signed, and two faults', async () => {
    const { key, address } = await register('orders.created')
    const hashes: (string | undefined)[] = []
    for (const webhookSignature of ['body', 'wrong', 'missing'] as const) {
      shop.setSwitches({ webhookSignature })
      shop.placeOrder({ lines: order.lines })
      await shop.settled()
      hashes.push(receiver.received.at(-1)?.headers['x-hash'])
    }
    const body = receiver.received[0]?.body ?? ''
    expect(hashes[0]).toBe(hmac(key, [body]))
    expect(hashes[1]).toMatch(/^[0-9a-f]{128}$/)
    expect(hashes[1]).not.toBe(hmac(key, [address, receiver.received[1]?.body ?? '']))
    expect(hashes[2]).toBeUndefined()
  })

  test('twice, lost and late', async () => {
    await register('orders.created')
    shop.placeOrder({ ...order, id: 1, webhook: 'late' })
    shop.placeOrder({ ...order, id: 2, webhook: 'lost' })
    shop.placeOrder({ ...order, id: 3, webhook: 'twice' })
    await shop.settled()
    expect(bodies()).toMatchObject([{ id: 3 }, { id: 3 }, { id: 1 }])
    const states = shop.ledger().deliveries.map(({ orderId, state }) => [orderId, state])
    expect(states).toEqual([
      [1, 'delivered'],
      [2, 'lost'],
      [3, 'delivered'],
      [3, 'delivered'],
    ])
  })

  test('tried again after a refusal, and given up after the last retry', async () => {
    await register('orders.created')
    let answers = [503, 500, 200]
    receiver.answer = () => ({ status: answers.shift() ?? 200, body: '' })
    shop.placeOrder({ ...order, id: 1 })
    await shop.settled()
    answers = [500, 500, 500, 200]
    shop.placeOrder({ ...order, id: 2 })
    await shop.settled()
    const told = shop
      .ledger()
      .deliveries.map(({ state, attempts }) => [state, attempts.map(({ status }) => status)])
    expect(told).toEqual([
      ['delivered', [503, 500, 200]],
      ['given-up', [500, 500, 500]],
    ])
    expect(receiver.received).toHaveLength(6)
  })

  test('a receiver that is not there never throws', async () => {
    await register('orders.created')
    await receiver.close()
    shop.placeOrder(order)
    await shop.settled()
    const [delivery] = shop.ledger().deliveries
    expect(delivery).toMatchObject({ state: 'given-up' })
    expect(delivery?.attempts).toHaveLength(3)
    expect(delivery?.attempts[0]).toMatchObject({ status: 0 })
    expect(delivery?.attempts[0]?.error).toContain('ECONNREFUSED')
  })

  test('a burst arrives whole', async () => {
    await register('orders.created')
    const placed = shop.placeRandomOrders({ count: 300 })
    await shop.settled()
    const arrived = bodies().map((body) => (body as { id: number }).id)
    expect(new Set(arrived)).toEqual(new Set(placed.map(({ id }) => id)))
    expect(arrived).toHaveLength(300)
  })

  test('closing and resetting call off what is on its way', async () => {
    await register('orders.created')
    receiver.answer = () => ({ status: 500, body: '' })
    shop.setSwitches({ webhookRetryDelaysMs: [60_000] })
    shop.placeOrder(order)
    shop.placeOrder({ ...order, id: 10, webhook: 'late' })
    const settled = shop.settled()
    shop.reset()
    await settled
    expect(shop.ledger()).toMatchObject({ orders: [], webhooks: [], deliveries: [] })
  })
})
