import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Kmoshops, startKmoshops } from './index.ts'
import { apiClient, hmac } from './testing/client.ts'
import { type Receiver, startReceiver } from './testing/receiver.ts'

const secret = 'a secret of the app center'
let app: Receiver
let shop: Kmoshops

beforeEach(async () => {
  app = await startReceiver()
  shop = await startKmoshops({
    app: {
      id: 77,
      secret,
      handshakeUrl: `${app.url}/kmo/handshake`,
      installUrl: `${app.url}/kmo/install`,
      uninstallUrl: `${app.url}/kmo/uninstall`,
    },
  })
})
afterEach(async () => {
  await shop.close()
  await app.close()
})

const api = '/api/rest/v1'

describe('installing', () => {
  test('handshake, link, apps, webhook, is_installed: the whole way', async () => {
    const result = await shop.installApp()
    const [handshake] = app.received
    expect(handshake).toMatchObject({ method: 'POST', url: '/kmo/handshake' })
    // Literally in lower case: the official example looks it up so.
    expect(handshake?.headerNames).toContain('x-hash')
    const body = handshake?.body ?? ''
    expect(handshake?.headers['x-hash']).toBe(hmac(secret, [`${app.url}/kmo/handshake`, body]))
    const { apiPublic, apiSecret, installUrl } = result
    expect(JSON.parse(body)).toEqual({
      api_public: apiPublic,
      api_secret: apiSecret,
      api_root: shop.url,
      return_url: `${shop.url}/onderhoud/apps?done=1`,
    })
    expect([apiPublic.length, apiSecret.length, result.accepted]).toEqual([32, 32, true])

    const link = new URL(installUrl ?? '')
    expect(`${link.origin}${link.pathname}`).toBe(`${app.url}/kmo/install`)
    expect(Object.fromEntries(link.searchParams)).toEqual({
      api_public: apiPublic,
      language: 'nl',
      'x-hash': hmac(secret, [`${app.url}/kmo/install`, apiPublic]),
    })

    const client = apiClient(shop.url, result)
    const apps = await client.get(`${api}/apps`)
    expect(apps.json).toMatchObject({ items: [{ id: 77, is_installed: false }] })
    const input = { event: 'orders.created', address: `${app.url}/hook`, is_active: true }
    expect((await client.send('POST', `${api}/webhooks`, input)).status).toBe(201)
    const patched = await client.send('PATCH', `${api}/apps/77`, { is_installed: true })
    expect([patched.status, patched.text]).toEqual([204, ''])
    expect((await client.get(`${api}/apps/77/`)).json).toMatchObject({ is_installed: true })
    expect(shop.ledger().installation).toEqual({ apiPublic, isInstalled: true })

    const back = await fetch(result.returnUrl)
    expect([back.status, back.headers.get('content-type')]).toEqual([
      200,
      'text/html; charset=utf-8',
    ])
  })

  test('a link with ^ and _ in the key comes through whole', async () => {
    for (let attempt = 0; attempt < 30; attempt += 1) {
      const { apiPublic, installUrl } = await shop.installApp()
      expect(new URL(installUrl ?? '').searchParams.get('api_public')).toBe(apiPublic)
      if (apiPublic.includes('^')) return
    }
    throw new Error('no key with ^ in thirty')
  })

  test.each([
    { status: 200, body: 'ok\n', accepted: true },
    { status: 200, body: 'Fine', accepted: false },
    { status: 201, body: 'OK', accepted: false },
    { status: 403, body: 'OK', accepted: false },
  ])('the app answers $status $body', async ({ accepted, ...answer }) => {
    app.answer = () => answer
    const result = await shop.installApp()
    expect([result.accepted, result.installUrl !== null]).toEqual([accepted, accepted])
    const { status } = await apiClient(shop.url, result).get(`${api}/apps`)
    expect(status).toBe(accepted ? 200 : 401)
  })

  test('an app that is not there stops the installation and throws nothing', async () => {
    await app.close()
    const result = await shop.installApp()
    expect(result).toMatchObject({ accepted: false, installUrl: null, handshake: { status: 0 } })
  })

  test('the app may use its keys while it still answers', async () => {
    const statuses: Promise<{ status: number }>[] = []
    app.answer = ({ body }) => {
      const { api_public: apiPublic, api_secret: apiSecret } = JSON.parse(body) as Record<
        string,
        string
      >
      const key = { apiPublic: apiPublic ?? '', apiSecret: apiSecret ?? '' }
      statuses.push(apiClient(shop.url, key).get(`${api}/webshops`))
      return { status: 200, body: 'OK' }
    }
    await shop.installApp()
    expect((await statuses[0])?.status).toBe(200)
  })

  test('installing again ends what was there', async () => {
    const first = await shop.installApp()
    const client = apiClient(shop.url, first)
    await client.send('POST', `${api}/webhooks`, { event: 'orders.created', address: app.url })
    const second = await shop.installApp()
    expect((await client.get(`${api}/apps`)).status).toBe(401)
    expect((await apiClient(shop.url, second).get(`${api}/apps`)).status).toBe(200)
    expect(shop.ledger().webhooks).toEqual([])
  })
})

