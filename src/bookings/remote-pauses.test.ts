import { afterAll, beforeAll, expect, test } from 'vitest'
import { setBookingStage, type BookingStage } from '../../test/support/booking-stage.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { findBooking } from './listing.ts'
import { poll } from './polling.ts'
import { preview } from './preview.ts'
import { listPauses, pauseRemote, resumeRemote } from './remote-pauses.ts'
import { sweep } from './sweep.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

const pause = (stage: BookingStage, system: string) =>
  pauseRemote(stage.engine.db, {
    system,
    reason: 'storing',
    pausedBy: 'op',
    pausedAt: stage.clock.now(),
  })

/** Counts what leaves the house. */
const calls = (stage: BookingStage): { count: number } => {
  const seen = { count: 0 }
  stage.door.leaving = () => {
    seen.count += 1
  }
  return seen
}

test.each(['kmoshops', 'factuursturen'])(
  'while %s is paused sales wait and say why, nobody is asked anything, and they go on in their order',
  async (system) => {
    const stage = await setBookingStage(database, { concurrency: 1 })
    const { engine } = stage
    expect(await pause(stage, system)).toBe(true)
    expect(await pause(stage, system)).toBe(false)
    const left = calls(stage)

    const shopIds: string[] = []
    for (let count = 0; count < 5; count += 1) {
      shopIds.push(await stage.sell())
      await stage.clock.advance(60_000)
      await stage.drain()
    }
    const waiting = await Promise.all(shopIds.map((shopId) => stage.row(shopId)))
    for (const row of waiting) {
      expect(row).toMatchObject({ state: 'open', reasonCode: 'REMOTE_PAUSED', attempts: 0 })
      expect(row.history.at(-1)).toMatchObject({ from: 'seen', to: 'open', code: 'REMOTE_PAUSED' })
    }
    const booking = await findBooking(engine.db, stage.id, waiting[0]?.id ?? '')
    expect(booking && (await preview(engine, booking))).toMatchObject({
      is: 'unreachable',
      reason: { code: 'REMOTE_PAUSED' },
    })
    if (system === 'kmoshops') expect(await poll(engine, stage.id)).toBe(0)
    expect(left.count).toBe(0)
    // Due, but not worth a bell before the end of the pause.
    expect(await sweep(engine)).toBe(0)
    // Told once: what waits is not written again at every bell.
    await stage.drain()
    expect((await stage.row(shopIds[0] ?? '')).history).toHaveLength(2)

    expect(await resumeRemote(engine.db, system)).toBe(true)
    expect(await resumeRemote(engine.db, system)).toBe(false)
    expect(await listPauses(engine.db)).toEqual([])
    expect(await sweep(engine)).toBe(1)
    await stage.drain()
    const numbers = await Promise.all(
      shopIds.map(async (shopId) => (await stage.row(shopId)).number),
    )
    expect(stage.books.ledger().invoices.map(({ reference }) => reference[0])).toEqual(numbers)
    expect(await stage.states()).toEqual({ booked: 5 })
  },
)

test('a pause of another system is nobody’s business, and a rest the outage taught is forgotten', async () => {
  const stage = await setBookingStage(database)
  await pause(stage, 'informer')
  await stage.sell()
  await stage.drain()
  expect(await stage.states()).toEqual({ booked: 1 })
  await resumeRemote(stage.engine.db, 'informer')

  await stage.sell()
  await stage.engine.db
    .updateTable('mailboxes')
    .set({ restUntil: new Date(stage.clock.now().getTime() + 900_000) })
    .where('integrationId', '=', stage.id)
    .execute()
  await pause(stage, 'factuursturen')
  await resumeRemote(stage.engine.db, 'factuursturen')
  await stage.drain()
  expect(await stage.states()).toEqual({ booked: 2 })
})

test('a sale whose answer was lost is looked up after the pause, and never created twice', async () => {
  const stage = await setBookingStage(database)
  const shopId = await stage.sell()
  stage.books.faults.add({ fault: 'reset-after', match: { method: 'POST', path: '/invoices$' } })
  await stage.drain()
  expect((await stage.row(shopId)).state).toBe('uncertain')
  await pause(stage, 'factuursturen')
  await stage.passes(120_000)
  expect((await stage.row(shopId)).state).toBe('uncertain')
  await resumeRemote(stage.engine.db, 'factuursturen')
  await stage.passes(120_000)
  await stage.passes(120_000)
  expect((await stage.row(shopId)).state).toBe('booked')
  expect(stage.books.ledger().invoices).toHaveLength(1)
})
