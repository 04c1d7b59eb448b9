import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { setBookingStage, type BookingStage } from '../../test/support/booking-stage.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { gate } from '../../test/support/gate.ts'
import { eventually } from '../../test/support/eventually.ts'
import { examine } from '../merchants/connections.ts'
import { crashPoints } from './crash-points.ts'
import { process } from './decisions.ts'
import { ringFor } from './ring-for.ts'
import { leaseMs } from './schedule.ts'

/** What a drain makes of remotes in trouble, of bugs, and of a database that goes away. */
let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

const dots = async (stage: BookingStage) => {
  const rows = await database.db
    .selectFrom('connections')
    .select(['side', 'dot', 'problemCode'])
    .where('integrationId', '=', stage.id)
    .execute()
  return Object.fromEntries(
    rows.map(({ side, dot, problemCode }) => [
      side,
      problemCode === null ? dot : `${dot}: ${problemCode}`,
    ]),
  )
}

const mailbox = (stage: BookingStage) =>
  database.db
    .selectFrom('mailboxes')
    .select(['failures', 'restUntil', 'holder'])
    .where('integrationId', '=', stage.id)
    .executeTakeFirstOrThrow()

const callsOf = (stage: BookingStage) =>
  Object.values(stage.shop.ledger().requests).length + stage.books.ledger().requests.total

/** Milliseconds from now until the rest is over. */
const restMs = async (stage: BookingStage) => {
  const { restUntil } = await mailbox(stage)
  return restUntil === null ? null : restUntil.getTime() - stage.clock.now().getTime()
}

const reconnect = async (stage: BookingStage, side: 'webshop' | 'accounting') => {
  await stage.giveCredentials(side)
  await examine(stage.engine, stage.engine.http, stage.id, side)
  await ringFor(stage.engine, stage.id)
}

test('credentials that can no longer be decrypted turn the dot red, and nothing is tried', async () => {
  const stage = await setBookingStage(database)
  await stage.sell()
  await database.db
    .updateTable('connections')
    .set({ credentials: 'v1.lost-key.AAAA.AAAA' })
    .where('integrationId', '=', stage.id)
    .where('side', '=', 'accounting')
    .execute()
  const calls = callsOf(stage)
  await stage.drain()
  expect(await dots(stage)).toMatchObject({ accounting: 'red: CREDENTIALS_UNREADABLE' })
  expect(callsOf(stage)).toBe(calls)
})

describe('credentials that are refused', () => {
  test('by the shop turn its dot red; nothing is lost and nothing is tried until somebody reconnects', async () => {
    const stage = await setBookingStage(database)
    const ids = [await stage.sell(), await stage.sell(), await stage.sell()]
    stage.shop.faults.add({ fault: 'unauthorized', match: { path: '/orders/' }, times: 0 })
    await stage.drain()
    expect(await dots(stage)).toEqual({
      webshop: 'red: CREDENTIALS_REFUSED',
      accounting: 'green',
    })
    expect(await stage.states()).toEqual({ open: 3 })
    for (const shopId of ids) {
      expect(await stage.row(shopId)).toMatchObject({
        reasonCode: 'CREDENTIALS_REFUSED',
        attempts: 0,
        dueAt: stage.clock.now(),
      })
    }
    const calls = callsOf(stage)
    await stage.drain()
    expect(callsOf(stage)).toBe(calls)

    stage.shop.faults.clear()
    await reconnect(stage, 'webshop')
    await stage.bench.drainAll()
    expect(await stage.states()).toEqual({ booked: 3 })
  })

  test.for([
    ['before the debtor is looked for', '/search/'],
    ['when the debtor is made', '/clients$'],
    ['when the invoice is made', '/invoices$'],
  ] as const)('by the books %s turn its dot red and lose nothing', async ([, path]) => {
    const stage = await setBookingStage(database)
    const ids = [await stage.sell(), await stage.sell()]
    stage.books.faults.add({ fault: 'unauthorized', match: { path }, times: 0 })
    await stage.drain()
    expect(await dots(stage)).toEqual({
      webshop: 'green',
      accounting: 'red: CREDENTIALS_REFUSED',
    })
    expect(await stage.states()).toEqual({ open: 2 })
    for (const shopId of ids) expect(await stage.row(shopId)).toMatchObject({ attempts: 0 })

    stage.books.faults.clear()
    await reconnect(stage, 'accounting')
    await stage.bench.drainAll()
    // A debtor whose creation was turned away is held for as long as a lost one.
    await stage.passes(141_000)
    expect(await stage.states()).toEqual({ booked: 2 })
    expect(stage.books.ledger().invoices).toHaveLength(2)
    expect(stage.books.ledger().clients).toHaveLength(2)
  })

  test('during a look-up leave the outcome uncertain, and are no look-up', async () => {
    const stage = await setBookingStage(database)
    const shopId = await stage.sell()
    stage.books.faults.add({ fault: 'reset-before', match: { method: 'POST', path: '/invoices$' } })
    await stage.drain()
    stage.books.account.keyActive = false
    await stage.passes(2_000)
    expect(await dots(stage)).toMatchObject({ accounting: 'red: CREDENTIALS_REFUSED' })
    expect(await stage.row(shopId)).toMatchObject({
      state: 'uncertain',
      lookups: 0,
      reference: 'W-1001',
    })
    stage.books.account.keyActive = true
    await reconnect(stage, 'accounting')
    for (let count = 0; count < 3; count += 1) await stage.passes(300_000)
    expect(await stage.row(shopId)).toMatchObject({ state: 'booked' })
    expect(stage.books.ledger().invoices).toHaveLength(1)
  })

  test('of before a reconnect do not break the connection that was mended meanwhile', async () => {
    const stage = await setBookingStage(database)
    await stage.sell()
    stage.books.faults.add({ fault: 'unauthorized', match: { path: '/search/' } })
    const answered = gate()
    const going = gate()
    stage.door.back = async ({ url }) => {
      if (!url.includes('/search/clients/email/klant')) return
      answered.open()
      await going.opened
    }
    const draining = stage.drain()
    await answered.opened
    stage.door.back = () => undefined
    await reconnect(stage, 'accounting')
    expect(await dots(stage)).toEqual({ webshop: 'green', accounting: 'green' })
    going.open()
    await draining
    expect(await dots(stage)).toEqual({ webshop: 'green', accounting: 'green' })
  })
})

