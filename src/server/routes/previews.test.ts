import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startInformer } from '../../../sandbox/informer/index.ts'
import { startKmoshops, type Kmoshops, type OrderSpec } from '../../../sandbox/kmoshops/index.ts'
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.ts'
import { installIntegration } from '../../../test/support/engine.ts'
import { openHouse, type TestHouse, type Visitor } from '../../../test/support/house.ts'
import { drain } from '../../bookings/drain.ts'
import { setDot } from '../../merchants/connections.ts'

/** Looking at sales over the interface before anything is booked. */
let database: TestDatabase
let shop: Kmoshops
let books: Awaited<ReturnType<typeof startInformer>>
let there: TestHouse
let owner: Visitor
let id: string

const row = (destination: string, percent: string, vatCode: string) => ({
  destination,
  percent,
  vatCode,
  ledgers: { revenue: '90010', shipping: '90020' },
})

let high = ''

beforeAll(async () => {
  database = await createTestDatabase()
  shop = await startKmoshops({ limits: 'off' })
  books = await startInformer({ limits: 'off', isEmpty: true })
  there = await openHouse(database)
  owner = await there.welcome('Noor')
  id = await installIntegration(
    there.engine,
    { system: 'kmoshops', credentials: { apiRoot: shop.url, ...shop.credentials } },
    {
      system: 'informer',
      credentials: {
        securityCode: books.account.securityCode,
        apiKey: books.account.apiKey,
        baseUrl: books.url,
      },
    },
    { homeCountry: 'NL', merchantId: owner.merchantId },
  )
  const connection = await database.db
    .selectFrom('connections')
    .select('choices')
    .where('integrationId', '=', id)
    .where('side', '=', 'accounting')
    .executeTakeFirstOrThrow()
  const found = connection.choices['vatCodePercents']?.find(({ value }) => /:21$/.test(value))
  high = found?.value.split(':')[0] ?? ''
  await database.db
    .updateTable('integrations')
    .set({ settings: JSON.stringify({ goAhead: true, vatTable: [row('NL', '21', high)] }) })
    .where('id', '=', id)
    .execute()
})
afterAll(async () => {
  await there.close()
  await shop.close()
  await books.close()
  await database.close()
})

const place = (spec: Partial<OrderSpec> = {}) =>
  shop.placeOrder({
    lines: [{ name: 'Mok', unitPrice: 12.1, vatPercent: 21 }],
    email: 'an@klant.example',
    country: 'NL',
    postcode: '3511 AB',
    webhook: 'lost',
    ...spec,
  })

interface Shown {
  is: string
  outcome: string
  problem: { code: string } | null
  remoteNumber: string | null
  bookingId: string | null
  customer: { email: string }
  lines: { vatCode: string | null; ledger: string | null; vatPercent: string; why: string }[]
  draft: { reference: string; debtor: object; totals: { gross: string }; booksTotal: string } | null
  checks: { check: string; is: string }[]
  error: { code: string }
}

