import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { setBookingStage, type BookingStage } from '../../test/support/booking-stage.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { setQuietStage } from '../../test/support/quiet-stage.ts'
import { virtualClock } from '../../test/support/virtual-clock.ts'
import { eventually } from '../../test/support/eventually.ts'
import { setDot } from '../merchants/connections.ts'
import { stopIntegration } from '../merchants/integrations.ts'
import { reason } from '../problems/reason.ts'
import { drain } from './drain.ts'
import { abandonedPolls, activeIntegrations, poll, review } from './polling.ts'
import { leaseMs } from './schedule.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())
// A review looks at every integration that books.
beforeEach(() => database.db.updateTable('integrations').set({ state: 'stopped' }).execute())

const pollsOf = (stage: BookingStage) =>
  database.db
    .selectFrom('polls')
    .select(['cursor', 'startedAt', 'finishedAt'])
    .where('integrationId', '=', stage.id)
    .executeTakeFirstOrThrow()

const listsOf = (stage: BookingStage) => {
  const count = { lists: 0 }
  stage.door.leaving = ({ url }) => {
    if (/\/orders\/\?/.test(url)) count.lists += 1
  }
  return count
}

const placeMany = (stage: BookingStage, count: number): string[] =>
  Array.from({ length: count }, () => stage.place({ status: 1 }))

const heard = async (stage: BookingStage): Promise<string[]> => {
  const rows = await database.db
    .selectFrom('bookings')
    .select('shopId')
    .where('integrationId', '=', stage.id)
    .orderBy('shopId')
    .execute()
  return rows.map(({ shopId }) => shopId)
}

