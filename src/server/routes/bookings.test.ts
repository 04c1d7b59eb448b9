import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  startFactuursturen,
  type FactuursturenSandbox,
} from '../../../sandbox/factuursturen/index.ts'
import { startKmoshops, type Kmoshops } from '../../../sandbox/kmoshops/index.ts'
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.ts'
import { installIntegration } from '../../../test/support/engine.ts'
import { openHouse, type TestHouse, type Visitor } from '../../../test/support/house.ts'
import { behindWeakLink, type WeakLink } from '../../../test/support/weak-link.ts'
import { drain } from '../../bookings/drain.ts'
import { createIntegration } from '../../merchants/integrations.ts'
import { openTicket } from '../../support/tickets/open-ticket.ts'
import { askSurvey } from '../../bookings/surveys/ask-survey.ts'
import { api, failure, type RouteKey, type RouteShape } from '../api.ts'

let database: TestDatabase
let link: WeakLink
let shop: Kmoshops
let books: FactuursturenSandbox
let there: TestHouse
let owner: Visitor
let member: Visitor
let stranger: Visitor
/** The owner's, with a sale in every tab. */
let mine: string
let theirs: string
let booked: string
let refused: string
let open: string
let theirBooking: string
let ticket: string
let survey: string

/** The console has tests of its own, of everybody it is closed to. */
type OwnKey = Exclude<RouteKey, `${string} /api/operator/${string}`>

/** What each route is asked, well-formed. That no route forgets its guard is the concern of every-route.test.ts. */
const bodies: Partial<Record<RouteKey, object | null>> = {
  'GET /api/me': null,
  'PATCH /api/me': { language: 'nl' },
  'GET /api/integrations/:integrationId/counts': null,
  'GET /api/integrations/:integrationId/days': null,
  'GET /api/integrations/:integrationId/speed': null,
  'GET /api/integrations/:integrationId/bookings': null,
  'GET /api/integrations/:integrationId/causes': null,
  'GET /api/integrations/:integrationId/bookings/:bookingId': null,
  'GET /api/integrations/:integrationId/bookings/:bookingId/figures': null,
  'POST /api/integrations/:integrationId/process': { code: 'NO_SUCH_CODE' },
  'POST /api/integrations/:integrationId/ignore': {
    bookingIds: ['019c0000-0000-7000-8000-000000000000'],
  },
  'POST /api/integrations/:integrationId/store-claim': { claim: 'x' },
  'POST /api/integrations/:integrationId/bookings/:bookingId/decide': { decision: 'book-again' },
  'GET /api/integrations/:integrationId/licence': null,
  'PUT /api/integrations/:integrationId/billing-details': {
    ...{ company: 'Zaak', attention: '', street: 'Dorpsstraat 1', postcode: '1234 AB' },
    ...{ city: 'Utrecht', country: 'NL', vatNumber: '', email: '' },
  },
  'POST /api/integrations/:integrationId/offer': { service: 'year' },
  'GET /api/offers/:token': null,
  'POST /api/offers/:token/pay': { pay: true },
  'GET /api/systems': null,
  'POST /api/integrations': { name: 'Winkel', webshop: 'kmoshops', accounting: 'factuursturen' },
  'GET /api/integrations/:integrationId/configuration': null,
  'PUT /api/integrations/:integrationId/settings': { settings: { leadingNumber: 'order' } },
  'PUT /api/integrations/:integrationId/connections/:side/credentials': { values: {} },
  'PUT /api/integrations/:integrationId/connections/:side/settings': { values: {} },
  'POST /api/integrations/:integrationId/connections/:side/check': { refresh: true },
  'POST /api/integrations/:integrationId/connections/:side/sign-in': { values: {} },
  'PUT /api/integrations/:integrationId/configuration': { version: 0 },
  'GET /api/systems/:id/guide': null,
  'GET /api/problems/:code': null,
  'GET /api/integrations/:integrationId/latest-sales': null,
  'POST /api/integrations/:integrationId/preview': { sale: { number: 'x' } },
  'POST /api/integrations/:integrationId/go-ahead': { all: true },
  'POST /api/integrations/:integrationId/stop': { confirm: 'stop' },
  'GET /api/integrations/:integrationId/tickets': null,
  'POST /api/integrations/:integrationId/tickets': {
    topic: 'question',
    subject: 'Vraag',
    text: 'Hoe werkt dit?',
  },
  'GET /api/integrations/:integrationId/tickets/:ticketId': null,
  'POST /api/integrations/:integrationId/tickets/:ticketId/messages': { text: 'Nog iets.' },
  'POST /api/integrations/:integrationId/tickets/:ticketId/settle': { settled: true },
  'GET /api/integrations/:integrationId/surveys': null,
  'POST /api/integrations/:integrationId/surveys': {
    purpose: 'migration',
    from: '2026-01-01',
    until: '2026-01-31',
  },
  'GET /api/integrations/:integrationId/surveys/:surveyId': null,
  'GET /api/integrations/:integrationId/surveys/:surveyId/sales': null,
  'POST /api/integrations/:integrationId/surveys/:surveyId/steer': { wish: 'cancel' },
  'POST /api/integrations/:integrationId/surveys/:surveyId/pick-up': { pickUp: true },
  'GET /api/integrations/:integrationId/surveys/:surveyId/reconciliation': null,
  'GET /api/integrations/:integrationId/oss': null,
  'GET /api/integrations/:integrationId/activation': null,
  'GET /api/integrations/:integrationId/bookings/:bookingId/vat-question': null,
  'POST /api/integrations/:integrationId/bookings/:bookingId/vat-decision': { decision: 'vouch' },
  'GET /api/help': null,
  'GET /api/help/:topic': null,
}
/** What some routes have to be asked with. */
const queries: Partial<Record<RouteKey, string>> = {
  'GET /api/integrations/:integrationId/surveys': 'purpose=reconciliation',
  'GET /api/integrations/:integrationId/oss': 'quarter=2026-Q4',
}
const isOwn = (key: string): key is OwnKey => key in bodies
const routes = Object.keys(bodies).filter(isOwn)
/** Everybody may see what there is to choose from and read the help; whoever has an offer's link may pay it. */
const closed = routes.filter((key) => !/ \/api\/(systems|help|offers|problems)\b/.test(key))
const ofIntegration = routes.filter((key) => key.includes(':integrationId'))
/** A preview is asked with a body, and changes nothing. */
const changing = ofIntegration.filter((key) => !key.startsWith('GET ') && !key.endsWith('/preview'))