const look = async (body: object, as = owner, language = 'nl') => {
  const answer = await there.ask(`/api/integrations/${id}/preview?language=${language}`, {
    method: 'POST',
    headers: { cookie: as.cookie, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: answer.status, body: (await answer.json()) as Shown }
}

const bookings = () =>
  database.db.selectFrom('bookings').select('id').where('integrationId', '=', id).execute()

describe('a preview by number', () => {
  it('shows the invoice with codes, ledgers, debtor and reasons, and leaves no trace', async () => {
    const { number } = place()
    const { body } = await look({ sale: { number: number ?? '' } })
    expect(body).toMatchObject({
      is: 'shown',
      outcome: 'wants-go-ahead',
      problem: null,
      bookingId: null,
      customer: { email: 'an@klant.example' },
      lines: [{ vatPercent: '21', ledger: expect.stringContaining('') as string }],
      draft: {
        reference: number,
        debtor: { is: 'new', id: null },
        totals: { gross: '12.10' },
        booksTotal: '12.10',
      },
    })
    expect(body.lines[0]?.vatCode).toContain('21 %')
    expect(body.lines[0]?.why).toContain('21 %')
    expect(body.checks.every((check) => check.is === 'passed')).toBe(true)
    expect(await bookings()).toEqual([])
    expect(books.ledger().invoices).toEqual([])
    expect(books.ledger().relations).toEqual([])
  })

  it('finds it by its digits too, and says when there is none', async () => {
    const { number } = place({ email: 'bo@klant.example' })
    const bare = /\d+$/.exec(number ?? '')?.[0] ?? ''
    const { body } = await look({ sale: { number: bare } })
    expect(body.draft?.reference).toBe(number)
    const none = await look({ sale: { number: '99999999' } }, owner, 'en')
    expect(none).toMatchObject({ status: 404, body: { error: { code: 'SALE_NOT_FOUND' } } })
  })

  it('says what stands in the way, where it would wait, and what a gone sale is', async () => {
    const unpaid = place({ paid: false })
    expect((await look({ sale: { number: unpaid.number ?? '' } })).body).toMatchObject({
      outcome: 'waits',
      problem: { code: 'STATUS_NOT_YET' },
    })
    const low = place({ lines: [{ name: 'Boek', unitPrice: 10.9, vatPercent: 9 }] })
    expect((await look({ sale: { number: low.number ?? '' } })).body).toMatchObject({
      outcome: 'refused',
      problem: { code: 'VAT_CODE_MISSING' },
    })
    const ref = { kind: 'order', id: '987654' }
    expect((await look({ sale: ref })).body).toEqual({ is: 'gone' })
  })

  it('tries settings that are not saved, and saves none of them', async () => {
    const { number } = place()
    const sale = { number: number ?? '' }
    const tried = await look({
      sale,
      settings: { referenceTemplate: 'Web {number}', goAhead: false },
    })
    expect(tried.body).toMatchObject({
      outcome: 'books',
      draft: { reference: `Web ${number ?? ''}` },
    })
    const without = await look({ sale, settings: { vatTable: [] } })
    expect(without.body).toMatchObject({
      outcome: 'refused',
      problem: { code: 'VAT_CODE_MISSING' },
    })
    const wrong = await look({ sale, settings: { homeCountry: 'DE' } })
    expect(wrong.body.error.code).toBe('INPUT_INVALID')
    expect((await look({ sale })).body.draft?.reference).toBe(number)
  })

  it('is for a seat that only looks, too, and for no stranger', async () => {
    const { number } = place()
    const accountant = await there.welcome('Acco')
    expect((await look({ sale: { number: number ?? '' } }, accountant)).status).toBe(404)
    await there.seat(accountant, owner.merchantId, 'member')
    expect((await look({ sale: { number: number ?? '' } }, accountant)).body.is).toBe('shown')
  })

  it('needs both ends', async () => {
    await setDot(there.engine, id, 'accounting', { code: 'CREDENTIALS_REFUSED', params: {} })
    expect((await look({ sale: { number: 'x' } })).body.error.code).toBe('NOT_COMPLETE')
    await setDot(there.engine, id, 'accounting', null)
  })
})

it('lists the latest sales of the shop, newest first', async () => {
  const last = place()
  const answer = await there.ask(`/api/integrations/${id}/latest-sales?limit=3`, {
    headers: { cookie: owner.cookie },
  })
  const sales = (await answer.json()) as { number: string }[]
  expect(sales).toHaveLength(3)
  expect(sales[0]?.number).toBe(last.number)
})

it('after the go-ahead it is booked, and its preview says so', async () => {
  const order = place({ email: 'cas@klant.example' })
  const sale = { number: order.number ?? '' }
  await there.engine.commits.see(id, [{ ref: { kind: 'order', id: String(order.id) } }], 'live')
  await drain(there.engine, id)
  const before = await look({ sale })
  expect(before.body).toMatchObject({ outcome: 'wants-go-ahead' })
  expect(books.ledger().invoices).toEqual([])
  const answer = await there.ask(`/api/integrations/${id}/go-ahead`, {
    method: 'POST',
    headers: { cookie: owner.cookie, 'content-type': 'application/json' },
    body: JSON.stringify({ bookingIds: [before.body.bookingId] }),
  })
  expect(await answer.json()).toEqual({ accepted: 1, skipped: 0 })
  await drain(there.engine, id)
  expect(books.ledger().invoices).toMatchObject([{ reference: order.number, totalCents: 1210 }])
  const after = await look({ sale })
  expect(after.body).toMatchObject({ outcome: 'booked' })
  expect(after.body.remoteNumber).not.toBeNull()
})
