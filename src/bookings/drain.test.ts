import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { setBookingStage, type BookingStage } from '../../test/support/booking-stage.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { virtualClock } from '../../test/support/virtual-clock.ts'
import { gate } from '../../test/support/gate.ts'
import { eventually } from '../../test/support/eventually.ts'
import { stopIntegration } from '../merchants/integrations.ts'
import { ignore } from './decisions.ts'
import { doorbell } from './doorbell.ts'
import { drain } from './drain.ts'
import type { DueBookings } from './due-bookings.ts'
import { leaseMs, timeSliceMs } from './schedule.ts'

const someMigration = '00000000-0000-7000-8000-000000000001'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

/** References of the invoices, in the order in which they were made. */
const booked = ({ books }: BookingStage) =>
  books.ledger().invoices.map((invoice) => invoice.reference[0])

/** Counts what is between two points of the way, and the most there ever was. */
const countBetween = (stage: BookingStage, from: string, to: string) => {
  const count = { now: 0, most: 0, passed: 0 }
  stage.at = (point) => {
    if (point === from) count.now += 1
    if (point === to) {
      count.now -= 1
      count.passed += 1
    }
    count.most = Math.max(count.most, count.now)
  }
  return count
}

describe('what is due', () => {
  test('is booked, and the books have what the row says', async () => {
    const stage = await setBookingStage(database)
    const shopId = await stage.sell()
    await stage.drain()
    const [invoice] = stage.books.ledger().invoices
    expect(invoice).toMatchObject({ totalCents: 1210, origin: 'api' })
    expect(await stage.row(shopId)).toMatchObject({
      state: 'booked',
      dueAt: null,
      reasonCode: null,
      number: 'W-1001',
      reference: 'W-1001',
      saleDate: '2026-11-20',
      currency: 'EUR',
      totalCents: 1210,
      remoteTotalCents: 1210,
      remoteNumber: invoice?.number,
      debtorId: '1',
      bookedAt: stage.clock.now(),
    })
  })

  test('goes live before migration, and each lane in the order in which it was heard of', async () => {
    const stage = await setBookingStage(database, { concurrency: 1 })
    const ids = Array.from({ length: 4 }, () => stage.place())
    for (const [index, shopId] of ids.entries()) {
      const lane = index % 2 === 0 ? { migration: someMigration } : 'live'
      await stage.engine.commits.see(stage.id, [{ ref: { kind: 'order', id: shopId } }], lane)
      await stage.clock.advance(1)
    }
    await stage.drain()
    expect(booked(stage)).toEqual(['W-1002', 'W-1004', 'W-1001', 'W-1003'])
  })

  test('is worked on so many at a time, and never more', async () => {
    const stage = await setBookingStage(database, { concurrency: 3 })
    for (let count = 0; count < 10; count += 1) await stage.sell()
    const atRemotes = countBetween(stage, 'before:call-read-sale', 'after:call-create-invoice')
    const calls = { now: 0, most: 0 }
    stage.door.leaving = () => {
      calls.now += 1
      calls.most = Math.max(calls.most, calls.now)
    }
    stage.door.back = () => {
      calls.now -= 1
    }
    await stage.drain()
    expect(atRemotes).toEqual({ now: 0, most: 3, passed: 10 })
    // A sale is read with two calls at once.
    expect(calls.most).toBeLessThanOrEqual(6)
    expect(new Set(booked(stage)).size).toBe(10)
  })

  test('goes on with the next sale while a booked one is written, and never more than twice as many', async () => {
    const stage = await setBookingStage(database, { concurrency: 3 })
    for (let count = 0; count < 10; count += 1) await stage.sell()
    const sales = countBetween(stage, 'before:call-read-sale', 'after:commit-settled')
    const count = stage.at
    const written = gate()
    stage.at = async (point) => {
      await count(point)
      if (point === 'before:commit-settled') await written.opened
    }
    const draining = stage.drain()
    // None is written yet: three wait for it, and three more have had their places.
    await eventually(() => expect(sales.now).toBe(6))
    written.open()
    await draining
    expect(sales).toEqual({ now: 0, most: 6, passed: 10 })
    expect(await stage.states()).toEqual({ booked: 10 })
  })

  test('is fetched again and again when it is more than one fetch holds', async () => {
    const stage = await setBookingStage(database)
    const ids = Array.from({ length: 201 }, () => stage.place({ status: 8 }))
    await stage.hear(...ids)
    await stage.drain()
    expect(await stage.states()).toEqual({ closed: 201 })
  })

  test('is left alone while the integration does not book', async () => {
    const stage = await setBookingStage(database)
    await stage.sell()
    await stopIntegration(stage.engine, stage.id)
    const { requests } = stage.shop.ledger()
    await stage.drain()
    expect(stage.shop.ledger().requests).toEqual(requests)
    expect(await stage.states()).toEqual({ seen: 1 })
    // And the mailbox was given back.
    await stage.drain()
    expect(stage.clock.sleepers()).toBe(0)
  })

  test('is announced to those who watch', async () => {
    const stage = await setBookingStage(database)
    await stage.sell()
    const announced: string[] = []
    stage.engine.announce = (integrationId) => announced.push(integrationId)
    await stage.drain()
    expect(new Set(announced)).toEqual(new Set([stage.id]))
  })
})

