import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startRompslomp } from '../../../../sandbox/rompslomp/index.ts'
import { Trouble } from '../../../problems/reason.ts'
import { later } from '../../../world/clock.ts'
import { seededRandom } from '../../../world/random.ts'
import { createHttpClient, type HttpClient } from '../../http.ts'
import { schemaOf } from '../../settings.ts'
import { rompslomp } from './index.ts'
import { credentials as fields, settings, type RompslompCredentials } from './settings.ts'

const returnAddress = 'http://127.0.0.1:3000/connect/rompslomp/return'
const app = { id: 'sandbox-app', secret: 'sandbox-secret' }
const start = new Date('2026-03-02T09:56:00Z')

let now: Date
let sandbox: Awaited<ReturnType<typeof startRompslomp>>
let http: HttpClient & { close(): Promise<void> }
beforeEach(async () => {
  now = start
  sandbox = await startRompslomp({ limits: 'off', now: () => now })
  http = createHttpClient({ privateAllowed: ['127.0.0.0/8'] })
})
afterEach(async () => {
  await http.close()
  await sandbox.close()
})

const clock = { now: () => now, monotonicMs: () => 0, sleep: () => Promise.resolve() }
const remote = (change: { app?: typeof app } = {}) => ({
  http,
  clock,
  random: seededRandom(7),
  app,
  ...change,
})
const { signIn } = rompslomp
if (signIn?.renewal === undefined) throw new Error('no sign-in')
const { renewal } = signIn
const begin: typeof signIn.begin = (...given) => signIn.begin(...given)
const finish: typeof signIn.finish = (...given) => signIn.finish(...given)

const asked = (): RompslompCredentials =>
  schemaOf(fields).parse({ baseUrl: `${sandbox.url}/api/v1`, apiToken: 'typed before' })

const sessionOf = (credentials: RompslompCredentials) => ({
  credentials,
  settings: schemaOf(settings).parse({ administration: '418223901' }),
  http,
  clock,
})

/** The merchant's browser at the consent page; what comes back with it. */
const consent = async (goTo: string, decision: 'approve' | 'refuse'): Promise<URLSearchParams> => {
  const answer = await fetch(`${goTo}&auto=${decision}`, { redirect: 'manual' })
  const back = new URL(answer.headers.get('location') ?? '')
  expect(back.origin + back.pathname).toBe(returnAddress)
  return back.searchParams
}

const begun = async () => {
  const credentials = asked()
  const { goTo, kept } = await begin(remote(), { credentials, returnAddress, state: 'st-1' })
  return { credentials, goTo, kept }
}

const signedIn = async (): Promise<RompslompCredentials> => {
  const { credentials, goTo, kept } = await begun()
  const query = await consent(goTo, 'approve')
  return finish(remote(), { credentials, returnAddress, kept, query })
}

const troubleOf = async (work: Promise<unknown>): Promise<Trouble> => {
  const result: unknown = await work.catch((error: unknown) => error)
  if (result instanceof Trouble) return result
  throw new Error('no trouble')
}

describe('signing in', () => {
  test('goes to Rompslomp with what it must know, and no secret', async () => {
    const credentials = schemaOf(fields).parse({})
    const { goTo } = await begin(remote(), { credentials, returnAddress, state: 'st-1' })
    const address = new URL(goTo)
    expect(address.origin + address.pathname).toBe('https://api.rompslomp.nl/oauth/authorize')
    const { code_challenge, ...query } = Object.fromEntries(address.searchParams)
    expect(code_challenge).toMatch(/^[\w-]{43}$/)
    expect(query).toEqual({
      client_id: 'sandbox-app',
      redirect_uri: returnAddress,
      response_type: 'code',
      scope: 'public manage:contacts manage:products manage:sales_invoices read:accounts',
      state: 'st-1',
      code_challenge_method: 'S256',
    })
  })
  test('gives tokens that open the books, and drops the token by hand', async () => {
    const credentials = await signedIn()
    expect(credentials).toMatchObject({
      apiToken: '',
      expiresAt: '2026-03-02T11:56:00.000Z',
      baseUrl: asked().baseUrl,
    })
    expect(schemaOf(fields).parse(credentials)).toEqual(credentials)
    const findings = await rompslomp.check(sessionOf(credentials))
    expect(findings.filter(({ problem }) => problem !== undefined)).toEqual([])
  })
  test.each([true, false])('works whether or not PKCE is looked at: %s', async (checksPkce) => {
    sandbox.switches.checksPkce = checksPkce
    expect((await signedIn()).accessToken).toHaveLength(43)
  })
  test('that the merchant refuses fails, and says so', async () => {
    const { credentials, goTo, kept } = await begun()
    const query = await consent(goTo, 'refuse')
    const work = finish(remote(), { credentials, returnAddress, kept, query })
    expect(await troubleOf(work)).toMatchObject({ reason: { code: 'SIGN_IN_FAILED' } })
  })
  test.each(['state', 'code'])('with another %s fails', async (name) => {
    const { credentials, goTo, kept } = await begun()
    const query = await consent(goTo, 'approve')
    query.set(name, 'another')
    const work = finish(remote(), { credentials, returnAddress, kept, query })
    expect(await troubleOf(work)).toMatchObject({ reason: { code: 'SIGN_IN_FAILED' } })
    expect(sandbox.ledger().liveTokens).toBe(0)
  })
  test('without state fails before anything is sent', async () => {
    sandbox.switches.returnsState = false
    const { credentials, goTo, kept } = await begun()
    const query = await consent(goTo, 'approve')
    const work = finish(remote(), { credentials, returnAddress, kept, query })
    expect(await troubleOf(work)).toMatchObject({ reason: { code: 'SIGN_IN_FAILED' } })
    expect(sandbox.ledger().requests.byCall).not.toHaveProperty('POST /oauth/token')
  })
  test('too late, or twice with one code, fails', async () => {
    const { credentials, goTo, kept } = await begun()
    const query = await consent(goTo, 'approve')
    const work = () => finish(remote(), { credentials, returnAddress, kept, query })
    await work()
    expect(await troubleOf(work())).toMatchObject({ reason: { code: 'SIGN_IN_FAILED' } })
    const again = await begun()
    const stale = await consent(again.goTo, 'approve')
    now = later(now, 601_000)
    const late = finish(remote(), { ...again, returnAddress, query: stale })
    expect(await troubleOf(late)).toMatchObject({ reason: { code: 'SIGN_IN_FAILED' } })
  })
  test('with a registration that is wrong is for the operator, and tells no secret', async () => {
    const { credentials, goTo, kept } = await begun()
    const query = await consent(goTo, 'approve')
    const wrong = { id: app.id, secret: 'not-the-secret' }
    const work = finish(remote({ app: wrong }), { credentials, returnAddress, kept, query })
    const trouble = await troubleOf(work)
    expect(trouble.reason).toEqual({
      code: 'APP_REFUSED',
      params: { system: 'Rompslomp', status: 401 },
    })
    expect(trouble.message).not.toContain('not-the-secret')
  })
  test.each(['http://evil.example/api/v1', 'https://127.0.0.1.evil.example/', 'http://10.0.0.1/'])(
    'never tells the secret to an address of the merchant: %s',
    async (baseUrl) => {
      const urls: string[] = []
      const spy: HttpClient = {
        send: ({ url }) => {
          urls.push(url)
          return Promise.resolve({ is: 'silence', cause: 'time-out', mayHaveArrived: true })
        },
      }
      const credentials = { ...schemaOf(fields).parse({ baseUrl }), refreshToken: 'r' }
      const work = renewal.renew({ ...remote(), http: spy }, credentials)
      expect(await troubleOf(work)).toMatchObject({ cure: 'later' })
      expect(urls).toEqual(['https://api.rompslomp.nl/oauth/token'])
    },
  )
})

