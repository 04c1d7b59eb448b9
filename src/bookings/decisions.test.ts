import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { setBookingStage, type BookingStage } from '../../test/support/booking-stage.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { hint, setQuietStage, type QuietStage } from '../../test/support/quiet-stage.ts'
import { bookingStates, type BookingState } from '../database/booking-state.ts'
import type { Booking } from './booking.ts'
import { decide, ignore, process } from './decisions.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

/** One booking in every state, with a reason, and nobody rung for. */
const everyState = async (): Promise<{
  stage: QuietStage
  bookings: Map<BookingState, Booking>
}> => {
  const stage = await setQuietStage(database)
  const bookings = new Map<BookingState, Booking>()
  for (const state of bookingStates) {
    const dueAt = state === 'seen' ? stage.clock.now() : null
    bookings.set(state, await stage.bookingIn(state, { dueAt, reasonCode: 'ADDRESS_NOT_PUBLIC' }))
  }
  await (await stage.lease()).yield()
  stage.rung.length = 0
  await stage.clock.advance(60_000)
  return { stage, bookings }
}

const idsOf = (bookings: Map<BookingState, Booking>) => [...bookings.values()].map(({ id }) => id)

describe('process', () => {
  test('starts over what was refused or put aside, looks now at what waits, and leaves the rest alone', async () => {
    const { stage, bookings } = await everyState()
    const answer = await process(stage.engine, stage.id, { bookingIds: idsOf(bookings) })
    expect(answer).toEqual({ accepted: 5, skipped: 3 })
    const now = stage.clock.now()
    for (const [state, booking] of bookings) {
      const row = await stage.row(booking)
      if (['reserved', 'parked', 'booked'].includes(state)) expect(row).toEqual(booking)
      else if (state === 'refused' || state === 'closed') {
        expect(row).toMatchObject({ state: 'seen', dueAt: now, changedAt: now, attempts: 0 })
        expect(row.history.at(-1)).toEqual({
          at: now.toISOString(),
          from: state,
          to: 'seen',
          code: null,
        })
      } else expect(row).toMatchObject({ state, dueAt: now, attempts: 0, history: booking.history })
    }
    expect(stage.rung).toEqual([stage.id])
  })

  test('by cause takes every refused booking with that cause', async () => {
    const stage = await setQuietStage(database)
    for (let count = 0; count < 3; count += 1) {
      await stage.bookingIn('refused', { dueAt: null, reasonCode: 'EMAIL_MISSING' })
    }
    const other = await stage.bookingIn('refused', { dueAt: null, reasonCode: 'DEBTOR_REFUSED' })
    const open = await stage.bookingIn('open', { dueAt: null, reasonCode: 'EMAIL_MISSING' })
    expect(await process(stage.engine, stage.id, { code: 'EMAIL_MISSING' })).toEqual({
      accepted: 3,
      skipped: 0,
    })
    expect(await process(stage.engine, stage.id, { code: 'EMAIL_MISSING' })).toEqual({
      accepted: 0,
      skipped: 0,
    })
    expect(await stage.row(other)).toEqual(other)
    expect(await stage.row(open)).toEqual(open)
  })

  test('knows neither bookings of another integration nor ones that never were', async () => {
    const one = await everyState()
    const other = await setQuietStage(database)
    const bookingIds = [...idsOf(one.bookings), randomUUID()]
    const before = await one.stage.everything()
    expect(await process(other.engine, other.id, { bookingIds })).toEqual({
      accepted: 0,
      skipped: 9,
    })
    expect(await ignore(other.engine, other.id, { bookingIds })).toEqual({
      accepted: 0,
      skipped: 9,
    })
    expect(await one.stage.everything()).toEqual(before)
    expect(other.rung).toEqual([])
  })

  test('of nothing is nothing', async () => {
    const { engine, id, rung } = await setQuietStage(database)
    expect(await process(engine, id, { bookingIds: [] })).toEqual({ accepted: 0, skipped: 0 })
    expect(rung).toEqual([])
  })

  test('twice at once moves each booking once', async () => {
    const stage = await setQuietStage(database)
    const booking = await stage.bookingIn('refused', { dueAt: null })
    const selection = { bookingIds: [booking.id] }
    await Promise.all(Array.from({ length: 5 }, () => process(stage.engine, stage.id, selection)))
    const row = await stage.row(booking)
    expect(row.history.filter(({ from }) => from === 'refused')).toHaveLength(1)
  })

  test('books at the next bell', async () => {
    const stage = await setBookingStage(database)
    stage.books.faults.add({
      fault: 'error-before',
      status: 422,
      match: { method: 'POST', path: '/invoices$' },
    })
    const shopId = await stage.sell()
    await stage.bench.drainAll()
    await process(stage.engine, stage.id, { code: 'INVOICE_REFUSED' })
    await stage.bench.drainAll()
    expect(await stage.row(shopId)).toMatchObject({ state: 'booked' })
  })

  test('is not forgotten when the sale is being worked on at that moment', async () => {
    const stage = await setBookingStage(database)
    const shopId = await stage.sell({ status: 1 })
    const held = stage.holdAt('after:call-read-sale')
    const draining = stage.drain()
    await held.reached
    // The person has changed the setting, or the sale, that made it wait, and says: now.
    stage.shop.changeOrder(Number(shopId), { status: 2, webhook: 'lost' })
    const { id: bookingId } = await stage.row(shopId)
    expect(await process(stage.engine, stage.id, { bookingIds: [bookingId] })).toEqual({
      accepted: 1,
      skipped: 0,
    })
    held.letGo()
    await draining
    await stage.bench.drainAll()
    expect(await stage.row(shopId)).toMatchObject({ state: 'booked' })
  })
})

