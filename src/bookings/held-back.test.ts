import { afterAll, beforeAll, expect, test } from 'vitest'
import { setBookingStage } from '../../test/support/booking-stage.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { changeLicence, licenceOf } from '../merchants/licences.ts'
import { drain } from './drain.ts'
import { countHeldBack, resumeHeldBack } from './held-back.ts'
import { review } from './polling.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

/** A stage whose licence the job has held back. */
const heldStage = async () => {
  const stage = await setBookingStage(database)
  stage.engine.sellsLicences = true
  const licence = await licenceOf(database.db, stage.id)
  await changeLicence(database.db, stage.id, {
    step: 'booking-stopped',
    stepFor: licence?.endsOn ?? '',
  })
  return stage
}

test('an expired licence notes sales without asking anybody, and books them in order when it is paid', async () => {
  const stage = await heldStage()
  const calls: string[] = []
  stage.door.leaving = ({ url }) => void calls.push(url)
  const shopIds: string[] = []
  for (let count = 0; count < 5; count += 1) {
    shopIds.push(await stage.sell())
    await stage.clock.advance(60_000)
  }
  await stage.drain()
  expect(calls).toEqual([])
  expect(await stage.states()).toEqual({ open: 5 })
  expect(await stage.row(shopIds[0] ?? '')).toMatchObject({
    reasonCode: 'LICENCE_EXPIRED',
    dueAt: null,
  })
  expect(await countHeldBack(database.db, stage.id)).toBe(5)
  // A night passes: the review leaves them where they are.
  await stage.clock.advance(86_400_000)
  await review(stage.engine)
  await stage.drain()
  expect(calls).toEqual([])
  expect((await stage.row(shopIds[0] ?? '')).history).toHaveLength(2)

  stage.engine.concurrency = 1
  await changeLicence(database.db, stage.id, { endsOn: '2027-12-20' })
  const resumed = await database.db
    .transaction()
    .execute((trx) => resumeHeldBack(trx, stage.engine.ring, stage.id))
  expect(resumed).toBe(5)
  expect(stage.rung).toContain(stage.id)
  await stage.drain()
  expect(await stage.states()).toEqual({ booked: 5 })
  const rows = await Promise.all(shopIds.map((shopId) => stage.row(shopId)))
  const numbers = rows.map(({ remoteNumber }) => remoteNumber ?? '')
  expect(numbers).toEqual([...numbers].sort())
  expect(stage.books.ledger().invoices).toHaveLength(5)
})

test('an invoice that is on its way when the licence expires is finished, not left in the dark', async () => {
  const stage = await setBookingStage(database)
  const shopId = await stage.sell()
  stage.books.faults.add({
    match: { method: 'POST', path: '/api/v1/invoices' },
    fault: 'reset-after',
    times: 1,
  })
  await stage.drain()
  expect((await stage.row(shopId)).state).toBe('uncertain')
  stage.engine.sellsLicences = true
  const licence = await licenceOf(database.db, stage.id)
  await changeLicence(database.db, stage.id, {
    step: 'booking-stopped',
    stepFor: licence?.endsOn ?? '',
  })
  await stage.passes(10_000)
  expect((await stage.row(shopId)).state).toBe('booked')
})

test('a licence that is missing, or can not be asked for, stops nobody’s bookkeeping', async () => {
  const stage = await heldStage()
  await database.db.deleteFrom('licences').where('integrationId', '=', stage.id).execute()
  const first = await stage.sell()
  await stage.drain()
  expect((await stage.row(first)).state).toBe('booked')
  await database.pool.query('alter table licences rename to licences_lost')
  try {
    const second = await stage.sell()
    await drain(stage.engine, stage.id)
    expect((await stage.row(second)).state).toBe('booked')
  } finally {
    await database.pool.query('alter table licences_lost rename to licences')
  }
})

test('where nobody sells licences, none expires', async () => {
  const stage = await heldStage()
  stage.engine.sellsLicences = false
  const shopId = await stage.sell()
  await stage.drain()
  expect((await stage.row(shopId)).state).toBe('booked')
})
