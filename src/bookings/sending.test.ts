import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { startEenvoudigfactureren } from '../../sandbox/eenvoudigfactureren/index.ts'
import type { FaultRule } from '../../sandbox/kit/fault-rule.ts'
import { startKmoshops } from '../../sandbox/kmoshops/index.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { installIntegration, openTestEngine } from '../../test/support/engine.ts'
import { virtualClock } from '../../test/support/virtual-clock.ts'
import { drain } from './drain.ts'
import { lookups } from './schedule.ts'

/** An accounting system that sends by a second call: nothing goes out twice, nothing stays in silently. */
let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

// Engines that begin at the same moment need different chance, or they make the same ids.
let seed = 500

const bookOne = async (sendInvoice: string, trouble: { rule?: FaultRule; dies?: boolean } = {}) => {
  const clock = virtualClock()
  const now = () => clock.now()
  const shop = await startKmoshops({ limits: 'off', now })
  const books = await startEenvoudigfactureren({ limits: 'off', now })
  let dies = trouble.dies === true
  seed += 1
  const bench = openTestEngine(database, {
    clock,
    seed,
    at: (point) => {
      if (!dies || point !== 'after:call-create-invoice') return
      dies = false
      throw new Error('died before the answer was kept')
    },
  })
  onTestFinished(async () => {
    await bench.close()
    await shop.close()
    await books.close()
  })
  const { engine } = bench
  const wide = { calls: 1_000_000, windowMs: 60_000, concurrency: 1 }
  engine.paces = { ...engine.paces, eenvoudigfactureren: wide }
  engine.onFault = () => undefined
  const id = await installIntegration(
    engine,
    { system: 'kmoshops', credentials: { apiRoot: shop.url, ...shop.credentials } },
    {
      system: 'eenvoudigfactureren',
      credentials: { apiKey: 'sandbox-key', baseUrl: `${books.url}/api/v1` },
      settings: { sendInvoice },
    },
  )
  if (trouble.rule !== undefined) books.faults.add(trouble.rule)
  const order = {
    lines: [{ name: 'Mok', unitPrice: 12.1 }],
    email: 'lien@example.be',
    webhook: 'lost' as const,
  }
  const shopId = String(shop.placeOrder(order).id)
  await engine.commits.see(id, [{ ref: { kind: 'order', id: shopId } }], 'live')
  await bench.drainAll()
  for (let look = 0; look < 4; look += 1) {
    await clock.advance(lookups.firstAfterMs + 200_000)
    await drain(engine, id)
  }
  const booking = await engine.db
    .selectFrom('bookings')
    .select(['state', 'reasonCode', 'remoteNumber', 'remoteTotalCents'])
    .where('integrationId', '=', id)
    .executeTakeFirstOrThrow()
  const { invoices, sendings } = books.ledger()
  return { booking, invoices: invoices.length, sendings: sendings.length }
}

test('all is well: booked without warning, sent once', async () => {
  expect(await bookOne('email')).toMatchObject({
    booking: { state: 'booked', reasonCode: null, remoteTotalCents: 1210 },
    invoices: 1,
    sendings: 1,
  })
})
test('a lost answer to the sending: booked with a warning, sent once', async () => {
  const rule: FaultRule = { fault: 'reset-after', match: { path: '/sendemail$' } }
  expect(await bookOne('email', { rule })).toMatchObject({
    booking: { state: 'booked', reasonCode: 'INVOICE_SENDING_UNKNOWN' },
    invoices: 1,
    sendings: 1,
  })
})
test('a lost answer to the create: found, booked with a warning, never sent', async () => {
  const rule: FaultRule = { fault: 'reset-after', match: { method: 'POST', path: '/invoices$' } }
  expect(await bookOne('email', { rule })).toMatchObject({
    booking: { state: 'booked', reasonCode: 'INVOICE_SENDING_UNKNOWN' },
    invoices: 1,
    sendings: 0,
  })
})
test('a death after the sending, before it was kept: found, booked with a warning, not sent again', async () => {
  expect(await bookOne('email', { dies: true })).toMatchObject({
    booking: { state: 'booked', reasonCode: 'INVOICE_SENDING_UNKNOWN' },
    invoices: 1,
    sendings: 1,
  })
})
test('an invoice that could not be read back: booked under its id', async () => {
  const rule: FaultRule = {
    fault: 'error-before',
    match: { method: 'GET', path: '/invoices/\\d+$' },
  }
  expect(await bookOne('no', { rule })).toMatchObject({
    booking: { state: 'booked', reasonCode: null, remoteTotalCents: null },
    invoices: 1,
    sendings: 0,
  })
})
