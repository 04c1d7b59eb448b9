import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  startFactuursturen,
  type FactuursturenSandbox,
} from '../../../sandbox/factuursturen/index.ts'
import { startKmoshops, type Kmoshops } from '../../../sandbox/kmoshops/index.ts'
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.ts'
import { installIntegration } from '../../../test/support/engine.ts'
import { openHouse, type TestHouse, type Visitor } from '../../../test/support/house.ts'
import { supply } from '../../../test/support/vies-stage.ts'
import { drain } from '../../bookings/drain.ts'
import { reason } from '../../problems/reason.ts'

/*
 * What a merchant's browser asks and decides about a sale that waits for VIES, which is silent here all the time.
 * That strangers, wrong bodies and ids that are none get nowhere is in bookings.test.ts.
 */

let database: TestDatabase
let shop: Kmoshops
let books: FactuursturenSandbox
let there: TestHouse
let owner: Visitor
let looker: Visitor
let stranger: Visitor
let id: string

beforeAll(async () => {
  database = await createTestDatabase()
  shop = await startKmoshops({ limits: 'off' })
  books = await startFactuursturen({ limits: 'off' })
  there = await openHouse(database, {
    callsPerMinute: 10_000,
    vies: {
      check: () =>
        Promise.resolve({
          is: 'silent',
          reason: reason('VIES_NO_ANSWER', { country: 'BE' }),
          retryAfterMs: 60_000,
          blame: 'state',
          requesterRefused: false,
        }),
    },
  })
  owner = await there.welcome('Noor')
  looker = await there.welcome('Bram')
  stranger = await there.welcome('Vreemde')
  await there.seat(looker, owner.merchantId, 'member')
  id = await installIntegration(
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
    { publicUrl: there.house.publicUrl, homeCountry: 'NL', ...owner },
  )
})
afterAll(async () => {
  await there.close()
  await shop.close()
  await books.close()
  await database.close()
})

interface Waiting {
  bookingId: string
  shopId: number
}

const rowOf = ({ bookingId }: Waiting) =>
  database.db
    .selectFrom('bookings')
    .select(['state', 'reasonCode'])
    .where('id', '=', bookingId)
    .executeTakeFirstOrThrow()

/** A sale of € 100 without VAT to a Belgian business, which waits for VIES. Its number differs each time. */
let sold = 0
const waiting = async (): Promise<Waiting> => {
  sold += 1
  const first = 4_685_610 + sold
  const vatNumber = `BE0${first}${String(97 - (first % 97)).padStart(2, '0')}`
  const order = shop.placeOrder({
    ...supply({ vatNumber, email: `inkoop${sold}@bakkerij.example` }),
    lines: [{ name: 'Koffiemolen', unitPrice: 100 }],
    webhook: 'lost',
  })
  await there.engine.commits.see(id, [{ ref: { kind: 'order', id: String(order.id) } }], 'live')
  await drain(there.engine, id)
  const row = await database.db
    .selectFrom('bookings')
    .select(['id', 'state', 'reasonCode'])
    .where('integrationId', '=', id)
    .where('shopId', '=', String(order.id))
    .executeTakeFirstOrThrow()
  expect(row).toMatchObject({ state: 'open', reasonCode: 'VIES_NO_ANSWER' })
  return { bookingId: row.id, shopId: order.id }
}

const call = async (visitor: Visitor, { bookingId }: Waiting, decision?: unknown) => {
  const path = decision === undefined ? 'vat-question' : 'vat-decision'
  const answer = await there.ask(`/api/integrations/${id}/bookings/${bookingId}/${path}`, {
    method: decision === undefined ? 'GET' : 'POST',
    headers: { cookie: visitor.cookie, 'content-type': 'application/json' },
    ...(decision !== undefined && { body: JSON.stringify(decision) }),
  })
  const body = (await answer.json()) as Record<string, unknown>
  const error = body['error'] as { code: string; remedy: string } | undefined
  return { status: answer.status, body, code: error?.code }
}

const invoices = () => books.ledger().invoices
const vouch = { decision: 'vouch' }
const withVat = (percent: string) => ({ decision: 'with-vat', percent })

