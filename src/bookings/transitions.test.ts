import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { openTestEngine, type TestEngine } from '../../test/support/engine.ts'
import { virtualClock, type VirtualClock } from '../../test/support/virtual-clock.ts'
import { bookingStates, type BookingState } from '../database/booking-state.ts'
import { createIntegration } from '../merchants/integrations.ts'
import { reason } from '../problems/reason.ts'
import type { Booking } from './booking.ts'
import { Overtaken } from './commits.ts'
import { noteRest, takeLease, type Lease } from './mailbox.ts'
import { mayFollow, tabStates, transitions, workable } from './transitions.ts'

let database: TestDatabase
let bench: TestEngine
let clock: VirtualClock
let integrationId: string
let lease: Lease
let count = 0
let seed = 0

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

beforeEach(async () => {
  clock = virtualClock()
  seed += 1
  bench = openTestEngine(database, { clock, seed })
  const wanted = { merchantId: 'm', name: 'T', webshop: 'kmoshops', accounting: 'factuursturen' }
  integrationId = (await createIntegration(bench.engine, wanted)).id
  lease = await leaseOf('worker 1')
  return async () => {
    await lease.yield()
    await bench.close()
  }
})

const leaseOf = async (holder: string): Promise<Lease> => {
  const answer = await takeLease(database.db, clock, integrationId, holder)
  if (answer.is !== 'leased') throw new Error(`the mailbox is ${answer.is}`)
  return answer.lease
}

/** As when the worker gave no sign of life for as long as a lease lasts. */
const expireLease = () =>
  sql`update mailboxes set lease_until = ${clock.now()} where integration_id = ${integrationId}`.execute(
    database.db,
  )

/** A booking in any state, with everything a state asks for. */
const bookingIn = async (state: BookingState): Promise<Booking> => {
  count += 1
  const shopId = String(count)
  await bench.engine.commits.see(integrationId, [{ ref: { kind: 'order', id: shopId } }], 'live')
  await sql`update bookings set state = ${state}, reference = 'W-1', draft_hash = 'hash',
      remote_number = case when ${state} = 'booked' then '20260001' end
    where integration_id = ${integrationId} and shop_id = ${shopId}`.execute(database.db)
  return database.db
    .selectFrom('bookings')
    .selectAll()
    .where('integrationId', '=', integrationId)
    .where('shopId', '=', shopId)
    .executeTakeFirstOrThrow()
}

const move = (by: Lease, booking: Booking, from: BookingState, to: BookingState): Promise<void> => {
  const { commits } = bench.engine
  if (to === 'reserved') {
    const reservation = { reference: 'W-2', draftHash: 'other', facts: {} }
    return commits.reserve(by, { ...booking, state: from }, reservation)
  }
  return commits.settle(by, booking, from, {
    to,
    reason: reason('STATUS_NOT_YET'),
    dueAt: null,
    ...(to === 'booked' && {
      proof: { remoteId: '1', remoteNumber: '20260002', remoteTotalCents: 1210 },
    }),
  })
}

/** All that a commit could change, as text: nothing may differ afterwards. */
const everything = async (): Promise<unknown[]> =>
  Promise.all(
    (['bookings', 'mailboxes', 'debtors'] as const).map((table) =>
      database.db
        .selectFrom(table)
        .selectAll()
        .where('integrationId', '=', integrationId)
        .execute()
        .then((rows) => rows.map((row) => JSON.stringify(row)).sort()),
    ),
  )

const reread = (booking: Booking): Promise<Booking> =>
  database.db
    .selectFrom('bookings')
    .selectAll()
    .where('integrationId', '=', integrationId)
    .where('id', '=', booking.id)
    .executeTakeFirstOrThrow()

const pairs = bookingStates.flatMap((from) => bookingStates.map((to) => ({ from, to })))

describe('the table', () => {
  test('is what the design says, pair by pair', () => {
    expect(pairs.filter(({ from, to }) => mayFollow(from, to))).toHaveLength(25)
    expect(transitions.booked).toEqual(['booked'])
    expect(pairs.filter(({ to }) => to === 'reserved').map(({ from, to }) => mayFollow(from, to)))
      .toEqual(bookingStates.map((from) => from === 'seen' || from === 'open'))
  })

  test('lets every state be left but booked, and every one be entered', () => {
    for (const state of bookingStates) {
      const others = bookingStates.filter((other) => other !== state)
      expect(others.some((other) => mayFollow(state, other))).toBe(state !== 'booked')
      expect(others.some((other) => mayFollow(other, state))).toBe(true)
    }
  })

  test('every state is worked on, or waits for a person or the shop', () => {
    const waiting = bookingStates.filter((state) => !workable.includes(state))
    expect(waiting).toEqual(['parked', 'refused', 'closed'])
  })

  test('every state is on one tab at most, and only closed on none', () => {
    const shown = Object.values(tabStates).flat()
    expect(new Set(shown).size).toBe(shown.length)
    expect(bookingStates.filter((state) => !(shown as readonly string[]).includes(state))).toEqual([
      'closed',
    ])
  })
})