interface Asked {
  as?: Visitor | undefined
  integrationId?: string
  bookingId?: string
  query?: string
  body?: unknown
  headers?: Record<string, string>
}

const call = (key: OwnKey, asked: Asked = {}): Promise<Response> => {
  const [method = '', pattern = ''] = key.split(' ')
  const needsTab = key === 'GET /api/integrations/:integrationId/bookings'
  const query = asked.query ?? (needsTab ? 'tab=report' : (queries[key] ?? ''))
  const path = pattern
    .replace(':integrationId', asked.integrationId ?? mine)
    .replace(':bookingId', asked.bookingId ?? booked)
    .replace(':ticketId', ticket)
    .replace(':surveyId', survey)
    .replace(':side', 'webshop')
    .replace(':token', 'a-token-that-nobody-has')
    .replace(':id', 'kmoshops')
    .replace(':code', 'NOT_FOUND')
  const body = 'body' in asked ? asked.body : (bodies[key] ?? null)
  return there.ask(`${path}?${query}`, {
    method,
    headers: {
      ...(asked.as && { cookie: asked.as.cookie }),
      ...(body !== null && { 'content-type': 'application/json' }),
      ...asked.headers,
    },
    body: body === null ? null : typeof body === 'string' ? body : JSON.stringify(body),
  })
}

const problemOf = async (answer: Response) => {
  expect(answer.headers.get('content-type')).toMatch(/^application\/json/)
  const { error } = failure.parse(await answer.json())
  return { status: answer.status, code: error.code, field: error.params['field'], text: error.text }
}

const codeOf = async (answer: Response) => {
  const { status, code } = await problemOf(answer)
  return `${status} ${code}`
}

/** The answer of a route, held to the shape the table promises: nothing more and nothing else. */
const answerOf = async <K extends OwnKey>(key: K, asked: Asked = {}) => {
  const answer = await call(key, { as: owner, ...asked })
  const text = await answer.text()
  if (answer.status !== 200) throw new Error(`${key}: ${answer.status} ${text}`)
  const shape: RouteShape = api[key]
  const found: unknown = JSON.parse(text)
  const read = shape.answer.parse(found)
  expect(read).toEqual(found)
  return read as ReturnType<(typeof api)[K]['answer']['parse']>
}

