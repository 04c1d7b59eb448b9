import { describe, expect, it } from 'vitest'
import type { RawRequest } from '../../webshop.ts'
import { sign } from './signing.ts'
import { lastPage, scriptedShop, vectorCredentials } from './fixtures/scripted-shop.ts'
import { store } from './store.ts'

const app = {
  id: '77',
  secret: 'k3Jq8ZtW1nVb5LxR0cYd7Gh2Ms9Pf4Ea',
  handshakeUrl: 'https://koppel.example.test/kmo/handshake',
  installUrl: 'https://koppel.example.test/kmo/install',
  uninstallUrl: 'https://koppel.example.test/kmo/uninstall',
}

const post = (body: string, hash: string | undefined): RawRequest => ({
  method: 'POST',
  // What a proxy made of it; signed is the registered address.
  address: 'http://10.0.0.1/kmo',
  query: new URLSearchParams(),
  headers: { 'x-hash': hash },
  body,
  receivedAt: new Date('2026-03-02T09:15:00Z'),
})

const get = (query: string): RawRequest => ({
  ...post('', undefined),
  method: 'GET',
  query: new URLSearchParams(query),
})

const codeOf = (result: { is: string; reason?: { code: string } }) => result.reason?.code ?? result

describe('handshake (contract §3.1)', () => {
  const body =
    '{"api_public":"9fQ2mXc7Lr0ZtB4vWk8Y","api_secret":"S3cr3tS3cr3tS3cr3tS3cr3tS3cr3t00","api_root":"https://demo-kmo.example.test","return_url":"https://demo-kmo.example.test/onderhoud/apps?done=1"}'
  const hash =
    'ca5e6fdc5df59e13b2e76c058f6b0641b4102fa5f4d548b090d6da028c5cbfb99e11346f9c1c9ecf9a0e95b4d188a1180722f93d601519ec4294e0d80c2e7cc9'
  const signed = (change: object) => {
    const text = JSON.stringify({ ...(JSON.parse(body) as object), ...change })
    return post(text, sign(app.secret, app.handshakeUrl, text))
  }

  it('accepts the vector', () => {
    expect(store.handshake(post(body, hash), app)).toEqual({
      is: 'verified',
      account: '9fQ2mXc7Lr0ZtB4vWk8Y',
      credentials: vectorCredentials,
    })
  })

  it.each([
    ['unsigned', body, undefined],
    ['badly signed', body, hash.replace('c', 'd')],
    ['cut', body, hash.slice(1)],
    ['changed', `${body} `, hash],
    ['signed for another address', body, sign(app.secret, app.uninstallUrl, body)],
  ])('refuses one that is %s', (_, text, given) => {
    expect(codeOf(store.handshake(post(text, given), app))).toBe('STORE_SIGNATURE_WRONG')
  })

  it('refuses everything while the app has no secret', () => {
    const given = sign('', app.handshakeUrl, body)
    const bare = { ...app, secret: '' }
    expect(codeOf(store.handshake(post(body, given), bare))).toBe('STORE_NOT_CONFIGURED')
  })

  it.each([
    ['another host to return to', { return_url: 'https://evil.example/' }],
    [
      'a host that only looks the same',
      { return_url: 'https://demo-kmo.example.test.evil.example' },
    ],
    ['a user in the address', { return_url: 'https://demo-kmo.example.test@evil.example/' }],
    ['a user at the right host', { return_url: 'https://user@demo-kmo.example.test/' }],
    ['a script to return to', { return_url: 'javascript:alert(1)' }],
    ['no encryption', { api_root: 'http://demo-kmo.example.test' }],
    ['an address that is none', { api_root: 'demo-kmo.example.test' }],
    ['another port', { return_url: 'https://demo-kmo.example.test:444/' }],
    ['no key', { api_public: '' }],
    ['no secret', { api_secret: undefined }],
  ])('refuses a signed one with %s', (_, change) => {
    expect(codeOf(store.handshake(signed(change), app))).toBe('STORE_MALFORMED')
  })

  it('allows http on this machine only', () => {
    const local = { api_root: 'http://127.0.0.1:81', return_url: 'http://127.0.0.1:81/x' }
    expect(store.handshake(signed(local), app)).toMatchObject({ is: 'verified' })
    const near = { api_root: 'http://10.0.0.1', return_url: 'http://10.0.0.1/x' }
    expect(codeOf(store.handshake(signed(near), app))).toBe('STORE_MALFORMED')
  })
})

