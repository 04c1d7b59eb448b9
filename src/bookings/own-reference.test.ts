import { afterAll, beforeAll, expect, test } from 'vitest'
import { setBookingStage, type BookingStage } from '../../test/support/booking-stage.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { ownReference } from './own-reference.ts'
import { takenReferencesOn } from './taken-references.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

/** A stage with a booked sale for each of these references. */
const withReferences = async (...references: string[]): Promise<BookingStage> => {
  const stage = await setBookingStage(database)
  for (const reference of references) {
    const shopId = await stage.sell()
    await stage.drain()
    const { id } = await stage.row(shopId)
    await database.db.updateTable('bookings').set({ reference }).where('id', '=', id).execute()
  }
  return stage
}

const fresh = { id: '019c0000-0000-7000-8000-000000000000', reference: null }
const room = (stage: BookingStage) => ({
  takenReferences: takenReferencesOn(database.db),
  integrationId: stage.id,
})

test('is the wanted one while nobody else has it', async () => {
  const stage = await withReferences('W-10', 'W-100', 'W-10.5', 'w-1')
  expect(await ownReference(room(stage), fresh, 'W-1')).toBe('W-1')
})

test('is another one for a second invoice of the same order', async () => {
  const stage = await withReferences('W-1', 'W-1-2', 'C_W-1')
  expect(await ownReference(room(stage), fresh, 'W-1')).toBe('W-1-3')
  expect(await ownReference(room(stage), fresh, 'C_W-1')).toBe('C_W-1-2')
})

test('stays what the booking has: its invoice may be in the books', async () => {
  const stage = await withReferences('W-1')
  expect(await ownReference(room(stage), { ...fresh, reference: 'W-1' }, 'W-2')).toBe('W-1')
})

test('asks nobody else’s integration, and can be asked about any text', async () => {
  await withReferences('W-1')
  const stage = await withReferences()
  expect(await ownReference(room(stage), fresh, 'W-1')).toBe('W-1')
  expect(await ownReference(room(stage), fresh, "W'1\0\ud800")).toBe("W'1\0\ud800")
})