const shopEnd = () => ({
  system: 'kmoshops',
  credentials: { apiRoot: shop.url, ...shop.credentials },
})
const booksEnd = () => ({
  system: 'factuursturen',
  credentials: {
    userName: books.account.user,
    apiKey: books.account.apiKey,
    baseUrl: `${books.url}/api/v1`,
  },
})

const idOf = async (integrationId: string, shopId: number) => {
  const row = await database.db
    .selectFrom('bookings')
    .select('id')
    .where('integrationId', '=', integrationId)
    .where('shopId', '=', String(shopId))
    .executeTakeFirstOrThrow()
  return row.id
}

const see = (integrationId: string, shopId: number) =>
  there.engine.commits.see(integrationId, [{ ref: { kind: 'order', id: String(shopId) } }], 'live')

beforeAll(async () => {
  database = await createTestDatabase()
  link = await behindWeakLink(database)
  shop = await startKmoshops({ limits: 'off' })
  books = await startFactuursturen({ limits: 'off' })
  there = await openHouse(link.database, { callsPerMinute: 100_000 })
  owner = await there.welcome('Noor')
  member = await there.welcome('Bram')
  stranger = await there.welcome('Vreemde')
  await there.seat(member, owner.merchantId, 'member')
  const at = { publicUrl: there.house.publicUrl, homeCountry: 'NL' as const }
  const { engine } = there
  mine = await installIntegration(engine, shopEnd(), booksEnd(), { ...at, ...owner })
  theirs = await installIntegration(engine, shopEnd(), booksEnd(), { ...at, ...stranger })

  const line = { name: 'Mok', unitPrice: 12.1 }
  const quietly = { webhook: 'lost' as const, country: 'NL', firstName: 'Wilhelmina' }
  const orders = [
    shop.placeOrder({ ...quietly, lines: [line] }),
    shop.placeOrder({ ...quietly, lines: [line], totalOverride: 99 }),
    shop.placeOrder({ ...quietly, lines: [line], paid: false }),
  ]
  for (const { id } of orders) await see(mine, id)
  const [first, second, third] = orders.map(({ id }) => id)
  await see(theirs, first ?? 0)
  await drain(engine, mine)
  await drain(engine, theirs)
  booked = await idOf(mine, first ?? 0)
  refused = await idOf(mine, second ?? 0)
  open = await idOf(mine, third ?? 0)
  theirBooking = await idOf(theirs, first ?? 0)
  const asked = await openTicket(engine, {
    integrationId: mine,
    askerId: owner.userId,
    language: 'nl',
    topic: 'question',
    subject: 'Vraag',
    text: 'Hoe werkt dit?',
    about: null,
    attachment: null,
  })
  ticket = asked?.id ?? ''
  const period = { from: '2026-01-01', until: '2026-01-31' }
  const begun = await askSurvey(engine, mine, 'reconciliation', period)
  if (begun.is === 'refused') throw new Error(begun.reason.code)
  survey = begun.survey.id
})
afterAll(async () => {
  await there.close()
  await link.close()
  await shop.close()
  await books.close()
  await database.close()
})

describe('who asks', () => {
  it.each(closed)('without a session gets nothing: %s', async (key) => {
    expect(await codeOf(await call(key))).toBe('401 NOT_SIGNED_IN')
  })

  it.each(closed)('with a session of nobody gets nothing: %s', async (key) => {
    const made = { ...owner, cookie: 'doorvoer.session_token=made.up%3D' }
    expect(await codeOf(await call(key, { as: made }))).toBe('401 NOT_SIGNED_IN')
  })

  it.each(ofIntegration)('as a stranger finds nothing: %s', async (key) => {
    expect(await codeOf(await call(key, { as: stranger }))).toBe('404 NOT_FOUND')
  })

  it.each(ofIntegration)(
    'for an integration that does not exist finds nothing: %s',
    async (key) => {
      const integrationId = '019c0000-0000-7000-8000-00000000dead'
      expect(await codeOf(await call(key, { as: owner, integrationId }))).toBe('404 NOT_FOUND')
    },
  )

  it.each(ofIntegration.filter((key) => key.includes(':bookingId')))(
    'for somebody else’s booking finds nothing: %s',
    async (key) => {
      const asked = { as: owner, bookingId: theirBooking }
      expect(await codeOf(await call(key, asked))).toBe('404 NOT_FOUND')
    },
  )

  it.each(changing)('from a seat that may only look changes nothing: %s', async (key) => {
    expect(await codeOf(await call(key, { as: member }))).toBe('403 READ_ONLY_SEAT')
  })

  it.each(ofIntegration.filter((key) => key.startsWith('GET ')))(
    'from a seat that may only look can look: %s',
    async (key) => {
      await answerOf(key, { as: member })
    },
  )

  it('can’t touch somebody else’s bookings through its own integration', async () => {
    const body = { bookingIds: [theirBooking] }
    for (const key of changing.filter((each) => /process|ignore/.test(each))) {
      expect(await (await call(key, { as: owner, body })).json()).toEqual({
        accepted: 0,
        skipped: 1,
      })
    }
    const through = { as: owner, integrationId: theirs, body }
    const answer = await call('POST /api/integrations/:integrationId/process', through)
    expect(await codeOf(answer)).toBe('404 NOT_FOUND')
  })
})

