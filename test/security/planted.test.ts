import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeApiToken, scopes } from '../../src/merchants/api-tokens.ts'
import { openConnection, saveCredentials, setDot } from '../../src/merchants/connections.ts'
import { offerSeat } from '../../src/support/people/seat-offers.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { makeOperator } from '../support/operator.ts'
import type { Visitor } from '../support/house.ts'
import { callOperation, operationsOf, type Told } from './documented.ts'
import { dumpOf, plantedIn } from './dump.ts'
import { openTwoMerchants, type Merchant, type TwoMerchants } from './two-merchants.ts'

/**
 * Secrets and buyers with names nobody else has are planted at every entrance; then everything that comes out
 * is searched for them. The buyers' names are also what an attacker would order under.
 */
const buyer = {
  firstName: 'Wilhelmina<img src=x onerror=alert(1)>',
  lastName: '"><script>alert("naam")</script>',
  company: `=HYPERLINK("https://evil.example";"klik")`,
  street: 'Zwaluwkwartelstraat',
  city: 'Onderbovendam\'"><svg onload=alert(2)>',
  email: 'wilhelmina.geheim@klant.example',
  phone: '+31201928374',
} as const
const product = 'Mok {{constructor.constructor("alert(1)")()}} <script>alert("mok")</script>'

/** What stands in the rows of nobody: searched for without the markup, which JSON writes otherwise. */
const buyerData = {
  firstName: 'Wilhelmina',
  lastName: 'alert("naam")',
  company: 'evil.example',
  street: buyer.street,
  city: 'Onderbovendam',
  email: buyer.email,
  phone: buyer.phone,
  product: 'constructor.constructor',
}

let database: TestDatabase
let stage: TwoMerchants
let merchant: Merchant
let operator: Visitor
let secrets: Record<string, string>
let places: Record<string, string>

