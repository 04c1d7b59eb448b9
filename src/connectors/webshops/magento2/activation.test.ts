import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { isHealthy } from '../../finding.ts'
import type { RawRequest } from '../../webshop.ts'
import { activation } from './activation.ts'
import { liveNow, liveShop } from '../../../../test/support/magento2-shop.ts'
import { magento2 } from './index.ts'

const ends: (() => void)[] = []
afterEach(() => {
  for (const end of ends.splice(0)) end()
})

/** Our side: takes the call-back and opens the consent page; keeps what came. */
const ourSide = async () => {
  const received: RawRequest[] = []
  const server = createServer((message, response) => {
    const chunks: Buffer[] = []
    message.on('data', (chunk: Buffer) => chunks.push(chunk))
    message.on('end', () => {
      const url = new URL(message.url ?? '/', 'http://127.0.0.1')
      received.push({
        method: message.method ?? '',
        address: url.origin + url.pathname,
        query: url.searchParams,
        headers: {},
        body: Buffer.concat(chunks).toString('utf8'),
        receivedAt: liveNow,
      })
      response.end('OK')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  ends.push(() => {
    server.close()
    server.closeAllConnections()
  })
  const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const wish = { callbackUrl: `${root}/callback?cikey=1`, identityLinkUrl: `${root}/consent` }
  return { received, wish: { ...wish, open: true } }
}

/** From "Allow" to the popup, as both calls reached us. */
const activated = async () => {
  const live = await liveShop()
  const { received, wish } = await ourSide()
  const result = await live.shop.activate(wish)
  const [callback, popup] = received
  if (callback === undefined || popup === undefined) throw new Error('nothing arrived')
  const kept = activation.receive(callback)
  const opened = activation.open(popup)
  if (kept.is === 'rejected' || opened.is === 'rejected') throw new Error('rejected')
  return { ...live, result, callback, popup, kept, opened, wish, received }
}

it('goes from "Allow" in the shop to a connection that works', async () => {
  const { session, shop, result, kept, opened } = await activated()
  expect(result).toMatchObject({ posted: { status: 200 }, error: null, opened: { status: 200 } })
  expect(kept.key).toBe(opened.key)
  expect(new URL(opened.returnUrl).origin).toBe(shop.url)
  expect(kept.kept).toMatchObject({ consumerKey: kept.key, shopUrl: `${shop.url}/` })

  const credentials = await activation.finish(kept.kept, session)
  expect(credentials.shopUrl).toBe(shop.url)
  expect(shop.ledger().integrations[1]).toMatchObject({ isActive: true, tokenKind: 'access' })
  expect(isHealthy(await magento2.check({ ...session, credentials }))).toBe(true)
})

it('is refused after five minutes, and says what to do instead', async () => {
  const { session, kept, pass } = await activated()
  pass(301_000)
  await expect(activation.finish(kept.kept, session)).rejects.toMatchObject({
    cure: 'reconnect',
    reason: { code: 'ACTIVATION_REFUSED', params: { status: 401 } },
  })
})

it('is refused a second time: a token is exchanged only once', async () => {
  const { session, kept } = await activated()
  await activation.finish(kept.kept, session)
  const again = activation.finish(kept.kept, session)
  await expect(again).rejects.toMatchObject({ reason: { code: 'ACTIVATION_REFUSED' } })
})

it('is refused with another verifier', async () => {
  const { session, kept } = await activated()
  const other = { ...kept.kept, verifier: 'a'.repeat(32) }
  const refused = activation.finish(other, session)
  await expect(refused).rejects.toMatchObject({ reason: { code: 'ACTIVATION_REFUSED' } })
})

it('replaces an older connection: reauthorizing kills its tokens', async () => {
  const { session, shop, kept, wish, received } = await activated()
  const first = await activation.finish(kept.kept, session)
  await shop.activate(wish)
  const findings = await magento2.check({ ...session, credentials: first })
  expect(findings[0]?.problem?.code).toBe('CREDENTIALS_REFUSED')
  const callback = received[2]
  const again = callback && activation.receive(callback)
  if (again?.is !== 'verified') throw new Error('rejected')
  const second = await activation.finish(again.kept, session)
  expect(isHealthy(await magento2.check({ ...session, credentials: second }))).toBe(true)
})

it('repeats no step that got no answer', async () => {
  const { session, shop, kept } = await activated()
  shop.faults.add({ fault: 'reset-after', match: { path: '/oauth/token/request' } })
  const lost = activation.finish(kept.kept, session)
  await expect(lost).rejects.toMatchObject({ reason: { code: 'REMOTE_SILENT' } })
  expect(shop.ledger().requests['POST /oauth/token/request'] ?? 1).toBe(1)
})

it('believes no call-back that is incomplete, ambiguous or of no shop', async () => {
  const { callback } = await activated()
  const form = new URLSearchParams(callback.body)
  const changed = (name: string, value: string | null) => {
    const other = new URLSearchParams(form)
    if (value === null) other.delete(name)
    else other.set(name, value)
    return other.toString()
  }
  const bodies = [
    ...[...form.keys()].map((name) => changed(name, null)),
    changed('oauth_consumer_secret', 'short'),
    changed('store_base_url', 'file:///etc/hosts'),
    changed('store_base_url', 'https://admin:secret@shop.example/'),
    `${callback.body}&store_base_url=https%3A%2F%2Felsewhere.example%2F`,
    '',
    '{}',
  ]
  for (const body of bodies) {
    const result = activation.receive({ ...callback, body })
    expect([body, result]).toMatchObject([
      body,
      { is: 'rejected', reason: { code: 'ACTIVATION_MALFORMED' } },
    ])
  }
  expect(activation.receive({ ...callback, method: 'GET' }).is).toBe('rejected')
})

it('opens for no page that leads elsewhere than to the web', async () => {
  const { popup, opened } = await activated()
  for (const back of ['javascript:alert(1)', 'data:text/html,x', '/admin', '']) {
    const query = new URLSearchParams({ oauth_consumer_key: opened.key, success_call_back: back })
    expect([back, activation.open({ ...popup, query }).is]).toEqual([back, 'rejected'])
  }
  expect(activation.open({ ...popup, query: new URLSearchParams() }).is).toBe('rejected')
})