describe('faults of the app store', () => {
  const expectedHash = (index: number) => {
    const { url = '', body = '' } = app.received[index] ?? {}
    return hmac(secret, [`${app.url}${url}`, body])
  }

  test('badly signed and unsigned handshakes give no keys', async () => {
    const bad = await shop.installApp({ handshake: 'badly-signed' })
    const none = await shop.installApp({ handshake: 'unsigned' })
    expect(app.received[0]?.headers['x-hash']).toMatch(/^[0-9a-f]{128}$/)
    expect(app.received[0]?.headers['x-hash']).not.toBe(expectedHash(0))
    expect(app.received[1]?.headers['x-hash']).toBeUndefined()
    for (const key of [bad, none])
      expect((await apiClient(shop.url, key).get(`${api}/apps`)).status).toBe(401)
    expect(shop.ledger().installation).toBeNull()
  })

  test('bad links: wrong hash, no hash, unknown key', async () => {
    const hashOf = (link: string | null) => new URL(link ?? '').searchParams.get('x-hash')
    const wrong = await shop.installApp({ link: 'badly-signed' })
    expect(hashOf(wrong.installUrl)).not.toBe(
      hmac(secret, [`${app.url}/kmo/install`, wrong.apiPublic]),
    )
    expect(hashOf((await shop.installApp({ link: 'unsigned' })).installUrl)).toBeNull()
    const unknown = await shop.installApp({ link: 'unknown-key' })
    const named = new URL(unknown.installUrl ?? '').searchParams.get('api_public') ?? ''
    expect(named).not.toBe(unknown.apiPublic)
    expect(hashOf(unknown.installUrl)).toBe(hmac(secret, [`${app.url}/kmo/install`, named]))
  })

  test('the link before the handshake, which comes after all', async () => {
    const result = await shop.installApp({ handshake: 'skipped' })
    expect([result.handshake, app.received.length]).toEqual([null, 0])
    const client = apiClient(shop.url, result)
    expect((await client.get(`${api}/apps`)).status).toBe(401)
    await shop.replayHandshake()
    expect(app.received[0]?.body).toContain(result.apiPublic)
    expect((await client.get(`${api}/apps`)).status).toBe(200)
  })

  test('a replay is the same to the byte and revives nothing', async () => {
    await expect(async () => shop.replayHandshake()).rejects.toThrow('no handshake yet')
    const result = await shop.installApp()
    await shop.replayHandshake()
    expect(app.received[1]).toMatchObject({
      body: app.received[0]?.body,
      headers: { 'x-hash': app.received[0]?.headers['x-hash'] },
    })
    await shop.uninstallApp()
    await shop.replayHandshake()
    expect((await apiClient(shop.url, result).get(`${api}/apps`)).status).toBe(401)
  })
})

describe('uninstalling', () => {
  test('signed call, dead keys, webhooks gone', async () => {
    const result = await shop.installApp()
    const client = apiClient(shop.url, result)
    await client.send('POST', `${api}/webhooks`, { event: 'orders.created', address: app.url })
    expect(await shop.uninstallApp()).toEqual({ status: 200, body: 'OK' })
    const [, call] = app.received
    expect(call).toMatchObject({
      url: '/kmo/uninstall',
      body: JSON.stringify({ api_public: result.apiPublic }),
    })
    expect(call?.headers['x-hash']).toBe(
      hmac(secret, [`${app.url}/kmo/uninstall`, call?.body ?? '']),
    )
    expect((await client.get(`${api}/orders`)).json).toMatchObject({ status: 401, code: '401.20' })
    expect(shop.ledger()).toMatchObject({ webhooks: [], installation: null })
    // The merchant's own key outlives every app.
    expect((await apiClient(shop.url, shop.credentials).get(`${api}/orders`)).status).toBe(200)
    // A platform that calls again.
    await shop.uninstallApp()
    expect(app.received[2]?.body).toBe(call?.body)
  })

  test('webhooks may stay, by the switch', async () => {
    shop.setSwitches({ webhooksAfterUninstall: 'kept' })
    const client = apiClient(shop.url, await shop.installApp())
    await client.send('POST', `${api}/webhooks`, { event: 'orders.created', address: app.url })
    await shop.uninstallApp()
    expect(shop.ledger().webhooks).toHaveLength(1)
  })

  test('a badly signed uninstall is not the platform: the keys live on', async () => {
    const result = await shop.installApp()
    await shop.uninstallApp({ signature: 'badly-signed' })
    await shop.uninstallApp({ signature: 'unsigned' })
    expect(app.received[2]?.headers['x-hash']).toBeUndefined()
    expect((await apiClient(shop.url, result).get(`${api}/apps`)).status).toBe(200)
  })

  test('nothing to uninstall, nothing to install to', async () => {
    await expect(shop.uninstallApp()).rejects.toThrow('never installed')
    shop.setApp({ installUrl: null })
    await expect(shop.installApp()).rejects.toThrow('no install URL')
  })
})

test('each key sees its own webhooks and a merchant-made key sees no app', async () => {
  const own = apiClient(shop.url, await shop.installApp())
  const merchant = apiClient(shop.url, shop.credentials)
  await own.send('POST', `${api}/webhooks`, { event: 'orders.created', address: app.url })
  expect((await own.get(`${api}/webhooks`)).json).toMatchObject({ items: [{ id: 812 }] })
  expect((await merchant.get(`${api}/webhooks`)).json).toMatchObject({ items: [] })
  expect((await merchant.get(`${api}/webhooks/812`)).status).toBe(404)
  expect((await merchant.get(`${api}/apps`)).json).toMatchObject({ items: [] })
})