describe('a rate limit', () => {
  test('of the books (a 403) is rest until they said, and nothing is lost', async () => {
    const stage = await setBookingStage(database)
    for (let count = 0; count < 3; count += 1) await stage.sell()
    const limit = stage.books.faults.add({
      fault: 'rate-limit',
      match: { path: '/api/' },
      times: 0,
    })
    await stage.clock.advance(10 * 60_000)
    await stage.drain()
    // Ten past ten: until eleven, and ten seconds for clocks that differ.
    expect(await restMs(stage)).toBe(50 * 60_000 + 10_000)
    expect(await stage.states()).toEqual({ open: 3 })
    expect(await dots(stage)).toEqual({ webshop: 'green', accounting: 'green' })

    stage.books.faults.remove(limit)
    const calls = callsOf(stage)
    await stage.passes(50 * 60_000 + 9_999)
    expect(callsOf(stage)).toBe(calls)
    expect(await stage.states()).toEqual({ open: 3 })
    await stage.passes(1)
    expect(await stage.states()).toEqual({ booked: 3 })
  })

  test('of the shop (a 429) is a minute of rest', async () => {
    const stage = await setBookingStage(database, { concurrency: 1 })
    for (let count = 0; count < 3; count += 1) await stage.sell()
    stage.shop.faults.add({ fault: 'rate-limit', match: { path: '/orders/' }, times: 1 })
    await stage.drain()
    expect(await restMs(stage)).toBe(60_000)
    // The first one met it; the others were not even tried.
    expect(await stage.states()).toEqual({ open: 1, seen: 2 })
    await stage.passes(60_000)
    expect(await stage.states()).toEqual({ booked: 3 })
  })

  test('at the create itself is no lost answer: it is tried again when it may be', async () => {
    const stage = await setBookingStage(database)
    const shopId = await stage.sell()
    stage.books.faults.add({ fault: 'rate-limit', match: { method: 'POST', path: '/invoices$' } })
    await stage.drain()
    expect(await stage.row(shopId)).toMatchObject({
      state: 'open',
      reasonCode: 'RATE_LIMITED',
      attempts: 1,
      reference: 'W-1001',
    })
    await stage.passes(60 * 60_000 + 10_000)
    expect(await stage.row(shopId)).toMatchObject({ state: 'booked' })
    expect(stage.books.ledger().invoices).toHaveLength(1)
  })
})

