import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  startFactuursturen,
  type FactuursturenSandbox,
} from '../../../sandbox/factuursturen/index.ts'
import { startKmoshops, type Kmoshops } from '../../../sandbox/kmoshops/index.ts'
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.ts'
import { installIntegration } from '../../../test/support/engine.ts'
import {
  cookieOf,
  newCaller,
  openHouse,
  type TestHouse,
  type Visitor,
} from '../../../test/support/house.ts'
import { makeOperator } from '../../../test/support/operator.ts'
import { drain } from '../../bookings/drain.ts'
import { monitor } from '../../operator/monitor.ts'
import { addOperator, removeOperator } from '../../operator/operators.ts'
import { calendarDay } from '../../world/calendar-day.ts'
import { api, failure, type RouteKey } from '../api.ts'
import type { RouteShape } from '../api/shapes.ts'

let database: TestDatabase
let shop: Kmoshops
let books: FactuursturenSandbox
let there: TestHouse
let merchant: Visitor
let operator: Visitor
let weak: Visitor
let integrationId: string

const none = '019c0000-0000-7000-8000-000000000000'
type OperatorKey = Extract<RouteKey, `${string} /api/operator/${string}`>
const isConsole = (key: RouteKey): key is OperatorKey => key.includes(' /api/operator/')
const routes = (Object.keys(api) as RouteKey[]).filter(isConsole)

interface Asked {
  as?: Visitor
  params?: Record<string, string>
  query?: string
  body?: unknown
}

