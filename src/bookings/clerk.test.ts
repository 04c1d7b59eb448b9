import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  brokenLinks,
  setBookingStage,
  type BookingStage,
} from '../../test/support/booking-stage.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { virtualClock } from '../../test/support/virtual-clock.ts'
import { gate } from '../../test/support/gate.ts'
import { eventually } from '../../test/support/eventually.ts'
import type { FaultKind } from '../../sandbox/kit/faults.ts'
import type { HttpRequest } from '../connectors/http.ts'
import { process } from './decisions.ts'
import { drain } from './drain.ts'
import { callBudgetMs, heartbeatMs, leaseMs, lookups } from './schedule.ts'

/** What becomes of a create whose answer nobody has (reliability §3, cases 1, 2, 3 and 7). */
let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

const lateEffectMs = 120_000
/** From the reservation on: after this a lost create of Factuursturen can't take effect any more. */
const settledMs = callBudgetMs + lateEffectMs

const creates = { method: 'POST', path: '/invoices$' }
const looksUp = { method: 'GET', path: '/invoices\\?' }

const references = ({ books }: BookingStage) =>
  books.ledger().invoices.map((invoice) => invoice.reference[0])

/** Until when the mailbox is leased, or for ever when it is given back. */
const heldUntil = async (stage: BookingStage): Promise<number> => {
  const { leaseUntil } = await database.db
    .selectFrom('mailboxes')
    .select('leaseUntil')
    .where('integrationId', '=', stage.id)
    .executeTakeFirstOrThrow()
  return leaseUntil?.getTime() ?? Infinity
}

/** Every create that leaves the house, so that one can take effect late. */
const createsOf = (stage: BookingStage): HttpRequest[] => {
  const sent: HttpRequest[] = []
  stage.door.leaving = (request) => {
    if (request.method === 'POST' && request.url.endsWith('/invoices')) sent.push(request)
  }
  return sent
}

/** The remote finishes a request that it had all the time. */
const takeEffect = async (request: HttpRequest | undefined) => {
  if (request === undefined) throw new Error('nothing was sent')
  const { url, method, headers = {}, body = '' } = request
  const answer = await fetch(url, { method, headers, body })
  expect(answer.status).toBe(201)
}

/** A stage with one sale whose create has been lost. */
const lost = async (fault: FaultKind) => {
  const stage = await setBookingStage(database)
  const sent = createsOf(stage)
  const shopId = await stage.sell()
  stage.books.faults.add({ fault, match: creates })
  await stage.drain()
  return { stage, sent, shopId }
}

