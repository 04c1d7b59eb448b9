import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { startKmoshops, type Kmoshops } from '../../sandbox/kmoshops/index.ts'
import { setBookingStage, type BookingStage } from '../../test/support/booking-stage.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { installIntegration } from '../../test/support/engine.ts'
import { drain } from './drain.ts'

/** Two shops of one merchant that book into one administration, and give their orders the same numbers. */
let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

/** A second shop of the same merchant, into the same administration. */
const secondShop = async (stage: BookingStage) => {
  const { engine, books, clock } = stage
  const shop: Kmoshops = await startKmoshops({ limits: 'off', now: () => clock.now() })
  onTestFinished(() => shop.close())
  const id = await installIntegration(
    engine,
    { system: 'kmoshops', credentials: { apiRoot: shop.url, ...shop.credentials } },
    {
      system: 'factuursturen',
      credentials: { userName: 'sandbox', apiKey: 'sandbox-key', baseUrl: `${books.url}/api/v1` },
    },
    { homeCountry: 'NL' },
  )
  return {
    id,
    shop,
    async sell(email: string) {
      const order = shop.placeOrder({
        lines: [{ name: 'Mok', unitPrice: 12.1 }],
        email,
        webhook: 'lost',
      })
      const ref = { kind: 'order', id: String(order.id) } as const
      await engine.commits.see(id, [{ ref }], 'live')
      return order
    },
    drain: () => drain(engine, id),
    row: (shopId: number) =>
      engine.db
        .selectFrom('bookings')
        .selectAll()
        .where('integrationId', '=', id)
        .where('shopId', '=', String(shopId))
        .executeTakeFirstOrThrow(),
  }
}

const ledgerOf = ({ books }: BookingStage) =>
  books.ledger().invoices.map(({ reference, totalCents }) => [reference[0], totalCents])

test('each sale gets an invoice of its own, also when number, id and total are the same', async () => {
  const stage = await setBookingStage(database)
  const shopId = await stage.sell({ email: 'an@klant.example' })
  await stage.drain()
  const { number } = await stage.row(shopId)

  const other = await secondShop(stage)
  const order = await other.sell('bram@klant.example')
  expect([String(order.id), order.number]).toEqual([shopId, number])
  await other.drain()

  expect(await other.row(order.id)).toMatchObject({
    state: 'booked',
    reasonCode: null,
    reference: `${number}-2`,
  })
  expect(ledgerOf(stage)).toEqual([
    [number, 1210],
    [`${number}-2`, 1210],
  ])
  // Nothing is booked again when the shops mention them once more.
  await stage.hear(shopId)
  await stage.drain()
  await other.drain()
  expect(ledgerOf(stage)).toHaveLength(2)
})

test('an invoice that somebody typed is still the sale’s own', async () => {
  const stage = await setBookingStage(database)
  const other = await secondShop(stage)
  const order = await other.sell('els@klant.example')
  const [clientnr] = (await stage.plant('clients', [
    { email: 'els@klant.example', tax_type: 'intax' },
  ])) as number[]
  const lines = [{ description: 'Mok', amount: 1, price: 12.1, tax_rate: 21 }]
  const date = stage.clock.now().toISOString().slice(0, 10)
  await stage.plant('invoices', { clientnr, reference: { line1: order.number }, date, lines })
  await other.drain()
  expect(await other.row(order.id)).toMatchObject({ state: 'booked', reasonCode: 'FOUND_IN_BOOKS' })
  expect(ledgerOf(stage)).toHaveLength(1)
})

test('a lost answer is not believed to be the neighbour’s invoice', async () => {
  const stage = await setBookingStage(database)
  const other = await secondShop(stage)
  const order = await other.sell('gijs@klant.example')
  // Ours never arrives; while nobody knows, the neighbour books its own sale of that number.
  stage.books.faults.add({
    match: { method: 'POST', path: '/invoices$' },
    fault: 'reset-before',
  })
  await other.drain()
  expect((await other.row(order.id)).state).toBe('uncertain')

  const dearer = [{ name: 'Mok', unitPrice: 14.52 }]
  const shopId = await stage.sell({ email: 'gijs@klant.example', lines: dearer })
  await stage.drain()
  for (let minute = 0; minute < 10; minute += 1) {
    await stage.clock.advance(60_000)
    await other.drain()
    await stage.drain()
  }
  expect((await stage.row(shopId)).state).toBe('booked')
  expect((await other.row(order.id)).state).toBe('booked')
  expect(ledgerOf(stage)).toEqual([
    [order.number, 1452],
    [`${order.number ?? ''}-2`, 1210],
  ])
})