describe('reserve and settle', () => {
  test('refuse each pair outside the table and change nothing', async () => {
    const illegal = pairs.filter(({ from, to }) => !mayFollow(from, to))
    expect(illegal).toHaveLength(39)
    for (const state of bookingStates) {
      const booking = await bookingIn(state)
      const before = await everything()
      for (const { from, to } of illegal.filter((pair) => pair.from === state)) {
        await expect(
          (async () => move(lease, booking, from, to))(),
          `${from} → ${to}`,
        ).rejects.toThrow(`may not go from ${from} to ${to}`)
      }
      expect(await everything()).toEqual(before)
    }
  })

  test('make each pair of the table and write it into the history', async () => {
    for (const { from, to } of pairs.filter((pair) => mayFollow(pair.from, pair.to))) {
      const booking = await bookingIn(from)
      await move(lease, booking, from, to)
      const after = await reread(booking)
      expect(after.state, `${from} → ${to}`).toBe(to)
      expect(after.history.at(-1)).toMatchObject({ from, to })
      expect(after.history).toHaveLength(booking.history.length + 1)
    }
  })

  test('are overtaken when the booking is not in the state they believe', async () => {
    for (const { from, to } of pairs.filter((pair) => mayFollow(pair.from, pair.to))) {
      const other = bookingStates[(bookingStates.indexOf(from) + 1) % bookingStates.length] ?? from
      const booking = await bookingIn(other)
      const before = await everything()
      await expect(move(lease, booking, from, to), `${from} → ${to}`).rejects.toThrow(Overtaken)
      expect(await everything()).toEqual(before)
    }
  })

  test('are overtaken when another took the mailbox, from every state', async () => {
    const bookings = await Promise.all(bookingStates.map(bookingIn))
    await expireLease()
    const next = await leaseOf('worker 2')
    expect(next.fence).toBe(lease.fence + 1)
    const before = await everything()
    for (const booking of bookings) {
      for (const to of transitions[booking.state]) {
        await expect(move(lease, booking, booking.state, to)).rejects.toThrow(Overtaken)
      }
    }
    expect(await everything()).toEqual(before)
    await next.yield()
  })

  test('write into the bookings of their own integration only', async () => {
    const booking = await bookingIn('seen')
    const wanted = { merchantId: 'm', name: 'B', webshop: 'kmoshops', accounting: 'factuursturen' }
    const { id: other } = await createIntegration(bench.engine, wanted)
    const answer = await takeLease(database.db, clock, other, 'worker 2')
    if (answer.is !== 'leased') throw new Error('not leased')
    const before = await everything()
    await expect(move(answer.lease, booking, 'seen', 'open')).rejects.toThrow(Overtaken)
    await expect(move(answer.lease, booking, 'seen', 'reserved')).rejects.toThrow(Overtaken)
    expect(await everything()).toEqual(before)
    await answer.lease.yield()
  })

  test('keep reference and hash through every later step', async () => {
    const booking = await bookingIn('seen')
    await bench.engine.commits.reserve(lease, booking, {
      reference: 'W-7',
      draftHash: 'seven',
      facts: {},
    })
    const way: BookingState[] = ['uncertain', 'uncertain', 'seen', 'open', 'refused', 'seen', 'booked', 'booked']
    let from: BookingState = 'reserved'
    for (const to of way) {
      await move(lease, await reread(booking), from, to)
      expect(await reread(booking)).toMatchObject({ state: to, reference: 'W-7', draftHash: 'seven' })
      from = to
    }
  })

  test('leave what they are not told as it was, and forget no proof', async () => {
    const booking = await bookingIn('seen')
    const facts = { number: 'W-9', date: '2026-11-19', totalCents: 1210, currency: 'EUR', debtorId: '5' }
    await bench.engine.commits.settle(lease, booking, 'seen', { to: 'open', reason: null, dueAt: null, facts })
    await move(lease, await reread(booking), 'open', 'booked')
    await bench.engine.commits.settle(lease, await reread(booking), 'booked', {
      to: 'booked',
      reason: null,
      dueAt: null,
    })
    expect(await reread(booking)).toMatchObject({
      number: 'W-9',
      saleDate: '2026-11-19',
      totalCents: 1210,
      currency: 'EUR',
      debtorId: '5',
      remoteId: '1',
      remoteNumber: '20260002',
      remoteTotalCents: 1210,
    })
  })

  test('the database itself refuses a booking without proof and a reservation without reference', async () => {
    const booking = await bookingIn('seen')
    const noProof = sql`update bookings set state = 'booked' where id = ${booking.id}`
    await expect(noProof.execute(database.db)).rejects.toThrow('bookings_check')
    const noReference = sql`update bookings set state = 'reserved', reference = null where id = ${booking.id}`
    await expect(noReference.execute(database.db)).rejects.toThrow('bookings_check')
  })
})

describe('a worker whose lease was taken over', () => {
  let stale: Lease
  let fresh: Lease

  beforeEach(async () => {
    stale = lease
    await expireLease()
    fresh = await leaseOf('worker 2')
    return () => fresh.yield()
  })

  test('can hold no debtor', async () => {
    const before = await everything()
    const until = new Date(clock.now().getTime() + 60_000)
    expect(await bench.engine.commits.holdDebtor(stale, Buffer.from('a'), until)).toBe(false)
    expect(await everything()).toEqual(before)
  })

  test('FAULT: can remember no debtor over what its successor remembered', async () => {
    const { commits } = bench.engine
    await commits.rememberDebtor(fresh, Buffer.from('a'), '17')
    const before = await everything()
    await commits.rememberDebtor(stale, Buffer.from('a'), '16')
    expect(await everything()).toEqual(before)
  })

  test('can ask for no rest, and neither release nor yield what is not its own', async () => {
    const before = await everything()
    await noteRest(database.db, stale, 9, new Date(clock.now().getTime() + 60_000))
    expect(await stale.release()).toBe(true)
    await stale.yield()
    expect(await everything()).toEqual(before)
    expect((await takeLease(database.db, clock, integrationId, 'worker 3')).is).toBe('busy')
  })
})
