import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  startFactuursturen,
  type FactuursturenSandbox,
} from '../../../sandbox/factuursturen/index.ts'
import { startKmoshops, type Kmoshops } from '../../../sandbox/kmoshops/index.ts'
import { sign } from '../../../sandbox/kmoshops/signing.ts'
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.ts'
import { installIntegration } from '../../../test/support/engine.ts'
import { openHouse, type TestHouse } from '../../../test/support/house.ts'
import { createIntegration, stopIntegration } from '../../merchants/integrations.ts'
import { openClaim } from '../../merchants/store-claim.ts'
import { places } from '../../merchants/vault.ts'
import { failure } from '../api.ts'
import { storeAddresses } from './store.ts'

const secret = 'geheim-van-de-app-0123456789'
const app = { id: '77', secret }

let database: TestDatabase
let shop: Kmoshops
let books: FactuursturenSandbox
let there: TestHouse
let addresses: ReturnType<typeof storeAddresses>

beforeAll(async () => {
  database = await createTestDatabase()
  shop = await startKmoshops({ limits: 'off', app: { secret } })
  books = await startFactuursturen({ limits: 'off' })
  there = await openHouse(database, {
    storeApps: (publicUrl) => ({ kmoshops: { ...app, ...storeAddresses(publicUrl, 'kmoshops') } }),
  })
  addresses = storeAddresses(there.house.publicUrl, 'kmoshops')
})
afterAll(async () => {
  await there.close()
  await shop.close()
  await books.close()
  await database.close()
})
beforeEach(() => {
  shop.reset()
  shop.setApp(addresses)
})
afterEach(() => database.db.deleteFrom('storeHandshakes').execute())

const handshakes = () => database.db.selectFrom('storeHandshakes').selectAll().execute()

const counted = (call: string, result: string) =>
  there.metric('doorvoer_store_calls_total', { system: 'kmoshops', call, result })

const post = (address: string, body: string, hash: string) =>
  fetch(address, { method: 'POST', body, headers: { 'x-hash': hash } })

const codeOf = async (response: Response): Promise<string> =>
  `${response.status} ${failure.parse(await response.json()).error.code}`

/** Opens the link as the merchant's browser does. */
const open = (link: string | null, headers: Record<string, string> = {}) => {
  if (link === null) throw new Error('the handshake was refused')
  return fetch(link, { redirect: 'manual', headers })
}

/** The shop that the browser may take, as sealed in the address it was sent to. */
const shopOf = (target: URL) => openClaim(there.engine, target.searchParams.get('claim') ?? '')

describe('the handshake', () => {
  it('is answered with OK, and what it brought is sealed', async () => {
    const { accepted, handshake, apiPublic, apiSecret } = await shop.installApp()
    expect({ accepted, handshake }).toEqual({
      accepted: true,
      handshake: { status: 200, body: 'OK' },
    })
    const [row, ...others] = await handshakes()
    expect(others).toEqual([])
    expect(row).toMatchObject({ system: 'kmoshops', account: apiPublic })
    expect(JSON.stringify(row)).not.toContain(apiSecret)
    expect(row?.credentials).toMatch(/^v1\.test\./)
    const opened = there.engine.vault.open(
      row?.credentials ?? '',
      places.handshake('kmoshops', apiPublic),
    )
    expect(JSON.parse(opened)).toMatchObject({ apiRoot: shop.url, apiPublic, apiSecret })
    expect(await counted('handshake', 'accepted')).toBeGreaterThan(0)
  })

  it('opens nowhere but in its own place', async () => {
    const { apiPublic } = await shop.installApp()
    const [row] = await handshakes()
    const { vault } = there.engine
    const elsewhere = places.handshake('kmoshops', `${apiPublic}2`)
    expect(() => vault.open(row?.credentials ?? '', elsewhere)).toThrow()
  })

  it('sent again is one row', async () => {
    await shop.installApp()
    expect(await shop.replayHandshake()).toEqual({ status: 200, body: 'OK' })
    expect(await handshakes()).toHaveLength(1)
  })

  it.each(['badly-signed', 'unsigned'] as const)('that is %s leaves nothing', async (handshake) => {
    const before = await counted('handshake', 'STORE_SIGNATURE_WRONG')
    const result = await shop.installApp({ handshake })
    expect(result).toMatchObject({ accepted: false, handshake: { status: 403 }, installUrl: null })
    expect(result.handshake?.body).toContain('STORE_SIGNATURE_WRONG')
    expect(await handshakes()).toEqual([])
    expect(await counted('handshake', 'STORE_SIGNATURE_WRONG')).toBe(before + 1)
  })

  it.each([
    ['no JSON', 'hello'],
    ['nothing', ''],
    ['another form', '{"api_public":"a"}'],
    [
      'a return address elsewhere',
      '{"api_public":"a","api_secret":"b","api_root":"https://shop.example","return_url":"https://evil.example/"}',
    ],
    [
      'a shop inside our own network',
      '{"api_public":"a","api_secret":"b","api_root":"http://10.0.0.1","return_url":"http://10.0.0.1/"}',
    ],
  ])('that is well signed but %s is refused', async (_, body) => {
    const answer = await post(
      addresses.handshakeUrl,
      body,
      sign(app.secret, addresses.handshakeUrl, body),
    )
    expect(await codeOf(answer)).toBe('400 STORE_MALFORMED')
    expect(await handshakes()).toEqual([])
  })

  it('of any size is read only up to a bound', async () => {
    const body = ' '.repeat(17 * 1024)
    const answer = await post(
      addresses.handshakeUrl,
      body,
      sign(app.secret, addresses.handshakeUrl, body),
    )
    expect(await codeOf(answer)).toBe('413 BODY_TOO_LARGE')
  })

  it('signed for another of our addresses is refused', async () => {
    const body = `{"api_public":"a","api_secret":"b","api_root":"${shop.url}","return_url":"${shop.url}"}`
    const hash = sign(app.secret, addresses.uninstallUrl, body)
    expect(await codeOf(await post(addresses.handshakeUrl, body, hash))).toBe(
      '403 STORE_SIGNATURE_WRONG',
    )
  })
})