const post = async (visitor: Visitor, path: string, body: object) => {
  const answer = await stage.there.ask(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: visitor.cookie },
    body: JSON.stringify(body),
  })
  const text = await answer.text()
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${text}`)
  return JSON.parse(text) as Record<string, string>
}

const first = async (statement: string): Promise<string> =>
  (await database.pool.query<{ id: string }>(statement)).rows[0]?.id ?? ''

beforeAll(async () => {
  database = await createTestDatabase()
  stage = await openTwoMerchants(database)
  const { there } = stage
  merchant = stage.one
  const { integrationId, owner } = merchant
  operator = await there.welcome('Olga')
  await makeOperator(there, operator, 'totp')
  const line = { name: product, unitPrice: 12.1 }
  await merchant.sell(
    { ...buyer, lines: [line] },
    { ...buyer, lines: [line], totalOverride: 99 },
    { ...buyer, lines: [line], paid: false },
  )
  await merchant.drain()
  const refused = await first(`select id from bookings where state = 'refused'`)
  const base = `/api/integrations/${integrationId}`
  const ticket = await post(owner, `${base}/tickets`, {
    topic: 'problem',
    subject: `Vraag van ${buyer.firstName}`,
    text: `Mevrouw ${buyer.firstName} ${buyer.lastName} belt.`,
    bookingId: refused,
    withFigures: true,
  })
  await post(owner, `${base}/surveys`, {
    purpose: 'reconciliation',
    from: '2026-01-01',
    until: '2026-01-31',
  })
  await there.ask('/api/password-link', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: owner.email }),
  })
  const token = await makeApiToken(there.engine, {
    userId: owner.userId,
    name: 'sleutel',
    scopes,
    days: 1,
  })
  const offered = await offerSeat(there.engine, there.url, {
    merchantId: owner.merchantId,
    email: 'uitgenodigd@voorbeeld.example',
    role: 'member',
    by: { id: owner.userId, name: 'Eigenaar', email: owner.email, language: 'nl' },
  })
  const view = await post(operator, `/api/operator/integrations/${integrationId}/views`, {
    reason: 'kijken naar de koppeling',
  })
  const connection = await openConnection(there.engine, integrationId, 'webshop')
  secrets = {
    ...merchant.secrets,
    token: token?.token ?? '',
    session: decodeURIComponent(owner.cookie.split('=')[1] ?? '').split('.')[0] ?? '',
    ...Object.fromEntries(
      (connection?.subscriptions ?? []).map(({ key }, at) => [`subscription${at}`, key]),
    ),
  }
  places = {
    integrationId,
    bookingId: refused,
    side: 'webshop',
    merchantId: owner.merchantId,
    userId: owner.userId,
    offerId: offered.is === 'offered' ? offered.offer.id : '',
    tokenId: token?.made.id ?? '',
    ticketId: ticket['id'] ?? '',
    surveyId: await first('select id from surveys'),
    invoiceId: '019c0000-0000-7000-8000-000000000000',
    system: 'kmoshops',
    id: 'kmoshops',
    topic: 'none',
    code: 'TOTAL_DIFFERS_FROM_LINES',
    viewId: view['id'] ?? '',
    alarmId: '019c0000-0000-7000-8000-000000000000',
    token: 'a'.repeat(43),
    paymentId: '019c0000-0000-7000-8000-000000000000',
  }
})
afterAll(async () => {
  await stage.close()
  await database.close()
})

/** What every route that only looks tells these visitors. */
const everythingTold = async (...visitors: readonly Visitor[]): Promise<[string, Told][]> => {
  const reading = (await operationsOf(stage.there)).filter(({ method }) => method === 'GET')
  const told: [string, Told][] = []
  for (const { cookie } of visitors) {
    for (const operation of reading) {
      told.push([operation.key, await callOperation(stage.there, places, operation, { cookie })])
    }
  }
  return told
}

/** Read live from the shop while a person looks; and a ticket, which is what a person wrote. */
const live = new Set([
  'GET /api/integrations/:integrationId/bookings/:bookingId/figures',
  'GET /api/integrations/:integrationId/tickets',
  'GET /api/integrations/:integrationId/tickets/:ticketId',
  'GET /api/operator/tickets',
  'GET /api/operator/tickets/:ticketId',
  'GET /api/operator/integrations/:integrationId',
])

describe('everything that comes out', () => {
  it('holds no secret, in any answer to a merchant or an operator', async () => {
    const told = await everythingTold(merchant.owner, operator)
    expect(told.filter(([, { status }]) => status === 200).length).toBeGreaterThan(40)
    const found = told.flatMap(([key, { text }]) =>
      plantedIn(secrets, text).map((name) => `${key}: ${name}`),
    )
    expect(found).toEqual([])
  })

  it('holds buyers only where they are read live or a person wrote them', async () => {
    const told = await everythingTold(merchant.owner, operator)
    const found = told.flatMap(([key, { text }]) =>
      plantedIn(buyerData, text).map((name) => `${key}: ${name}`),
    )
    expect(found.filter((each) => !live.has(each.split(': ')[0] ?? ''))).toEqual([])
    // They were there to be found.
    expect(found.length).toBeGreaterThan(5)
  })

  it('is data and never a page: what a buyer called himself runs nowhere', async () => {
    for (const [key, { text, headers }] of await everythingTold(merchant.owner, operator)) {
      if (plantedIn(buyerData, text).length === 0) continue
      expect([key, headers.get('content-type')]).toEqual([
        key,
        expect.stringMatching(/^application\/json/),
      ])
      expect(headers.get('x-content-type-options')).toBe('nosniff')
    }
  })

  it('holds none of it in the metrics, in errors or in answers to bad input', async () => {
    const { there } = stage
    const answers = [
      await there.ask('/metrics'),
      await there.ask(`/hooks/kmoshops/${secrets['token'] ?? ''}`, {
        method: 'POST',
        body: JSON.stringify(buyer),
      }),
      await there.ask('/store/kmoshops/handshake', {
        method: 'POST',
        body: JSON.stringify(secrets),
      }),
      await there.ask('/api/me', {
        headers: { authorization: `Bearer ${secrets['apiSecret'] ?? ''}` },
      }),
      await there.ask(`/api/integrations/${merchant.integrationId}/tickets`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie: merchant.owner.cookie },
        body: `{"topic":"${secrets['apiSecret'] ?? ''}","text":"${buyer.street}`,
      }),
    ]
    for (const answer of answers) {
      const text = await answer.text()
      expect(plantedIn({ ...secrets, ...buyerData }, text)).toEqual([])
    }
  })
})