describe('a lost answer', () => {
  const withEffect: FaultKind[] = ['reset-after', 'error-after', 'truncated', 'bad-json']
  const withoutEffect: FaultKind[] = ['reset-before', 'error-before', 'html']

  test.for(withEffect)('with the invoice there (%s) is booked by a look-up', async (fault) => {
    const { stage, sent, shopId } = await lost(fault)
    expect(await stage.row(shopId)).toMatchObject({
      state: 'uncertain',
      reference: 'W-1001',
      lookups: 0,
      uncertainSince: stage.clock.now(),
      dueAt: new Date(stage.clock.now().getTime() + lookups.firstAfterMs),
      remoteNumber: null,
    })
    const { draftHash } = await stage.row(shopId)
    expect(draftHash).toMatch(/^[0-9a-f]{64}$/)
    await stage.passes(lookups.firstAfterMs)
    expect(await stage.row(shopId)).toMatchObject({
      state: 'booked',
      reasonCode: null,
      dueAt: null,
      reference: 'W-1001',
      draftHash,
      remoteNumber: stage.books.ledger().invoices[0]?.number,
      remoteTotalCents: 1210,
    })
    expect(sent).toHaveLength(1)
    expect(references(stage)).toEqual(['W-1001'])
  })

  test.for(withoutEffect)('without it (%s) is made again after two looks, once', async (fault) => {
    const { stage, sent, shopId } = await lost(fault)
    const since = stage.clock.now()
    await stage.passes(lookups.firstAfterMs)
    expect(await stage.row(shopId)).toMatchObject({
      state: 'uncertain',
      reasonCode: 'OUTCOME_UNKNOWN',
      lookups: 1,
      dueAt: new Date(since.getTime() + settledMs),
    })
    await stage.passes(settledMs - lookups.firstAfterMs - 1)
    expect(sent, 'not before a late effect would have come').toHaveLength(1)
    await stage.passes(1)
    expect(await stage.row(shopId)).toMatchObject({
      state: 'seen',
      lookups: 0,
      reference: 'W-1001',
    })
    await stage.passes(0)
    expect(await stage.row(shopId)).toMatchObject({ state: 'booked', reference: 'W-1001' })
    expect(sent).toHaveLength(2)
    expect(references(stage)).toEqual(['W-1001'])
  })

  test('that takes effect after the first look is found at the second', async () => {
    const { stage, sent, shopId } = await lost('reset-before')
    await stage.passes(lookups.firstAfterMs)
    await takeEffect(sent[0])
    await stage.passes(settledMs)
    expect(await stage.row(shopId)).toMatchObject({ state: 'booked', reasonCode: null })
    expect(sent).toHaveLength(1)
    expect(references(stage)).toEqual(['W-1001'])
  })

  test('is looked up twice even when nobody looked for a day', async () => {
    const { stage, sent, shopId } = await lost('reset-before')
    await stage.passes(86_400_000)
    expect(await stage.row(shopId)).toMatchObject({ state: 'uncertain', lookups: 1 })
    await stage.passes(lookups.secondAfterMs - 1)
    expect(await stage.row(shopId)).toMatchObject({ state: 'uncertain' })
    await takeEffect(sent[0])
    await stage.passes(1)
    expect(await stage.row(shopId)).toMatchObject({ state: 'booked' })
    expect(references(stage)).toEqual(['W-1001'])
  })

  test('is not made again sooner because somebody is impatient', async () => {
    const { stage, sent, shopId } = await lost('reset-before')
    for (let count = 0; count < 10; count += 1) {
      const { id } = await stage.row(shopId)
      expect(await process(stage.engine, stage.id, { bookingIds: [id] })).toMatchObject({
        accepted: 1,
      })
      await stage.hear(shopId)
      await stage.passes(10_000)
    }
    expect(await stage.row(shopId)).toMatchObject({ state: 'uncertain' })
    expect(sent).toHaveLength(1)
  })

  test('FAULT: that takes effect during the look-up in which its time runs out is not made again', async () => {
    const { stage, sent, shopId } = await lost('reset-before')
    await stage.passes(lookups.firstAfterMs)
    await stage.clock.advance(settledMs - lookups.firstAfterMs - 1)
    const { id } = await stage.row(shopId)
    await process(stage.engine, stage.id, { bookingIds: [id] })
    const atLookUp = stage.holdAt('after:call-look-up')
    const draining = stage.drain()
    await atLookUp.reached
    await takeEffect(sent[0])
    await stage.clock.advance(1)
    atLookUp.letGo()
    await draining
    expect(await stage.row(shopId)).toMatchObject({ state: 'uncertain', lookups: 2 })
    await stage.passes(lookups.secondAfterMs)
    expect(await stage.row(shopId)).toMatchObject({ state: 'booked', reasonCode: null })
    expect(sent).toHaveLength(1)
  })

  test('is booked with a warning when what is there has another total', async () => {
    const { stage, shopId } = await lost('reset-before')
    await stage.plant('invoices', {
      clientnr: 1,
      date: '2026-11-20',
      reference: { line1: 'W-1001' },
      lines: [{ amount: 1, price: 12.11, tax_rate: 21 }],
    })
    await stage.passes(lookups.firstAfterMs)
    expect(await stage.row(shopId)).toMatchObject({
      state: 'booked',
      reasonCode: 'TOTAL_DIFFERS_AFTER_BOOKING',
      reasonParams: { booked: '12.11', total: '12.10' },
    })
  })

  test('twice in a row ends in one invoice all the same', async () => {
    const { stage, sent, shopId } = await lost('reset-before')
    stage.books.faults.add({ fault: 'reset-before', match: creates })
    for (let count = 0; count < 8; count += 1) await stage.passes(settledMs)
    expect(await stage.row(shopId)).toMatchObject({ state: 'booked' })
    expect(sent).toHaveLength(3)
    expect(references(stage)).toEqual(['W-1001'])
    expect(brokenLinks(await stage.row(shopId))).toEqual([])
  })

  test('is counted from when the request left, not from when it began to wait for its turn', async () => {
    const stage = await setBookingStage(database)
    const shopId = await stage.sell()
    let leftAt = stage.clock.now()
    stage.door.leaving = ({ method, url }) => {
      if (method === 'POST' && url.endsWith('/invoices')) leftAt = stage.clock.now()
    }
    stage.books.faults.add({ fault: 'reset-before', match: creates })
    // Enough for the three calls before the create; the fourth waits for two minutes.
    stage.engine.paces = { factuursturen: { calls: 4, windowMs: 120_000, concurrency: 8 } }
    const draining = stage.drain()
    await eventually(async () =>
      expect(await stage.row(shopId)).toMatchObject({ state: 'reserved' }),
    )
    for (let passedMs = 0; passedMs < 120_000; passedMs += heartbeatMs) {
      // The heart has to beat meanwhile, and its beat takes a moment of real time.
      await stage.clock.advance(heartbeatMs)
      await eventually(async () =>
        expect(await heldUntil(stage)).toBeGreaterThan(stage.clock.now().getTime() + callBudgetMs),
      )
    }
    await draining
    const { state, uncertainSince } = await stage.row(shopId)
    expect(state).toBe('uncertain')
    expect(uncertainSince?.getTime()).toBeGreaterThanOrEqual(leftAt.getTime())
  })
})