describe('open (contract §3.2)', () => {
  const hash =
    'ad04bfaab88ab4c419c52b2e48c9cda59e72dbed4ac76f6f99fd28578527fe788d06d8336838cc1a1e0c422030ae390b78cf500abd5e32b71d61f78053fe54b2'
  const query = `api_public=9fQ2mXc7Lr0ZtB4vWk8Y&language=nl&x-hash=${hash}`

  it('accepts the vector', () => {
    expect(store.open(get(query), app)).toEqual({
      is: 'verified',
      account: '9fQ2mXc7Lr0ZtB4vWk8Y',
    })
  })

  it('takes the key as it is before URL encoding', () => {
    const key = 'a^b_c'
    const search = new URLSearchParams({
      api_public: key,
      'x-hash': sign(app.secret, app.installUrl, key),
    })
    expect(store.open(get(search.toString()), app)).toMatchObject({ account: key })
  })

  it.each(['', 'api_public=9fQ2mXc7Lr0ZtB4vWk8Y', query.replace('9fQ', '9fR'), query.slice(0, -1)])(
    'refuses %s',
    (bad) => {
      expect(codeOf(store.open(get(bad), app))).toBe('STORE_SIGNATURE_WRONG')
    },
  )

  it('refuses an address that names two shops', () => {
    expect(codeOf(store.open(get(`${query}&api_public=other`), app))).toBe('STORE_MALFORMED')
  })
})

describe('uninstall (contract §3.3)', () => {
  const body = '{"api_public":"9fQ2mXc7Lr0ZtB4vWk8Y"}'
  const hash =
    '0e21d30be70a51c1d9eeda90015aa2bf4071db2f0bad0917ec7da6567719660930f61e3b24c5c4ac2068a3dc5f982a4994d172af02039be803ff31e97789a480'

  it('accepts the vector', () => {
    expect(store.uninstall(post(body, hash), app)).toEqual({
      is: 'verified',
      account: '9fQ2mXc7Lr0ZtB4vWk8Y',
    })
  })

  it('refuses the rest', () => {
    expect(codeOf(store.uninstall(post(body, undefined), app))).toBe('STORE_SIGNATURE_WRONG')
    expect(codeOf(store.uninstall(post(`${body}\n`, hash), app))).toBe('STORE_SIGNATURE_WRONG')
    const none = sign(app.secret, app.uninstallUrl, 'x')
    expect(codeOf(store.uninstall(post('x', none), app))).toBe('STORE_MALFORMED')
  })
})

describe('finish (contract §3.2)', () => {
  const finish = (returnUrl: string, apps: readonly unknown[] = [{ id: 77 }]) => {
    const { session, calls } = scriptedShop(({ method }) =>
      method === 'GET' ? lastPage(apps) : { status: 204 },
    )
    const credentials = { ...vectorCredentials, returnUrl }
    return { finished: store.finish({ ...session, credentials }), calls }
  }

  it('tells the platform and knows where the browser goes', async () => {
    const { finished, calls } = finish(vectorCredentials.returnUrl)
    expect(await finished).toEqual({ returnUrl: vectorCredentials.returnUrl })
    expect(calls.map(({ method, target }) => `${method} ${target}`)).toEqual([
      'GET /api/rest/v1/apps/?start=0&size=100',
      'PATCH /api/rest/v1/apps/77',
    ])
    expect(calls[1]?.body).toBe('{"is_installed":true}')
  })

  it.each(['', 'https://evil.example/', 'http://demo-kmo.example.test/'])(
    'tells nothing when it would lead to %j',
    async (returnUrl) => {
      const { finished, calls } = finish(returnUrl)
      await expect(finished).rejects.toMatchObject({ reason: { code: 'STORE_MALFORMED' } })
      expect(calls).toEqual([])
    },
  )

  it.each([[[]], [[{ id: 1 }, { id: 2 }]]])('wants exactly one app, not %j', async (apps) => {
    const { finished } = finish(vectorCredentials.returnUrl, apps)
    await expect(finished).rejects.toMatchObject({
      reason: { code: 'REMOTE_SHAPE', params: { field: 'apps' } },
    })
  })
})
