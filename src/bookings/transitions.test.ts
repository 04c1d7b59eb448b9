import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { setQuietStage, type QuietStage } from '../../test/support/quiet-stage.ts'
import { bookingStates, type BookingState } from '../database/booking-state.ts'
import { reason } from '../problems/reason.ts'
import type { Booking } from './booking.ts'
import { Moved, Overtaken } from './commit-errors.ts'
import { noteRest, takeLease, type Lease } from './mailbox.ts'
import { mayFollow, tabStates, transitions, workable } from './transitions.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

/** Writes one step of a booking that is believed to be in `from`. */
const move = async (
  { engine: { commits } }: QuietStage,
  by: Lease,
  booking: Booking,
  from: BookingState,
  to: BookingState,
): Promise<void> => {
  if (to === 'reserved') {
    const reservation = { reference: 'W-2', draftHash: 'other', facts: {} }
    await commits.reserve(by, { ...booking, state: from }, reservation)
    return
  }
  await commits.settle(by, booking, from, {
    to,
    reason: reason('STATUS_NOT_YET'),
    dueAt: null,
    ...(to === 'booked' && {
      proof: { remoteId: '1', remoteNumber: '20260002', remoteTotalCents: 1210 },
    }),
  })
}

const pairs = bookingStates.flatMap((from) => bookingStates.map((to) => ({ from, to })))
const legal = pairs.filter(({ from, to }) => mayFollow(from, to))
const illegal = pairs.filter(({ from, to }) => !mayFollow(from, to))

describe('the table', () => {
  test('has 27 of the 64 pairs', () => {
    expect(pairs).toHaveLength(64)
    expect(legal).toHaveLength(27)
  })

  test('lets only what was just read be reserved, and nothing leave booked', () => {
    const intoReserved = legal.filter(({ to }) => to === 'reserved').map(({ from }) => from)
    expect(intoReserved).toEqual(['seen', 'open'])
    expect(transitions.booked).toEqual(['booked'])
  })

  test('leads nowhere twice from an unknown outcome but through seen', () => {
    expect(transitions.uncertain).not.toContain('reserved')
    expect(transitions.parked).not.toContain('reserved')
  })

  test('lets every state be left but booked, and every one be entered', () => {
    for (const state of bookingStates) {
      const others = bookingStates.filter((other) => other !== state)
      expect(others.some((other) => mayFollow(state, other))).toBe(state !== 'booked')
      expect(others.some((other) => mayFollow(other, state))).toBe(true)
    }
  })

  test('leaves only what waits for a person or the shop to nobody', () => {
    const waiting = bookingStates.filter((state) => !workable.includes(state))
    expect(waiting).toEqual(['parked', 'refused', 'closed'])
  })

  test('shows every state on one tab, and closed on none', () => {
    const shown: BookingState[] = Object.values(tabStates).flat()
    expect(new Set(shown).size).toBe(shown.length)
    expect(bookingStates.filter((state) => !shown.includes(state))).toEqual(['closed'])
  })
})

