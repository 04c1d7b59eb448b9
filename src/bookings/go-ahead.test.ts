import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { setBookingStage, type BookingStage } from '../../test/support/booking-stage.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { goAhead, process, wantNoGoAhead } from './decisions.ts'
import { preview } from './preview.ts'

/** In the trial the first sales wait until the merchant has looked at them (spec §5). */
let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

const setStage = () => setBookingStage(database, { settings: { goAhead: true } })

const sell = async (stage: BookingStage, count: number): Promise<string[]> => {
  const sold: string[] = []
  for (let n = 0; n < count; n += 1) sold.push(await stage.sell())
  await stage.drain()
  return sold
}

const made = ({ books }: BookingStage) => {
  const { invoices, clients } = books.ledger()
  return { invoices: invoices.length, clients: clients.length }
}

const idsOf = async (stage: BookingStage, sold: readonly string[]): Promise<string[]> =>
  Promise.all(sold.map(async (shopId) => (await stage.row(shopId)).id))

test('before the go-ahead nothing at all is made in the books, however often they are looked at', async () => {
  const stage = await setStage()
  const sold = await sell(stage, 6)
  await stage.hear(...sold)
  await stage.drain()
  await process(stage.engine, stage.id, { bookingIds: await idsOf(stage, sold) })
  await stage.drain()
  expect(made(stage)).toEqual({ invoices: 0, clients: 0 })
  expect(await stage.states()).toEqual({ open: 6 })
  expect(await stage.row(sold[0] ?? '')).toMatchObject({
    reasonCode: 'GO_AHEAD_WANTED',
    dueAt: null,
    totalCents: 1210,
  })
})

test('the one that is let pass is booked exactly once, also after two clicks; the others wait on', async () => {
  const stage = await setStage()
  const sold = await sell(stage, 3)
  const [first = ''] = await idsOf(stage, sold)
  const clicks = await Promise.all([
    goAhead(stage.engine, stage.id, { bookingIds: [first] }),
    goAhead(stage.engine, stage.id, { bookingIds: [first] }),
  ])
  expect(clicks.map(({ accepted }) => accepted).sort()).toEqual([0, 1])
  await stage.drain()
  await stage.drain()
  expect(made(stage)).toEqual({ invoices: 1, clients: 1 })
  expect(await stage.states()).toEqual({ booked: 1, open: 2 })
  expect(await goAhead(stage.engine, stage.id, { bookingIds: [first] })).toEqual({
    accepted: 0,
    skipped: 1,
  })
  await stage.drain()
  expect(made(stage)).toEqual({ invoices: 1, clients: 1 })
})

test('after five, what waits and what comes is booked by itself, each once', async () => {
  const stage = await setStage()
  const sold = await sell(stage, 7)
  const ids = await idsOf(stage, sold)
  await goAhead(stage.engine, stage.id, { bookingIds: ids.slice(0, 4) })
  await stage.drain()
  expect(await stage.states()).toEqual({ booked: 4, open: 3 })
  await goAhead(stage.engine, stage.id, { bookingIds: ids.slice(4, 5) })
  await stage.drain()
  expect(await stage.states()).toEqual({ booked: 7 })
  await sell(stage, 1)
  expect(await stage.states()).toEqual({ booked: 8 })
  expect(made(stage).invoices).toBe(8)
})

test('all at once lets pass what waits at that moment', async () => {
  const stage = await setStage()
  await sell(stage, 2)
  expect(await goAhead(stage.engine, stage.id)).toEqual({ accepted: 2, skipped: 0 })
  await stage.drain()
  expect(await stage.states()).toEqual({ booked: 2 })
  // Two of five: the next one waits again.
  await sell(stage, 1)
  expect(await stage.states()).toEqual({ booked: 2, open: 1 })
})

test('what can not be booked is an error and no question', async () => {
  const stage = await setStage()
  const shopId = await stage.sell({ email: '' })
  await stage.drain()
  expect(await stage.row(shopId)).toMatchObject({ state: 'refused', reasonCode: 'EMAIL_MISSING' })
})

test('a lost answer after the go-ahead is looked up and not asked about again', async () => {
  const stage = await setStage()
  const [shopId = ''] = await sell(stage, 1)
  await goAhead(stage.engine, stage.id)
  stage.books.faults.add({
    fault: 'error-before',
    match: { method: 'POST', path: '/invoices' },
    times: 1,
  })
  await stage.drain()
  await stage.passes(60_000)
  await stage.passes(10 * 60_000)
  await stage.passes(10 * 60_000)
  expect(await stage.row(shopId)).toMatchObject({ state: 'booked' })
  expect(made(stage).invoices).toBe(1)
})