describe('a question that is wrong', () => {
  const list = 'GET /api/integrations/:integrationId/bookings' as const

  it.each(ofIntegration)('about an id that is none: %s', async (key) => {
    for (const integrationId of ['x', '1', '%00', `${mine}0`, "'; drop table bookings; --"]) {
      const asked = { as: owner, integrationId: encodeURIComponent(integrationId) }
      const { status, code, field } = await problemOf(await call(key, asked))
      expect([status, code, field]).toEqual([400, 'INPUT_INVALID', 'integrationId'])
    }
  })

  it.each([
    ['tab=', 'tab'],
    ['tab=all', 'tab'],
    ['', 'tab'],
    ['tab=report&tab=open', 'tab'],
    ['tab=report&limit=0', 'limit'],
    ['tab=report&limit=201', 'limit'],
    ['tab=report&limit=1.5', 'limit'],
    ['tab=report&limit=many', 'limit'],
    ['tab=report&from=yesterday', 'from'],
    ['tab=report&from=2026-02-30', 'from'],
    ['tab=report&until=2026-13-01', 'until'],
    ['tab=report&language=fr', 'language'],
    [`tab=report&search=${'x'.repeat(101)}`, 'search'],
    [`tab=report&code=${'X'.repeat(61)}`, 'code'],
    [`tab=report&after=${'x'.repeat(201)}`, 'after'],
  ])('in a list: %j', async (query, wrong) => {
    const { status, code, field } = await problemOf(await call(list, { as: owner, query }))
    expect([status, code, field]).toEqual([400, 'INPUT_INVALID', wrong])
  })

  it.each(['0', '93', '-1', 'x', '1.5', ''])('about %j days', async (days) => {
    const answer = await call('GET /api/integrations/:integrationId/days', {
      as: owner,
      query: `days=${days}`,
    })
    expect(await problemOf(answer)).toMatchObject({ status: 400, field: 'days' })
  })

  // What a database can't hold or read must be refused before it gets there, or find nothing.
  it.each([
    ['a sign that no text can hold', 'tab=report&search=%00'],
    ['a code that no text can hold', 'tab=errors&code=A%00'],
    ['a year that is none', 'tab=report&from=0000-01-01'],
    ['a cursor with a day that is none', `tab=report&after=2026-99-99T00:00:00Z_${'0'.repeat(36)}`],
    ['a cursor with an id that is none', `tab=report&after=2026-01-01T00:00:00Z_${'-'.repeat(36)}`],
    ['a cursor of nobody', 'tab=report&after=abc'],
    ['signs of a pattern', 'tab=report&search=%25_%5C'],
    ['half a letter', 'tab=report&search=%ED%A0%80'],
  ])('is no fault of ours: %s', async (_, query) => {
    const { status } = await call(list, { as: owner, query })
    expect([200, 400]).toContain(status)
  })

  it.each(changing)('in no JSON at all: %s', async (key) => {
    for (const body of ['{', 'null,', '', '{"a":1}}', '{"__proto__":{"a":1}}']) {
      const { status, code, field } = await problemOf(await call(key, { as: owner, body }))
      expect([status, code, field]).toEqual([400, 'INPUT_INVALID', 'body'])
    }
  })

  it.each(changing)('of another form: %s', async (key) => {
    for (const body of [[], {}, 'null', '"x"', 5, { bookingIds: [] }, { decision: 'perhaps' }]) {
      const { status, code, field } = await problemOf(await call(key, { as: owner, body }))
      expect([status, code]).toEqual([400, 'INPUT_INVALID'])
      expect(field).not.toBe('')
    }
  })

  it('names the field that is wrong, also inside a list', async () => {
    const answer = await call('POST /api/integrations/:integrationId/ignore', {
      as: owner,
      body: { bookingIds: [booked, 'x'] },
    })
    expect(await problemOf(answer)).toMatchObject({
      field: 'bookingIds.1',
      text: 'Het veld "bookingIds.1" klopt niet.',
    })
  })

  it.each(changing)('in another kind of content: %s', async (key) => {
    for (const type of ['application/xml', 'application/x-www-form-urlencoded', 'image/png']) {
      const asked = { as: owner, body: 'a=1', headers: { 'content-type': type } }
      expect(await codeOf(await call(key, asked))).toBe('415 MEDIA_UNSUPPORTED')
    }
  })

  it.each(changing)('in plain text, which a foreign form can send: %s', async (key) => {
    const body = JSON.stringify(bodies[key])
    const asked = { as: owner, body, headers: { 'content-type': 'text/plain' } }
    expect([400, 415]).toContain((await call(key, asked)).status)
  })

  it('of any size is read only up to a bound', async () => {
    const body = { code: 'x'.repeat(257 * 1024) }
    const answer = await call('POST /api/integrations/:integrationId/process', { as: owner, body })
    expect(await codeOf(answer)).toBe('413 BODY_TOO_LARGE')
  })

  it('about more than a thousand bookings', async () => {
    const body = { bookingIds: Array.from({ length: 1001 }, () => booked) }
    const ignore = await call('POST /api/integrations/:integrationId/ignore', { as: owner, body })
    expect(await problemOf(ignore)).toMatchObject({ status: 400, field: 'bookingIds' })
    const process = await call('POST /api/integrations/:integrationId/process', { as: owner, body })
    expect(await codeOf(process)).toBe('400 INPUT_INVALID')
  })

  it('with a code that no text can hold is no fault of ours', async () => {
    const body = { code: 'A\u0000' }
    const answer = await call('POST /api/integrations/:integrationId/process', { as: owner, body })
    expect([200, 400]).toContain(answer.status)
  })
})

