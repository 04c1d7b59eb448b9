import { describe, expect, it } from 'vitest'
import { signatureOf } from './app-store.ts'
import { ask, basic, openReceiver, openShop } from './test-client.ts'
import { md5 } from './world.ts'

const secret = '0f1e2d3c4b5a69788796a5b4c3d2e1f0'
const mug = { name: 'Mok', unitPrice: 12.1 }

describe('signatures', () => {
  const common = { language: 'nl', shop_id: '123456' }

  it('are those of the contract’s vectors', () => {
    const token = 'a1b2c3d4e5f60718293a4b5c6d7e8f90'
    const install = { ...common, timestamp: '1772442900', token }
    expect(signatureOf(install, secret)).toBe('45c0500bc2608150367f346783b98f96')
    const ended = { ...common, timestamp: '1775121300' }
    expect(signatureOf(ended, secret)).toBe('d51f6d5384bcbca3ff43cdc6364c10f0')
    expect(md5(token + secret)).toBe('2d04372ca83caa7e8e2902aeae980b2a')
    const body = '{"order":{"id":31596701,"number":"ORD00042"}}'
    expect(md5(body + secret)).toBe('43db6978159220851e205a485c8532ae')
  })
})

describe('the App Store', () => {
  const stage = async () => {
    const receiver = await openReceiver()
    let at = new Date('2026-03-02T09:15:00Z')
    const opened = await openShop({
      now: () => at,
      app: {
        successUrl: `${receiver.url}/install`,
        cancelUrl: `${receiver.url}/cancel`,
        uninstallUrl: `${receiver.url}/uninstall`,
      },
    })
    const { installUrl, token } = opened.shop.installApp()
    const headers = {
      authorization: basic(opened.shop.ledger().app.key, md5(token + secret)),
      'content-type': 'application/json',
    }
    const read = () => ask(`${opened.shop.url}/nl/shop.json`, { headers })
    return {
      ...opened,
      ...receiver,
      headers,
      read,
      installUrl,
      later: (hours: number) => {
        at = new Date(at.getTime() + hours * 3_600_000)
      },
    }
  }

  it('hands the browser a token that opens the shop', async () => {
    const { installUrl, read } = await stage()
    const { searchParams } = new URL(installUrl)
    const { signature, cluster_id: cluster, ...signed } = Object.fromEntries(searchParams)
    expect(Object.keys(signed).sort()).toEqual(['language', 'shop_id', 'timestamp', 'token'])
    expect(signature).toBe(signatureOf(signed, secret))
    expect(cluster).toBe('eu1')
    expect((await read()).status).toBe(200)
  })

  it('ends at once when cancelled within twelve hours', async () => {
    const { shop, received, read } = await stage()
    await shop.cancelApp()
    expect(received.map(({ url }) => url.pathname)).toEqual(['/cancel', '/uninstall'])
    expect(shop.ledger().installation).toBe('expired')
    expect((await read()).status).toBe(401)
  })

  it('keeps working after a later cancel, until the uninstall, which takes its webhooks', async () => {
    const { shop, received, read, later, headers, url } = await stage()
    const webhook = {
      isActive: true,
      itemGroup: 'orders',
      itemAction: 'paid',
      language: 'nl',
      format: 'json',
      address: `${url}/hook`,
    }
    await ask(`${shop.url}/nl/webhooks.json`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ webhook }),
    })
    later(24)
    await shop.cancelApp()
    expect(received.map(({ url: to }) => to.pathname)).toEqual(['/cancel'])
    expect((await read()).status).toBe(200)
    shop.setSwitches({ storeCallMethod: 'POST' })
    await shop.uninstallApp()
    expect(received.at(-1)).toMatchObject({ method: 'POST' })
    expect(received.at(-1)?.body).toContain('shop_id=123456')
    expect(shop.ledger().webhooks).toEqual([])
    expect((await read()).status).toBe(401)
  })

  it('leaves the app alone when somebody else calls', async () => {
    const { shop, read } = await stage()
    await shop.uninstallApp({ signature: 'badly-signed' })
    await shop.uninstallApp({ signature: 'unsigned' })
    expect((await read()).status).toBe(200)
  })
})

