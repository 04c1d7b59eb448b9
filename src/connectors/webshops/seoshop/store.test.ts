import { describe, expect, it } from 'vitest'
import { schemaOf } from '../../settings.ts'
import type { RawRequest, StoreApp } from '../../webshop.ts'
import { vector } from './fixtures/scripted-shop.ts'
import { credentials as fields } from './settings.ts'
import { md5, signedText } from './signing.ts'
import { store } from './store.ts'

const app: StoreApp = {
  id: vector.appKey,
  secret: vector.secret,
  handshakeUrl: 'https://doorvoer.example/store/seoshop/handshake',
  installUrl: 'https://doorvoer.example/store/seoshop/install',
  uninstallUrl: 'https://doorvoer.example/store/seoshop/uninstall',
}

const installedAt = new Date(1772442900_000)
const install = {
  language: 'nl',
  shop_id: '123456',
  timestamp: '1772442900',
  token: vector.token,
  signature: vector.installSignature,
}
const end = {
  language: 'nl',
  shop_id: '123456',
  timestamp: '1775121300',
  signature: vector.endSignature,
}

const request = (
  parameters: Record<string, string>,
  change: Partial<RawRequest> = {},
): RawRequest => ({
  method: 'GET',
  address: app.installUrl,
  query: new URLSearchParams({ ...parameters, cluster_id: 'eu1' }),
  headers: {},
  body: '',
  receivedAt: installedAt,
  ...change,
})

const codeOf = (result: { is: string; reason?: { code: string } }) =>
  result.reason?.code ?? result.is

/** A call signed anew, so that only what it says can be wrong. */
const signed = (parameters: Record<string, string>) => ({
  ...parameters,
  signature: md5(signedText(parameters) + vector.secret),
})

describe('the install link of the contract’s vector', () => {
  it('brings the credentials: the key and md5(token + secret)', () => {
    const answer = store.open(request(install), app)
    expect(answer).toEqual({
      is: 'verified',
      account: 'eu1:123456',
      credentials: {
        apiKey: vector.appKey,
        apiSecret: vector.password,
        language: 'nl',
        cluster: 'eu1',
        apiRoot: '',
        signingSecret: vector.secret,
      },
    })
    if (answer.is === 'rejected') throw new Error('checked above')
    expect(schemaOf(fields).safeParse(answer.credentials).success).toBe(true)
  })

  it('is signed without its cluster, and whatever else is added (contract §0, item 2)', () => {
    const query = new URLSearchParams({ extra: '1', ...install, cluster_id: 'us1' })
    expect(store.open(request(install, { query }), app)).toMatchObject({
      is: 'verified',
      account: 'us1:123456',
      credentials: { cluster: 'us1' },
    })
  })

  it('may give its parameters in any order, and its signature in capitals', () => {
    const query = new URLSearchParams([...request(install).query].reverse())
    query.set('signature', vector.installSignature.toUpperCase())
    expect(codeOf(store.open(request(install, { query }), app))).toBe('verified')
  })

  it('leads to no host but the platform’s two', () => {
    for (const cluster of ['eu2', 'evil.example', '__proto__', 'constructor', '']) {
      const query = new URLSearchParams({ ...install, cluster_id: cluster })
      expect([cluster, codeOf(store.open(request(install, { query }), app))]).toEqual([
        cluster,
        'STORE_MALFORMED',
      ])
    }
  })

  it('is good for an hour, by our clock or ahead of it', () => {
    const at = (minutes: number) =>
      codeOf(
        store.open(
          request(install, { receivedAt: new Date(installedAt.getTime() + minutes * 60_000) }),
          app,
        ),
      )
    expect([-61, -60, 0, 60, 61].map(at)).toEqual([
      'STORE_CALL_STALE',
      'verified',
      'verified',
      'verified',
      'STORE_CALL_STALE',
    ])
  })

  it('with a name twice, or with nothing in it, is refused', () => {
    const names = ['language', 'shop_id', 'timestamp', 'token', 'signature'] as const
    for (const name of names) {
      const query = request(install).query
      query.append(name, install[name])
      expect([name, codeOf(store.open(request(install, { query }), app))]).toEqual([
        name,
        'STORE_SIGNATURE_WRONG',
      ])
      const without = new URLSearchParams(request(install).query)
      without.set(name, '')
      expect([name, codeOf(store.open(request(install, { query: without }), app))]).toEqual([
        name,
        'STORE_SIGNATURE_WRONG',
      ])
    }
  })

  it('that is well signed but malformed is refused', () => {
    const { signature: _, ...plain } = install
    const malformed: Record<string, string>[] = [
      { shop_id: '../1' },
      { language: 'nld' },
      { language: '..' },
    ]
    for (const change of malformed) {
      const answer = store.open(request(signed({ ...plain, ...change })), app)
      expect([change, codeOf(answer)]).toEqual([change, 'STORE_MALFORMED'])
    }
    const dated = store.open(request(signed({ ...plain, timestamp: 'today' })), app)
    expect(codeOf(dated)).toBe('STORE_CALL_STALE')
    expect(codeOf(store.open(request(install, { method: 'HEAD' }), app))).toBe('STORE_MALFORMED')
  })

  it('ends nothing: it signs the token besides', () => {
    expect(codeOf(store.uninstall(request(install), app))).toBe('STORE_SIGNATURE_WRONG')
    expect(codeOf(store.open(request(end), app))).toBe('STORE_SIGNATURE_WRONG')
  })
})

describe.each([
  ['cancel', store.cancel],
  ['uninstall', store.uninstall],
] as const)('the %s call of the contract’s vector', (_, call) => {
  const receivedAt = new Date(1775121300_000)

  it('names the shop, by GET', () => {
    expect(call(request(end, { receivedAt }), app)).toEqual({
      is: 'verified',
      account: 'eu1:123456',
    })
  })

  it('may come by POST, with a query or a form (contract §2.2, a guess)', () => {
    const query = request(end).query
    expect(codeOf(call(request(end, { method: 'POST', receivedAt }), app))).toBe('verified')
    const form = { method: 'POST', query: new URLSearchParams(), body: query.toString() }
    expect(codeOf(call(request(end, { ...form, receivedAt }), app))).toBe('verified')
    expect(codeOf(call(request(end, { ...form, method: 'GET', receivedAt }), app))).toBe(
      'STORE_SIGNATURE_WRONG',
    )
  })

  it('is refused when old, changed, or without a secret of ours', () => {
    expect(codeOf(call(request(end), app))).toBe('STORE_CALL_STALE')
    const other = request({ ...end, shop_id: '123457' }, { receivedAt })
    expect(codeOf(call(other, app))).toBe('STORE_SIGNATURE_WRONG')
    const bare = { ...app, secret: '' }
    expect(codeOf(call(request(end, { receivedAt }), bare))).toBe('STORE_NOT_CONFIGURED')
  })
})