describe('ignore', () => {
  test('puts aside what was refused or is open, and nothing else', async () => {
    const { stage, bookings } = await everyState()
    const answer = await ignore(stage.engine, stage.id, { bookingIds: idsOf(bookings) })
    expect(answer).toEqual({ accepted: 2, skipped: 6 })
    const now = stage.clock.now()
    for (const [state, booking] of bookings) {
      const row = await stage.row(booking)
      if (state !== 'open' && state !== 'refused') expect(row).toEqual(booking)
      else {
        expect(row).toMatchObject({
          state: 'closed',
          reasonCode: 'IGNORED',
          reasonParams: {},
          dueAt: null,
        })
        expect(row.history.at(-1)).toEqual({
          at: now.toISOString(),
          from: state,
          to: 'closed',
          code: 'IGNORED',
        })
      }
    }
    expect(stage.rung).toEqual([])
  })

  test('by cause takes refused bookings with that cause', async () => {
    const stage = await setQuietStage(database)
    await stage.bookingIn('refused', { dueAt: null, reasonCode: 'EMAIL_MISSING' })
    await stage.bookingIn('refused', { dueAt: null, reasonCode: 'DEBTOR_REFUSED' })
    expect(await ignore(stage.engine, stage.id, { code: 'EMAIL_MISSING' })).toEqual({
      accepted: 1,
      skipped: 0,
    })
  })

  test('while the sale is worked on, either puts it aside or comes too late: never both', async () => {
    for (const point of [
      'after:call-read-sale',
      'before:commit-reserved',
      'before:call-create-invoice',
    ] as const) {
      const stage = await setBookingStage(database)
      const shopId = await stage.sell({ paid: false, status: 4 })
      await stage.drain()
      stage.shop.changeOrder(Number(shopId), { paid: true, status: 2, webhook: 'lost' })
      await stage.hear(shopId)
      const held = stage.holdAt(point)
      const draining = stage.drain()
      await held.reached
      const { id: bookingId } = await stage.row(shopId)
      const { accepted } = await ignore(stage.engine, stage.id, { bookingIds: [bookingId] })
      held.letGo()
      await draining
      expect(await stage.states(), point).toEqual(accepted === 1 ? { closed: 1 } : { booked: 1 })
      expect(stage.books.ledger().invoices, point).toHaveLength(1 - accepted)
    }
  })
})