describe('a late twin', () => {
  /** A sale that was made again after its first create was given up. */
  const madeAgain = async () => {
    const { stage, sent, shopId } = await lost('reset-before')
    await stage.passes(lookups.firstAfterMs)
    await stage.passes(settledMs)
    await stage.passes(0)
    const row = await stage.row(shopId)
    expect(row).toMatchObject({
      state: 'booked',
      dueAt: new Date(stage.clock.now().getTime() + lateEffectMs),
    })
    return { stage, sent, shopId, row }
  }

  test('is shown as possibly booked twice', async () => {
    const { stage, sent, shopId, row } = await madeAgain()
    await takeEffect(sent[0])
    await stage.passes(lateEffectMs)
    expect(references(stage)).toEqual(['W-1001', 'W-1001'])
    expect(await stage.row(shopId)).toMatchObject({
      state: 'booked',
      reasonCode: 'POSSIBLY_BOOKED_TWICE',
      reasonParams: { reference: 'W-1001' },
      remoteNumber: row.remoteNumber,
      dueAt: null,
    })
  })

  test('that does not come is no news', async () => {
    const { stage, shopId } = await madeAgain()
    await stage.passes(lateEffectMs)
    expect(await stage.row(shopId)).toMatchObject({
      state: 'booked',
      reasonCode: null,
      dueAt: null,
    })
  })

  test('that is only looked for does not make the booking a later one', async () => {
    const { stage, shopId, row } = await madeAgain()
    await stage.passes(lateEffectMs)
    expect((await stage.row(shopId)).bookedAt).toEqual(row.bookedAt)
  })

  test('cannot be looked for at once again and again when the look-up fails', async () => {
    const { stage, shopId } = await madeAgain()
    stage.books.faults.add({ fault: 'error-before', match: looksUp, times: 0 })
    await stage.passes(lateEffectMs)
    const { dueAt } = await stage.row(shopId)
    expect(dueAt?.getTime()).toBeGreaterThan(stage.clock.now().getTime())
  })

  test('whose look-up keeps failing does not bring everything else to a halt', async () => {
    const { stage } = await madeAgain()
    stage.engine.concurrency = 1
    stage.books.faults.add({
      fault: 'error-before',
      match: { ...looksUp, path: 'client=1$' },
      times: 0,
    })
    await stage.clock.advance(lateEffectMs)
    // The sweep rings every ten seconds.
    for (let count = 0; count < 6; count += 1) await stage.passes(10_000)
    const other = await stage.sell()
    await stage.passes(10_000)
    expect(await stage.row(other)).toMatchObject({ state: 'booked' })
  })

  test('is looked for as well when the second answer was lost too', async () => {
    const { stage, sent, shopId } = await lost('reset-before')
    await stage.passes(lookups.firstAfterMs)
    await stage.passes(settledMs)
    stage.books.faults.add({ fault: 'reset-after', match: creates })
    await stage.passes(0)
    await stage.passes(lookups.firstAfterMs)
    expect(await stage.row(shopId)).toMatchObject({ state: 'booked' })
    await takeEffect(sent[0])
    await stage.passes(settledMs)
    expect(await stage.row(shopId)).toMatchObject({ reasonCode: 'POSSIBLY_BOOKED_TWICE' })
  })

  test('is looked for as well when the history of the booking is long', async () => {
    const stage = await setBookingStage(database)
    const sent = createsOf(stage)
    const shopId = await stage.sell()
    // An order that waited for its payment through fifty nightly reviews.
    const [first] = (await stage.row(shopId)).history
    const history = JSON.stringify(Array.from({ length: 50 }, () => first))
    await sql`update bookings set history = ${history}::jsonb
      where integration_id = ${stage.id} and shop_id = ${shopId}`.execute(database.db)
    stage.books.faults.add({ fault: 'reset-before', match: creates })
    await stage.drain()
    await stage.passes(lookups.firstAfterMs)
    await stage.passes(settledMs)
    await stage.passes(0)
    expect(await stage.row(shopId)).toMatchObject({ state: 'booked' })
    await takeEffect(sent[0])
    await stage.passes(lateEffectMs)
    expect(await stage.row(shopId)).toMatchObject({ reasonCode: 'POSSIBLY_BOOKED_TWICE' })
  })
})

