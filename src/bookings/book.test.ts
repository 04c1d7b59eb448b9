import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  brokenLinks,
  setBookingStage,
  type BookingStage,
} from '../../test/support/booking-stage.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { mention } from '../../test/support/quiet-stage.ts'
import { presets } from '../../sandbox/kmoshops/index.ts'

/** The way of one sale: how it can end, what may come between, and what is kept of it. */
const someMigration = '00000000-0000-7000-8000-000000000001'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

const totals = ({ books }: BookingStage) =>
  books.ledger().invoices.map(({ totalCents }) => totalCents)

describe('a sale that is not to be booked', () => {
  test('waits, when its status or its payment is not there yet', async () => {
    const stage = await setBookingStage(database)
    const isNew = await stage.sell({ status: 1 })
    const unpaid = await stage.sell({ paid: false, status: 2 })
    await stage.drain()
    expect(await stage.row(isNew)).toMatchObject({
      state: 'open',
      reasonCode: 'STATUS_NOT_YET',
      dueAt: null,
    })
    expect(await stage.row(unpaid)).toMatchObject({
      state: 'open',
      reasonCode: 'NOT_PAID_YET',
      dueAt: null,
      number: 'W-1002',
      totalCents: 1210,
    })
    stage.shop.changeOrder(Number(unpaid), { paid: true, webhook: 'lost' })
    await stage.hear(unpaid)
    await stage.drain()
    expect(await stage.states()).toEqual({ open: 1, booked: 1 })
  })

  test('is closed, when it is cancelled, of before the start, gone, or never was one', async () => {
    const stage = await setBookingStage(database)
    const cancelled = await stage.sell({ status: 8 })
    const old = await stage.sell({ createdAt: '2026-11-19T10:00:00Z' })
    const abandoned = await stage.sell({ completed: false })
    await stage.hear('999999')
    await stage.drain()
    expect(await stage.row(cancelled)).toMatchObject({
      state: 'closed',
      reasonCode: 'SALE_CANCELLED',
    })
    expect(await stage.row(old)).toMatchObject({
      state: 'closed',
      reasonCode: 'SALE_BEFORE_START',
      reasonParams: { date: '2026-11-19', from: '2026-11-20' },
    })
    expect(await stage.row(abandoned)).toMatchObject({ state: 'closed', reasonCode: 'SALE_GONE' })
    expect(await stage.row('999999')).toMatchObject({ state: 'closed', reasonCode: 'SALE_GONE' })
    expect(totals(stage)).toEqual([])
  })

  test('of before the start is booked by a migration', async () => {
    const stage = await setBookingStage(database)
    const shopId = stage.place({ createdAt: '2026-10-01T10:00:00Z' })
    await stage.engine.commits.see(stage.id, [{ ref: { kind: 'order', id: shopId } }], {
      migration: someMigration,
    })
    await stage.drain()
    expect(await stage.row(shopId)).toMatchObject({ state: 'booked', saleDate: '2026-10-01' })
  })

  test('is refused with its reason, and creates nothing in the books', async () => {
    const stage = await setBookingStage(database)
    const cases = {
      TOTAL_DIFFERS_FROM_LINES: presets['wrongTotal'],
      MARKETPLACE_SALE: presets['platformSale'],
      CURRENCY_UNSUPPORTED: { currency: 'USD' },
      EMAIL_MISSING: { email: ' ' },
    }
    const found: Record<string, string | null> = {}
    for (const [code, spec] of Object.entries(cases)) {
      const shopId = await stage.sell(spec)
      await stage.drain()
      const row = await stage.row(shopId)
      found[code] = row.reasonCode
      expect(row).toMatchObject({ state: 'refused', dueAt: null, attempts: 0 })
    }
    expect(Object.values(found)).toEqual(Object.keys(cases))
    expect(stage.books.ledger().clients).toEqual([])
  })

  test('by the books themselves is refused, and may be processed again', async () => {
    const stage = await setBookingStage(database)
    const shopId = await stage.sell()
    stage.books.faults.add({
      fault: 'error-before',
      status: 422,
      match: { method: 'POST', path: '/invoices$' },
    })
    await stage.drain()
    expect(await stage.row(shopId)).toMatchObject({
      state: 'refused',
      reasonCode: 'INVOICE_REFUSED',
      reference: 'W-1001',
      dueAt: null,
    })
    await stage.hear(shopId)
    await stage.drain()
    expect(await stage.row(shopId)).toMatchObject({ state: 'booked' })
    expect(totals(stage)).toEqual([1210])
  })
})