test('the neighbour waits while nobody knows whose invoice it is', async () => {
  const stage = await setBookingStage(database)
  const other = await secondShop(stage)
  const order = await other.sell('gijs@klant.example')
  stage.books.faults.add({ match: { method: 'POST', path: '/invoices$' }, fault: 'reset-after' })
  await other.drain()
  expect((await other.row(order.id)).state).toBe('uncertain')
  const shopId = await stage.sell({ email: 'femke@klant.example' })
  await stage.drain()
  expect(await stage.row(shopId)).toMatchObject({
    state: 'open',
    reasonCode: 'REFERENCE_CONTESTED',
  })
  await stage.clock.advance(60_000)
  await other.drain()
  await stage.drain()
  await stage.passes(60_000)
  expect((await other.row(order.id)).reference).toBe(order.number)
  expect((await stage.row(shopId)).reference).toBe(`${order.number ?? ''}-2`)
  expect(ledgerOf(stage)).toHaveLength(2)
})

test('the same shop, installed anew, books nothing twice', async () => {
  const stage = await setBookingStage(database)
  const shopId = await stage.sell({ email: 'an@klant.example' })
  await stage.drain()
  const { number } = await stage.row(shopId)
  const again = await installIntegration(
    stage.engine,
    { system: 'kmoshops', credentials: { apiRoot: stage.shop.url, ...stage.shop.credentials } },
    {
      system: 'factuursturen',
      credentials: {
        userName: 'sandbox',
        apiKey: 'sandbox-key',
        baseUrl: `${stage.books.url}/api/v1`,
      },
    },
    { homeCountry: 'NL' },
  )
  await stage.engine.commits.see(again, [{ ref: { kind: 'order', id: shopId } }], 'live')
  await drain(stage.engine, again)
  const row = await stage.engine.db
    .selectFrom('bookings')
    .selectAll()
    .where('integrationId', '=', again)
    .executeTakeFirstOrThrow()
  expect(row).toMatchObject({ state: 'booked', reasonCode: 'FOUND_IN_BOOKS', reference: number })
  expect(ledgerOf(stage)).toHaveLength(1)
})

test('after a shop that was stopped, a person is asked instead of taking its invoice', async () => {
  const stage = await setBookingStage(database)
  const shopId = await stage.sell({ email: 'an@klant.example' })
  await stage.drain()
  await stage.engine.db
    .updateTable('connections')
    .set({ credentials: null })
    .where('integrationId', '=', stage.id)
    .execute()
  const other = await secondShop(stage)
  const order = await other.sell('bram@klant.example')
  await other.drain()
  expect(await other.row(order.id)).toMatchObject({
    state: 'refused',
    reasonCode: 'REFERENCE_OF_ANOTHER_SHOP',
  })
  expect((await stage.row(shopId)).state).toBe('booked')
  expect(ledgerOf(stage)).toHaveLength(1)
})

test('another administration has its own numbers, and nobody is asked', async () => {
  const stage = await setBookingStage(database)
  await stage.sell({ email: 'an@klant.example' })
  await stage.drain()
  const elsewhere = await setBookingStage(database)
  const shopId = await elsewhere.sell({ email: 'bram@klant.example' })
  elsewhere.books.faults.add({
    match: { method: 'POST', path: '/invoices$' },
    fault: 'reset-after',
  })
  await elsewhere.drain()
  await elsewhere.passes(60_000)
  const { state, reference, number } = await elsewhere.row(shopId)
  expect([state, reference]).toEqual(['booked', number])
  expect(elsewhere.books.ledger().invoices).toHaveLength(1)
})

test('a neighbour whose connection can not be read here keeps nothing of ours', async () => {
  const stage = await setBookingStage(database)
  const other = await secondShop(stage)
  const neighbour = database.db.updateTable('connections').where('integrationId', '=', other.id)
  const found = async () => {
    const shopId = await stage.sell()
    const held = stage.holdAt('before:commit-settled')
    const draining = stage.drain()
    await held.reached
    // The drain loses its lease with the invoice made: whoever comes next looks it up.
    await database.db
      .updateTable('mailboxes')
      .set({ holder: null, leaseUntil: null, fence: 99 })
      .where('integrationId', '=', stage.id)
      .execute()
    held.letGo()
    await draining
    await stage.drain()
    return (await stage.row(shopId)).state
  }
  await neighbour.set({ credentials: 'sealed by nobody' }).execute()
  expect(await found()).toBe('booked')
  expect(ledgerOf(stage)).toHaveLength(1)
})
