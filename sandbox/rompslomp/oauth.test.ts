import { describe, expect, test } from 'vitest'
import { app, exampleMoment, openSandbox, redirectUri, type TestClient } from './test-client.ts'

interface Pair {
  access_token: string
  refresh_token: string
  expires_in: number
  scope: string
}

const authorizeUrl = ({ sandbox }: TestClient, more: Record<string, string> = {}) => {
  const query = new URLSearchParams({
    client_id: app.client_id,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'public manage:contacts',
    state: 'st',
    ...more,
  })
  return `${sandbox.url}/oauth/authorize?${query.toString()}`
}

const redirected = async (url: string): Promise<URLSearchParams> => {
  const answer = await fetch(url, { redirect: 'manual' })
  expect(answer.status).toBe(302)
  return new URL(answer.headers.get('location') ?? '').searchParams
}

const codeOf = async (client: TestClient, more: Record<string, string> = {}) =>
  (await redirected(authorizeUrl(client, { auto: 'approve', ...more }))).get('code') ?? ''

const exchange = (client: TestClient, code: string, more: Record<string, string> = {}) =>
  client.token({
    ...app,
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    ...more,
  })

const pairOf = async (client: TestClient): Promise<Pair> =>
  (await exchange(client, await codeOf(client))).json() as Pair

const refresh = (client: TestClient, token: string) =>
  client.token({ ...app, grant_type: 'refresh_token', refresh_token: token })

const me = (client: TestClient, token: string) =>
  client.call('GET', '/companies', undefined, { authorization: `Bearer ${token}` })

const errorOf = (json: unknown) => (json as { error: string }).error

describe('the consent page', () => {
  test('shows what is asked, and a form that decides', async () => {
    const client = await openSandbox()
    const page = await (await fetch(authorizeUrl(client))).text()
    expect(page).toContain('public manage:contacts')
    const fields = [...page.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(
      ([, name = '', value = '']) => [name, value] as [string, string],
    )
    const form = new URLSearchParams(fields.filter(([name]) => name !== 'decision'))
    form.set('decision', 'approve')
    const answer = await fetch(`${client.sandbox.url}/oauth/authorize`, {
      method: 'POST',
      redirect: 'manual',
      body: form,
    })
    const back = new URL(answer.headers.get('location') ?? '')
    expect(back.searchParams.get('code')).toMatch(/^[\w-]{43}$/)
    expect(back.searchParams.get('state')).toBe('st')
  })
  test('refused: no code', async () => {
    const client = await openSandbox()
    const back = await redirected(authorizeUrl(client, { auto: 'refuse' }))
    expect(back.get('error')).toBe('access_denied')
    expect(back.has('code')).toBe(false)
  })
  test.each([{ client_id: 'other' }, { redirect_uri: 'http://127.0.0.1:3000/other' }])(
    'goes nowhere with what is not registered: %j',
    async (change) => {
      const client = await openSandbox()
      const answer = await fetch(authorizeUrl(client, { auto: 'approve', ...change }), {
        redirect: 'manual',
      })
      expect(answer.status).toBe(401)
      expect(answer.headers.has('location')).toBe(false)
    },
  )
})

describe('the token endpoint', () => {
  test('exchanges a code for a pair', async () => {
    const client = await openSandbox()
    const pair = await pairOf(client)
    expect(pair).toMatchObject({
      token_type: 'Bearer',
      expires_in: 7200,
      scope: 'public manage:contacts',
      created_at: exampleMoment.getTime() / 1000,
    })
    expect((await me(client, pair.access_token)).status).toBe(200)
  })
  test('takes a multipart form too, as in the samples', async () => {
    const client = await openSandbox()
    const form = new FormData()
    const fields = { ...app, grant_type: 'authorization_code', redirect_uri: redirectUri }
    for (const [name, value] of Object.entries(fields)) form.set(name, value)
    form.set('code', await codeOf(client))
    const answer = await fetch(`${client.sandbox.url}/oauth/token`, { method: 'POST', body: form })
    expect(answer.status).toBe(200)
  })
  test('a code works once', async () => {
    const client = await openSandbox()
    const code = await codeOf(client)
    expect((await exchange(client, code)).status).toBe(200)
    const again = await exchange(client, code)
    expect([again.status, errorOf(again.json())]).toEqual([400, 'invalid_grant'])
  })
  test('a code works for ten minutes, a token for two hours', async () => {
    let now = exampleMoment
    const client = await openSandbox({ now: () => now, limits: 'off' })
    const code = await codeOf(client)
    now = new Date(now.getTime() + 600_000)
    expect((await exchange(client, code)).status).toBe(400)
    const pair = await pairOf(client)
    now = new Date(now.getTime() + 7_200_000)
    const expired = await me(client, pair.access_token)
    expect([expired.status, expired.errorType()]).toEqual([
      401,
      'client.authentication.invalid_token',
    ])
    expect(expired.headers.get('www-authenticate')).toContain('error="invalid_token"')
    expect((await refresh(client, pair.refresh_token)).status).toBe(200)
  })
  test('says what is wrong in flat errors', async () => {
    const client = await openSandbox()
    const missing = await client.token({ client_id: app.client_id })
    expect([missing.status, errorOf(missing.json())]).toEqual([400, 'invalid_request'])
    const stranger = await client.token({ ...app, client_secret: 'x', grant_type: 'refresh_token' })
    expect([stranger.status, errorOf(stranger.json())]).toEqual([401, 'invalid_client'])
    const redirect = await exchange(client, await codeOf(client), {
      redirect_uri: 'http://x.test/',
    })
    expect(errorOf(redirect.json())).toBe('invalid_grant')
  })
  test('holds a code to its PKCE challenge, or does not look', async () => {
    // RFC 7636, appendix B.
    const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'
    const code_verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
    const client = await openSandbox()
    const challenged = () => codeOf(client, { code_challenge: challenge })
    expect((await exchange(client, await challenged(), { code_verifier })).status).toBe(200)
    expect((await exchange(client, await challenged())).status).toBe(400)
    client.sandbox.switches.checksPkce = false
    expect((await exchange(client, await challenged())).status).toBe(200)
  })
})

describe('a refresh', () => {
  test('ends the old pair at once', async () => {
    const client = await openSandbox()
    const first = await pairOf(client)
    const second = (await refresh(client, first.refresh_token)).json() as Pair
    expect((await me(client, first.access_token)).status).toBe(401)
    expect((await refresh(client, first.refresh_token)).status).toBe(400)
    expect((await me(client, second.access_token)).status).toBe(200)
  })
  test('or when the new token is first used', async () => {
    const client = await openSandbox({ switches: { oldRefreshToken: 'revoke-on-first-use' } })
    const first = await pairOf(client)
    const second = (await refresh(client, first.refresh_token)).json() as Pair
    expect((await me(client, first.access_token)).status).toBe(200)
    expect((await me(client, second.access_token)).status).toBe(200)
    expect((await me(client, first.access_token)).status).toBe(401)
    expect((await refresh(client, first.refresh_token)).status).toBe(400)
  })
  test('or never', async () => {
    const client = await openSandbox({ switches: { oldRefreshToken: 'keep' } })
    const first = await pairOf(client)
    await refresh(client, first.refresh_token)
    expect((await refresh(client, first.refresh_token)).status).toBe(200)
  })
})