describe('sales of one customer', () => {
  const spellings = [
    'An@klant.example',
    'an@klant.example',
    'AN@KLANT.example',
    ' an@klant.example ',
  ]

  test('are booked one after the other, with one new debtor', async () => {
    const stage = await setBookingStage(database)
    for (const email of [...spellings, ...spellings]) await stage.sell({ email })
    const sales = countBetween(stage, 'before:call-find-debtor', 'after:commit-settled')
    await stage.drain()
    expect(sales).toEqual({ now: 0, most: 1, passed: 8 })
    expect(stage.books.ledger().clients).toHaveLength(1)
    expect(new Set(booked(stage)).size).toBe(8)
  })

  test('keep no other customer waiting', async () => {
    const stage = await setBookingStage(database)
    await stage.sell({ email: 'an@klant.example' })
    const held = stage.holdAt('before:call-create-debtor')
    const draining = stage.drain()
    await held.reached
    await stage.hear(stage.place({ email: 'an@klant.example' }))
    held.letGo()
    await draining
    expect(await stage.states()).toEqual({ booked: 2 })

    for (const email of ['bo@klant.example', 'bo@klant.example', 'cas@klant.example']) {
      await stage.sell({ email })
    }
    // Whichever of the two customers comes first is held, and the other one is booked.
    const heldOne = stage.holdAt('before:call-create-debtor')
    const second = stage.drain()
    await heldOne.reached
    await eventually(async () => {
      expect((await stage.states()).booked).toBeGreaterThanOrEqual(3)
    })
    heldOne.letGo()
    await second
    expect(await stage.states()).toEqual({ booked: 5 })
    expect(stage.books.ledger().clients).toHaveLength(3)
  })
})