describe('a page of another website', () => {
  const foreign = ['https://evil.example', 'null', 'http://127.0.0.1:1', 'http://localhost']

  it.each([...changing, 'PATCH /api/me'] as OwnKey[])('can’t change anything: %s', async (key) => {
    for (const origin of foreign) {
      const answer = await call(key, { as: owner, headers: { origin } })
      expect(await codeOf(answer)).toBe('403 FOREIGN_ORIGIN')
    }
  })

  it('is told from ours', async () => {
    const answer = await call('PATCH /api/me', {
      as: owner,
      headers: { origin: there.house.publicUrl },
    })
    expect(answer.status).toBe(200)
  })

  it('is not allowed to read either: nothing is said about sharing', async () => {
    const answer = await call('GET /api/me', { as: owner, headers: { origin: foreign[0] ?? '' } })
    expect(answer.headers.get('access-control-allow-origin')).toBeNull()
  })
})

describe('the language', () => {
  const wrong = (asked: Asked) =>
    call('GET /api/integrations/:integrationId/days', { as: owner, query: 'days=x', ...asked })
  const dutch = 'Het veld "days" klopt niet.'
  const english = 'The field "days" is not right.'

  it.each([
    ['nothing', {}, dutch],
    ['a browser in English', { headers: { 'accept-language': 'en-GB,en;q=0.9' } }, english],
    ['a browser in Dutch', { headers: { 'accept-language': 'nl-BE,nl;q=0.9,en;q=0.8' } }, dutch],
    ['a browser in French', { headers: { 'accept-language': 'fr-BE' } }, dutch],
    ['a query in English', { query: 'days=x&language=en' }, english],
    [
      'a query before the browser',
      { query: 'days=x&language=nl', headers: { 'accept-language': 'en' } },
      dutch,
    ],
  ])('of a refusal is that of %s', async (_, asked, text) => {
    expect(await problemOf(await wrong(asked))).toMatchObject({ text })
  })

  it('of an answer is that of the query', async () => {
    const key = 'GET /api/integrations/:integrationId/bookings/:bookingId' as const
    const ask = (query: string) => answerOf(key, { bookingId: refused, query })
    expect((await ask('')).booking.problem?.text).toContain('Het totaal 99,00')
    expect((await ask('language=en')).booking.problem?.text).toContain('The total 99.00')
  })
})

