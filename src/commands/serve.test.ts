import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startFactuursturen, type FactuursturenSandbox } from '../../sandbox/factuursturen/index.ts'
import { startKmoshops, type Kmoshops } from '../../sandbox/kmoshops/index.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { installIntegration, openTestEngine, type TestEngine } from '../../test/support/engine.ts'
import { cookieOf } from '../../test/support/house.ts'
import { runProgram, type Program } from '../../test/support/program.ts'
import { behindWeakLink, type WeakLink } from '../../test/support/weak-link.ts'
import { anyFreePort } from '../database/embedded.ts'
import { newKey } from '../merchants/key-ring.ts'
import { createMerchant } from '../merchants/people.ts'
import { signInOn } from '../merchants/sign-in.ts'
import { seededRandom, systemRandom } from '../world/random.ts'

const patient = { timeout: 120_000 }

// The key of openTestEngine, so that the program can open what the test has sealed.
const keys = newKey('test', seededRandom(1))
const secret = Buffer.from(systemRandom.bytes(32)).toString('base64url')
const appSecret = 'geheim-van-de-app-9876543210'
const person = {
  company: 'Koffiehuis',
  name: 'Noor',
  email: 'noor.geheim@voorbeeld.example',
  password: 'wachtwoord-dat-niemand-raadt',
  language: 'nl' as const,
}
const buyer = { email: 'wilhelmina@koper.example', lastName: 'Plantenberg' }

let database: TestDatabase
let link: WeakLink
let shop: Kmoshops
let books: FactuursturenSandbox
let bench: TestEngine
let env: Record<string, string>
let program: Program
let url: string
let merchantId: string
let integrationId: string

beforeAll(async () => {
  database = await createTestDatabase()
  link = await behindWeakLink(database)
  shop = await startKmoshops({ limits: 'off', switches: { webhookRetryDelaysMs: [] } })
  books = await startFactuursturen({ limits: 'off' })
  bench = openTestEngine(database)
  const port = await anyFreePort()
  url = `http://127.0.0.1:${port}`
  const signIn = signInOn({ pool: database.pool, publicUrl: url, secret })
  const room = { pool: database.pool, signIn, clock: bench.engine.clock, random: systemRandom }
  merchantId = (await createMerchant(room, person)).merchantId
  env = {
    DATABASE_URL: link.database.url,
    DOORVOER_KEYS: keys,
    DOORVOER_SECRET: secret,
    DOORVOER_PORT: String(port),
    DOORVOER_LOG_LEVEL: 'trace',
    DOORVOER_PRIVATE_ADDRESSES: '127.0.0.0/8',
    DOORVOER_KMOSHOPS_APP: `77:${appSecret}`,
  }
  program = runProgram(['web'], { env, patienceMs: 300_000 })
  await program.says('Doorvoer is running')
  integrationId = await installIntegration(
    bench.engine,
    { system: 'kmoshops', credentials: { apiRoot: shop.url, ...shop.credentials } },
    {
      system: 'factuursturen',
      credentials: {
        userName: books.account.user,
        apiKey: books.account.apiKey,
        baseUrl: `${books.url}/api/v1`,
      },
    },
    { publicUrl: url, merchantId },
  )
}, 120_000)

afterAll(async () => {
  program.end('SIGKILL')
  await program.ended
  await bench.close()
  await shop.close()
  await books.close()
  await link.close()
  await database.close()
}, 60_000)

const send = (path: string, body: string, headers: Record<string, string> = {}) =>
  fetch(url + path, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/json', origin: url, ...headers },
    body,
  })

const signInWith = (password: string, more: object = {}) =>
  send('/api/auth/sign-in/email', JSON.stringify({ email: person.email, password, ...more }))

const me = (cookie: string) => fetch(`${url}/api/me`, { headers: { cookie } })

const order = () => shop.placeOrder({ lines: [{ name: 'Mok', unitPrice: 12.1 }], ...buyer })

const hookKeyOf = async () =>
  (
    await database.db
      .selectFrom('integrations')
      .select('hookKey')
      .where('id', '=', integrationId)
      .executeTakeFirstOrThrow()
  ).hookKey