describe('the merchant at the door', () => {
  it('is sent to our own page, which learns which shop it is', async () => {
    const { installUrl, apiPublic } = await shop.installApp()
    const answer = await open(installUrl)
    expect(answer.status).toBe(303)
    const target = new URL(answer.headers.get('location') ?? '')
    expect(target.origin + target.pathname).toBe(`${there.house.publicUrl}/install`)
    expect(shopOf(target)).toEqual({ system: 'kmoshops', account: apiPublic })
    expect(target.href).not.toContain(apiPublic)
  })

  it.each(['badly-signed', 'unsigned'] as const)(
    'with a link that is %s goes nowhere',
    async (link) => {
      const { installUrl } = await shop.installApp({ link })
      const answer = await open(installUrl)
      expect(answer.headers.get('location')).toBeNull()
      expect(await codeOf(answer)).toBe('403 STORE_SIGNATURE_WRONG')
    },
  )

  it('of a shop that never shook hands goes nowhere', async () => {
    const { installUrl } = await shop.installApp({ link: 'unknown-key' })
    expect(await codeOf(await open(installUrl))).toBe('404 STORE_NO_HANDSHAKE')
    const early = await shop.installApp({ handshake: 'skipped' })
    expect(await codeOf(await open(early.installUrl))).toBe('404 STORE_NO_HANDSHAKE')
  })

  it.each([
    ['another host', { host: 'evil.example' }],
    ['a forwarded host', { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' }],
    ['a referring page', { referer: 'https://evil.example/' }],
  ])('can’t be sent elsewhere by %s', async (_, headers) => {
    const { installUrl } = await shop.installApp()
    const location = (await open(installUrl, headers)).headers.get('location') ?? ''
    expect(new URL(location).origin).toBe(there.house.publicUrl)
  })

  it.each(['return_url', 'redirect', 'next', 'system', 'account'])(
    'can’t be sent elsewhere by a %s in the link',
    async (name) => {
      const { installUrl, apiPublic } = await shop.installApp()
      const link = new URL(installUrl ?? '')
      link.searchParams.set(name, '//evil.example/')
      const target = new URL((await open(link.toString())).headers.get('location') ?? '')
      expect(target.origin).toBe(there.house.publicUrl)
      expect([...target.searchParams.keys()]).toEqual(['claim'])
      expect(shopOf(target)).toEqual({ system: 'kmoshops', account: apiPublic })
    },
  )
})

describe('the removal of the app', () => {
  const install = async () => {
    const { apiPublic, apiSecret } = await shop.installApp()
    const { user, apiKey } = books.account
    const end = {
      system: 'kmoshops',
      account: apiPublic,
      credentials: { apiRoot: shop.url, apiPublic, apiSecret },
    }
    const credentials = { userName: user, apiKey, baseUrl: `${books.url}/api/v1` }
    const id = await installIntegration(
      there.engine,
      end,
      { system: 'factuursturen', credentials },
      { publicUrl: there.house.publicUrl },
    )
    return { id, apiPublic }
  }
  const stateOf = async (id: string) => {
    const { state } = await database.db
      .selectFrom('integrations')
      .select('state')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    const connections = await database.db
      .selectFrom('connections')
      .select(['credentials', 'subscriptions'])
      .where('integrationId', '=', id)
      .execute()
    const kept = connections.filter((each) => each.credentials ?? each.subscriptions).length
    return { state, kept }
  }

  it('stops the integration and deletes all credentials', async () => {
    const { id } = await install()
    expect(await stateOf(id)).toEqual({ state: 'active', kept: 2 })
    expect(await shop.uninstallApp()).toEqual({ status: 200, body: 'OK' })
    expect(await stateOf(id)).toEqual({ state: 'stopped', kept: 0 })
    expect(await handshakes()).toEqual([])
    expect(await counted('uninstall', 'accepted')).toBeGreaterThan(0)
  })

  it('stops that shop’s integration and no other', async () => {
    const other = await install()
    shop.reset()
    shop.setApp(addresses)
    const { id } = await install()
    await shop.uninstallApp()
    expect(await stateOf(id)).toEqual({ state: 'stopped', kept: 0 })
    expect(await stateOf(other.id)).toEqual({ state: 'active', kept: 2 })
  })

  it.each(['badly-signed', 'unsigned'] as const)(
    'that is %s changes nothing',
    async (signature) => {
      const { id } = await install()
      const answer = await shop.uninstallApp({ signature })
      expect(answer.status).toBe(403)
      expect(answer.body).toContain('STORE_SIGNATURE_WRONG')
      expect(await stateOf(id)).toEqual({ state: 'active', kept: 2 })
      expect(await handshakes()).toHaveLength(1)
    },
  )

  it('twice, or of a shop nobody knows, is fine', async () => {
    await install()
    await shop.uninstallApp()
    expect(await shop.uninstallApp()).toEqual({ status: 200, body: 'OK' })
    const body = '{"api_public":"nobody"}'
    const answer = await post(
      addresses.uninstallUrl,
      body,
      sign(app.secret, addresses.uninstallUrl, body),
    )
    expect(answer.status).toBe(200)
  })
})

describe('taking a shop', () => {
  it('into an integration that was stopped is refused: it keeps no credentials, and books nothing', async () => {
    const owner = await there.welcome('noor')
    const { id } = await createIntegration(there.engine, {
      merchantId: owner.merchantId,
      name: 'Winkel',
      webshop: 'kmoshops',
      accounting: 'factuursturen',
    })
    await stopIntegration(there.engine, id)
    const { installUrl } = await shop.installApp()
    const target = new URL((await open(installUrl)).headers.get('location') ?? '')
    const answer = await there.ask(`/api/integrations/${id}/store-claim`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: owner.cookie },
      body: JSON.stringify({ claim: target.searchParams.get('claim') }),
    })
    expect(answer.status).toBeGreaterThanOrEqual(400)
    const kept = await database.db
      .selectFrom('connections')
      .select('credentials')
      .where('integrationId', '=', id)
      .where('credentials', 'is not', null)
      .execute()
    expect(kept).toEqual([])
    expect(shop.ledger()).toMatchObject({ webhooks: [], installation: { isInstalled: false } })
  })
})

describe('a store that is not set up here', () => {
  it.each(['seoshop', 'factuursturen', 'KMOSHOPS', 'constructor', '__proto__', 'toString', '%00'])(
    'has no addresses: %s',
    async (system) => {
      for (const [call, method] of [
        ['handshake', 'POST'],
        ['install', 'GET'],
        ['cancel', 'GET'],
        ['cancel', 'POST'],
        ['uninstall', 'GET'],
        ['uninstall', 'POST'],
      ] as const) {
        const answer = await there.ask(`/store/${system}/${call}`, { method })
        expect(await codeOf(answer)).toBe('404 STORE_NOT_CONFIGURED')
      }
    },
  )

  it('shows nothing of what was asked for in its answer', async () => {
    const answer = await there.ask('/store/%3Cscript%3E/install')
    expect(await answer.text()).not.toContain('script')
  })
})