describe('me', () => {
  it('is who I am and what I may see, and nobody else', async () => {
    const found = await answerOf('GET /api/me')
    expect(found.user).toMatchObject({ name: 'Noor', email: owner.email, language: 'nl' })
    expect(found.integrations).toMatchObject([
      {
        id: mine,
        merchant: 'Zaak van Noor',
        role: 'owner',
        state: 'active',
        webshop: { system: 'kmoshops', title: 'KMO Shops', dot: 'green', problem: null },
        accounting: { system: 'factuursturen', dot: 'green', problem: null },
      },
    ])
  })

  it('sees a merchant through a seat, with the role of that seat', async () => {
    const { integrations } = await answerOf('GET /api/me', { as: member })
    expect(integrations).toMatchObject([{ id: mine, role: 'member' }])
  })

  it('has an integration also before it is connected, and says why a dot is red', async () => {
    const { id } = await createIntegration(there.engine, {
      merchantId: stranger.merchantId,
      name: 'Tweede',
      webshop: 'kmoshops',
      accounting: 'factuursturen',
    })
    await database.db
      .updateTable('connections')
      .set({ dot: 'red', problemCode: 'CREDENTIALS_REFUSED', problemParams: '{"system":"X"}' })
      .where('integrationId', '=', id)
      .where('side', '=', 'webshop')
      .execute()
    const { integrations } = await answerOf('GET /api/me', { as: stranger, query: 'language=en' })
    expect(integrations.find((each) => each.id === id)).toMatchObject({
      state: 'installing',
      webshop: { dot: 'red', problem: { text: 'X does not accept the credentials.' } },
      accounting: { dot: 'new', checkedAt: null },
    })
  })

  it('keeps the language that was chosen', async () => {
    expect(await answerOf('PATCH /api/me', { body: { language: 'en' } })).toEqual({
      language: 'en',
    })
    expect((await answerOf('GET /api/me')).user.language).toBe('en')
    await answerOf('PATCH /api/me', { body: { language: 'nl' } })
    const answer = await call('PATCH /api/me', { as: owner, body: { language: 'fr' } })
    expect(await problemOf(answer)).toMatchObject({ status: 400, field: 'language' })
  })

  it('never carries a credential, a key or a secret', async () => {
    const text = await (await call('GET /api/me', { as: owner })).text()
    const { hookKey, licenceKey } = await database.db
      .selectFrom('integrations')
      .select(['hookKey', 'licenceKey'])
      .where('id', '=', mine)
      .executeTakeFirstOrThrow()
    const { apiSecret, apiPublic } = shop.credentials
    for (const secret of [hookKey, licenceKey, apiSecret, apiPublic, books.account.apiKey, 'v1.']) {
      expect(text).not.toContain(secret)
    }
  })
})

describe('the tabs', () => {
  const list = (query: string) =>
    answerOf('GET /api/integrations/:integrationId/bookings', { query })

  it('hold what belongs there', async () => {
    const ids = async (tab: string) => (await list(`tab=${tab}`)).items.map(({ id }) => id)
    expect(await ids('report')).toEqual([booked])
    expect(await ids('errors')).toEqual([refused])
    expect(await ids('open')).toEqual([open])
    expect(await answerOf('GET /api/integrations/:integrationId/counts')).toEqual({
      report: 1,
      errors: 1,
      open: 1,
      upTo: 10_000,
    })
  })

  it('show a booking with its receipt', async () => {
    const { items } = await list('tab=report')
    const [invoice] = books.ledger().invoices
    expect(items).toMatchObject([
      {
        kind: 'order',
        state: 'booked',
        total: '12.10',
        currency: 'EUR',
        remoteNumber: invoice?.number,
        problem: null,
        nextAttemptAt: null,
      },
    ])
    expect(items[0]?.reference).toBe(items[0]?.number)
  })

  it('can be searched by number, also for signs that mean something to a database', async () => {
    const { items } = await list('tab=report')
    const number = items[0]?.number ?? ''
    expect((await list(`tab=report&search=${number.toLowerCase()}`)).items).toHaveLength(1)
    expect((await list(`tab=report&search=${items[0]?.remoteNumber}`)).items).toHaveLength(1)
    for (const nothing of ['%', '_', '\\', "'"]) {
      const query = `tab=report&search=${encodeURIComponent(nothing)}`
      expect((await list(query)).items).toHaveLength(0)
    }
  })

  it('can be cut to a code and a period', async () => {
    const [item] = (await list('tab=errors')).items
    const code = item?.problem?.code ?? ''
    const day = item?.date ?? ''
    expect((await list(`tab=errors&code=${code}`)).items).toHaveLength(1)
    expect((await list('tab=errors&code=NOT_FOUND')).items).toHaveLength(0)
    expect((await list(`tab=errors&from=${day}&until=${day}`)).items).toHaveLength(1)
    expect((await list('tab=errors&until=2001-01-01')).items).toHaveLength(0)
    expect((await list('tab=errors&from=2999-01-01')).items).toHaveLength(0)
  })

  it('group what was refused by its cause', async () => {
    const causes = await answerOf('GET /api/integrations/:integrationId/causes')
    expect(causes).toMatchObject([{ problem: { code: 'TOTAL_DIFFERS_FROM_LINES' }, count: 1 }])
  })

  it('have a chart with a bar for every day', async () => {
    const key = 'GET /api/integrations/:integrationId/days' as const
    const days = await answerOf(key, { query: 'days=7' })
    expect(days).toHaveLength(7)
    expect(days.at(-1)).toMatchObject({ booked: 1, refused: 1, open: 1 })
    expect(await answerOf(key)).toHaveLength(30)
  })

  it('tell how quickly they were booked', async () => {
    const { days, all } = await answerOf('GET /api/integrations/:integrationId/speed')
    expect(days).toHaveLength(1)
    expect(all).toMatchObject({ booked: 1 })
    expect(days[0]).toMatchObject(all ?? {})
  })
})