describe('what there is to know', () => {
  it('is since when it waits and what each legal rate would come to', async () => {
    const { status, body } = await call(owner, await waiting())
    expect(status).toBe(200)
    expect(body).toMatchObject({ is: 'asked', lastValid: null, currency: 'EUR' })
    expect(String(body['since'])).toMatch(/^\d{4}-.*Z$/)
    const offered = body['withVat'] as { percent: string; vat: string; gross: string }[]
    expect(offered.map(({ percent, vat, gross }) => `${percent} ${vat} ${gross}`)).toEqual(
      expect.arrayContaining(['21 17.36 100.00', '6 5.66 100.00', '12 10.71 100.00']),
    )
  })

  it('may be seen from a seat that may only look, which decides nothing', async () => {
    const sale = await waiting()
    expect((await call(looker, sale)).body).toMatchObject({ is: 'asked' })
    expect(await call(looker, sale, vouch)).toMatchObject({ status: 403, code: 'READ_ONLY_SEAT' })
    expect(await rowOf(sale)).toMatchObject({ state: 'open' })
  })

  it('is nobody else’s', async () => {
    const sale = await waiting()
    expect(await call(stranger, sale)).toMatchObject({ status: 404, code: 'NOT_FOUND' })
    expect(await call(stranger, sale, vouch)).toMatchObject({ status: 404, code: 'NOT_FOUND' })
    expect(await rowOf(sale)).toMatchObject({ state: 'open' })
  })
})

describe('a decision', () => {
  it('to vouch books a supply without VAT', async () => {
    const sale = await waiting()
    const before = invoices().length
    expect(await call(owner, sale, vouch)).toMatchObject({ status: 200, body: { decided: true } })
    await drain(there.engine, id)
    expect(await rowOf(sale)).toMatchObject({ state: 'booked', reasonCode: null })
    expect(invoices().slice(before)).toMatchObject([{ totalCents: 10_000 }])
    expect(invoices()[before]?.lines.map(({ taxRate }) => Number(taxRate))).toEqual([0])
  })

  it('for VAT books what was paid with the VAT in it', async () => {
    const sale = await waiting()
    const before = invoices().length
    expect(await call(owner, sale, withVat('21'))).toMatchObject({ status: 200 })
    await drain(there.engine, id)
    expect(await rowOf(sale)).toMatchObject({ state: 'booked' })
    expect(invoices().slice(before)).toMatchObject([{ totalCents: 10_000 }])
    expect(invoices()[before]?.lines.map(({ taxRate }) => Number(taxRate))).toEqual([21])
  })

  it.each([
    ['at a rate that is not legal there', withVat('19'), 409, 'CONFLICT'],
    ['at no percentage at all', withVat('veel'), 400, 'INPUT_INVALID'],
    ['below zero', withVat('-21'), 400, 'INPUT_INVALID'],
    ['without a rate', { decision: 'with-vat' }, 400, 'INPUT_INVALID'],
    ['to do something else', { decision: 'ignore' }, 400, 'INPUT_INVALID'],
    ['in a list', [vouch], 400, 'INPUT_INVALID'],
  ])('%s changes nothing', async (_, body, status, code) => {
    const sale = await waiting()
    expect(await call(owner, sale, body)).toMatchObject({ status, code })
    await drain(there.engine, id)
    expect(await rowOf(sale)).toMatchObject({ state: 'open', reasonCode: 'VIES_NO_ANSWER' })
  })

  it('clicked twice at once books one invoice', async () => {
    const sale = await waiting()
    const before = invoices().length
    const both = await Promise.all([
      call(owner, sale, withVat('21')),
      call(owner, sale, withVat('21')),
    ])
    for (const { status } of both) expect([200, 409]).toContain(status)
    expect(both.some(({ status }) => status === 200)).toBe(true)
    await drain(there.engine, id)
    expect(await rowOf(sale)).toMatchObject({ state: 'booked' })
    expect(invoices().slice(before)).toHaveLength(1)
  })

  it('again, after it was carried out, is too late and says so', async () => {
    const sale = await waiting()
    await call(owner, sale, vouch)
    await drain(there.engine, id)
    const before = invoices().length
    expect((await call(owner, sale)).body).toEqual({ is: 'nothing-to-decide' })
    expect(await call(owner, sale, withVat('21'))).toMatchObject({ status: 409, code: 'CONFLICT' })
    await drain(there.engine, id)
    expect(invoices()).toHaveLength(before)
  })

  it('about a sale that was cancelled meanwhile books nothing', async () => {
    const sale = await waiting()
    const before = invoices().length
    shop.changeOrder(sale.shopId, { status: 8, webhook: 'lost' })
    await call(owner, sale, vouch)
    await drain(there.engine, id)
    expect(await rowOf(sale)).toMatchObject({ state: 'closed' })
    expect(invoices()).toHaveLength(before)
  })
})