describe('decide', () => {
  test('that it is there makes it booked, by hand, and never due', async () => {
    const stage = await setQuietStage(database)
    const booking = await stage.bookingIn('parked', {
      dueAt: null,
      reasonCode: 'LOOKUP_IMPOSSIBLE',
    })
    const there = { decision: 'it-is-there', remoteNumber: 'F-17' } as const
    expect(await decide(stage.engine, stage.id, booking.id, there)).toEqual({
      is: 'decided',
      state: 'booked',
    })
    const now = stage.clock.now()
    expect(await stage.row(booking)).toMatchObject({
      state: 'booked',
      reasonCode: 'BOOKED_BY_HAND',
      reasonParams: { number: 'F-17' },
      remoteNumber: 'F-17',
      bookedAt: now,
      dueAt: null,
      reference: booking.reference,
      draftHash: booking.draftHash,
    })
    expect((await stage.row(booking)).history.at(-1)).toMatchObject({
      from: 'parked',
      to: 'booked',
      code: 'BOOKED_BY_HAND',
    })
    await stage.engine.commits.see(stage.id, [hint(booking.shopId)], 'live')
    expect((await stage.row(booking)).dueAt).toBeNull()
  })

  test('to book again starts over, now', async () => {
    const stage = await setQuietStage(database)
    const booking = await stage.bookingIn('parked', {
      dueAt: null,
      reasonCode: 'LOOKUP_KEEPS_FAILING',
    })
    await (await stage.lease()).yield()
    stage.rung.length = 0
    const answer = await decide(stage.engine, stage.id, booking.id, { decision: 'book-again' })
    expect(answer).toEqual({ is: 'decided', state: 'seen' })
    expect(await stage.row(booking)).toMatchObject({
      state: 'seen',
      reasonCode: null,
      dueAt: stage.clock.now(),
      lookups: 0,
      attempts: 0,
      uncertainSince: null,
      bookedAt: null,
      reference: booking.reference,
    })
    expect(stage.rung).toEqual([stage.id])
  })

  test('is answered with the state that made it impossible, and changes nothing', async () => {
    const { stage, bookings } = await everyState()
    const before = await stage.everything()
    for (const [state, { id: bookingId }] of bookings) {
      if (state === 'parked') continue
      for (const decision of [
        { decision: 'book-again' },
        { decision: 'it-is-there', remoteNumber: '1' },
      ] as const) {
        const answer = await decide(stage.engine, stage.id, bookingId, decision)
        expect(answer).toEqual({ is: 'conflict', state })
      }
    }
    expect(await stage.everything()).toEqual(before)
  })

  test('of a booking that is not there, or of another integration, is nothing', async () => {
    const stage = await setQuietStage(database)
    const other = await setQuietStage(database)
    const { id: bookingId } = await stage.bookingIn('parked', { dueAt: null })
    expect(await decide(other.engine, other.id, bookingId, { decision: 'book-again' })).toBeNull()
    expect(
      await decide(stage.engine, stage.id, randomUUID(), { decision: 'book-again' }),
    ).toBeNull()
  })

  test('both ways at once is decided one way', async () => {
    const stage = await setQuietStage(database)
    const { id: bookingId } = await stage.bookingIn('parked', { dueAt: null })
    const answers = await Promise.all([
      decide(stage.engine, stage.id, bookingId, { decision: 'it-is-there', remoteNumber: '1' }),
      decide(stage.engine, stage.id, bookingId, { decision: 'book-again' }),
    ])
    expect(answers.map((answer) => answer?.is).sort()).toEqual(['conflict', 'decided'])
  })

  /** A sale whose create was lost and whose look-ups all failed. */
  const parked = async (): Promise<{ stage: BookingStage; shopId: string; bookingId: string }> => {
    const stage = await setBookingStage(database)
    const shopId = await stage.sell()
    stage.books.faults.add({ fault: 'reset-after', match: { method: 'POST', path: '/invoices$' } })
    await stage.drain()
    const { id: bookingId } = await stage.row(shopId)
    await database.db
      .updateTable('bookings')
      .set({ state: 'parked', reasonCode: 'LOOKUP_KEEPS_FAILING', dueAt: null })
      .where('id', '=', bookingId)
      .execute()
    return { stage, shopId, bookingId }
  }

  test('to book again what is there after all makes no second invoice', async () => {
    const { stage, shopId, bookingId } = await parked()
    await decide(stage.engine, stage.id, bookingId, { decision: 'book-again' })
    await stage.bench.drainAll()
    expect(await stage.row(shopId)).toMatchObject({ state: 'booked' })
    expect(stage.books.ledger().invoices).toHaveLength(1)
  })

  test('to book again what the search cannot tell of leaves the person a decision', async () => {
    const { stage, shopId, bookingId } = await parked()
    await stage.plant('invoices', {
      clientnr: 1,
      date: '2026-11-20',
      reference: { line1: 'W-1001' },
      lines: [{ amount: 1, price: 12.1, tax_rate: 21 }],
    })
    await decide(stage.engine, stage.id, bookingId, { decision: 'book-again' })
    await stage.bench.drainAll()
    // Its remedy says: choose "it is there" or "book again". Only what is parked has these.
    const { state, reasonCode } = await stage.row(shopId)
    expect({ state, reasonCode }).toEqual({ state: 'parked', reasonCode: 'LOOKUP_IMPOSSIBLE' })
  })
})