describe('a poll', () => {
  test('finds what no webhook told of, and what changed since', async () => {
    const stage = await setBookingStage(database)
    const ids = [stage.place(), stage.place({ paid: false, status: 4 }), stage.place({ status: 8 })]
    expect(await poll(stage.engine, stage.id)).toBe(3)
    await stage.bench.drainAll()
    expect(await stage.states()).toEqual({ booked: 1, open: 1, closed: 1 })

    const [, unpaid, cancelled] = ids
    stage.shop.changeOrder(Number(unpaid), { paid: true, status: 2, webhook: 'lost' })
    stage.shop.changeOrder(Number(cancelled), { status: 2, webhook: 'lost' })
    await stage.clock.advance(3_600_000)
    expect(await poll(stage.engine, stage.id)).toBe(2)
    await stage.bench.drainAll()
    expect(await stage.states()).toEqual({ booked: 3 })
    expect(stage.books.ledger().invoices).toHaveLength(3)
  })

  test('that finds nothing new changes nothing and rings for nobody', async () => {
    const stage = await setBookingStage(database)
    stage.place()
    stage.place({ status: 1 })
    await poll(stage.engine, stage.id)
    await stage.bench.drainAll()
    const rows = () =>
      database.db
        .selectFrom('bookings')
        .selectAll()
        .where('integrationId', '=', stage.id)
        .orderBy('shopId')
        .execute()
    const before = await rows()
    for (let count = 0; count < 3; count += 1) {
      await stage.clock.advance(3_600_000)
      expect(await poll(stage.engine, stage.id)).toBe(0)
    }
    expect(await rows()).toEqual(before)
    expect(stage.rung).toEqual([])
  })

  test('shows that a booked sale has another total now', async () => {
    const stage = await setBookingStage(database)
    const shopId = await stage.sell()
    await stage.drain()
    stage.shop.changeOrder(Number(shopId), { edit: { lines: [{ name: 'Mok', unitPrice: 15 }] } })
    expect(await poll(stage.engine, stage.id)).toBe(0)
    expect(await stage.row(shopId)).toMatchObject({
      state: 'booked',
      dueAt: null,
      reasonCode: 'SALE_CHANGED_AFTER_BOOKING',
      reasonParams: { booked: '12.10', total: '15.00' },
    })
  })

  test('moves its cursor past a page when its sales are durable, never before', async () => {
    const stage = await setBookingStage(database)
    const ids = placeMany(stage, 205)
    const seen: { cursor: string | null; rows: number }[] = []
    stage.at = async (point) => {
      if (point !== 'after:commit-seen') return
      seen.push({ cursor: (await pollsOf(stage)).cursor, rows: (await heard(stage)).length })
    }
    expect(await poll(stage.engine, stage.id)).toBe(205)
    expect(seen.map(({ rows }) => rows)).toEqual([100, 200, 205])
    const cursors = [...seen.map(({ cursor }) => cursor), (await pollsOf(stage)).cursor]
    expect(cursors[0]).toBeNull()
    expect(new Set(cursors).size).toBe(4)
    expect(await heard(stage)).toEqual(ids)
    expect((await pollsOf(stage)).finishedAt).toEqual(stage.clock.now())
  })

  test.for([
    ['before', 0],
    ['before', 1],
    ['before', 2],
    ['after', 0],
    ['after', 1],
    ['after', 2],
  ] as const)(
    'that crashes %s it wrote down page %i is gone on with and skips none',
    async ([when, page]) => {
      const stage = await setBookingStage(database)
      const ids = placeMany(stage, 205)
      const passages: (string | null)[] = []
      stage.at = async (point) => {
        if (point !== `${when}:commit-seen`) return
        passages.push((await pollsOf(stage)).cursor)
        if (passages.length === page + 1) throw new Error('crash')
      }
      await expect(poll(stage.engine, stage.id)).rejects.toThrow('crash')
      const pagesKept = when === 'before' ? page : page + 1
      expect(await heard(stage)).toEqual(ids.slice(0, pagesKept * 100))
      expect((await pollsOf(stage)).cursor).toBe(passages.at(-1))

      const late = stage.place({ status: 1 })
      await poll(stage.engine, stage.id)
      expect(await heard(stage)).toEqual([...ids, late])
      expect(await poll(stage.engine, stage.id)).toBe(0)
    },
  )

  test('that was killed holds the next one up for a lease at most', async () => {
    const stage = await setBookingStage(database)
    const ids = placeMany(stage, 3)
    const killed = stage.holdAt('after:commit-seen')
    // A clock that stands still: this worker shows no sign of life any more.
    const dying = stage.openWorker({
      name: 'dying worker',
      clock: virtualClock(),
      at: (point) => stage.at(point),
    })
    void poll(dying.engine, stage.id)
    await killed.reached
    stage.at = () => undefined
    const calls = listsOf(stage)
    await stage.clock.advance(leaseMs - 1)
    expect(await abandonedPolls(stage.engine)).toEqual([])
    expect(await poll(stage.engine, stage.id)).toBe(0)
    expect(calls.lists).toBe(0)
    await stage.clock.advance(1)
    expect(await abandonedPolls(stage.engine)).toEqual([stage.id])
    await poll(stage.engine, stage.id)
    expect(calls.lists).toBe(1)
    expect(await heard(stage)).toEqual(ids)
  })

  test('FAULT: that was killed is not resumed again and again while the shop refuses us', async () => {
    const stage = await setBookingStage(database)
    const killed = stage.holdAt('before:commit-seen')
    const dying = stage.openWorker({
      name: 'dying worker',
      clock: virtualClock(),
      at: (point) => stage.at(point),
    })
    void poll(dying.engine, stage.id)
    await killed.reached
    stage.at = () => undefined
    stage.shop.faults.add({ fault: 'unauthorized', match: { path: '/api/' }, times: 0 })
    // A drain has found it out meanwhile.
    await setDot(stage.engine, stage.id, 'webshop', reason('CREDENTIALS_REFUSED', { system: 'X' }))
    await stage.clock.advance(leaseMs)
    // The sweep asks for abandoned polls every ten seconds; each attempt is a visit of the doctor.
    for (const integrationId of await abandonedPolls(stage.engine))
      await poll(stage.engine, integrationId)
    for (const integrationId of await abandonedPolls(stage.engine))
      await poll(stage.engine, integrationId)
    await stage.clock.advance(leaseMs)
    expect(await abandonedPolls(stage.engine)).toEqual([])
  })

  test('that was killed while the clock was a day ahead does not stop polling for a day', async () => {
    const stage = await setBookingStage(database)
    const ids = placeMany(stage, 1)
    const killed = stage.holdAt('before:commit-seen')
    // Of its own, for a dead one gives no more signs of life when time goes on.
    const itsClock = virtualClock()
    itsClock.jump(86_400_000)
    const dying = stage.openWorker({
      name: 'dying worker',
      clock: itsClock,
      at: (point) => stage.at(point),
    })
    void poll(dying.engine, stage.id)
    await killed.reached
    stage.at = () => undefined
    await stage.clock.advance(31 * 60_000)
    await poll(stage.engine, stage.id)
    expect(await heard(stage)).toEqual(ids)
  })

  test('is one of twenty that begin at once', async () => {
    const stage = await setBookingStage(database)
    const ids = placeMany(stage, 3)
    const calls = listsOf(stage)
    const held = stage.holdAt('before:commit-seen')
    const found: number[] = []
    const all = Array.from({ length: 20 }, () =>
      poll(stage.engine, stage.id).then((count) => found.push(count)),
    )
    await held.reached
    await eventually(() => expect(found).toHaveLength(19))
    held.letGo()
    await Promise.all(all)
    expect(found.filter((count) => count > 0)).toEqual([3])
    expect(calls.lists).toBe(1)
    expect(await heard(stage)).toEqual(ids)
  })

  test('that was given up and ends after all does not end its successor', async () => {
    const stage = await setBookingStage(database)
    placeMany(stage, 1)
    const first = stage.holdAt('before:commit-seen')
    const givenUp = poll(stage.engine, stage.id)
    await first.reached
    await stage.clock.advance(31 * 60_000)
    const second = stage.holdAt('before:commit-seen')
    const successor = poll(stage.engine, stage.id)
    await second.reached
    first.letGo()
    await givenUp
    const calls = listsOf(stage)
    await poll(stage.engine, stage.id)
    second.letGo()
    await successor
    expect(calls.lists).toBe(0)
  })

  test('keeps the pages that were read when the shop fails, and finds the rest the next time', async () => {
    const stage = await setBookingStage(database)
    const ids = placeMany(stage, 205)
    stage.shop.faults.add({ fault: 'error-before', match: { path: 'start=100' } })
    expect(await poll(stage.engine, stage.id)).toBe(100)
    expect(await heard(stage)).toEqual(ids.slice(0, 100))
    expect((await pollsOf(stage)).finishedAt).toEqual(stage.clock.now())
    expect(await poll(stage.engine, stage.id)).toBe(105)
    expect(await heard(stage)).toEqual(ids)
  })

  test('of an integration that does not book asks nothing', async () => {
    const stage = await setBookingStage(database)
    const calls = listsOf(stage)
    await stopIntegration(stage.engine, stage.id)
    expect(await poll(stage.engine, stage.id)).toBe(0)
    expect(calls.lists).toBe(0)
    expect(await activeIntegrations(stage.engine)).toEqual([])
  })

  test('whose credentials are refused turns the dot red, and heals it when they are accepted again', async () => {
    const stage = await setBookingStage(database)
    const shopId = stage.place()
    const dot = async () =>
      database.db
        .selectFrom('connections')
        .select(['dot', 'problemCode'])
        .where('integrationId', '=', stage.id)
        .where('side', '=', 'webshop')
        .executeTakeFirstOrThrow()
    stage.shop.faults.add({ fault: 'unauthorized', match: { path: '/api/' }, times: 0 })
    expect(await poll(stage.engine, stage.id)).toBe(0)
    expect(await dot()).toEqual({ dot: 'red', problemCode: 'CREDENTIALS_REFUSED' })
    expect(await poll(stage.engine, stage.id)).toBe(0)
    expect(await dot()).toMatchObject({ dot: 'red' })

    stage.shop.faults.clear()
    expect(await poll(stage.engine, stage.id)).toBe(1)
    expect(await dot()).toEqual({ dot: 'green', problemCode: null })
    await stage.bench.drainAll()
    expect(await stage.row(shopId)).toMatchObject({ state: 'booked' })
  })

  test('whose visit to a red end is disturbed goes on with the other end, and heals it the next time', async () => {
    const stage = await setBookingStage(database)
    stage.books.account.keyActive = false
    await stage.sell()
    await stage.bench.drainAll()
    stage.books.account.keyActive = true
    // The doctor finds nothing wrong; then the lists can't be read.
    let asked = 0
    stage.door.leaving = ({ url }) => {
      if (!url.endsWith('/taxes')) return
      asked += 1
      if (asked === 2) stage.books.faults.add({ fault: 'html', match: { path: '/taxes' } })
    }
    expect(await poll(stage.engine, stage.id)).toBe(0)
    expect(asked).toBe(2)
    await poll(stage.engine, stage.id)
    await stage.bench.drainAll()
    expect(await stage.states()).toEqual({ booked: 1 })
  })

  test('that heals the books rings for what waited', async () => {
    const stage = await setBookingStage(database)
    await stage.sell()
    stage.books.account.keyActive = false
    await stage.bench.drainAll()
    expect(await stage.states()).toEqual({ open: 1 })
    stage.books.account.keyActive = true
    await poll(stage.engine, stage.id)
    await stage.bench.drainAll()
    expect(await stage.states()).toEqual({ booked: 1 })
  })

  test('sees a change back to what it saw before, also when a webhook came in between', async () => {
    const stage = await setBookingStage(database)
    const shopId = stage.place()
    await poll(stage.engine, stage.id)
    // Cancelled before it was booked, which a webhook told; then reopened, which none told.
    stage.shop.changeOrder(Number(shopId), { status: 8, webhook: 'lost' })
    await stage.hear(shopId)
    await stage.bench.drainAll()
    expect(await stage.row(shopId)).toMatchObject({ state: 'closed' })
    stage.shop.changeOrder(Number(shopId), { status: 2, webhook: 'lost' })
    await poll(stage.engine, stage.id)
    await stage.bench.drainAll()
    expect(await stage.row(shopId)).toMatchObject({ state: 'booked' })
  })

  test('and a drain at once book each sale once', async () => {
    const stage = await setBookingStage(database)
    const ids = Array.from({ length: 8 }, () => stage.place())
    await stage.hear(...ids)
    const worker = stage.openWorker({ name: 'worker 2' })
    await Promise.all([poll(stage.engine, stage.id), drain(worker.engine, stage.id)])
    await stage.bench.drainAll()
    await stage.drain()
    expect(await stage.states()).toEqual({ booked: 8 })
    expect(stage.books.ledger().invoices).toHaveLength(8)
  })
})