describe('one booking', () => {
  it('has its history from the first mention on', async () => {
    const key = 'GET /api/integrations/:integrationId/bookings/:bookingId' as const
    const { history } = await answerOf(key)
    expect(history.map(({ to }) => to)).toEqual(['seen', 'reserved', 'booked'])
    expect(history[0]?.from).toBeNull()
  })

  const figures = 'GET /api/integrations/:integrationId/bookings/:bookingId/figures' as const

  it('is read live, with the verdict of every check', async () => {
    const seen = await answerOf(figures, { bookingId: refused })
    if (seen.is !== 'read') throw new Error(`it is ${seen.is}`)
    expect(seen).toMatchObject({ paid: true, destination: 'NL', total: '99.00', currency: 'EUR' })
    expect(seen.customer).toContain('Wilhelmina')
    expect(seen.lines).toMatchObject([{ kind: 'product', amount: '12.10', vatPercent: '21' }])
    expect(seen.rates).toEqual([{ vatPercent: '21', net: '10.00', vat: '2.10', gross: '12.10' }])
    expect(seen.checks.filter(({ is }) => is === 'failed')).toMatchObject([
      { check: 'total-equals-lines', problem: { code: 'TOTAL_DIFFERS_FROM_LINES' } },
    ])
  })

  it('says when the shop can’t be reached, and when the sale is gone', async () => {
    shop.faults.add({ fault: 'error-before', times: 0, status: 503 })
    const unreachable = await answerOf(figures)
    shop.faults.clear()
    expect(unreachable).toMatchObject({ is: 'unreachable', problem: { code: 'REMOTE_TROUBLE' } })
    shop.faults.add({ fault: 'html', times: 0 })
    const html = await answerOf(figures, { query: 'language=en' })
    shop.faults.clear()
    expect(html).toMatchObject({ is: 'unreachable' })
    const ghost = await there.engine.commits
      .see(mine, [{ ref: { kind: 'order', id: '999999' } }], 'live')
      .then(() => idOf(mine, 999_999))
    expect(await answerOf(figures, { bookingId: ghost })).toEqual({ is: 'gone' })
    await database.db.deleteFrom('bookings').where('id', '=', ghost).execute()
  })

  it('keeps nothing personal in the database', async () => {
    const rows = await database.db.selectFrom('bookings').selectAll().execute()
    expect(JSON.stringify(rows)).not.toMatch(/Wilhelmina|@|Mok/)
  })
})

