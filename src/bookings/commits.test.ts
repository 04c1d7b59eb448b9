import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { hint, mention, setQuietStage } from '../../test/support/quiet-stage.ts'
import { bookingStates } from '../database/booking-state.ts'
import { seededRandom } from '../world/random.ts'
import { Moved } from './commit-errors.ts'
import { commitsOn } from './commits.ts'

const someMigration = '00000000-0000-7000-8000-000000000001'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

const rowsOf = (integrationId: string) =>
  database.db
    .selectFrom('bookings')
    .selectAll()
    .where('integrationId', '=', integrationId)
    .orderBy('shopId')
    .execute()

/** The same list in an order of chance. */
const shuffled = <T>(list: readonly T[], seed: number): T[] => {
  const random = seededRandom(seed)
  return list
    .map((each) => ({ each, key: random.fraction() }))
    .sort((a, b) => a.key - b.key)
    .map(({ each }) => each)
}

describe('a sale that is heard of', () => {
  test('becomes one row that is due, and rings', async () => {
    const { engine, id, rung, clock } = await setQuietStage(database)
    expect(await engine.commits.see(id, [mention('7', { total: '-3.5' })], 'live')).toBe(1)
    expect(await rowsOf(id)).toMatchObject([
      {
        kind: 'order',
        shopId: '7',
        number: 'W-7',
        saleDate: '2026-11-20',
        state: 'seen',
        lane: 0,
        dueAt: clock.now(),
        mentions: 1,
        fingerprint: 'first',
        totalCents: -350,
        attempts: 0,
        history: [{ at: clock.now().toISOString(), from: null, to: 'seen', code: null }],
      },
    ])
    expect(rung).toEqual([id])
  })

  test('ten times, by webhook, poll and page, is one row and one bell', async () => {
    const { engine, id, rung } = await setQuietStage(database)
    const { commits } = engine
    await commits.see(id, [hint('7')], 'live')
    await commits.see(id, [hint('7'), hint('7')], 'live')
    await commits.see(id, [mention('7'), mention('8'), mention('7')], 'live')
    for (let count = 0; count < 4; count += 1) await commits.see(id, [mention('7')], 'live')
    await commits.see(id, [hint('7')], { migration: someMigration })
    expect((await rowsOf(id)).map((row) => row.shopId)).toEqual(['7', '8'])
    expect(rung).toEqual([id])
  })

  test('from 20 connections at once is one row and one bell', async () => {
    const { engine, id, rung } = await setQuietStage(database)
    const heard = await Promise.all(
      Array.from({ length: 20 }, () => engine.commits.see(id, [hint('7')], 'live')),
    )
    expect(heard).toEqual(Array.from({ length: 20 }, () => 1))
    expect(await rowsOf(id)).toMatchObject([{ shopId: '7', mentions: 20, state: 'seen' }])
    expect(rung).toEqual([id])
  })

  test('is another one when the kind, or the integration, is another', async () => {
    const one = await setQuietStage(database)
    const other = await setQuietStage(database)
    for (const { engine, id } of [one, other]) {
      await engine.commits.see(
        id,
        (['order', 'invoice', 'credit'] as const).map((kind) => ({ ref: { kind, id: '7' } })),
        'live',
      )
    }
    expect(await rowsOf(one.id)).toHaveLength(3)
    expect(await rowsOf(other.id)).toHaveLength(3)
  })

  test('is not urgent from a migration, and urgent for good once it is live', async () => {
    const { engine, id } = await setQuietStage(database)
    const { commits } = engine
    await commits.see(id, [hint('7')], { migration: someMigration })
    expect(await rowsOf(id)).toMatchObject([{ lane: 1 }])
    await commits.see(id, [hint('7')], 'live')
    await commits.see(id, [hint('7')], { migration: someMigration })
    expect(await rowsOf(id)).toMatchObject([{ lane: 0 }])
  })

  test('an empty page rings for nobody', async () => {
    const { engine, id, rung } = await setQuietStage(database)
    expect(await engine.commits.see(id, [], 'live')).toBe(0)
    expect(rung).toEqual([])
  })

  test('a page of a thousand is one statement and one bell', async () => {
    const { engine, id, rung } = await setQuietStage(database)
    const page = Array.from({ length: 1_000 }, (_, index) => mention(String(index)))
    expect(await engine.commits.see(id, page, { migration: someMigration })).toBe(1_000)
    expect(await rowsOf(id)).toHaveLength(1_000)
    expect(rung).toEqual([id])
  })

  test('is not written down when its bell cannot be rung, and not seen before it can', async () => {
    const { engine, id } = await setQuietStage(database)
    const { db, clock } = engine
    let visible = -1
    const commits = commitsOn({
      db,
      clock,
      random: seededRandom(3),
      ring: async () => {
        visible = (await rowsOf(id)).length
        throw new Error('the queue is full')
      },
    })
    await expect(commits.see(id, [hint('7')], 'live')).rejects.toThrow('the queue is full')
    expect(visible).toBe(0)
    expect(await rowsOf(id)).toEqual([])
    // The bell went with it, so that the next one rings.
    expect(await engine.commits.see(id, [hint('7')], 'live')).toBe(1)
  })

  test('with a character that the database cannot hold, hides no other sale of its page', async () => {
    const { engine, id } = await setQuietStage(database)
    const page = [
      mention('7'),
      mention('8', { number: 'W-\u00008' }),
      mention('9', { number: 'W-\ud8009' }),
    ]
    await engine.commits.see(id, page, 'live').catch(() => undefined)
    expect((await rowsOf(id)).map((row) => row.shopId)).toEqual(['7', '8', '9'])
  })

  test('pages that name the same sales in another order wait for each other without a deadlock', async () => {
    const { engine, id } = await setQuietStage(database)
    const ids = Array.from({ length: 200 }, (_, index) => String(index))
    await engine.commits.see(id, ids.map(hint), 'live')
    const failures: string[] = []
    await Promise.all(
      Array.from({ length: 8 }, (_, seed) =>
        engine.commits
          .see(id, shuffled(ids, seed).map(hint), 'live')
          .catch((error: unknown) => failures.push(String(error))),
      ),
    )
    expect(failures).toEqual([])
  })
})