describe('the nightly review', () => {
  test('looks again at all that is open and waits for nothing else, and at no other', async () => {
    const stage = await setQuietStage(database)
    await database.db
      .updateTable('integrations')
      .set({ state: 'active' })
      .where('id', '=', stage.id)
      .execute()
    const later = new Date('2026-11-21T00:00:00Z')
    const waiting = await stage.bookingIn('open', { dueAt: null })
    const others = [
      await stage.bookingIn('open', { dueAt: later }),
      await stage.bookingIn('refused', { dueAt: null }),
      await stage.bookingIn('closed', { dueAt: null }),
      await stage.bookingIn('parked', { dueAt: null }),
      await stage.bookingIn('booked', { dueAt: null }),
      await stage.bookingIn('uncertain', { dueAt: later }),
    ]
    await (await stage.lease()).yield()
    stage.rung.length = 0
    await review(stage.engine)
    expect(await stage.row(waiting)).toEqual({ ...waiting, dueAt: stage.clock.now() })
    for (const other of others) expect(await stage.row(other)).toEqual(other)
    expect(stage.rung).toEqual([stage.id])
  })

  test('books what was paid without anybody telling', async () => {
    const stage = await setBookingStage(database)
    const shopId = await stage.sell({ paid: false, status: 4 })
    await stage.bench.drainAll()
    stage.shop.changeOrder(Number(shopId), { paid: true, status: 2, webhook: 'lost' })
    await review(stage.engine)
    await stage.bench.drainAll()
    await eventually(async () => expect(await stage.row(shopId)).toMatchObject({ state: 'booked' }))
  })
})