describe('a mention that comes while the sale is worked on', () => {
  /** Hears of the sale again, with a change, between the reading and the end of the way. */
  const during = async (
    stage: BookingStage,
    shopId: string,
    change: Parameters<BookingStage['shop']['changeOrder']>[1],
  ) => {
    const held = stage.holdAt('after:call-read-sale')
    const draining = stage.drain()
    await held.reached
    stage.shop.changeOrder(Number(shopId), { ...change, webhook: 'lost' })
    stage.rung.length = 0
    await stage.hear(shopId)
    expect(stage.rung).toEqual([stage.id])
    held.letGo()
    await draining
    await stage.bench.drainAll()
  }

  test('is not lost when it was found to wait', async () => {
    const stage = await setBookingStage(database)
    const shopId = await stage.sell({ paid: false, status: 2 })
    await during(stage, shopId, { paid: true })
    expect(await stage.row(shopId)).toMatchObject({ state: 'booked' })
  })

  test('is not lost when it was found to be cancelled', async () => {
    const stage = await setBookingStage(database)
    const shopId = await stage.sell({ status: 8 })
    await during(stage, shopId, { status: 2 })
    expect(await stage.row(shopId)).toMatchObject({ state: 'booked' })
  })

  test('is not lost when it was refused', async () => {
    const stage = await setBookingStage(database)
    const shopId = await stage.sell({ currency: 'USD' })
    await during(stage, shopId, { edit: { currency: 'EUR' } })
    expect(await stage.row(shopId)).toMatchObject({ state: 'booked' })
  })

  test('is not lost when the shop did not answer', async () => {
    const stage = await setBookingStage(database)
    const shopId = await stage.sell()
    stage.shop.faults.add({ fault: 'error-before', match: { path: '/orders/' }, times: 2 })
    const held = stage.holdAt('before:commit-settled')
    const draining = stage.drain()
    await held.reached
    await stage.hear(shopId)
    held.letGo()
    await draining
    expect(await stage.row(shopId)).toMatchObject({ state: 'booked' })
  })

  test('is not lost when the books refused what had been read', async () => {
    const stage = await setBookingStage(database)
    const shopId = await stage.sell()
    stage.books.faults.add({
      fault: 'error-before',
      status: 422,
      match: { method: 'POST', path: '/invoices$' },
    })
    const held = stage.holdAt('before:call-create-invoice')
    const draining = stage.drain()
    await held.reached
    await stage.hear(shopId)
    held.letGo()
    await draining
    await stage.bench.drainAll()
    expect(await stage.row(shopId)).toMatchObject({ state: 'booked' })
  })

  test('books nothing twice when the sale was booked meanwhile', async () => {
    const stage = await setBookingStage(database)
    const shopId = await stage.sell()
    await during(stage, shopId, { trackAndTrace: { code: '3S', carrier: 'bpost' } })
    expect(await stage.row(shopId)).toMatchObject({ state: 'booked', dueAt: null, mentions: 2 })
    expect(totals(stage)).toEqual([1210])
  })

  test('shows at the next poll that the total is another than the one that was booked', async () => {
    const stage = await setBookingStage(database)
    const shopId = await stage.sell()
    const edit = { lines: [{ name: 'Mok', unitPrice: 24.2 }] }
    await during(stage, shopId, { edit })
    expect(totals(stage)).toEqual([1210])
    await stage.engine.commits.see(stage.id, [mention(shopId, { total: '24.20' })], 'live')
    expect(await stage.row(shopId)).toMatchObject({
      state: 'booked',
      totalCents: 1210,
      reasonCode: 'SALE_CHANGED_AFTER_BOOKING',
      reasonParams: { booked: '12.10', total: '24.20' },
    })
    await stage.drain()
    expect(totals(stage)).toEqual([1210])
  })
})

describe('a sale of a shop that makes invoices itself', () => {
  test.each([
    ['order', 'W-1001'],
    ['invoice', '7'],
  ])('is listed under the number that leads: its %s’s', async (leadingNumber, number) => {
    const stage = await setBookingStage(database, { settings: { leadingNumber } })
    const shopId = await stage.sell({ invoiceNumber: 7 })
    await stage.drain()
    expect(await stage.row(shopId)).toMatchObject({ state: 'booked', number, reference: number })
  })
})