describe('a look-up', () => {
  test('that fails is tried again ever later, and in the end a person is asked', async () => {
    const { stage, sent, shopId } = await lost('reset-before')
    stage.books.faults.add({ fault: 'error-before', match: looksUp, times: 0 })
    const delays: number[] = []
    let row = await stage.row(shopId)
    for (let count = 0; row.state === 'uncertain' && count < 100; count += 1) {
      expect(row).toMatchObject({ reference: 'W-1001', lookups: 0 })
      // Five failures in a row rest the whole connection, so the look-up may come later than it is due.
      const { restUntil } = await database.db
        .selectFrom('mailboxes')
        .select('restUntil')
        .where('integrationId', '=', stage.id)
        .executeTakeFirstOrThrow()
      const next = Math.max(row.dueAt?.getTime() ?? 0, restUntil?.getTime() ?? 0)
      await stage.passes(Math.max(0, next - stage.clock.now().getTime()))
      row = await stage.row(shopId)
      if (row.dueAt !== null)
        delays.push((row.dueAt.getTime() - stage.clock.now().getTime()) / 1_000)
    }
    expect(delays.slice(0, 9)).toEqual([30, 60, 120, 240, 480, 960, 1_920, 3_600, 3_600])
    expect(delays).toHaveLength(lookups.failedMax - 1)
    expect(row).toMatchObject({
      state: 'parked',
      reasonCode: 'LOOKUP_KEEPS_FAILING',
      reasonParams: { attempts: lookups.failedMax },
      dueAt: null,
      reference: 'W-1001',
    })
    expect(row.draftHash).not.toBeNull()
    expect(sent).toHaveLength(1)
    expect(brokenLinks(row)).toEqual([])
  })

  test('that works again after failures goes on where it was', async () => {
    const { stage, sent, shopId } = await lost('reset-before')
    stage.books.faults.add({ fault: 'error-before', match: looksUp, times: 2 })
    for (let count = 0; count < 6; count += 1) await stage.passes(settledMs)
    expect(await stage.row(shopId)).toMatchObject({ state: 'booked' })
    expect(sent).toHaveLength(2)
    expect(references(stage)).toEqual(['W-1001'])
  })

  test('that failed often does not count against the booking when it starts over', async () => {
    const { stage, shopId } = await lost('reset-before')
    await stage.passes(lookups.firstAfterMs)
    await sql`update bookings set attempts = 30
      where integration_id = ${stage.id} and shop_id = ${shopId}`.execute(database.db)
    await stage.passes(settledMs)
    expect(await stage.row(shopId)).toMatchObject({ state: 'seen' })
    stage.shop.faults.add({ fault: 'error-before', match: { path: '/orders/' }, times: 2 })
    await stage.passes(0)
    expect(await stage.row(shopId)).toMatchObject({
      state: 'open',
      reasonCode: 'REMOTE_TROUBLE',
      attempts: 1,
    })
  })

  test('that cannot tell parks the booking for a person', async () => {
    const { stage, sent, shopId } = await lost('reset-after')
    await takeEffect(sent[0])
    await stage.passes(lookups.firstAfterMs)
    const row = await stage.row(shopId)
    expect(row).toMatchObject({
      state: 'parked',
      reasonCode: 'LOOKUP_IMPOSSIBLE',
      dueAt: null,
      reference: 'W-1001',
    })
    expect(row.draftHash).not.toBeNull()
    await stage.passes(86_400_000)
    expect(await stage.row(shopId)).toEqual(row)
    expect(sent).toHaveLength(1)
  })
})

