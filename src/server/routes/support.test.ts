import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  startFactuursturen,
  type FactuursturenSandbox,
} from '../../../sandbox/factuursturen/index.ts'
import { startKmoshops, type Kmoshops } from '../../../sandbox/kmoshops/index.ts'
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.ts'
import { installIntegration } from '../../../test/support/engine.ts'
import { openHouse, type TestHouse, type Visitor } from '../../../test/support/house.ts'
import { makeOperator } from '../../../test/support/operator.ts'
import { drain } from '../../bookings/drain.ts'
import { places } from '../../merchants/vault.ts'
import { expireTickets } from '../../support/tickets/expire.ts'
import { api, failure, type RouteKey } from '../api.ts'
import type { RouteShape } from '../api/shapes.ts'

let database: TestDatabase
let shop: Kmoshops
let books: FactuursturenSandbox
let there: TestHouse
let merchant: Visitor
let stranger: Visitor
let operator: Visitor
let integrationId: string
let bookingId: string

const call = (
  key: RouteKey,
  asked: { as: Visitor; params?: Record<string, string>; query?: string; body?: unknown },
) => {
  const [method = '', pattern = ''] = key.split(' ')
  const params: Record<string, string> = { integrationId, ...asked.params }
  const target = pattern.replace(/:(\w+)/g, (_, name: string) => params[name] ?? name)
  return there.ask(`${target}?${asked.query ?? ''}`, {
    method,
    headers: {
      cookie: asked.as.cookie,
      ...(asked.body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(asked.body !== undefined && { body: JSON.stringify(asked.body) }),
  })
}

const answerOf = async <K extends RouteKey>(key: K, asked: Parameters<typeof call>[1]) => {
  const answer = await call(key, asked)
  const text = await answer.text()
  if (answer.status !== 200) throw new Error(`${key}: ${answer.status} ${text}`)
  const shape: RouteShape = api[key]
  return shape.answer.parse(JSON.parse(text)) as ReturnType<(typeof api)[K]['answer']['parse']>
}

const codeOf = async (answer: Response) =>
  `${answer.status} ${failure.parse(await answer.json()).error.code}`

beforeAll(async () => {
  database = await createTestDatabase()
  shop = await startKmoshops({ limits: 'off' })
  books = await startFactuursturen({ limits: 'off' })
  there = await openHouse(database)
  merchant = await there.welcome('Noor')
  stranger = await there.welcome('Vreemde')
  operator = await there.welcome('Olga')
  await makeOperator(there, operator, 'totp')
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
  const { id } = shop.placeOrder({
    webhook: 'lost',
    country: 'NL',
    firstName: 'Wilhelmina',
    lines: [{ name: 'Mok', unitPrice: 12.1 }],
    totalOverride: 99,
  })
  const ref = { kind: 'order', id: String(id) } as const
  await there.engine.commits.see(integrationId, [{ ref }], 'live')
  await drain(there.engine, integrationId)
  const row = await database.db.selectFrom('bookings').select('id').executeTakeFirstOrThrow()
  bookingId = row.id
})
afterAll(async () => {
  await there.close()
  await shop.close()
  await books.close()
  await database.close()
})

const report = (subject: string, withFigures = true) =>
  answerOf('POST /api/integrations/:integrationId/tickets', {
    as: merchant,
    body: {
      topic: 'problem',
      subject,
      text: 'Mevrouw Wilhelmina belt erover.',
      bookingId,
      withFigures,
    },
  })

describe('a ticket', () => {
  test('goes from the button at a refused sale to an answer that is also mailed', async () => {
    const opened = await report('Bestelling klopt niet')
    expect(opened.reference).toMatch(/^T-[A-Z2-9]{7}$/)
    const params = { ticketId: opened.id }

    const inbox = await answerOf('GET /api/operator/tickets', { as: operator })
    expect(inbox.items).toMatchObject([
      {
        reference: opened.reference,
        state: 'asked',
        subject: 'Bestelling klopt niet',
        problem: { code: 'TOTAL_DIFFERS_FROM_LINES' },
        integration: { id: integrationId, merchant: 'Zaak van Noor' },
        assignee: null,
      },
    ])
    await answerOf('POST /api/operator/tickets/:ticketId/assign', {
      as: operator,
      params,
      body: { to: 'me' },
    })
    const mine = await answerOf('GET /api/operator/tickets', { as: operator, query: 'mine=true' })
    expect(mine.items.map(({ assignee }) => assignee?.name)).toEqual(['Olga'])

    const seen = await answerOf('GET /api/operator/tickets/:ticketId', { as: operator, params })
    expect(seen.facts).toMatchObject({ state: 'refused', totalCents: 9900, webshop: 'kmoshops' })
    expect(seen.canned?.nl).toMatch(/\w/)
    expect(seen.messages).toMatchObject([{ author: 'merchant', name: 'Noor' }])
    // Not without saying why.
    expect(JSON.stringify({ ...seen, messages: [] })).not.toContain('Wilhelmina')
    const { content } = await answerOf('POST /api/operator/tickets/:ticketId/open-figures', {
      as: operator,
      params,
      body: { reason: 'nagaan van het totaal' },
    })
    expect(JSON.stringify(content)).toContain('Wilhelmina')
    const calls = content['calls'] as { method: string; outcome: number; address: string }[]
    expect(calls).toContainEqual(expect.objectContaining({ method: 'GET', outcome: 200 }))
    for (const secret of [books.account.apiKey, ...Object.values(shop.credentials)]) {
      expect(JSON.stringify(content)).not.toContain(secret)
    }

    await answerOf('POST /api/operator/ticket-answers', {
      as: operator,
      body: { ticketIds: [opened.id], nl: 'De korting ontbreekt in de regels.', en: '' },
    })
    const thread = await answerOf('GET /api/integrations/:integrationId/tickets/:ticketId', {
      as: merchant,
      params,
    })
    expect(thread.ticket.state).toBe('answered')
    expect(thread.messages.map(({ author, name, text }) => [author, name, text])).toEqual([
      ['merchant', 'Noor', 'Mevrouw Wilhelmina belt erover.'],
      ['operator', 'Olga', 'De korting ontbreekt in de regels.'],
    ])
    const mail = await database.db
      .selectFrom('mails')
      .selectAll()
      .where('kind', '=', 'ticket-answer')
      .executeTakeFirstOrThrow()
    expect(mail.toAddress).toBe(merchant.email)
    const told = there.engine.vault.open(mail.sealed ?? '', places.mail(mail.id))
    expect(told).toContain('De korting ontbreekt')
    expect(told).toContain(`/i/${integrationId}/support/${opened.id}`)

    const write = 'POST /api/integrations/:integrationId/tickets/:ticketId/messages' as const
    const settle = 'POST /api/integrations/:integrationId/tickets/:ticketId/settle' as const
    expect(await answerOf(settle, { as: merchant, params, body: { settled: true } })).toEqual({
      state: 'settled',
    })
    expect(await answerOf(write, { as: merchant, params, body: { text: 'Toch niet.' } })).toEqual({
      state: 'asked',
    })
    const asked = await database.db
      .selectFrom('mails')
      .select('toAddress')
      .where('kind', '=', 'ticket-asked')
      .execute()
    expect(asked.map(({ toAddress }) => toAddress)).toEqual([operator.email, operator.email])
  })

  test('is the merchant’s own: a stranger finds none of it', async () => {
    const { id } = await report('Privé')
    const params = { ticketId: id }
    const theirs = await installIntegrationOf(stranger)
    for (const [key, body] of [
      ['GET /api/integrations/:integrationId/tickets/:ticketId', undefined],
      ['POST /api/integrations/:integrationId/tickets/:ticketId/messages', { text: 'x' }],
      ['POST /api/integrations/:integrationId/tickets/:ticketId/settle', { settled: true }],
    ] as const) {
      for (const through of [integrationId, theirs]) {
        const asked = { as: stranger, params: { ...params, integrationId: through }, body }
        expect(await codeOf(await call(key, asked))).toBe('404 NOT_FOUND')
      }
    }
    const foreign = { topic: 'problem', subject: 'x', text: 'x', bookingId, withFigures: true }
    const asked = { as: stranger, params: { integrationId: theirs }, body: foreign }
    expect(await codeOf(await call('POST /api/integrations/:integrationId/tickets', asked))).toBe(
      '404 NOT_FOUND',
    )
  })

  test('many with one cause are answered together, each in the language of who asked', async () => {
    await there.house.pool.query(`update "user" set language = 'en' where id = $1`, [
      merchant.userId,
    ])
    const english = await report('Wrong total', false)
    await there.house.pool.query(`update "user" set language = 'nl' where id = $1`, [
      merchant.userId,
    ])
    const causes = await answerOf('GET /api/operator/ticket-causes', { as: operator })
    const cause = causes.find(({ problem }) => problem.code === 'TOTAL_DIFFERS_FROM_LINES')
    expect(cause?.count).toBeGreaterThanOrEqual(3)
    expect(cause?.ticketIds).toContain(english.id)
    const body = { ticketIds: cause?.ticketIds, nl: 'Opgelost.', settle: true }
    const answers = 'POST /api/operator/ticket-answers' as const
    expect(await codeOf(await call(answers, { as: operator, body: { ...body, en: '' } }))).toBe(
      '400 INPUT_INVALID',
    )
    const done = await answerOf(answers, { as: operator, body: { ...body, en: 'Solved.' } })
    expect(done).toEqual({ answered: cause?.count, skipped: 0 })
    const { messages, ticket } = await answerOf(
      'GET /api/integrations/:integrationId/tickets/:ticketId',
      { as: merchant, params: { ticketId: english.id } },
    )
    expect([ticket.state, messages.at(-1)?.text]).toEqual(['settled', 'Solved.'])
    expect(await answerOf('GET /api/operator/ticket-causes', { as: operator })).toEqual([])
  })

  test('keeps what it tells of a buyer sealed, for thirty days and not a day longer', async () => {
    const { id } = await report('Even bewaren')
    const stored = await database.pool.query<{ all: string }>(
      `select json_agg(x)::text as all from (select t.*, m.text, a.content from tickets t
        left join ticket_messages m on m.ticket_id = t.id
        left join ticket_attachments a on a.ticket_id = t.id) x`,
    )
    expect(stored.rows[0]?.all).toContain(id)
    expect(stored.rows[0]?.all).not.toMatch(/Wilhelmina|Even bewaren/)

    const params = { ticketId: id }
    const until = async () =>
      (
        await answerOf('GET /api/integrations/:integrationId/tickets/:ticketId', {
          as: merchant,
          params,
        })
      ).figuresUntil
    expect(await until()).not.toBeNull()
    there.clock.moveOn(29 * 86_400_000)
    expect((await expireTickets(there.engine)).attachments).toBe(0)
    there.clock.moveOn(86_400_001)
    expect(await until()).toBeNull()
    const body = { reason: 'te laat' }
    expect(
      await codeOf(
        await call('POST /api/operator/tickets/:ticketId/open-figures', {
          as: operator,
          params,
          body,
        }),
      ),
    ).toBe('404 NOT_FOUND')
    expect((await expireTickets(there.engine)).attachments).toBeGreaterThan(0)
    const left = await database.db.selectFrom('ticketAttachments').selectAll().execute()
    expect(left).toEqual([])
    there.clock.moveOn(366 * 86_400_000)
    await expireTickets(there.engine)
    const tickets = await database.db.selectFrom('tickets').select('state').execute()
    expect(tickets.map(({ state }) => state)).not.toContain('settled')
  })

  test('of a script that runs wild ends at a bound', async () => {
    const key = 'POST /api/integrations/:integrationId/tickets' as const
    const body = { topic: 'question', subject: 'x', text: 'x' }
    const codes: string[] = []
    for (let count = 0; count < 110; count += 1) {
      const answer = await call(key, { as: merchant, body })
      codes.push(answer.status === 200 ? '200' : await codeOf(answer))
    }
    expect(codes[0]).toBe('200')
    expect(codes.at(-1)).toBe('429 TOO_MANY_REQUESTS')
  })
})

const installIntegrationOf = async ({ merchantId }: Visitor): Promise<string> => {
  const { createIntegration } = await import('../../merchants/integrations.ts')
  const wanted = { merchantId, name: 'T', webshop: 'kmoshops', accounting: 'factuursturen' }
  return (await createIntegration(there.engine, wanted)).id
}