describe('renewing', () => {
  test('is due ten minutes before the end, and never for a token by hand', async () => {
    expect(renewal.staleAt(await signedIn())).toEqual(new Date('2026-03-02T11:46:00Z'))
    expect(renewal.staleAt(asked())).toBeNull()
    expect(renewal.staleAt({ ...asked(), accessToken: 'a', expiresAt: '' })).toEqual(new Date(0))
  })
  test('gives a new pair each time, and the old one is dead', async () => {
    const first = await signedIn()
    now = later(now, 7_200_000)
    const expired = await rompslomp.check(sessionOf(first))
    expect(expired[0]?.problem?.code).toBe('CREDENTIALS_REFUSED')
    const second = await renewal.renew(remote(), first)
    expect(second.accessToken).not.toBe(first.accessToken)
    expect(second.refreshToken).not.toBe(first.refreshToken)
    expect(second.expiresAt).toBe('2026-03-02T13:56:00.000Z')
    expect((await rompslomp.check(sessionOf(second)))[0]).toEqual({ subject: 'administration' })
    const third = await renewal.renew(remote(), second)
    expect((await rompslomp.check(sessionOf(third)))[0]).toEqual({ subject: 'administration' })
  })
  test.each([400, 401] as const)(
    'with a refresh token that is dead needs a new sign-in (%i)',
    async (status) => {
      sandbox.switches.invalidGrantStatus = status
      const first = await signedIn()
      await renewal.renew(remote(), first)
      const trouble = await troubleOf(renewal.renew(remote(), first))
      expect(trouble).toMatchObject({ cure: 'reconnect', reason: { code: 'CREDENTIALS_REFUSED' } })
      expect(trouble.message).not.toContain(first.refreshToken)
    },
  )
  test('whose answer is lost can be tried again, where the old pair lives until first use', async () => {
    sandbox.switches.oldRefreshToken = 'revoke-on-first-use'
    const first = await signedIn()
    sandbox.faults.add({ fault: 'reset-after', match: { path: '/oauth/token$' } })
    expect(await troubleOf(renewal.renew(remote(), first))).toMatchObject({ cure: 'later' })
    const second = await renewal.renew(remote(), first)
    expect((await rompslomp.check(sessionOf(second)))[0]).toEqual({ subject: 'administration' })
  })
  test('whose answer is lost needs a new sign-in where the old pair died at once', async () => {
    const first = await signedIn()
    sandbox.faults.add({ fault: 'reset-after', match: { path: '/oauth/token$' } })
    expect(await troubleOf(renewal.renew(remote(), first))).toMatchObject({ cure: 'later' })
    expect(await troubleOf(renewal.renew(remote(), first))).toMatchObject({
      reason: { code: 'CREDENTIALS_REFUSED' },
    })
  })
  test.each([
    ['error-before', 'REMOTE_TROUBLE'],
    ['rate-limit', 'RATE_LIMITED'],
    ['html', 'REMOTE_NOT_JSON'],
    ['bad-json', 'REMOTE_NOT_JSON'],
    ['reset-before', 'REMOTE_SILENT'],
  ] as const)('during %s passes by itself: the merchant need not sign in', async (fault, code) => {
    const first = await signedIn()
    sandbox.faults.add({ fault, match: { path: '/oauth/token$' } })
    const trouble = await troubleOf(renewal.renew(remote(), first))
    expect(trouble).toMatchObject({ cure: 'later', reason: { code } })
  })
})