const call = (key: RouteKey, { as, params = {}, query = '', body }: Asked = {}) => {
  const [method = '', pattern = ''] = key.split(' ')
  const target = pattern.replace(/:(\w+)/g, (_, name: string) => params[name] ?? none)
  return there.ask(`${target}?${query}`, {
    method,
    headers: {
      ...(as && { cookie: as.cookie }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
}

const codeOf = async (answer: Response) =>
  `${answer.status} ${failure.parse(await answer.json()).error.code}`

const answerOf = async <K extends RouteKey>(key: K, asked: Asked = {}) => {
  const answer = await call(key, { as: operator, ...asked })
  const text = await answer.text()
  if (answer.status !== 200) throw new Error(`${key}: ${answer.status} ${text}`)
  const shape: RouteShape = api[key]
  return shape.answer.parse(JSON.parse(text)) as ReturnType<(typeof api)[K]['answer']['parse']>
}

/** What each changing route is asked, well-formed: whoever may not ask must be refused for that alone. */
const bodyOf = (key: OperatorKey): unknown => {
  if (key.startsWith('GET ')) return undefined
  const known: Partial<Record<OperatorKey, unknown>> = {
    'POST /api/operator/monitor': { now: true },
    'POST /api/operator/views/:viewId/end': { end: true },
    'POST /api/operator/tickets/:ticketId/assign': { to: 'me' },
    'POST /api/operator/tickets/:ticketId/settle': { settled: true },
    'POST /api/operator/offers/:offerId/paid': { reason: 'overgemaakt' },
    'POST /api/operator/payments/:paymentId/paid-back': { cents: 1, reason: 'teruggestort' },
    'PUT /api/operator/tariffs': {
      ...{ service: 'year', fromOn: '2999-01-01', cents: 12_000, reason: 'nieuw jaar' },
    },
    'POST /api/operator/integrations/:integrationId/offers': {
      ...{ service: 'installation', quantity: 1, reason: 'gevraagd' },
    },
    'POST /api/operator/integrations/:integrationId/migrations': {
      ...{ from: '2026-01-01', until: '2026-01-31', reason: 'gevraagd' },
    },
    'POST /api/operator/integrations/:integrationId/migrations/:surveyId/steer': {
      ...{ wish: 'pause', reason: 'gevraagd' },
    },
    'POST /api/operator/ticket-answers': { ticketIds: [none], nl: 'x', en: 'x' },
  }
  return known[key] ?? { reason: 'omdat het moet', note: 'gezien' }
}

beforeAll(async () => {
  database = await createTestDatabase()
  there = await openHouse(database)
  shop = await startKmoshops({ limits: 'off', now: () => there.clock.now() })
  books = await startFactuursturen({ limits: 'off' })
  merchant = await there.welcome('Noor')
  operator = await there.welcome('Olga')
  weak = await there.welcome('Wim')
  await makeOperator(there, operator, 'totp')
  await makeOperator(there, weak, 'password')
  integrationId = await installIntegration(
    there.engine,
    { system: 'kmoshops', credentials: { apiRoot: shop.url, ...shop.credentials } },
    {
      system: 'factuursturen',
      credentials: {
        userName: books.account.user,
        apiKey: books.account.apiKey,
        baseUrl: `${books.url}/api/v1`,
      },
    },
    { publicUrl: there.house.publicUrl, homeCountry: 'NL', merchantId: merchant.merchantId },
  )
})
afterAll(async () => {
  await there.close()
  await shop.close()
  await books.close()
  await database.close()
})

const sell = async (): Promise<void> => {
  const { id } = shop.placeOrder({
    webhook: 'lost',
    country: 'NL',
    firstName: 'Wilhelmina',
    lines: [{ name: 'Mok', unitPrice: 12.1 }],
  })
  await there.engine.commits.see(
    integrationId,
    [{ ref: { kind: 'order', id: String(id) } }],
    'live',
  )
  await drain(there.engine, integrationId)
}

describe('the console', () => {
  test('has routes', () => {
    expect(routes.length).toBeGreaterThan(20)
  })

  test.each(routes)('is closed to whoever is not signed in: %s', async (key) => {
    const params = { system: 'kmoshops', integrationId }
    expect(await codeOf(await call(key, { params, body: bodyOf(key) }))).toBe('401 NOT_SIGNED_IN')
  })

  test.each(routes)('is not there for a merchant: %s', async (key) => {
    const params = { system: 'kmoshops', integrationId }
    const asked = { as: merchant, params, body: bodyOf(key) }
    expect(await codeOf(await call(key, asked))).toBe('404 NOT_FOUND')
  })

  test.each(routes)('stays locked for an operator without a second factor: %s', async (key) => {
    const params = { system: 'kmoshops', integrationId }
    const asked = { as: weak, params, body: bodyOf(key) }
    expect(await codeOf(await call(key, asked))).toBe('403 SECOND_FACTOR_MISSING')
  })

  test.each(routes.filter((key) => key.startsWith('GET ') && !key.includes(':ticketId')))(
    'answers an operator: %s',
    async (key) => {
      await answerOf(key, { params: { integrationId } })
    },
  )

  test('tells nobody else what changes', async () => {
    const events = (as?: Visitor) =>
      there.ask('/api/operator/events', as ? { headers: { cookie: as.cookie } } : {})
    expect(await codeOf(await events())).toBe('401 NOT_SIGNED_IN')
    expect(await codeOf(await events(merchant))).toBe('404 NOT_FOUND')
    expect(await codeOf(await events(weak))).toBe('403 SECOND_FACTOR_MISSING')
  })

  test('finds nothing where nothing is', async () => {
    for (const key of [
      'GET /api/operator/integrations/:integrationId',
      'GET /api/operator/tickets/:ticketId',
      'POST /api/operator/tickets/:ticketId/open-figures',
      'POST /api/operator/views/:viewId/escalate',
      'POST /api/operator/alarms/:alarmId/acknowledge',
      'POST /api/operator/integrations/:integrationId/views',
      'POST /api/operator/remotes/:system/pause',
    ] as const) {
      expect(await codeOf(await call(key, { as: operator, body: bodyOf(key) }))).toBe(
        '404 NOT_FOUND',
      )
    }
  })

  test('takes a tariff from today on, and none of the past or for a year that costs nothing', async () => {
    const key = 'PUT /api/operator/tariffs'
    const today = calendarDay(there.clock.now())
    const tariff = { service: 'migration', fromOn: today, cents: 0, reason: 'gratis verhuizen' }
    expect(await answerOf(key, { body: tariff })).toEqual({ done: true })
    const past = { ...tariff, fromOn: '2020-01-01' }
    const free = { ...tariff, service: 'year' }
    for (const body of [past, free]) {
      expect(await codeOf(await call(key, { as: operator, body }))).toBe('400 TARIFF_INVALID')
    }
  })

  test('takes no payments where no licences are sold', async () => {
    const asked = { as: operator, params: { offerId: none }, body: { reason: 'overgemaakt' } }
    expect(await codeOf(await call('POST /api/operator/offers/:offerId/paid', asked))).toBe(
      '404 LICENCES_NOT_SOLD',
    )
  })

  test('asks for a reason', async () => {
    const pause = 'POST /api/operator/remotes/:system/pause' as const
    const params = { system: 'kmoshops' }
    expect(await codeOf(await call(pause, { as: operator, params, body: { reason: ' ' } }))).toBe(
      '400 INPUT_INVALID',
    )
  })
})

describe('an operator', () => {
  test('comes in by a link that sets a password, once, and still needs a second factor', async () => {
    const { house } = there
    const room = { ...there.engine, pool: house.pool, signIn: house.signIn }
    const wanted = { email: 'Nieuw@beheer.example', name: 'Nieuw', language: 'nl' as const }
    const { token } = await addOperator(room, wanted)
    const password = 'een nieuw wachtwoord'
    const setPassword = () =>
      there.ask('/api/password', {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: house.publicUrl, ...newCaller() },
        body: JSON.stringify({ token, password }),
      })
    expect((await setPassword()).status).toBe(200)
    expect(await codeOf(await setPassword())).toMatch(/LINK_USED_UP$/)
    const answer = await there.ask('/api/auth/sign-in/email', {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: house.publicUrl, ...newCaller() },
      body: JSON.stringify({ email: 'nieuw@beheer.example', password }),
    })
    const someone = { ...operator, cookie: cookieOf(answer) }
    const me = 'GET /api/operator/me' as const
    expect(await codeOf(await call(me, { as: someone }))).toBe('403 SECOND_FACTOR_MISSING')
    // Who has an account keeps the password they have.
    expect(await addOperator(room, wanted)).toEqual({ token: null })

    expect(await removeOperator(room, wanted.email)).toBe(true)
    expect(await removeOperator(room, wanted.email)).toBe(false)
    expect(await codeOf(await call(me, { as: someone }))).toBe('401 NOT_SIGNED_IN')
    const { items } = await answerOf('GET /api/operator/log')
    expect(items.slice(0, 2).map(({ deed }) => deed)).toEqual([
      'operator-removed',
      'operator-added',
    ])
  })

  test('leaves tracks that nobody can wipe out, not even with the database in hand', async () => {
    for (const statement of [
      `update operator_log set reason = ''`,
      'delete from operator_log',
      'truncate operator_log',
    ]) {
      await expect(there.house.pool.query(statement)).rejects.toThrow('only ever added to')
    }
  })
})

describe('looking as a merchant', () => {
  const ask = (key: RouteKey, body?: unknown) =>
    call(key, { as: operator, params: { integrationId }, ...(body !== undefined && { body }) })
  const counts = 'GET /api/integrations/:integrationId/counts' as const
  const process = 'POST /api/integrations/:integrationId/process' as const
  const views = 'POST /api/operator/integrations/:integrationId/views' as const

  test('is read-only, then escalated with a reason, each change logged, and ends', async () => {
    expect(await codeOf(await ask(counts))).toBe('404 NOT_FOUND')
    const { id: viewId } = await answerOf(views, {
      params: { integrationId },
      body: { reason: 'ticket T-1' },
    })
    expect((await ask(counts)).status).toBe(200)
    expect(await codeOf(await ask(process, { code: 'X' }))).toBe('403 READ_ONLY_SEAT')
    const me = await answerOf('GET /api/me')
    expect(me.user.operator).toBe(true)
    expect(me.integrations.find(({ id }) => id === integrationId)).toMatchObject({
      role: 'member',
      merchant: 'Zaak van Noor',
      view: { id: viewId },
    })
    // Without the second factor the view is worth nothing.
    await makeOperator(there, operator, 'password')
    expect(await codeOf(await ask(counts))).toBe('404 NOT_FOUND')
    await makeOperator(there, operator, 'totp')

    // Somebody else's view is nobody's.
    const escalate = 'POST /api/operator/views/:viewId/escalate' as const
    await makeOperator(there, weak, 'passkey')
    const foreign = { as: weak, params: { viewId }, body: { reason: 'zomaar' } }
    expect(await codeOf(await call(escalate, foreign))).toBe('404 NOT_FOUND')
    await makeOperator(there, weak, 'password')

    await answerOf(escalate, { params: { viewId }, body: { reason: 'merchant asked by phone' } })
    expect((await ask(process, { code: 'X' })).status).toBe(200)
    const end = { params: { viewId }, body: { end: true } }
    expect(await answerOf('POST /api/operator/views/:viewId/end', end)).toEqual({ ended: true })
    expect(await codeOf(await ask(counts))).toBe('404 NOT_FOUND')

    const { log } = await answerOf('GET /api/operator/integrations/:integrationId', {
      params: { integrationId },
    })
    expect(log.map(({ deed, reason }) => [deed, reason])).toEqual([
      ['view-ended', ''],
      ['change-as-merchant', 'merchant asked by phone'],
      ['view-escalated', 'merchant asked by phone'],
      ['view-begun', 'ticket T-1'],
    ])
    expect(log[1]?.params).toEqual({ route: 'POST /api/integrations/:integrationId/process' })
  })

  test('ends by itself after an hour, and with being an operator', async () => {
    await answerOf(views, { params: { integrationId }, body: { reason: 'kijken' } })
    expect((await ask(counts)).status).toBe(200)
    await there.house.pool.query(`update operators set removed_at = now() where user_id = $1`, [
      operator.userId,
    ])
    expect(await codeOf(await ask(counts))).toBe('404 NOT_FOUND')
    await there.house.pool.query(`update operators set removed_at = null where user_id = $1`, [
      operator.userId,
    ])
    expect((await ask(counts)).status).toBe(200)
    there.clock.moveOn(3_600_001)
    expect(await codeOf(await ask(counts))).toBe('404 NOT_FOUND')
  })

  test('does not make an operator of a merchant who is an operator nowhere', async () => {
    const answer = await call(views, {
      as: merchant,
      params: { integrationId },
      body: { reason: 'zelf' },
    })
    expect(await codeOf(answer)).toBe('404 NOT_FOUND')
  })
})

describe('the watch', () => {
  test('an operator finds a quiet integration from the alarm, and it resolves by itself', async () => {
    const { engine, house, clock } = there
    // Four weeks of a sale every two hours, as the shop's history tells.
    await database.pool.query(
      `insert into bookings (integration_id, id, kind, shop_id, number, state, reason_code, seen_at,
         changed_at, history)
       select $1, (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7000'
           || substr(md5(at::text), 1, 16))::uuid,
         'order', 'old-' || row_number() over (), 'old', 'closed', 'IGNORED', at, at, '[]'
       from generate_series($2::timestamptz - interval '29 days', $2::timestamptz - interval '4 hours',
         interval '2 hours') at`,
      [integrationId, clock.now()],
    )
    await answerOf('POST /api/operator/monitor', { body: { now: true } })
    const { items: before } = await answerOf('GET /api/operator/alarms')
    expect(before).toEqual([])

    clock.moveOn(60 * 3_600_000)
    // A round that does not come to its mails raises nothing, for what stands is told no more.
    const seal = () => {
      throw new Error('out of ink')
    }
    const speechless = { ...engine, vault: { ...engine.vault, seal } }
    await expect(monitor(speechless, house.publicUrl)).rejects.toThrow('out of ink')
    expect((await answerOf('GET /api/operator/alarms')).items).toEqual([])

    const round = await answerOf('POST /api/operator/monitor', { body: { now: true } })
    expect(round).toMatchObject({ measured: 1, raised: 1, resolved: 0 })
    const { items } = await answerOf('GET /api/operator/alarms')
    expect(items).toMatchObject([
      { kind: 'quiet', integration: { id: integrationId, merchant: 'Zaak van Noor' } },
    ])
    const [alarm] = items
    expect(Number(alarm?.params['hours'])).toBeGreaterThan(60)
    const { items: alarmed } = await answerOf('GET /api/operator/integrations', {
      query: 'show=alarmed',
    })
    expect(alarmed).toMatchObject([{ id: integrationId, alarms: ['quiet'] }])

    // Told by mail once, however often the monitor looks.
    const again = await answerOf('POST /api/operator/monitor', { body: { now: true } })
    expect(again).toMatchObject({ raised: 0, resolved: 0 })
    const mails = await database.db
      .selectFrom('mails')
      .select('toAddress')
      .where('kind', '=', 'operator-alarms')
      .execute()
    expect(mails.map(({ toAddress }) => toAddress).sort()).toEqual([operator.email, weak.email])

    const params = { alarmId: alarm?.id ?? '' }
    await answerOf('POST /api/operator/alarms/:alarmId/acknowledge', {
      params,
      body: { note: 'gebeld' },
    })
    expect((await answerOf('GET /api/operator/alarms')).items).toMatchObject([
      { acknowledgedBy: 'Olga' },
    ])
    expect((await answerOf('GET /api/operator/me')).alarms).toBe(0)

    await sell()
    const after = await answerOf('POST /api/operator/monitor', { body: { now: true } })
    expect(after).toMatchObject({ raised: 0, resolved: 1 })
    expect((await answerOf('GET /api/operator/alarms')).items).toEqual([])
    const shown = await answerOf('GET /api/operator/integrations')
    expect(shown.items).toMatchObject([{ id: integrationId, bookedWeek: 1, alarms: [] }])
    const seen = shown.items[0]?.lastSeenAt ?? ''
    expect(Math.abs(new Date(seen).getTime() - engine.clock.now().getTime())).toBeLessThan(60_000)
    expect(house.publicUrl).toMatch(/^http/)
  })

  test('a red dot and a growing pile of uncertain ones are alarms too', async () => {
    const { engine } = there
    await engine.db
      .updateTable('connections')
      .set({ dot: 'red' })
      .where('integrationId', '=', integrationId)
      .where('side', '=', 'accounting')
      .execute()
    await database.pool.query(
      `update bookings set state = 'parked' where integration_id = $1 and shop_id in
        ('old-1', 'old-2', 'old-3', 'old-4')`,
      [integrationId],
    )
    await answerOf('POST /api/operator/monitor', { body: { now: true } })
    await answerOf('POST /api/operator/monitor', { body: { now: true } })
    const { items } = await answerOf('GET /api/operator/alarms')
    expect(items.map(({ kind }) => kind).sort()).toEqual(['red', 'uncertain'])
    const list = await answerOf('GET /api/operator/integrations', { query: 'sort=uncertain' })
    expect(list.items[0]).toMatchObject({ uncertain: 4, accounting: { dot: 'red' } })
    await engine.db
      .updateTable('connections')
      .set({ dot: 'green' })
      .where('integrationId', '=', integrationId)
      .execute()
    await database.pool.query(
      `update bookings set state = 'closed' where integration_id = $1 and state = 'parked'`,
      [integrationId],
    )
    expect(await answerOf('POST /api/operator/monitor', { body: { now: true } })).toMatchObject({
      resolved: 2,
    })
  })

  test.each(['trouble', 'seen', 'lag', 'errors', 'uncertain', 'name'])(
    'the list of integrations by %s is whole, page by page',
    async (sort) => {
      const { engine } = there
      const { createIntegration } = await import('../../merchants/integrations.ts')
      for (let count = 0; count < 2; count += 1) {
        await createIntegration(engine, {
          merchantId: merchant.merchantId,
          name: `Filiaal ${count}`,
          webshop: 'seoshop',
          accounting: 'informer',
        })
      }
      const all = await answerOf('GET /api/operator/integrations', {
        query: `sort=${sort}&show=all&limit=200`,
      })
      const found: string[] = []
      let after = ''
      for (let pages = 0; pages < 50; pages += 1) {
        const page = await answerOf('GET /api/operator/integrations', {
          query: `sort=${sort}&show=all&limit=2${after}`,
        })
        found.push(...page.items.map(({ id }) => id))
        if (page.next === null) break
        after = `&after=${encodeURIComponent(page.next)}`
      }
      expect(found).toEqual(all.items.map(({ id }) => id))
      expect(new Set(found).size).toBe(found.length)
    },
  )
})

describe('a pause', () => {
  test('keeps everybody away from a system, is shown, and is logged with its reason', async () => {
    const params = { system: 'factuursturen' }
    const body = { reason: 'storing volgens hun statuspagina' }
    const pause = 'POST /api/operator/remotes/:system/pause' as const
    expect(await answerOf(pause, { params, body })).toEqual({ paused: true })
    expect(await answerOf(pause, { params, body })).toEqual({ paused: false })
    await sell()
    const shown = (await answerOf('GET /api/operator/remotes')).find(
      ({ system }) => system === 'factuursturen',
    )
    expect(shown).toMatchObject({ integrations: 1, pause: { by: 'Olga', ...body } })
    const list = await call('GET /api/integrations/:integrationId/bookings', {
      as: merchant,
      params: { integrationId },
      query: 'tab=open',
    })
    const { items } = api['GET /api/integrations/:integrationId/bookings'].answer.parse(
      await list.json(),
    )
    expect(items.map(({ problem }) => problem?.code)).toEqual(['REMOTE_PAUSED'])
    expect(
      await answerOf('POST /api/operator/remotes/:system/resume', { params, body: {} }),
    ).toEqual({ resumed: true })
    await drain(there.engine, integrationId)
    const { health } = await answerOf('GET /api/operator/integrations/:integrationId', {
      params: { integrationId },
    })
    expect(health).toMatchObject({ waiting: 0, bookedWeek: 2 })
    const log = await answerOf('GET /api/operator/log')
    expect(log.items.slice(0, 2)).toMatchObject([
      { deed: 'remote-resumed', operator: 'Olga' },
      { deed: 'remote-paused', operator: 'Olga', ...body },
    ])
  })
})