describe('a sale that comes in while a slow one is worked on', () => {
  /** A drain whose first sale waits at the books until it is let go. */
  const slow = async () => {
    const stage = await setBookingStage(database)
    const shopId = await stage.sell()
    const atBooks = stage.holdAt('before:call-create-invoice')
    const draining = stage.drain()
    await atBooks.reached
    const end = async () => {
      expect(await stage.row(shopId)).toMatchObject({ state: 'reserved' })
      atBooks.letGo()
      let isOver = false
      void draining.finally(() => (isOver = true))
      await eventually(async () => {
        await stage.clock.advance(25)
        expect(isOver).toBe(true)
      })
      expect(await stage.row(shopId)).toMatchObject({ state: 'booked' })
    }
    return { stage, end }
  }
  const bell = ({ id }: BookingStage) =>
    database.db
      .selectFrom('mailboxes')
      .select('bell')
      .where('integrationId', '=', id)
      .executeTakeFirst()

  const isBooked = (stage: BookingStage, shopId: string, passTime?: () => Promise<void>) =>
    eventually(async () => {
      await passTime?.()
      expect(await stage.row(shopId)).toMatchObject({ state: 'booked' })
    })

  test('is booked before that one is; and so are those after it, without a job of their own', async () => {
    const { stage, end } = await slow()
    const rung = await stage.sell()
    // Its bell finds the mailbox leased.
    await stage.drain()
    await isBooked(stage, rung)
    stage.rung.length = 0
    const unrung = await stage.sell()
    expect(stage.rung).toEqual([])
    await isBooked(stage, unrung, () => stage.clock.advance(25))
    await end()
  })

  test('or later rings again, for the mailbox is watched for a quarter of a second', async () => {
    const { stage, end } = await slow()
    for (let count = 0; count < 2; count += 1) {
      stage.rung.length = 0
      const shopId = await stage.sell()
      expect(stage.rung).toEqual([stage.id])
      await stage.drain()
      await isBooked(stage, shopId)
      expect(await bell(stage)).toEqual({ bell: true })
      const watchedFromMs = stage.clock.monotonicMs()
      await eventually(async () => {
        await stage.clock.advance(25)
        expect(await bell(stage)).toEqual({ bell: false })
      })
      expect(stage.clock.monotonicMs() - watchedFromMs).toBeGreaterThanOrEqual(250)
    }
    await end()
  })

  test('is told by a job again after two seconds, however many come, so that settings are read anew', async () => {
    const { stage, end } = await slow()
    await stage.sell()
    await stage.drain()
    const startedMs = stage.clock.monotonicMs()
    stage.rung.length = 0
    const passedMs = () => stage.clock.monotonicMs() - startedMs
    while (stage.rung.length === 0 && passedMs() < timeSliceMs) {
      await isBooked(stage, await stage.sell(), () => stage.clock.advance(25))
    }
    expect(passedMs()).toBeGreaterThanOrEqual(1_975)
    expect(passedMs()).toBeLessThan(timeSliceMs)
    await end()
  })

  test('is looked for no more where many others are worked on', async () => {
    const { stage, end } = await slow()
    const others = Array.from({ length: 24 }, (_, n) => `other ${n}`)
    for (const other of others) stage.engine.doorbells.set(other, doorbell())
    const shopId = await stage.sell()
    await stage.drain()
    await isBooked(stage, shopId)
    expect(await bell(stage)).toEqual({ bell: false })
    await end()
  })

  test('FAULT: or right after the last look, is booked without a bell of its own', async () => {
    const stage = await setBookingStage(database)
    let shopId: string | undefined
    const engine = {
      ...stage.engine,
      async dueBookings(look: Parameters<DueBookings>[0]) {
        const due = await stage.engine.dueBookings(look)
        if (due.length === 0 && shopId === undefined) {
          shopId = await stage.sell()
          // As an intake leaves it that waited for this very drain to silence the bell it had counted on.
          await database.db
            .updateTable('mailboxes')
            .set({ bell: false })
            .where('integrationId', '=', stage.id)
            .execute()
          await drain(engine, stage.id)
        }
        return due
      },
    }
    await drain(engine, stage.id)
    expect(await stage.row(shopId ?? '')).toMatchObject({ state: 'booked' })
  })

  test('FAULT: or when a drain hands on what it leaves, is not told to the one that ends', async () => {
    const stage = await setBookingStage(database)
    const shopId = await stage.sell()
    let next: Promise<void> | undefined
    const ending = {
      ...stage.engine,
      ending: AbortSignal.abort(),
      // As fast as a job can be: before the one who sent it is told that it is sent.
      ring() {
        next = drain(stage.engine, stage.id)
        return Promise.resolve()
      },
    }
    await drain(ending, stage.id)
    await next
    expect(await stage.row(shopId)).toMatchObject({ state: 'booked' })
  })

  test('FAULT: keeps the lease until that one is done, also where looking for it failed', async () => {
    const stage = await setBookingStage(database)
    const shopId = await stage.sell()
    let isAway = false
    const dueBookings: DueBookings = (look) =>
      isAway ? Promise.reject(new Error('the database is away')) : stage.engine.dueBookings(look)
    const leasedUntil = async () => {
      const row = await database.db
        .selectFrom('mailboxes')
        .select('leaseUntil')
        .where('integrationId', '=', stage.id)
        .executeTakeFirst()
      return row?.leaseUntil ?? null
    }
    const atBooks = stage.holdAt('before:call-create-invoice')
    const draining = drain({ ...stage.engine, dueBookings }, stage.id)
    const ended = draining.then(
      () => 'went well',
      () => 'failed',
    )
    await atBooks.reached
    isAway = true
    await stage.clock.advance(1_000)
    expect(await leasedUntil()).not.toBeNull()
    atBooks.letGo()
    expect(await ended).toBe('failed')
    expect(await leasedUntil()).toBeNull()
    expect(await stage.row(shopId)).toMatchObject({ state: 'booked' })
  })

  test('and of which another worker is told is booked a second later', async () => {
    const { stage, end } = await slow()
    const other = stage.openWorker({ name: 'other worker' })
    const shopId = await stage.sell()
    await drain(other.engine, stage.id)
    await stage.clock.advance(999)
    expect(await stage.row(shopId)).toMatchObject({ state: 'seen' })
    await stage.clock.advance(1)
    await eventually(async () => expect(await stage.row(shopId)).toMatchObject({ state: 'booked' }))
    await end()
  })
})