describe('a sale that is heard of again', () => {
  test.for(bookingStates)(
    'and is %s: a list that says what is known changes nothing',
    async (state) => {
      const stage = await setQuietStage(database)
      const booking = await stage.bookingIn(state, { dueAt: null })
      const { engine, id, rung } = stage
      rung.length = 0
      await sql`update mailboxes set bell = false where integration_id = ${id}`.execute(database.db)
      const before = await stage.everything()
      expect(await engine.commits.see(id, [mention(booking.shopId)], 'live')).toBe(0)
      expect(await stage.everything()).toEqual(before)
      expect(rung).toEqual([])
    },
  )

  test.for(['refused', 'closed'] as const)('and was %s starts over', async (state) => {
    const stage = await setQuietStage(database)
    for (const again of [hint, (shopId: string) => mention(shopId, { fingerprint: 'second' })]) {
      const booking = await stage.bookingIn(state, { dueAt: null })
      await stage.clock.advance(5_000)
      expect(await stage.engine.commits.see(stage.id, [again(booking.shopId)], 'live')).toBe(1)
      const now = stage.clock.now()
      const row = await stage.row(booking)
      expect(row).toMatchObject({ state: 'seen', dueAt: now, changedAt: now, mentions: 2 })
      expect(row.history.at(-1)).toEqual({
        at: now.toISOString(),
        from: state,
        to: 'seen',
        code: null,
      })
    }
  })

  test.for(['seen', 'open'] as const)(
    'and is %s is looked at now, whatever it waited for',
    async (state) => {
      const stage = await setQuietStage(database)
      for (const again of [hint, (shopId: string) => mention(shopId, { fingerprint: 'second' })]) {
        const dueAt = new Date('2027-01-01T00:00:00Z')
        const booking = await stage.bookingIn(state, { dueAt })
        expect(await stage.engine.commits.see(stage.id, [again(booking.shopId)], 'live')).toBe(1)
        expect(await stage.row(booking)).toMatchObject({
          state,
          dueAt: stage.clock.now(),
          mentions: 2,
          history: booking.history,
        })
      }
    },
  )

  test.for(['reserved', 'uncertain'] as const)(
    'and is %s keeps the time of its look-up',
    async (state) => {
      const stage = await setQuietStage(database)
      const dueAt = new Date('2026-11-20T10:02:20Z')
      const booking = await stage.bookingIn(state, { dueAt })
      await stage.engine.commits.see(
        stage.id,
        [mention(booking.shopId, { fingerprint: 'second' })],
        'live',
      )
      expect(await stage.row(booking)).toMatchObject({ state, dueAt, mentions: 2 })
    },
  )

  test('and is parked stays with the person who must decide', async () => {
    const stage = await setQuietStage(database)
    const booking = await stage.bookingIn('parked', { dueAt: null })
    expect(await stage.engine.commits.see(stage.id, [hint(booking.shopId)], 'live')).toBe(0)
    expect(await stage.row(booking)).toEqual(booking)
  })
})

