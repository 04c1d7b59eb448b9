import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  startFactuursturen,
  type FactuursturenSandbox,
} from '../../../sandbox/factuursturen/index.ts'
import { startKmoshops, type Kmoshops } from '../../../sandbox/kmoshops/index.ts'
import { sign } from '../../../sandbox/kmoshops/signing.ts'
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.ts'
import { installIntegration } from '../../../test/support/engine.ts'
import { openHouse, type TestHouse } from '../../../test/support/house.ts'
import { behindWeakLink, type WeakLink } from '../../../test/support/weak-link.ts'
import { connectWebshop } from '../../merchants/connect.ts'
import { stopIntegration } from '../../merchants/integrations.ts'
import { failure } from '../api.ts'

let database: TestDatabase
let shop: Kmoshops
let books: FactuursturenSandbox
let link: WeakLink
/** Every test gets a house of its own: what it remembers of callers must not reach the next one. */
let there: TestHouse

const mug = { lines: [{ name: 'Mok', unitPrice: 12.1 }] }

beforeAll(async () => {
  database = await createTestDatabase()
  // No retries: a delivery that is refused is over at once.
  shop = await startKmoshops({ limits: 'off', switches: { webhookRetryDelaysMs: [] } })
  books = await startFactuursturen({ limits: 'off' })
  link = await behindWeakLink(database)
})
afterAll(async () => {
  await link.close()
  await shop.close()
  await books.close()
  await database.close()
})
beforeEach(async () => {
  shop.reset()
  there = await openHouse(link.database)
  return async () => {
    await there.close()
  }
})

const shopEnd = () => ({
  system: 'kmoshops',
  credentials: { apiRoot: shop.url, ...shop.credentials },
})

interface Installed {
  id: string
  hookKey: string
  /** What the shop was told to call. */
  address: string
}

const hookOf = async (id: string): Promise<Installed> => {
  const { hookKey } = await database.db
    .selectFrom('integrations')
    .select('hookKey')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return { id, hookKey, address: `${there.house.publicUrl}/hooks/kmoshops/${hookKey}` }
}

const install = async (): Promise<Installed> => {
  const { user, apiKey } = books.account
  const credentials = { userName: user, apiKey, baseUrl: `${books.url}/api/v1` }
  const id = await installIntegration(
    there.engine,
    shopEnd(),
    { system: 'factuursturen', credentials },
    { publicUrl: there.house.publicUrl },
  )
  there.rung.length = 0
  return hookOf(id)
}

const rowsOf = (id: string) =>
  database.db
    .selectFrom('bookings')
    .select(['shopId', 'state', 'mentions'])
    .where('integrationId', '=', id)
    .orderBy('shopId')
    .execute()

/** Everything that stands in the table, of whomever: a bad webhook leaves nothing anywhere. */
const allRows = async () => {
  const counted = await database.db
    .selectFrom('bookings')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return counted.count
}

interface Delivery {
  address: string
  body: string
  hash: string
}

/**
 * What the shop would send about orders that nobody has heard of, signed as it signs them: for everything
 * that the shop itself would never do with it.
 */
const deliveriesTo = ({ address }: Installed, count = 1): Delivery[] => {
  const webhook = shop
    .ledger()
    .webhooks.find((each) => each.address === address && each.event === 'orders.created')
  if (webhook === undefined) throw new Error('the shop has no webhook for this integration')
  const orders = Array.from({ length: count }, () => shop.placeOrder({ ...mug, webhook: 'lost' }))
  const ids = new Set(orders.map(({ id }) => id))
  return shop
    .ledger()
    .deliveries.filter((each) => each.webhookId === webhook.id && ids.has(each.orderId))
    .map(({ body }) => ({ address, body, hash: sign(webhook.key, address, body) }))
}

const deliveryTo = (integration: Installed, change: (body: string) => string = (body) => body) => {
  const [delivery] = deliveriesTo(integration)
  const webhook = shop
    .ledger()
    .webhooks.find(
      (each) => each.address === integration.address && each.event === 'orders.created',
    )
  if (delivery === undefined || webhook === undefined) throw new Error('nothing to deliver')
  const body = change(delivery.body)
  return { ...delivery, body, hash: sign(webhook.key, delivery.address, body) }
}

const send = (
  { address, body, hash }: Delivery,
  init: Omit<RequestInit, 'headers'> & { headers?: Record<string, string> } = {},
) =>
  there.ask(new URL(address).pathname, {
    method: 'POST',
    body,
    ...init,
    headers: { 'content-type': 'application/json', 'x-hash': hash, ...init.headers },
  })