describe('a worker that lost its lease', () => {
  /** A worker with a clock of its own, so that it can sleep through the end of its lease. */
  const sleepyWorker = (stage: BookingStage) => {
    const clock = virtualClock()
    const reached = gate()
    const awake = gate()
    const worker = (point: string) =>
      stage.openWorker({
        name: 'sleepy worker',
        clock,
        at: async (each) => {
          if (each !== point) return
          reached.open()
          await awake.opened
        },
      })
    return { clock, reached: reached.opened, wake: () => awake.open(), worker }
  }

  test.for([
    'before:call-create-invoice',
    'before:call-create-debtor',
    'after:commit-debtor-held',
    'before:commit-reserved',
  ])('and slept at %s changes nothing when it wakes', async (point) => {
    const stage = await setBookingStage(database)
    const shopId = await stage.sell()
    const sleepy = sleepyWorker(stage)
    const sleeping = drain(sleepy.worker(point).engine, stage.id)
    await sleepy.reached
    await stage.clock.advance(leaseMs)
    await stage.drain()
    await stage.passes(150_000)
    await stage.passes(150_000)
    expect(await stage.row(shopId)).toMatchObject({ state: 'booked' })
    const before = await stage.row(shopId)

    sleepy.clock.oversleep(leaseMs + 300_000)
    sleepy.wake()
    await sleeping
    expect(await stage.row(shopId)).toEqual(before)
    expect(stage.books.ledger().invoices).toHaveLength(1)
    expect(stage.books.ledger().clients).toHaveLength(1)
  })

  test('stops: what it had not begun is the other one’s', async () => {
    const stage = await setBookingStage(database, { concurrency: 1 })
    await stage.sell()
    await stage.sell()
    const sleepy = sleepyWorker(stage)
    const worker = sleepy.worker('before:call-find-debtor')
    const sleeping = drain(worker.engine, stage.id)
    await sleepy.reached
    await stage.clock.advance(leaseMs)
    await stage.drain()
    expect(await stage.states()).toEqual({ booked: 2 })
    const { requests } = stage.books.ledger()
    sleepy.clock.oversleep(leaseMs)
    sleepy.wake()
    await sleeping
    expect(stage.books.ledger().requests).toEqual(requests)
  })

  test('without hearing of it is stopped by its own clock', async () => {
    const stage = await setBookingStage(database)
    const shopId = await stage.sell()
    const held = stage.holdAt('before:call-create-invoice')
    const draining = stage.drain()
    await held.reached
    // The process was stopped for as long as the lease lasts; nobody has taken it over yet.
    stage.clock.oversleep(leaseMs)
    held.letGo()
    await draining
    expect(stage.books.ledger().invoices).toHaveLength(0)
    await stage.passes(60_000)
    expect(await stage.row(shopId)).toMatchObject({ state: 'booked' })
    expect(stage.books.ledger().invoices).toHaveLength(1)
  })

  test('while a call waited for its turn does not make the call when its turn comes', async () => {
    const stage = await setBookingStage(database)
    const shopId = await stage.sell()
    const clock = virtualClock()
    const sleepy = stage.openWorker({ name: 'sleepy worker', clock })
    // Enough for the three calls before the create; the fourth has to wait two minutes.
    sleepy.engine.paces = { factuursturen: { calls: 4, windowMs: 120_000, concurrency: 8 } }
    const sleeping = drain(sleepy.engine, stage.id)
    await eventually(async () =>
      expect(await stage.row(shopId)).toMatchObject({ state: 'reserved' }),
    )
    // Its heart, the call, and the next look at what is due.
    await eventually(() => expect(clock.sleepers()).toBe(3))

    await stage.clock.advance(leaseMs)
    await stage.drain()
    await stage.passes(150_000)
    await stage.passes(150_000)
    expect(await stage.row(shopId)).toMatchObject({ state: 'booked' })

    await clock.advance(leaseMs + 300_000)
    await sleeping
    expect(booked(stage)).toEqual(['W-1001'])
  })
})

describe('a person who acts while a sale is worked on', () => {
  test('and puts one sale aside does not stop the others', async () => {
    const stage = await setBookingStage(database, { concurrency: 1 })
    const waiting = stage.place({ status: 4, paid: false })
    await stage.hear(waiting)
    await stage.drain()
    expect(await stage.row(waiting)).toMatchObject({ state: 'open' })
    stage.shop.changeOrder(Number(waiting), { status: 2, paid: true, webhook: 'lost' })
    await stage.hear(waiting)
    await stage.sell()
    await stage.sell()
    const held = stage.holdAt('after:call-read-sale')
    const draining = stage.drain()
    await held.reached
    const { id: bookingId } = await stage.row(waiting)
    await ignore(stage.engine, stage.id, { bookingIds: [bookingId] })
    held.letGo()
    await draining
    expect(await stage.states()).toEqual({ closed: 1, booked: 2 })
  })
})