describe('what a dead worker left reserved', () => {
  /** A worker that is killed at `point`: it never does anything again. */
  const dieAt = async (point: string) => {
    const stage = await setBookingStage(database)
    const sent = createsOf(stage)
    const shopId = await stage.sell()
    const reached = gate()
    const dying = stage.openWorker({
      name: 'dying worker',
      clock: virtualClock(),
      at: (each) => {
        if (each !== point) return undefined
        reached.open()
        return new Promise(() => undefined)
      },
    })
    void drain(dying.engine, stage.id)
    await reached.opened
    const row = await stage.row(shopId)
    expect(row).toMatchObject({ state: 'reserved', reference: 'W-1001', dueAt: stage.clock.now() })
    await stage.passes(leaseMs - 1)
    expect(await stage.row(shopId), 'the lease still holds').toEqual(row)
    return { stage, sent, shopId, row }
  }

  test.for(['after:call-create-invoice', 'before:commit-settled'])(
    'after the create (%s) is found by who takes over',
    async (point) => {
      const { stage, sent, shopId, row } = await dieAt(point)
      await stage.passes(1)
      expect(await stage.row(shopId)).toMatchObject({
        state: 'booked',
        reference: 'W-1001',
        draftHash: row.draftHash,
      })
      expect(sent).toHaveLength(1)
    },
  )

  test.for(['after:commit-reserved', 'before:call-create-invoice'])(
    'before the create (%s) is looked for twice and then made once',
    async (point) => {
      const { stage, sent, shopId } = await dieAt(point)
      await stage.passes(1)
      expect(await stage.row(shopId)).toMatchObject({ state: 'uncertain', lookups: 1 })
      expect(sent).toHaveLength(0)
      await stage.passes(settledMs)
      await stage.passes(0)
      expect(await stage.row(shopId)).toMatchObject({ state: 'booked' })
      expect(references(stage)).toEqual(['W-1001'])
      expect(brokenLinks(await stage.row(shopId))).toEqual([])
    },
  )

  test('and the search cannot tell, is parked with both steps in its history', async () => {
    const { stage, sent, shopId } = await dieAt('after:call-create-invoice')
    await takeEffect(sent[0])
    await stage.passes(1)
    const row = await stage.row(shopId)
    expect(row).toMatchObject({
      state: 'parked',
      reasonCode: 'LOOKUP_IMPOSSIBLE',
      reference: 'W-1001',
    })
    expect(row.history.map(({ to }) => to)).toEqual(['seen', 'reserved', 'uncertain', 'parked'])
    expect(brokenLinks(row)).toEqual([])
  })
})
