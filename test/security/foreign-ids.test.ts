import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { offerSeat } from '../../src/support/people/seat-offers.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { callOperation, operationsOf, type Operation } from './documented.ts'
import { dumpOf } from './dump.ts'
import { openTwoMerchants, type Merchant, type TwoMerchants } from './two-merchants.ts'

/**
 * A hostile merchant with a seat of their own: the first id of an address is theirs, the second is somebody
 * else's. And bodies that name what is somebody else's.
 */
let database: TestDatabase
let stage: TwoMerchants
let operations: Operation[]
let theirs: Record<string, string>

const idOf = async (table: string, merchant: Merchant): Promise<string> =>
  (
    await database.pool.query<{ id: string }>(`select id from ${table} where integration_id = $1`, [
      merchant.integrationId,
    ])
  ).rows[0]?.id ?? ''

const post = async ({ owner, integrationId }: Merchant, what: string, body: object) => {
  const answer = await stage.there.ask(`/api/integrations/${integrationId}/${what}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: owner.cookie },
    body: JSON.stringify(body),
  })
  if (answer.status !== 200) throw new Error(await answer.text())
}

beforeAll(async () => {
  database = await createTestDatabase()
  stage = await openTwoMerchants(database)
  const { there, one, other } = stage
  for (const merchant of [one, other]) {
    await merchant.sell({ totalOverride: 99 })
    await merchant.drain()
    await post(merchant, 'tickets', { topic: 'question', subject: 'Vraag', text: 'Hoe werkt dit?' })
    await post(merchant, 'surveys', {
      purpose: 'reconciliation',
      from: '2026-01-01',
      until: '2026-01-31',
    })
  }
  const offered = await offerSeat(there.engine, there.url, {
    merchantId: other.owner.merchantId,
    email: 'uitgenodigd@voorbeeld.example',
    role: 'member',
    by: { ...other.owner, id: other.owner.userId, name: 'Eigenaar', language: 'nl' },
  })
  const invoiceId = '019c0000-0000-7000-8000-00000000abcd'
  await plantInvoice(invoiceId)
  theirs = {
    bookingId: await idOf('bookings', other),
    ticketId: await idOf('tickets', other),
    surveyId: await idOf('surveys', other),
    offerId: offered.is === 'offered' ? offered.offer.id : '',
    userId: other.owner.userId,
    invoiceId,
  }
  operations = await operationsOf(there)
})
afterAll(async () => {
  await stage.close()
  await database.close()
})

/** An invoice of ours to the other merchant, drawn already. */
const plantInvoice = (id: string) =>
  stage.there.engine.db
    .insertInto('invoices')
    .values({
      ...{ id, number: 'F-1', series: 'F', sequence: 1, credits: null, issuedOn: '2026-01-01' },
      merchantId: stage.other.owner.merchantId,
      integrationId: stage.other.integrationId,
      paymentId: id,
      language: 'nl',
      seller: '{}',
      buyer: '{}',
      service: 'year',
      quantity: 1,
      subject: '{}',
      ...{
        netCents: 100,
        vatCents: 21,
        grossCents: 121,
        vatPercent: '21',
        vatTreatment: 'domestic',
      },
      pdf: Buffer.from('%PDF-1.7'),
    })
    .execute()

const belongings = async () =>
  (await dumpOf(database.pool)).filter(({ text }) =>
    [stage.other.integrationId, stage.other.owner.merchantId].some((id) => text.includes(id)),
  )

describe('behind an id of one’s own', () => {
  it('nobody else’s thing can be seen or changed by its id', async () => {
    const { there, one } = stage
    const own = {
      ...{ integrationId: one.integrationId, merchantId: one.owner.merchantId },
      side: 'webshop',
      paymentId: '019c0000-0000-7000-8000-000000000000',
    }
    const nested = operations.filter(({ key }) =>
      /:(integrationId|merchantId)\/.*:(bookingId|ticketId|surveyId|offerId|userId|invoiceId)/.test(
        key,
      ),
    )
    expect(nested.length).toBeGreaterThan(12)
    const before = await belongings()
    const seen: Record<string, string> = {}
    for (const operation of nested) {
      const headers = { cookie: one.owner.cookie }
      const { status, code } = await callOperation(there, { ...theirs, ...own }, operation, headers)
      seen[operation.key] = `${status} ${code}`
    }
    expect(seen).toEqual(Object.fromEntries(nested.map(({ key }) => [key, '404 NOT_FOUND'])))
    expect(await belongings()).toEqual(before)
  })

  it.each(['process', 'ignore', 'go-ahead'])(
    'a list that names somebody else’s bookings does nothing to them: %s',
    async (what) => {
      const before = await belongings()
      const { there, one } = stage
      const answer = await there.ask(`/api/integrations/${one.integrationId}/${what}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie: one.owner.cookie },
        body: JSON.stringify({ bookingIds: [theirs['bookingId']] }),
      })
      expect(answer.status).toBe(200)
      expect(await belongings()).toEqual(before)
    },
  )

  it('a ticket can’t be about somebody else’s booking', async () => {
    const { there, one } = stage
    const answer = await there.ask(`/api/integrations/${one.integrationId}/tickets`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: one.owner.cookie },
      body: JSON.stringify({
        topic: 'problem',
        subject: 'Van een ander',
        text: 'Laat eens zien.',
        bookingId: theirs['bookingId'],
        withFigures: true,
      }),
    })
    expect(answer.status).toBe(404)
  })

  it.each(['..%2f..%2f..%2fetc%2fpasswd', '%2fetc%2fpasswd', '..%5c..%5cboot.ini', 'x%00'])(
    'a PDF is asked for by its id, and never by a path: %s',
    async (place) => {
      const { there, one } = stage
      const answer = await there.ask(
        `/api/integrations/${one.integrationId}/invoices/${place}.pdf`,
        { headers: { cookie: one.owner.cookie } },
      )
      expect(answer.status).toBe(400)
      expect(answer.headers.get('content-type')).toContain('application/json')
    },
  )

  it('an integration can’t be made at somebody else’s merchant', async () => {
    const { there, one, other } = stage
    const answer = await there.ask('/api/integrations', {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: one.owner.cookie },
      body: JSON.stringify({
        name: 'Indringer',
        webshop: 'kmoshops',
        accounting: 'factuursturen',
        merchantId: other.owner.merchantId,
      }),
    })
    expect(answer.status).toBe(404)
  })
})
