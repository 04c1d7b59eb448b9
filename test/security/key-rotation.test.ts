import { afterAll, beforeAll, expect, it } from 'vitest'
import { drain } from '../../src/bookings/drain.ts'
import type { Engine } from '../../src/bookings/engine.ts'
import { connectWebshop } from '../../src/merchants/connect.ts'
import { newKey, parseKeyRing } from '../../src/merchants/key-ring.ts'
import { places, rotate, vaultOf } from '../../src/merchants/vault.ts'
import { seededRandom, systemRandom } from '../../src/world/random.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { dumpOf } from './dump.ts'
import { openTwoMerchants, type TwoMerchants } from './two-merchants.ts'

let database: TestDatabase
let stage: TwoMerchants

beforeAll(async () => {
  database = await createTestDatabase()
  stage = await openTwoMerchants(database)
})
afterAll(async () => {
  await stage.close()
  await database.close()
})

/** The key of every test engine. */
const oldKey = newKey('test', seededRandom(1))
const newestKey = newKey('newest', seededRandom(2))
const bothRing = parseKeyRing(`${newestKey},${oldKey}`)
const newRing = parseKeyRing(newestKey)

const sealedWithOld = async (): Promise<string[]> =>
  (await dumpOf(database.pool))
    .filter(({ text }) => text.includes('v1.test.'))
    .map(({ table }) => table)

it('the keys are changed under load: nothing is lost, and the old one opens nothing any more', async () => {
  const { there, one, other } = stage
  const { engine: before } = there
  for (const merchant of [one, other]) {
    await merchant.sell(...Array.from({ length: 12 }, (_, n) => ({ email: `k${n}@klant.example` })))
    const ticket = await there.ask(`/api/integrations/${merchant.integrationId}/tickets`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: merchant.owner.cookie },
      body: JSON.stringify({ topic: 'question', subject: 'Vraag', text: 'Hoe werkt dit?' }),
    })
    expect(ticket.status).toBe(200)
  }
  await there.ask('/api/password-link', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: one.owner.email }),
  })
  await before.db
    .insertInto('signIns')
    .values({
      state: 'under-way',
      sealed: before.vault.seal('{}', places.signIn('under-way')),
      startedAt: before.clock.now(),
    })
    .execute()
  await before.db
    .insertInto('storeHandshakes')
    .values({
      system: 'kmoshops',
      account: 'wacht',
      credentials: before.vault.seal('{}', places.handshake('kmoshops', 'wacht')),
      receivedAt: before.clock.now(),
    })
    .execute()
  expect(new Set(await sealedWithOld()).size).toBeGreaterThan(5)

  // Restarted with both keys, the newest in front, as the operator's page says.
  const engine: Engine = { ...before, vault: vaultOf(bothRing, systemRandom) }
  const reconnect = () =>
    connectWebshop(engine, engine.http, there.house.publicUrl, {
      integrationId: one.integrationId,
      system: 'kmoshops',
      credentials: { apiRoot: one.shop.url, ...one.shop.credentials },
    })
  await Promise.all([
    drain(engine, one.integrationId),
    drain(engine, other.integrationId),
    rotate(database.db, bothRing, seededRandom(3)),
    rotate(database.db, bothRing, seededRandom(4)),
    reconnect().then(reconnect),
  ])
  await rotate(database.db, bothRing, seededRandom(5))
  expect(await sealedWithOld()).toEqual([])

  // Without the old key everything goes on.
  const after: Engine = { ...before, vault: vaultOf(newRing, systemRandom) }
  for (const merchant of [one, other]) {
    await merchant.sell({})
    await drain(after, merchant.integrationId)
    const open = await database.db
      .selectFrom('bookings')
      .select(['state', 'reasonCode'])
      .where('integrationId', '=', merchant.integrationId)
      .where('state', '<>', 'booked')
      .execute()
    expect(open).toEqual([])
    expect(merchant.books.ledger().invoices).toHaveLength(13)
  }
})