test('who switches it off has the waiting ones booked', async () => {
  const stage = await setStage()
  await sell(stage, 2)
  await stage.engine.db
    .updateTable('integrations')
    .set({ settings: JSON.stringify({ homeCountry: 'NL', goAhead: false }) })
    .where('id', '=', stage.id)
    .execute()
  await wantNoGoAhead(stage.engine, stage.id)
  expect(stage.rung).toContain(stage.id)
  await stage.drain()
  expect(await stage.states()).toEqual({ booked: 2 })
})

test('somebody else’s integration is left alone', async () => {
  const [mine, theirs] = [await setStage(), await setStage()]
  const [shopId = ''] = await sell(theirs, 1)
  const [id = ''] = await idsOf(theirs, [shopId])
  expect(await goAhead(mine.engine, mine.id, { bookingIds: [id] })).toEqual({
    accepted: 0,
    skipped: 1,
  })
  await theirs.drain()
  expect(made(theirs).invoices).toBe(0)
})

describe('a sale that changed after it was looked at', () => {
  const change = (stage: BookingStage, shopId: string, price: number) =>
    stage.shop.changeOrder(Number(shopId), {
      edit: { lines: [{ name: 'Mok', unitPrice: price }] },
      webhook: 'lost',
    })

  test('is shown again and not booked as it is, and is booked once it is let pass', async () => {
    const stage = await setStage()
    const [shopId = ''] = await sell(stage, 1)
    const [id = ''] = await idsOf(stage, [shopId])
    change(stage, shopId, 24.2)
    await goAhead(stage.engine, stage.id, { bookingIds: [id] })
    await stage.drain()
    expect(made(stage)).toEqual({ invoices: 0, clients: 0 })
    expect(await stage.row(shopId)).toMatchObject({
      state: 'open',
      reasonCode: 'GO_AHEAD_AGAIN',
      totalCents: 2420,
    })
    expect(await goAhead(stage.engine, stage.id)).toEqual({ accepted: 1, skipped: 0 })
    await stage.drain()
    expect(stage.books.ledger().invoices).toMatchObject([{ totalCents: 2420 }])
  })

  test('also waits when it was the last one that had to be looked at', async () => {
    const stage = await setStage()
    const sold = await sell(stage, 6)
    const ids = await idsOf(stage, sold)
    change(stage, sold[4] ?? '', 24.2)
    await goAhead(stage.engine, stage.id, { bookingIds: ids.slice(0, 5) })
    await stage.drain()
    expect(await stage.states()).toEqual({ booked: 5, open: 1 })
    await stage.hear(sold[4] ?? '')
    await stage.drain()
    expect(await stage.row(sold[4] ?? '')).toMatchObject({ reasonCode: 'GO_AHEAD_AGAIN' })
    await goAhead(stage.engine, stage.id, { bookingIds: ids.slice(4, 5) })
    await stage.drain()
    expect(await stage.states()).toEqual({ booked: 6 })
  })

  test('stays to be shown when the bookkeeping was away in between', async () => {
    const stage = await setStage()
    const [shopId = ''] = await sell(stage, 1)
    await goAhead(stage.engine, stage.id)
    stage.books.faults.add({ fault: 'error-before', match: { path: '/clients' }, times: 1 })
    await stage.drain()
    change(stage, shopId, 24.2)
    await stage.passes(10 * 60_000)
    expect(made(stage).invoices).toBe(0)
    expect(await stage.row(shopId)).toMatchObject({ reasonCode: 'GO_AHEAD_AGAIN' })
  })

  test('is not asked about again by who saw it as it is now, or wants no go-ahead any more', async () => {
    const stage = await setStage()
    const [shopId = '', other = ''] = await sell(stage, 2)
    change(stage, shopId, 24.2)
    const seen = await preview(stage.engine, await stage.row(shopId))
    const seal = seen.is === 'read' ? seen.seal : ''
    const { id: bookingId } = await stage.row(shopId)
    expect(await goAhead(stage.engine, stage.id, { bookingId, seal })).toEqual({
      accepted: 1,
      skipped: 0,
    })
    await stage.drain()
    expect(await stage.row(shopId)).toMatchObject({ state: 'booked', totalCents: 2420 })

    await goAhead(stage.engine, stage.id)
    change(stage, other, 36.3)
    await stage.drain()
    expect(await stage.row(other)).toMatchObject({ reasonCode: 'GO_AHEAD_AGAIN' })
    await stage.engine.db
      .updateTable('integrations')
      .set({ settings: JSON.stringify({ homeCountry: 'NL', goAhead: false }) })
      .where('id', '=', stage.id)
      .execute()
    await wantNoGoAhead(stage.engine, stage.id)
    await stage.drain()
    expect(await stage.row(other)).toMatchObject({ state: 'booked', totalCents: 3630 })
  })
})