const counted = (result: string, system = 'kmoshops') =>
  there.metric('doorvoer_webhooks_total', { system, result })

const codeOf = async (response: Response): Promise<string> => {
  const { error } = failure.parse(await response.json())
  expect(error.text).not.toContain('{')
  return error.code
}

interface Refusal {
  status: number
  code: string
  system?: string
}

/** The answer is as it should be, nothing was written, nobody was rung, and it was counted by its code. */
const expectRefused = async (ask: () => Promise<Response>, wanted: Refusal) => {
  const [rows, before] = [await allRows(), await counted(wanted.code, wanted.system)]
  const response = await ask()
  expect(response.headers.get('content-type')).toContain('application/json')
  expect({ status: response.status, code: await codeOf(response) }).toEqual({
    status: wanted.status,
    code: wanted.code,
  })
  expect(await allRows()).toBe(rows)
  expect(there.rung).toEqual([])
  expect(await counted(wanted.code, wanted.system)).toBe(before + 1)
}

/** How many times `work` took a database connection. */
const connectionsTaken = async (work: () => Promise<unknown>): Promise<number> => {
  let taken = 0
  const count = () => {
    taken += 1
  }
  link.database.pool.on('acquire', count)
  try {
    await work()
    return taken
  } finally {
    link.database.pool.off('acquire', count)
  }
}

const asFast = async (count: number, once: () => Promise<Response>): Promise<number[]> => {
  const answers = await Promise.all(Array.from({ length: count }, once))
  await Promise.all(answers.map((answer) => answer.text()))
  return answers.map(({ status }) => status)
}