describe('a stolen dump of the database', () => {
  it('opens no credentials, sessions, passwords or links, and names no buyer', async () => {
    const rows = await dumpOf(database.pool)
    const tables = new Set(rows.map(({ table }) => table))
    for (const table of ['bookings', 'connections', 'tickets', 'ticket_attachments', 'mails']) {
      expect(tables).toContain(`public.${table}`)
    }
    // A session lies there by its token, which is worth nothing without our signature under it.
    const { session, ...opening } = secrets
    expect(session).toMatch(/\w{20}/)
    const found = rows.flatMap(({ table, text }) =>
      plantedIn({ ...opening, ...buyerData }, text).map((name) => `${table}: ${name}`),
    )
    expect(found).toEqual([])
  })

  it('signs nobody in: a session’s token alone is no cookie', async () => {
    const { rows } = await database.pool.query<{ token: string }>('select token from session')
    expect(rows.length).toBeGreaterThan(2)
    for (const { token } of rows) {
      for (const value of [token, `${token}.`, `${token}.${token}`]) {
        const cookie = `doorvoer.session_token=${encodeURIComponent(value)}`
        expect((await stage.there.ask('/api/me', { headers: { cookie } })).status).toBe(401)
      }
    }
  })
})

describe('a remote that repeats what it is sent', () => {
  it('brings no key into a ticket, an answer or a row', async () => {
    const { there } = stage
    const { integrationId, owner } = merchant
    const page = (headers: object) => `<h1>Whoops</h1><pre>${JSON.stringify(headers)}</pre>`
    const echo = createServer((request, response) => {
      response
        .writeHead(500, { 'content-type': 'text/html' })
        .end(page({ ...request.headers, address: request.url }))
    })
    await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(echo.address() as AddressInfo).port}`
    const before = await openConnection(there.engine, integrationId, 'accounting')
    await saveCredentials(there.engine, integrationId, 'accounting', 'factuursturen', {
      ...before?.credentials,
      baseUrl: `${url}/api/v1`,
    })
    await saveCredentials(there.engine, integrationId, 'webshop', 'kmoshops', {
      apiRoot: url,
      ...merchant.shop.credentials,
    })
    for (const side of ['webshop', 'accounting'] as const) {
      await setDot(there.engine, integrationId, side, null)
    }
    const ticket = await post(owner, `/api/integrations/${integrationId}/tickets`, {
      topic: 'problem',
      subject: 'Het gaat mis',
      text: 'Kijkt u mee?',
      bookingId: places['bookingId'],
      withFigures: true,
    })
    const opened = await post(
      operator,
      `/api/operator/tickets/${ticket['id'] ?? ''}/open-figures`,
      { reason: 'nagaan wat de winkel zegt' },
    )
    expect(JSON.stringify(opened)).toContain('Whoops')
    const basic = Buffer.from(
      `${merchant.books.account.user}:${merchant.books.account.apiKey}`,
    ).toString('base64')
    const keys = { ...secrets, basic, apiPublic: merchant.shop.credentials.apiPublic }
    expect(plantedIn(keys, JSON.stringify(opened))).toEqual([])
    await merchant.sell({ ...buyer })
    await merchant.drain()
    for (const [key, { text }] of await everythingTold(owner, operator)) {
      expect([key, plantedIn(secrets, text)]).toEqual([key, []])
    }
    await new Promise((resolve) => echo.close(resolve))
  })
})