describe('an invoice that is in the books already', () => {
  const typedByHand = (stage: BookingStage, price: number, clientnr = 1) =>
    stage.plant('invoices', {
      clientnr,
      date: '2026-11-20',
      reference: { line1: 'W-1001' },
      lines: [{ amount: 1, description: 'Mok', price, tax_rate: 21 }],
    })

  test.for(['new', 'known'] as const)(
    'with the same total, of a %s customer, is the booking, and no other is made',
    async (customer) => {
      const stage = await setBookingStage(database)
      const email = 'an@klant.example'
      if (customer === 'known') await stage.plant('clients', { email, tax_type: 'intax' })
      else await stage.plant('clients', { email: 'somebody@else.example', tax_type: 'intax' })
      await typedByHand(stage, 12.1)
      const shopId = await stage.sell({ email })
      await stage.drain()
      expect(totals(stage)).toEqual([1210])
      expect(await stage.row(shopId)).toMatchObject({
        state: 'booked',
        // A note, so that nobody wonders why Doorvoer made no invoice.
        reasonCode: 'FOUND_IN_BOOKS',
        totalCents: 1210,
        remoteTotalCents: 1210,
        remoteNumber: stage.books.ledger().invoices[0]?.number,
        dueAt: null,
      })
      expect(stage.books.ledger().clients).toHaveLength(1)
    },
  )

  test('with another total is for a person', async () => {
    const stage = await setBookingStage(database)
    await stage.plant('clients', { email: 'an@klant.example', tax_type: 'intax' })
    const [number] = (await typedByHand(stage, 12.09)) as string[]
    const shopId = await stage.sell({ email: 'an@klant.example' })
    await stage.drain()
    expect(totals(stage)).toEqual([1209])
    expect(await stage.row(shopId)).toMatchObject({
      state: 'refused',
      reasonCode: 'ALREADY_IN_BOOKS',
      reasonParams: { number, found: '12.09', total: '12.10' },
      dueAt: null,
    })
  })

  test('twice is for a person too', async () => {
    const stage = await setBookingStage(database)
    await stage.plant('clients', { email: 'an@klant.example', tax_type: 'intax' })
    await typedByHand(stage, 12.1)
    await typedByHand(stage, 12.1)
    const shopId = await stage.sell({ email: 'an@klant.example' })
    await stage.drain()
    expect(await stage.row(shopId)).toMatchObject({
      state: 'parked',
      reasonCode: 'LOOKUP_IMPOSSIBLE',
    })
    expect(totals(stage)).toEqual([1210, 1210])
  })

  test('keeps its reference, so that it can be found and looked up as every other', async () => {
    const stage = await setBookingStage(database)
    await stage.plant('clients', { email: 'an@klant.example', tax_type: 'intax' })
    await typedByHand(stage, 12.1)
    const shopId = await stage.sell({ email: 'an@klant.example' })
    await stage.drain()
    expect(await stage.row(shopId)).toMatchObject({ state: 'booked', reference: 'W-1001' })
  })
})

describe('what is kept', () => {
  test('of a sale is no name, address or e-mail address, however it ended', async () => {
    const stage = await setBookingStage(database)
    const person = {
      firstName: 'Zjefke',
      lastName: 'Vanonbekend',
      company: 'Geheimhouders',
      street: 'Schuilhoekstraat',
      city: 'Nergenshuizen',
      phone: '0470998877',
      email: 'zjefke@vanonbekend.example',
    }
    const ways: Parameters<BookingStage['place']>[0][] = [
      {},
      { status: 1 },
      { status: 8 },
      { currency: 'USD' },
      { totalOverride: 1 },
      { country: 'XX' },
      { email: `${'z'.repeat(250)}@vanonbekend.example` },
    ]
    for (const way of ways) await stage.sell({ ...person, ...way })
    for (const fault of ['reset-before', 'error-before', 'html'] as const) {
      stage.books.faults.add({ fault, match: { method: 'POST', path: '/invoices$' } })
      await stage.sell({ ...person, email: `${fault}@vanonbekend.example` })
    }
    for (let count = 0; count < 4; count += 1) await stage.passes(150_000)
    expect(await stage.states()).toMatchObject({ booked: 4 })
    const kept = await sql<{ text: string }>`
      select row_to_json(b)::text as text from bookings b where integration_id = ${stage.id}
      union all select row_to_json(d)::text from debtors d where integration_id = ${stage.id}
      union all select row_to_json(c)::text from connections c where integration_id = ${stage.id}
      union all select row_to_json(p)::text from polls p where integration_id = ${stage.id}`.execute(
      database.db,
    )
    const text = kept.rows
      .map((row) => row.text)
      .join('\n')
      .toLowerCase()
    for (const secret of Object.values(person)) expect(text).not.toContain(secret.toLowerCase())
    expect(text).not.toContain('@')
    for (const secret of ['sandbox-key', stage.shop.credentials.apiSecret]) {
      expect(text).not.toContain(secret.toLowerCase())
    }
  })

  test('of a sale that had a hard way is a history without a gap', async () => {
    const stage = await setBookingStage(database)
    const shopId = await stage.sell({ paid: false, status: 2 })
    await stage.drain()
    stage.shop.changeOrder(Number(shopId), { paid: true, webhook: 'lost' })
    await stage.hear(shopId)
    for (const path of ['/search/', '/clients$', '/invoices$']) {
      stage.books.faults.add({ fault: 'error-before', match: { path } })
    }
    for (let count = 0; count < 8; count += 1) await stage.passes(150_000)
    const row = await stage.row(shopId)
    expect(row.state).toBe('booked')
    expect(brokenLinks(row)).toEqual([])
    expect(row.history.map(({ to }) => to)).toContain('uncertain')
  })
})