describe('the web server as a program', patient, () => {
  it('serves, and takes what the shop really sends', async () => {
    expect(await (await fetch(`${url}/health/ready`)).json()).toEqual({ status: 'ready' })
    order()
    await shop.settled()
    expect(shop.ledger().deliveries.map(({ state }) => state)).toEqual(['delivered'])
  })

  it('lets nobody take its port, and says so in one line', async () => {
    const { code, stdout, stderr } = await runProgram(['web'], {
      env: { ...env, DOORVOER_LOG_LEVEL: 'info' },
      patienceMs: 20_000,
    }).ended
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toBe(
      `doorvoer: Port ${env['DOORVOER_PORT']} is in use by another program. Set DOORVOER_PORT to a free one.\n`,
    )
  })

  it('sends nobody who signs in to another website', async () => {
    for (const callbackURL of ['https://evil.example', '//evil.example', '/\\evil.example']) {
      const answer = await signInWith(person.password, { callbackURL })
      expect(answer.status).toBe(403)
      expect(answer.headers.getSetCookie()).toEqual([])
    }
  })

  it('outlives a database that goes away in the middle of its work', async () => {
    const cookie = cookieOf(await signInWith(person.password))
    for (let round = 0; round < 5; round += 1) {
      for (let n = 0; n < 10; n += 1) order()
      const asked = Promise.allSettled(Array.from({ length: 40 }, () => me(cookie)))
      await link.cut()
      await asked
      await link.mend()
    }
    await shop.settled()
    const alive = await Promise.race([program.ended, fetch(`${url}/health/live`)])
    if ('stderr' in alive) throw new Error(`it ended: ${alive.stderr.slice(-300)}`)
    await expect
      .poll(async () => (await fetch(`${url}/health/ready`)).status, { timeout: 10_000 })
      .toBe(200)
    expect((await me(cookie)).status).toBe(200)
  })

  it('writes no secret to its log, whatever goes wrong', async () => {
    const signedIn = await signInWith(person.password)
    const cookie = cookieOf(signedIn)
    const token = cookie.split('=')[1]?.split('.')[0] ?? ''
    const wrong = 'fout-wachtwoord-0123456789'
    const bearer = 'bearer-van-iemand-0123456789'
    const hash = 'abcdef0123456789'.repeat(8)
    const hookKey = await hookKeyOf()
    await signInWith(wrong)
    await send('/api/auth/sign-in/email', `{"email":"${person.email}","password":"${wrong}"`)
    await send('/api/me', '{}', { cookie, authorization: `Bearer ${bearer}` })
    await send(`/hooks/kmoshops/${hookKey}`, `{"customer_email":"${buyer.email}"}`, {
      'x-hash': hash,
    })
    await send(`/hooks/kmoshops/${hookKey}%00`, `{"customer_email":"${buyer.email}"}`, {
      'x-hash': hash,
    })
    await send('/store/kmoshops/handshake', `{"api_secret":"${wrong}"}`, { 'x-hash': hash })
    // Faults of ours and of the database are written down: with what they were about?
    await fetch(`${url}/api/integrations/${integrationId}/bookings?tab=report&search=%00`, {
      headers: { cookie, authorization: `Bearer ${bearer}` },
    })
    await link.cut()
    await signInWith(person.password)
    await me(cookie)
    order()
    await shop.settled()
    await link.mend()

    const { stdout, stderr } = program.said()
    expect(stdout).toContain('a request failed')
    const said = stdout + stderr
    const planted = {
      password: person.password,
      wrong,
      cookie,
      token,
      bearer,
      hash,
      appSecret,
      secret,
      key: keys.split(':')[1] ?? '',
      apiSecret: shop.credentials.apiSecret,
      apiKey: books.account.apiKey,
      databasePassword: new URL(database.url).password,
      hookKey,
      person: person.email,
      buyer: buyer.email,
      buyerName: buyer.lastName,
    }
    const found = Object.entries(planted).filter(([, text]) => said.includes(text))
    expect(found.map(([name]) => name)).toEqual([])
  })

  it('writes every line as JSON, so that a machine can read it', () => {
    const lines = program.said().stdout.trim().split('\n')
    const unreadable = lines.filter((line) => {
      try {
        return typeof (JSON.parse(line) as { level?: unknown }).level !== 'number'
      } catch {
        return true
      }
    })
    expect(unreadable).toEqual([])
    // Better-auth tells of some things past the logger it was given.
    const foreign = program
      .said()
      .stderr.split('\n')
      .filter((line) => /^\S+ ERROR /.test(line))
    expect(foreign.filter((line) => !line.includes('[Better Auth]'))).toEqual([])
  })

  it('ends when asked, also while somebody watches', async () => {
    const cookie = cookieOf(await signInWith(person.password))
    const watched = await fetch(`${url}/api/integrations/${integrationId}/events`, {
      headers: { cookie },
    })
    const stream = watched.text().catch(() => 'cut off')
    program.end()
    const hangs = setTimeout(() => {
      program.end('SIGKILL')
    }, 30_000)
    const { code } = await program.ended
    clearTimeout(hangs)
    expect(code).toBe(0)
    expect(await stream).toContain('event: connected')
  })
})