describe('what a person can do', () => {
  const process = 'POST /api/integrations/:integrationId/process' as const
  const ignore = 'POST /api/integrations/:integrationId/ignore' as const
  const decide = 'POST /api/integrations/:integrationId/bookings/:bookingId/decide' as const
  const stateOf = async (id: string) => {
    const { booking, history } = await answerOf(
      'GET /api/integrations/:integrationId/bookings/:bookingId',
      { bookingId: id },
    )
    return { state: booking.state, code: booking.problem?.code ?? null, steps: history.length }
  }

  // Whoever rang before is answered: a waiting bell needs no second one.
  beforeEach(async () => {
    await drain(there.engine, mine)
    there.rung.length = 0
  })

  it('processes again: what was refused, not what is booked', async () => {
    const body = { bookingIds: [refused, booked] }
    expect(await answerOf(process, { body })).toEqual({ accepted: 1, skipped: 1 })
    expect(await stateOf(refused)).toMatchObject({ state: 'seen' })
    expect(await stateOf(booked)).toMatchObject({ state: 'booked' })
    expect(there.rung).toEqual([mine])
    await drain(there.engine, mine)
    expect(await stateOf(refused)).toMatchObject({
      state: 'refused',
      code: 'TOTAL_DIFFERS_FROM_LINES',
    })
  })

  it('processes all of one cause', async () => {
    const body = { code: 'TOTAL_DIFFERS_FROM_LINES' }
    expect(await answerOf(process, { body })).toEqual({ accepted: 1, skipped: 0 })
    await drain(there.engine, mine)
  })

  it('puts aside, and takes up again', async () => {
    const body = { bookingIds: [refused] }
    expect(await answerOf(ignore, { body })).toEqual({ accepted: 1, skipped: 0 })
    expect(await stateOf(refused)).toMatchObject({ state: 'closed', code: 'IGNORED' })
    expect(await answerOf(ignore, { body })).toEqual({ accepted: 0, skipped: 1 })
    expect(await answerOf(process, { body })).toEqual({ accepted: 1, skipped: 0 })
    await drain(there.engine, mine)
    expect(await stateOf(refused)).toMatchObject({ state: 'refused' })
  })

  it('can’t put aside what is booked', async () => {
    const body = { bookingIds: [booked] }
    expect(await answerOf(ignore, { body })).toEqual({ accepted: 0, skipped: 1 })
    expect(await stateOf(booked)).toMatchObject({ state: 'booked' })
  })

  it('decides only about what is parked', async () => {
    const body = { decision: 'it-is-there', remoteNumber: '2026-1' }
    const { status, code, text } = await problemOf(await call(decide, { as: owner, body }))
    expect([status, code]).toEqual([409, 'CONFLICT'])
    expect(text).toContain('booked')
  })

  const park = (id: string) =>
    database.db
      .updateTable('bookings')
      .set({ state: 'parked', reasonCode: 'LOOKUP_IMPOSSIBLE', reasonParams: '{"system":"X"}' })
      .where('id', '=', id)
      .execute()

  it('says that it is there, and with which number', async () => {
    await park(refused)
    const body = { decision: 'it-is-there', remoteNumber: '  F-77 ' }
    expect(await answerOf(decide, { bookingId: refused, body })).toEqual({ state: 'booked' })
    expect(await stateOf(refused)).toMatchObject({ state: 'booked', code: 'BOOKED_BY_HAND' })
    const second = await call(decide, { as: owner, bookingId: refused, body })
    expect(await codeOf(second)).toBe('409 CONFLICT')
  })

  it('says that it is to be booked again, and that is rung for', async () => {
    await park(refused)
    const body = { decision: 'book-again' }
    expect(await answerOf(decide, { bookingId: refused, body })).toEqual({ state: 'seen' })
    expect(there.rung).toEqual([mine])
    await drain(there.engine, mine)
  })

  it.each(['', '   ', 'x'.repeat(51), 7, null])(
    'can’t give a number that is none: %j',
    async (remoteNumber) => {
      const body = { decision: 'it-is-there', remoteNumber }
      const answer = await call(decide, { as: owner, bookingId: refused, body })
      expect(await codeOf(answer)).toBe('400 INPUT_INVALID')
    },
  )

  it('can’t give a number that no text can hold', async () => {
    await park(refused)
    const body = { decision: 'it-is-there', remoteNumber: 'F\u0000' }
    const answer = await call(decide, { as: owner, bookingId: refused, body })
    expect([200, 400]).toContain(answer.status)
  })
})

describe('without a database', () => {
  it.each(['GET /api/me', 'GET /api/integrations/:integrationId/counts'] as const)(
    'says so, and goes on when it is back: %s',
    async (key) => {
      await link.cut()
      const answer = await call(key, { as: owner })
      await link.mend()
      expect(await codeOf(answer)).toBe('503 DATABASE_BUSY')
      expect((await call(key, { as: owner })).status).toBe(200)
    },
  )
})