describe('a sale that is booked', () => {
  test('is never due again, whoever mentions it', async () => {
    const stage = await setQuietStage(database)
    const { engine, id, rung } = stage
    const booking = await stage.bookingIn('booked', { dueAt: null })
    rung.length = 0
    const all = [
      hint(booking.shopId),
      mention(booking.shopId, { fingerprint: 'second', total: '99' }),
    ]
    for (const each of all) expect(await engine.commits.see(id, [each], 'live')).toBe(0)
    expect(await stage.row(booking)).toMatchObject({
      state: 'booked',
      dueAt: null,
      bookedAt: booking.bookedAt,
      totalCents: 1210,
      remoteNumber: '20260001',
      history: booking.history,
    })
    expect(rung).toEqual([])
  })

  test('shows that its total changed in the shop, with both figures', async () => {
    const stage = await setQuietStage(database)
    const figures = [
      { totalCents: 1210, total: '12.11', booked: '12.10' },
      { totalCents: 5, total: '1234567.89', booked: '0.05' },
      { totalCents: -1210, total: '-0.5', booked: '-12.10' },
    ]
    for (const { totalCents, total, booked } of figures) {
      const booking = await stage.bookingIn('booked', { dueAt: null, totalCents })
      const changed = mention(booking.shopId, { fingerprint: 'second', total })
      await stage.engine.commits.see(stage.id, [changed], 'live')
      expect(await stage.row(booking)).toMatchObject({
        reasonCode: 'SALE_CHANGED_AFTER_BOOKING',
        reasonParams: { booked, total: Number(total).toFixed(2) },
      })
    }
  })

  test('keeps the time of its second look when its total changes', async () => {
    const stage = await setQuietStage(database)
    const dueAt = new Date('2026-11-20T10:02:00Z')
    const booking = await stage.bookingIn('booked', { dueAt })
    const changed = mention(booking.shopId, { fingerprint: 'second', total: '99' })
    await stage.engine.commits.see(stage.id, [changed], 'live')
    expect(await stage.row(booking)).toMatchObject({ state: 'booked', dueAt })
  })

  test('takes the note back when the shop changes its total back', async () => {
    const stage = await setQuietStage(database)
    const booking = await stage.bookingIn('booked', { dueAt: null })
    for (const [fingerprint, total] of [
      ['second', '99'],
      ['first', '12.10'],
    ] as const) {
      await stage.engine.commits.see(
        stage.id,
        [mention(booking.shopId, { fingerprint, total })],
        'live',
      )
    }
    expect((await stage.row(booking)).reasonCode).toBeNull()
  })

  test('does not forget that it may stand in the books twice when its total changes', async () => {
    const stage = await setQuietStage(database)
    const reasonCode = 'POSSIBLY_BOOKED_TWICE'
    const booking = await stage.bookingIn('booked', { dueAt: null, reasonCode })
    const changed = mention(booking.shopId, { fingerprint: 'second', total: '99' })
    await stage.engine.commits.see(stage.id, [changed], 'live')
    expect((await stage.row(booking)).reasonCode).toBe(reasonCode)
  })
})