describe('a real delivery', () => {
  it('is acknowledged after its row and its bell are committed', async () => {
    const { id } = await install()
    const order = shop.placeOrder(mug)
    await shop.settled()
    const { deliveries } = shop.ledger()
    expect(deliveries.map(({ state, attempts }) => [state, attempts.map((a) => a.status)])).toEqual(
      [['delivered', [200]]],
    )
    expect(await rowsOf(id)).toEqual([{ shopId: String(order.id), state: 'seen', mentions: 1 }])
    expect(there.rung).toEqual([id])
    expect(await counted('accepted')).toBe(1)
    const acknowledged = 'doorvoer_webhook_acknowledgement_seconds_count'
    expect(await there.metric(acknowledged, { system: 'kmoshops' })).toBe(1)
  })

  it.each(['address-body', 'body'] as const)('may be signed over %s', async (webhookSignature) => {
    shop.setSwitches({ webhookSignature })
    const { id } = await install()
    shop.placeOrder(mug)
    await shop.settled()
    expect(await rowsOf(id)).toHaveLength(1)
  })

  it('about the same order is one row, however often and at once', async () => {
    const { id } = await install()
    const order = shop.placeOrder({ ...mug, webhook: 'twice', paid: false })
    shop.changeOrder(order.id, { paid: true })
    shop.changeOrder(order.id, { status: 5, webhook: 'twice' })
    await shop.settled()
    expect(shop.ledger().deliveries.length).toBeGreaterThan(4)
    expect(shop.ledger().deliveries.every(({ state }) => state === 'delivered')).toBe(true)
    expect(await rowsOf(id)).toMatchObject([{ shopId: String(order.id), state: 'seen' }])
    expect(there.rung).toEqual([id])
  })

  it('among two hundred at once is acknowledged, and none is lost', async () => {
    const integration = await install()
    const deliveries = deliveriesTo(integration, 200)
    expect(deliveries).toHaveLength(200)
    const answers = await Promise.all(deliveries.map((delivery) => send(delivery)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    expect(await Promise.all(answers.map((answer) => answer.text()))).toEqual(
      answers.map(() => 'OK'),
    )
    const rows = await rowsOf(integration.id)
    expect(new Set(rows.map(({ shopId }) => shopId)).size).toBe(200)
    expect(rows.every(({ mentions }) => mentions === 1)).toBe(true)
    expect(await counted('accepted')).toBe(200)
    expect(there.rung).toContain(integration.id)
  })

  it('is believed at once after the shop was reconnected with new keys', async () => {
    const before = await install()
    shop.placeOrder(mug)
    await shop.settled()
    shop.reset()
    await connectWebshop(there.engine, there.engine.http, there.house.publicUrl, {
      integrationId: before.id,
      ...shopEnd(),
    })
    const [delivery] = deliveriesTo(before)
    if (delivery === undefined) throw new Error('nothing to deliver')
    expect((await send(delivery)).status).toBe(200)
  })
})

describe('a bad webhook gets a code, leaves no row, and is counted:', () => {
  it('unsigned', async () => {
    const delivery = deliveryTo(await install())
    const { address, body } = delivery
    const unsigned = () => there.ask(new URL(address).pathname, { method: 'POST', body })
    await expectRefused(unsigned, { status: 401, code: 'WEBHOOK_UNSIGNED' })
  })

  it.each(['missing', 'wrong'] as const)('signed by the shop itself: %s', async (signature) => {
    const { id } = await install()
    shop.setSwitches({ webhookSignature: signature })
    shop.placeOrder(mug)
    await shop.settled()
    expect(shop.ledger().deliveries).toMatchObject([
      { state: 'given-up', attempts: [{ status: 401 }] },
    ])
    expect(await rowsOf(id)).toEqual([])
    expect(there.rung).toEqual([])
  })

  it.each([
    ['another body', (d: Delivery) => ({ ...d, body: `${d.body} ` })],
    ['a cut signature', (d: Delivery) => ({ ...d, hash: d.hash.slice(0, -2) })],
    ['a signature in other letters', (d: Delivery) => ({ ...d, hash: 'z'.repeat(128) })],
    ['a signature of nobody', (d: Delivery) => ({ ...d, hash: sign('', d.address, d.body) })],
    ['a signature by a stranger', (d: Delivery) => ({ ...d, hash: sign('x', d.address, d.body) })],
  ])('wrongly signed: %s', async (_, change) => {
    const delivery = change(deliveryTo(await install()))
    await expectRefused(() => send(delivery), { status: 401, code: 'WEBHOOK_SIGNATURE_WRONG' })
  })

  it('signed for another integration', async () => {
    const [one, other] = [await install(), await install()]
    const { body, hash } = deliveryTo(one)
    await expectRefused(() => send({ address: other.address, body, hash }), {
      status: 401,
      code: 'WEBHOOK_SIGNATURE_WRONG',
    })
  })

  it('replayed: made more than an hour ago', async () => {
    const delivery = deliveryTo(await install())
    there.clock.moveOn(61 * 60_000)
    await expectRefused(() => send(delivery), { status: 409, code: 'WEBHOOK_REPLAYED' })
  })

  it('but not one that is only late', async () => {
    const { id, ...integration } = await install()
    const delivery = deliveryTo({ id, ...integration })
    there.clock.moveOn(58 * 60_000)
    expect((await send(delivery)).status).toBe(200)
    expect(await rowsOf(id)).toHaveLength(1)
  })

  it('oversized', async () => {
    const delivery = deliveryTo(await install(), (body) => body.padEnd(1025 * 1024, ' '))
    await expectRefused(() => send(delivery), { status: 413, code: 'BODY_TOO_LARGE' })
  })

  it('but not one of exactly the size that is allowed', async () => {
    const delivery = deliveryTo(await install(), (body) => body.padEnd(1024 * 1024, ' '))
    expect((await send(delivery)).status).toBe(200)
  })

  it.each([
    ['no JSON', () => '{"id":'],
    ['nothing', () => ''],
    ['no order', () => '{"hello":"world"}'],
    ['an id that is a path', (body: string) => body.replace(/"id":\d+/, '"id":"../../admin"')],
    ['an id that is a query', (body: string) => body.replace(/"id":\d+/, '"id":"1?x=1"')],
    ['a huge id', (body: string) => body.replace(/"id":\d+/, `"id":"${'9'.repeat(40)}"`)],
  ])('well signed and malformed: %s', async (_, change) => {
    const delivery = deliveryTo(await install(), change)
    await expectRefused(() => send(delivery), { status: 400, code: 'WEBHOOK_MALFORMED' })
  })

  it('well signed and about a shop of another host', async () => {
    const delivery = deliveryTo(await install(), (body) =>
      body.replace(/"href":"http:\/\/[^/]+/, '"href":"http://evil.example'),
    )
    await expectRefused(() => send(delivery), { status: 403, code: 'WEBHOOK_FOREIGN' })
  })

  it.each(['GET', 'PUT', 'DELETE', 'PATCH'])('sent with %s', async (method) => {
    const delivery = deliveryTo(await install())
    const request = method === 'GET' ? { method, body: null } : { method }
    await expectRefused(() => send(delivery, request), { status: 405, code: 'METHOD_NOT_ALLOWED' })
  })

  it('to a system that sends no webhooks', async () => {
    const { id, address } = await install()
    await database.db
      .updateTable('integrations')
      .set({ webshop: 'magento2' })
      .where('id', '=', id)
      .execute()
    const path = new URL(address).pathname.replace('/kmoshops/', '/magento2/')
    await expectRefused(() => there.ask(path, { method: 'POST', body: '{}' }), {
      status: 404,
      code: 'WEBHOOK_UNSUPPORTED',
      system: 'magento2',
    })
  })

  it('to a hook key nobody has', async () => {
    const { address, ...delivery } = deliveryTo(await install())
    await expectRefused(() => send({ ...delivery, address: `${address}x` }), {
      status: 404,
      code: 'WEBHOOK_UNKNOWN',
    })
  })

  it.each([
    ['factuursturen', 'unknown'],
    ['prestashop', 'unknown'],
    ['seoshop', 'seoshop'],
    ['KMOSHOPS', 'unknown'],
    ['constructor', 'unknown'],
    ['__proto__', 'unknown'],
  ])('to a hook key of another system: %s', async (system, label) => {
    const { address, ...delivery } = deliveryTo(await install())
    const other = address.replace('/kmoshops/', `/${system}/`)
    await expectRefused(() => send({ ...delivery, address: other }), {
      status: 404,
      code: 'WEBHOOK_UNKNOWN',
      system: label,
    })
  })

  it('to a hook key of a form we never gave out, without a question to the database', async () => {
    await install()
    for (const key of ['no such key', 'é'.repeat(20), 'x'.repeat(65), "'; --"]) {
      const path = `/hooks/kmoshops/${encodeURIComponent(key)}`
      const taken = await connectionsTaken(async () => {
        const answer = await there.ask(path, { method: 'POST', body: '{}' })
        expect(await codeOf(answer)).toBe('WEBHOOK_UNKNOWN')
      })
      expect([key, taken]).toEqual([key, 0])
    }
  })

  it('to a hook key that no database can hold', async () => {
    await install()
    const nothing = { address: `${there.url}/hooks/kmoshops/%00`, body: '{}', hash: 'x' }
    await expectRefused(() => send(nothing), { status: 404, code: 'WEBHOOK_UNKNOWN' })
  })

  it('to a stopped integration', async () => {
    const integration = await install()
    const delivery = deliveryTo(integration)
    await stopIntegration(there.engine, integration.id)
    await expectRefused(() => send(delivery), { status: 404, code: 'WEBHOOK_UNKNOWN' })
  })

  it('to an integration that was stopped a moment after its last good one', async () => {
    const integration = await install()
    const [first, second] = deliveriesTo(integration, 2)
    if (first === undefined || second === undefined) throw new Error('nothing to deliver')
    expect((await send(first)).status).toBe(200)
    there.rung.length = 0
    await stopIntegration(there.engine, integration.id)
    await expectRefused(() => send(second), { status: 404, code: 'WEBHOOK_UNKNOWN' })
  })
})

describe('the labels of the metrics', () => {
  it('never hold what a stranger sent', async () => {
    const { address } = await install()
    const stranger = 'vreemdeling'
    for (const path of [`/hooks/${stranger}/${stranger}`, `/hooks/kmoshops/${stranger}`]) {
      await there.ask(path, { method: 'POST', body: stranger, headers: { 'x-hash': stranger } })
    }
    await there.ask(new URL(address).pathname, {
      method: 'POST',
      body: stranger,
      headers: { 'x-hash': stranger, 'content-type': `text/${stranger}` },
    })
    await there.ask(`/store/${stranger}/handshake`, { method: 'POST', body: stranger })
    const metrics = await (await there.ask('/metrics')).text()
    expect(metrics).toContain('doorvoer_webhooks_total')
    expect(metrics).not.toContain(stranger)
    expect(metrics).not.toContain(address.split('/').pop())
  })
})

describe('who keeps failing', () => {
  // Of the form of our keys: what is not even that is never looked for.
  const nobodys = '/hooks/kmoshops/no-integration-has-this-key-0123'
  const unknown = () => there.ask(nobodys, { method: 'POST', body: '{}' })
  const badlySigned =
    ({ address }: Installed) =>
    () =>
      send({ address, body: '{}', hash: '0'.repeat(128) })

  it('is turned away after sixty unknown addresses, without a question to the database', async () => {
    await install()
    expect(new Set(await asFast(60, unknown))).toEqual(new Set([404]))
    const taken = await connectionsTaken(async () => {
      expect(new Set(await asFast(100, unknown))).toEqual(new Set([429]))
    })
    expect(taken).toBe(0)
    expect(await counted('TOO_MANY_REQUESTS')).toBe(100)
    expect(await codeOf(await unknown())).toBe('TOO_MANY_REQUESTS')
  })

  it('is turned away after sixty bad signatures, without a question to the database', async () => {
    const integration = await install()
    const once = badlySigned(integration)
    expect(new Set(await asFast(60, once))).toEqual(new Set([401]))
    const taken = await connectionsTaken(async () => {
      expect(new Set(await asFast(100, once))).toEqual(new Set([429]))
    })
    expect(taken).toBe(0)
    expect(await rowsOf(integration.id)).toEqual([])
  })

  it('is not turned away before that', async () => {
    await install()
    await asFast(59, unknown)
    expect((await unknown()).status).toBe(404)
  })

  it('is heard again after a minute', async () => {
    await install()
    await asFast(60, unknown)
    expect((await unknown()).status).toBe(429)
    there.clock.moveOn(61_000)
    expect((await unknown()).status).toBe(404)
  })

  it('can’t get round it by naming another address', async () => {
    await install()
    let n = 0
    const disguised = () => {
      n += 1
      return there.ask(nobodys, {
        method: 'POST',
        headers: { 'x-forwarded-for': `203.0.113.${n}`, forwarded: `for=203.0.113.${n}` },
      })
    }
    await asFast(60, disguised)
    expect((await disguised()).status).toBe(429)
  })

  it('with bad signatures does not hold up another integration', async () => {
    const [victim, other] = [await install(), await install()]
    await asFast(61, badlySigned(victim))
    expect((await send(deliveryTo(other))).status).toBe(200)
    expect(await rowsOf(other.id)).toHaveLength(1)
  })

  it('with bad signatures does not hold up the shop itself at the same address', async () => {
    const integration = await install()
    await asFast(61, badlySigned(integration))
    expect((await send(deliveryTo(integration))).status).toBe(200)
    expect(await rowsOf(integration.id)).toHaveLength(1)
  })

  it('at unknown addresses does not hold up a shop of the same platform', async () => {
    // All shops of a platform call from its own few addresses; one of them still calls for an integration
    // that was stopped long ago.
    const integration = await install()
    expect((await send(deliveryTo(integration))).status).toBe(200)
    await asFast(61, unknown)
    expect((await send(deliveryTo(integration))).status).toBe(200)
    expect(await rowsOf(integration.id)).toHaveLength(2)
  })

  it('never is who signs well, however often', async () => {
    const integration = await install()
    const [delivery] = deliveriesTo(integration)
    if (delivery === undefined) throw new Error('nothing to deliver')
    const statuses = await asFast(150, () => send(delivery))
    expect(new Set(statuses)).toEqual(new Set([200]))
    expect(await rowsOf(integration.id)).toMatchObject([{ mentions: 150 }])
  })
})

describe('without a database', () => {
  it('nothing is acknowledged, and all is well when it is back', async () => {
    const integration = await install()
    const [first, second, third] = deliveriesTo(integration, 3)
    if (first === undefined || second === undefined || third === undefined) throw new Error('few')
    expect((await send(first)).status).toBe(200)

    await link.cut()
    // Known already, so it fails where it would be written; and one that is not even known.
    const known = await send(second)
    const nobodys = '/hooks/kmoshops/no-integration-has-this-key-0123'
    const unknown = await there.ask(nobodys, { method: 'POST', body: '{}' })
    const ready = await there.ask('/health/ready')
    await link.mend()
    expect([known.status, unknown.status, ready.status]).toEqual([503, 503, 503])
    expect(await codeOf(known)).toBe('DATABASE_BUSY')
    expect(await codeOf(unknown)).toBe('DATABASE_BUSY')
    expect(await counted('DATABASE_BUSY')).toBe(2)

    expect((await there.ask('/health/ready')).status).toBe(200)
    expect((await send(second)).status).toBe(200)
    expect((await send(third)).status).toBe(200)
    expect(await rowsOf(integration.id)).toHaveLength(3)
  })

  it('does not count as a failure of the caller', async () => {
    const integration = await install()
    const delivery = deliveryTo(integration)
    await link.cut()
    const statuses = await asFast(70, () => send(delivery))
    await link.mend()
    expect(new Set(statuses)).toEqual(new Set([503]))
    expect((await send(delivery)).status).toBe(200)
  })
})