describe('reserve and settle', () => {
  test.for(bookingStates)('refuse each pair from %s outside the table', async (state) => {
    const stage = await setQuietStage(database)
    const lease = await stage.lease()
    const booking = await stage.bookingIn(state)
    const before = await stage.everything()
    for (const { from, to } of illegal.filter((pair) => pair.from === state)) {
      await expect(move(stage, lease, booking, from, to), `${from} → ${to}`).rejects.toThrow(
        `may not go from ${from} to ${to}`,
      )
    }
    expect(await stage.everything()).toEqual(before)
  })

  test('make each pair of the table and write it into the history', async () => {
    const stage = await setQuietStage(database)
    const lease = await stage.lease()
    for (const { from, to } of legal) {
      const booking = await stage.bookingIn(from)
      await move(stage, lease, booking, from, to)
      const after = await stage.row(booking)
      expect(after.state, `${from} → ${to}`).toBe(to)
      expect(after.history).toHaveLength(booking.history.length + 1)
      expect(after.history.at(-1)).toMatchObject({ from, to })
    }
  })

  test('find a booking moved that is not in the state they believe', async () => {
    const stage = await setQuietStage(database)
    const lease = await stage.lease()
    const bookings = new Map<BookingState, Booking>()
    for (const state of bookingStates) bookings.set(state, await stage.bookingIn(state))
    const before = await stage.everything()
    for (const { from, to } of legal) {
      for (const [state, booking] of bookings) {
        if (state === from) continue
        const attempt = move(stage, lease, booking, from, to)
        await expect(attempt, `${from} → ${to}, it is ${state}`).rejects.toThrow(Moved)
      }
    }
    expect(await stage.everything()).toEqual(before)
  })

  test('are overtaken when another took the mailbox, whatever the step', async () => {
    const stage = await setQuietStage(database)
    const stale = await stage.lease('worker 1')
    const bookings: Booking[] = []
    for (const state of bookingStates) bookings.push(await stage.bookingIn(state))
    await stage.expireLease()
    const fresh = await stage.lease('worker 2')
    expect(fresh.fence).toBe(stale.fence + 1)
    const before = await stage.everything()
    for (const booking of bookings) {
      for (const to of transitions[booking.state]) {
        const attempt = move(stage, stale, booking, booking.state, to)
        await expect(attempt, `${booking.state} → ${to}`).rejects.toThrow(Overtaken)
      }
    }
    expect(await stage.everything()).toEqual(before)
  })

  test('write into the bookings of their own integration only', async () => {
    const stage = await setQuietStage(database)
    const other = await setQuietStage(database)
    const booking = await stage.bookingIn('seen')
    const lease = await other.lease()
    const before = await stage.everything()
    await expect(move(stage, lease, booking, 'seen', 'open')).rejects.toThrow(Moved)
    await expect(move(stage, lease, booking, 'seen', 'reserved')).rejects.toThrow(Moved)
    expect(await stage.everything()).toEqual(before)
  })

  test('keep reference and hash through every later step', async () => {
    const stage = await setQuietStage(database)
    const lease = await stage.lease()
    const booking = await stage.bookingIn('seen')
    const reservation = { reference: 'W-7', draftHash: 'seven', facts: {} }
    await stage.engine.commits.reserve(lease, booking, reservation)
    const way = 'uncertain uncertain seen open refused seen booked booked'.split(
      ' ',
    ) as BookingState[]
    let from: BookingState = 'reserved'
    for (const to of way) {
      await move(stage, lease, await stage.row(booking), from, to)
      expect(await stage.row(booking)).toMatchObject({
        state: to,
        reference: 'W-7',
        draftHash: 'seven',
      })
      from = to
    }
  })

  test('leave what they are not told as it was, and forget no proof', async () => {
    const stage = await setQuietStage(database)
    const lease = await stage.lease()
    const { commits } = stage.engine
    const booking = await stage.bookingIn('seen')
    const facts = {
      number: 'W-9',
      date: '2026-11-19',
      totalCents: 1310,
      currency: 'USD',
      debtorId: '5',
    }
    await commits.settle(lease, booking, 'seen', { to: 'open', reason: null, dueAt: null, facts })
    await move(stage, lease, await stage.row(booking), 'open', 'booked')
    const again = { to: 'booked', reason: null, dueAt: null } as const
    await commits.settle(lease, await stage.row(booking), 'booked', again)
    expect(await stage.row(booking)).toMatchObject({
      number: 'W-9',
      saleDate: '2026-11-19',
      totalCents: 1310,
      currency: 'USD',
      debtorId: '5',
      remoteId: '1',
      remoteNumber: '20260002',
      remoteTotalCents: 1210,
    })
  })

  test('the history stays bounded, but its end is always told', async () => {
    const stage = await setQuietStage(database)
    const lease = await stage.lease()
    const booking = await stage.bookingIn('open')
    for (let count = 0; count < 60; count += 1) {
      await move(stage, lease, await stage.row(booking), 'open', 'open')
    }
    const long = await stage.row(booking)
    expect(long.history.length).toBeLessThanOrEqual(50)
    await move(stage, lease, long, 'open', 'booked')
    expect((await stage.row(booking)).history.at(-1)).toMatchObject({ to: 'booked' })
  })

  test('the database itself refuses a booking without proof and a reservation without reference', async () => {
    const stage = await setQuietStage(database)
    const { id } = await stage.bookingIn('seen')
    const noProof = sql`update bookings set state = 'booked' where id = ${id}`
    await expect(noProof.execute(database.db)).rejects.toThrow('bookings_check')
    const noReference = sql`update bookings set state = 'reserved', reference = null where id = ${id}`
    await expect(noReference.execute(database.db)).rejects.toThrow('bookings_check')
  })
})

describe('a worker whose lease was taken over', () => {
  const takenOver = async () => {
    const stage = await setQuietStage(database)
    const stale = await stage.lease('worker 1')
    await stage.expireLease()
    return { stage, stale, fresh: await stage.lease('worker 2') }
  }

  test('can hold no debtor', async () => {
    const { stage, stale } = await takenOver()
    const before = await stage.everything()
    const until = new Date(stage.clock.now().getTime() + 60_000)
    expect(await stage.engine.commits.holdDebtor(stale, Buffer.from('a'), until)).toBe(false)
    expect(await stage.everything()).toEqual(before)
  })

  test('can remember no debtor over what its successor remembered', async () => {
    const { stage, stale, fresh } = await takenOver()
    await stage.engine.commits.rememberDebtor(fresh, Buffer.from('a'), '17')
    const before = await stage.everything()
    await stage.engine.commits.rememberDebtor(stale, Buffer.from('a'), '16').catch(() => undefined)
    expect(await stage.everything()).toEqual(before)
  })

  test('can ask for no rest, and neither release nor yield what is not its own', async () => {
    const { stage, stale } = await takenOver()
    const before = await stage.everything()
    await noteRest(database.db, stale, 9, new Date(stage.clock.now().getTime() + 60_000))
    expect(await stale.release()).toBe(true)
    await stale.yield()
    expect(await stage.everything()).toEqual(before)
    expect(await takeLease(database.db, stage.clock, stage.id, 'worker 3')).toEqual({ is: 'busy' })
  })
})