describe('a mention that comes while the sale is worked on', () => {
  const settled = async (from: 'seen' | 'open', to: 'open' | 'refused' | 'closed') => {
    const stage = await setQuietStage(database)
    const booking = await stage.bookingIn(from)
    const lease = await stage.lease()
    await stage.engine.commits.see(stage.id, [hint(booking.shopId)], 'live')
    await stage.clock.advance(1_000)
    const dueAt = to === 'open' ? new Date('2026-11-20T16:00:00Z') : null
    await stage.engine.commits.settle(lease, booking, from, { to, reason: null, dueAt })
    return { row: await stage.row(booking), now: stage.clock.now() }
  }

  test.for([
    ['seen', 'open', 'open'],
    ['seen', 'refused', 'seen'],
    ['seen', 'closed', 'seen'],
    ['open', 'open', 'open'],
    ['open', 'refused', 'open'],
    ['open', 'closed', 'open'],
  ] as const)('from %s to %s leaves it %s and due at once', async ([from, to, state]) => {
    const { row, now } = await settled(from, to)
    expect(row).toMatchObject({ state, dueAt: now })
  })

  test('leaves a history that says where the booking really went', async () => {
    const { row } = await settled('open', 'refused')
    expect(row.history.at(-1)?.to).toBe(row.state)
  })

  test('is not lost when the books refuse what was read before it', async () => {
    const stage = await setQuietStage(database)
    const booking = await stage.bookingIn('reserved')
    const lease = await stage.lease()
    const mended = mention(booking.shopId, { fingerprint: 'second' })
    await stage.engine.commits.see(stage.id, [mended], 'live')
    await stage.engine.commits.settle(lease, booking, 'reserved', {
      to: 'refused',
      reason: null,
      dueAt: null,
    })
    expect((await stage.row(booking)).dueAt).toEqual(stage.clock.now())
  })
})

describe('a debtor', () => {
  const hash = Buffer.from('somebody')
  const debtors = (integrationId: string) =>
    database.db
      .selectFrom('debtors')
      .selectAll()
      .where('integrationId', '=', integrationId)
      .execute()

  test('is held by one at a time, until the time is over', async () => {
    const stage = await setQuietStage(database)
    const { engine, id, clock } = stage
    const lease = await stage.lease()
    const until = new Date(clock.now().getTime() + 140_000)
    const held = await Promise.all(
      Array.from({ length: 10 }, () => engine.commits.holdDebtor(lease, hash, until)),
    )
    expect(held.filter(Boolean)).toHaveLength(1)
    expect(await debtors(id)).toMatchObject([{ remoteId: null, heldUntil: until }])
    clock.jump(139_999)
    expect(await engine.commits.holdDebtor(lease, hash, until)).toBe(false)
    clock.jump(1)
    expect(await engine.commits.holdDebtor(lease, hash, until)).toBe(true)
  })

  test('that was made is remembered and no longer held', async () => {
    const stage = await setQuietStage(database)
    const { engine, id, clock } = stage
    const lease = await stage.lease()
    await engine.commits.holdDebtor(lease, hash, new Date(clock.now().getTime() + 1_000))
    await engine.commits.rememberDebtor(lease, hash, '17')
    expect(await debtors(id)).toMatchObject([{ remoteId: '17', heldUntil: null }])
  })

  test('of one integration is nothing to another', async () => {
    const one = await setQuietStage(database)
    const other = await setQuietStage(database)
    const until = new Date(one.clock.now().getTime() + 140_000)
    expect(await one.engine.commits.holdDebtor(await one.lease(), hash, until)).toBe(true)
    expect(await other.engine.commits.holdDebtor(await other.lease(), hash, until)).toBe(true)
  })
})

test('what is overtaken says of which booking', async () => {
  const stage = await setQuietStage(database)
  const booking = await stage.bookingIn('seen')
  const lease = await stage.lease()
  await stage.engine.commits.settle(lease, booking, 'seen', {
    to: 'closed',
    reason: null,
    dueAt: null,
  })
  const again = stage.engine.commits.settle(lease, booking, 'seen', {
    to: 'open',
    reason: null,
    dueAt: null,
  })
  await expect(again).rejects.toThrow(Moved)
  await expect(again).rejects.toThrow(booking.id)
})