describe('webhooks', () => {
  const wish = (address: string, itemAction = '*') => ({
    webhook: {
      isActive: true,
      itemGroup: 'orders',
      itemAction,
      language: 'nl',
      format: 'json',
      address,
    },
  })

  it('are made, doubled, changed and removed', async () => {
    const { call, get } = await openShop()
    const { status, body } = await call('POST', 'webhooks', wish('https://a.example/h'))
    expect(status).toBe(201)
    expect(body).toMatchObject({
      webhook: { id: 64674, language: { code: 'nl' }, address: 'https://a.example/h' },
    })
    await call('POST', 'webhooks', wish('https://a.example/h'))
    expect(await get<number>('webhooks/count')).toBe(2)
    await call('PUT', 'webhooks/64674', { webhook: { isActive: false } })
    expect(await get('webhooks/64674')).toMatchObject({ isActive: false })
    expect((await call('DELETE', 'webhooks/64674')).status).toBe(204)
    expect((await call('DELETE', 'webhooks/64674')).status).toBe(404)
    const wrong = await call('POST', 'webhooks', wish('https://a.example/h', 'eaten'))
    expect(wrong).toMatchObject({
      status: 422,
      body: { errors: { itemAction: [expect.any(String)] } },
    })
  })

  it('take a form with bracket keys too, as the vendor’s curl example does', async () => {
    const { shop } = await openShop()
    const { key, secret: own } = shop.credentials
    const fields = Object.entries(wish('https://a.example/h').webhook)
    const body = new URLSearchParams(
      fields.map(([name, value]): [string, string] => [`webhook[${name}]`, String(value)]),
    )
    const answer = await ask(`${shop.url}/nl/webhooks.json`, {
      method: 'POST',
      headers: { authorization: basic(key, own) },
      body,
    })
    expect(answer.status).toBe(201)
    expect(shop.ledger().webhooks).toMatchObject([{ isActive: true, itemAction: '*' }])
  })

  it('tell of a paid checkout three times, signed over the raw body', async () => {
    const { shop, call, get } = await openShop()
    const { url, received } = await openReceiver()
    await call('POST', 'webhooks', wish(`${url}/hook`))
    const { id } = shop.placeOrder({ lines: [mug] })
    await shop.settled()
    expect(received.map(({ headers }) => headers['x-event']).sort()).toEqual([
      'orders/created',
      'orders/paid',
      'orders/updated',
    ])
    const [first] = received
    expect(first?.headers['x-signature']).toBe(
      md5(`${first?.body ?? ''}${shop.credentials.secret}`),
    )
    expect(first?.headers).toMatchObject({ 'x-shop-id': '123456', 'x-order-id': String(id) })
    expect(JSON.parse(first?.body ?? '')).toEqual({ order: await get(`orders/${id}`) })
  })

  it('are tried again and given up', async () => {
    const { shop, call } = await openShop({ switches: { webhookRetryDelaysMs: [1, 1] } })
    const { url, received } = await openReceiver(500)
    await call('POST', 'webhooks', wish(`${url}/hook`, 'created'))
    shop.placeOrder({ lines: [mug] })
    await shop.settled()
    expect(received).toHaveLength(3)
    expect(shop.ledger().deliveries).toMatchObject([
      { state: 'given-up', attempts: [500, 500, 500] },
    ])
  })

  it('travel as the order says: twice, lost or late', async () => {
    const { shop, call } = await openShop({ switches: { webhookLateMs: 5 } })
    const { url, received } = await openReceiver()
    await call('POST', 'webhooks', wish(`${url}/hook`, 'created'))
    for (const webhook of ['twice', 'lost', 'late'] as const) {
      shop.placeOrder({ lines: [mug], webhook })
    }
    await shop.settled()
    expect(received).toHaveLength(3)
    expect(shop.ledger().deliveries.map(({ state }) => state)).toEqual([
      'delivered',
      'delivered',
      'lost',
      'delivered',
    ])
  })
})