describe('failures in a row', () => {
  test('are five before the whole integration rests; the sixth sale is spared', async () => {
    const stage = await setBookingStage(database, { concurrency: 1 })
    for (let count = 0; count < 6; count += 1) await stage.sell()
    stage.shop.faults.add({ fault: 'error-before', match: { path: '/orders/' }, times: 0 })
    await stage.drain()
    expect(await stage.states()).toEqual({ open: 5, seen: 1 })
    expect(await mailbox(stage)).toMatchObject({ failures: 5, holder: null })
    const first = await restMs(stage)
    expect(first).toBeGreaterThanOrEqual(22_500)
    expect(first).toBeLessThanOrEqual(37_500)

    // Each one more doubles it.
    await stage.passes(first ?? 0)
    expect(await mailbox(stage)).toMatchObject({ failures: 6 })
    const second = await restMs(stage)
    expect(second).toBeGreaterThanOrEqual(45_000)
    expect(second).toBeLessThanOrEqual(75_000)

    stage.shop.faults.clear()
    await stage.passes(second ?? 0)
    expect(await mailbox(stage)).toMatchObject({ failures: 0, restUntil: null })
    await stage.passes(60_000)
    expect(await stage.states()).toEqual({ booked: 6 })
  })

  /** Twenty calls on connections that went dead once put an integration to rest for a quarter of an hour. */
  test('that happen side by side are one reason to rest, and not for long', async () => {
    const stage = await setBookingStage(database, { concurrency: 20 })
    for (let count = 0; count < 20; count += 1) await stage.sell()
    const allWait = gate()
    const fails = gate()
    let waiting = 0
    stage.shop.faults.add({ fault: 'error-before', match: { path: '/orders/' }, times: 0 })
    stage.door.back = async ({ url }) => {
      if (!url.includes('/orders/')) return
      waiting += 1
      if (waiting === 20) allWait.open()
      await fails.opened
    }
    const draining = stage.drain()
    await allWait.opened
    fails.open()
    await draining
    expect(await stage.states()).toEqual({ open: 20 })
    expect(await mailbox(stage)).toMatchObject({ failures: 5 })
    const first = await restMs(stage)
    expect(first).toBeLessThanOrEqual(37_500)

    stage.shop.faults.clear()
    for (let minutes = 0; minutes < 2; minutes += 1) await stage.passes(60_000)
    expect(await stage.states()).toEqual({ booked: 20 })
  })

  test('are four and then a success: no rest', async () => {
    const stage = await setBookingStage(database, { concurrency: 1 })
    for (let count = 0; count < 9; count += 1) {
      await stage.sell()
      // What is due at the same moment is begun in any order.
      await stage.clock.advance(1)
    }
    // Two calls a sale; the fifth sale is read.
    stage.shop.faults.add({
      fault: 'error-before',
      match: { path: '/orders/50000[1-4]' },
      times: 0,
    })
    stage.shop.faults.add({
      fault: 'error-before',
      match: { path: '/orders/50000[6-9]' },
      times: 0,
    })
    // The next one has failed before the one that is booked is written.
    const written = stage.holdAt('before:commit-settled', 5)
    const draining = stage.drain()
    await written.reached
    await eventually(async () => expect(await stage.states()).toMatchObject({ open: 8 }))
    written.letGo()
    await draining
    expect(await mailbox(stage)).toMatchObject({ failures: 4, restUntil: null })
    expect(await stage.states()).toEqual({ open: 8, booked: 1 })
  })

  test('are counted from drain to drain', async () => {
    const stage = await setBookingStage(database)
    stage.shop.faults.add({ fault: 'error-before', match: { path: '/orders/' }, times: 0 })
    for (let count = 1; count <= 5; count += 1) {
      await stage.sell()
      await stage.drain()
      expect((await mailbox(stage)).failures).toBe(count)
    }
    expect((await mailbox(stage)).restUntil).not.toBeNull()
  })
})

describe('a bug', () => {
  /** Nothing else of the way of a sale is spared; `see` has no booking yet. */
  const points = crashPoints.filter((point) => !point.endsWith('commit-seen'))

  test.for(points)('at %s costs one booking at most, and that once', async (point) => {
    const stage = await setBookingStage(database, { concurrency: 1 })
    const first = await stage.sell()
    await stage.clock.advance(1)
    await stage.sell()
    stage.engine.onFault = () => undefined
    let passages = 0
    stage.at = (each) => {
      if (each !== point) return
      passages += 1
      if (passages === 1) throw new TypeError('a planted bug')
    }
    await stage.drain()
    // What the clerk has to find out takes its time; what was refused waits for a person.
    for (let count = 0; count < 4; count += 1) await stage.passes(150_000)
    const states = await stage.states()
    expect(states).toSatisfy(
      () => states.booked === 2 || (states.booked === 1 && states.refused === 1),
    )
    if (states.refused === 1) {
      expect(await stage.row(first)).toMatchObject({ reasonCode: 'INTERNAL_FAULT' })
      await process(stage.engine, stage.id, { code: 'INTERNAL_FAULT' })
      await stage.passes(150_000)
      await stage.passes(150_000)
    }
    expect(await stage.states()).toEqual({ booked: 2 })
    const references = stage.books.ledger().invoices.map((invoice) => invoice.reference[0])
    expect(references.sort()).toEqual(['W-1001', 'W-1002'])
    expect(stage.books.ledger().clients).toHaveLength(2)
  })

  test('is told to the operator with its booking, and refuses that one at once', async () => {
    const stage = await setBookingStage(database)
    const [shopId] = [await stage.sell(), await stage.sell()]
    const faults: string[] = []
    stage.engine.onFault = (error, booking) => faults.push(`${booking.shopId} ${String(error)}`)
    let isPlanted = false
    stage.at = (point) => {
      if (point !== 'after:call-read-sale' || isPlanted) return
      isPlanted = true
      throw new TypeError('a planted bug')
    }
    await stage.drain()
    expect(faults).toEqual([`${shopId} TypeError: a planted bug`])
    expect(await stage.states()).toEqual({ refused: 1, booked: 1 })
  })

  test('at the create is told to the operator too', async () => {
    const stage = await setBookingStage(database)
    await stage.sell()
    const faults: string[] = []
    stage.engine.onFault = (error) => faults.push(String(error))
    stage.at = (point) => {
      if (point === 'before:call-create-invoice') throw new TypeError('a planted bug')
    }
    await stage.drain()
    expect(faults).toEqual(['TypeError: a planted bug'])
  })

  test('of a currency that is no code does not become a fault of ours', async () => {
    const stage = await setBookingStage(database)
    const shopId = await stage.sell({ currency: 'EURO' })
    await stage.drain()
    expect(await stage.row(shopId)).toMatchObject({ state: 'refused', reasonCode: 'REMOTE_SHAPE' })
  })

  test('settings that no longer fit are shown, and stop no worker', async () => {
    const stage = await setBookingStage(database)
    await stage.sell()
    await database.db
      .updateTable('connections')
      .set({ settings: JSON.stringify({ aSettingOfLongAgo: true }) })
      .where('integrationId', '=', stage.id)
      .where('side', '=', 'accounting')
      .execute()
    const outcome = await stage.drain().then(
      () => 'ended',
      (error: unknown) => String(error),
    )
    expect({ outcome, ...(await dots(stage)) }).toEqual({
      outcome: 'ended',
      webshop: 'green',
      accounting: 'red: SETTINGS_INVALID',
    })
  })
})

describe('a database that fails for a moment', () => {
  /**
   * Ends the statement that runs at `point`: a lock keeps it there until it was found. What is done is
   * `pg_terminate_backend`, as a restart does it, or `pg_cancel_backend`, as a time limit does it.
   */
  const failDuring = async (stage: BookingStage, point: string, how: string, statement: string) => {
    stage.engine.onFault = () => undefined
    const found = gate()
    const find = () =>
      eventually(async () => {
        const ended = await sql`select ${sql.id(how)}(pid) from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'
            and query like ${`%${statement}%`}`.execute(database.db)
        expect(ended.rows).toHaveLength(1)
      })
    const tasks: Promise<void>[] = []
    const lockTable = async () => {
      const locked = gate()
      const locking = database.db.transaction().execute(async (trx) => {
        await sql`lock table bookings in share mode`.execute(trx)
        locked.open()
        await found.opened
      })
      await locked.opened
      tasks.push(
        locking,
        find().finally(() => found.open()),
      )
    }
    let isDone = false
    stage.at = async (each) => {
      if (each !== point || isDone) return
      isDone = true
      await lockTable()
    }
    // It may not even be able to give its mailbox back; then the lease runs out.
    await stage.drain().catch(() => undefined)
    await Promise.all(tasks)
  }

  test('FAULT: while the receipt is written: the invoice is looked up and not made again', async () => {
    const stage = await setBookingStage(database)
    const shopId = await stage.sell()
    await failDuring(stage, 'before:commit-settled', 'pg_terminate_backend', 'with moves as')
    expect(await stage.row(shopId)).toMatchObject({ state: 'reserved' })
    await stage.passes(leaseMs)
    expect(await stage.row(shopId)).toMatchObject({ state: 'booked' })
    expect(stage.books.ledger().invoices).toHaveLength(1)
  })

  test('while a sale is reserved: that is no reason to refuse the sale', async () => {
    const stage = await setBookingStage(database)
    const shopId = await stage.sell()
    await failDuring(stage, 'before:commit-reserved', 'pg_cancel_backend', 'with moves as')
    await stage.passes(150_000)
    expect(await stage.row(shopId)).toMatchObject({ state: 'booked' })
  })
})
