import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { wallClock } from '../world/clock.ts'
import { seededRandom } from '../world/random.ts'
import { saveCredentials, saveSubscriptions } from './connections.ts'
import { createIntegration, type MerchantRoom } from './integrations.ts'
import { newKey, parseKeyRing, sealedWith, type KeyRing } from './key-ring.ts'
import { places, rotate, vaultOf } from './vault.ts'

let database: TestDatabase
let room: MerchantRoom
const random = seededRandom(1)
const oldKey = newKey('old', random)
const newestKey = newKey('new', random)
const oldRing = parseKeyRing(oldKey)
const bothRing = parseKeyRing(`${newestKey},${oldKey}`)
const newRing = parseKeyRing(newestKey)

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())
// Rotating looks at every envelope there is.
beforeEach(async () => {
  await database.db.deleteFrom('integrations').execute()
  await database.db.deleteFrom('storeHandshakes').execute()
  room = { db: database.db, vault: vaultOf(oldRing, random), clock: wallClock, random }
})

const credentials = { apiRoot: 'https://shop.example', apiPublic: 'public', apiSecret: 'geheim' }

/** An integration with all that can be sealed. */
const seal = async (): Promise<string> => {
  const wanted = { merchantId: 'm', name: 'T', webshop: 'kmoshops', accounting: 'factuursturen' }
  const { id } = await createIntegration(room, wanted)
  await saveCredentials(room, id, 'webshop', 'kmoshops', credentials)
  await saveCredentials(room, id, 'accounting', 'factuursturen', {
    userName: 'u',
    apiKey: 'geheim',
  })
  await saveSubscriptions(room, id, [{ event: 'e', remoteId: '1', key: 'geheim', facts: {} }])
  return id
}

const addHandshake = (account: string) =>
  database.db
    .insertInto('storeHandshakes')
    .values({
      system: 'kmoshops',
      account,
      credentials: room.vault.seal('geheim', places.handshake('kmoshops', account)),
      receivedAt: wallClock.now(),
    })
    .execute()

/** Every envelope of the database, with its place. */
const envelopes = async (): Promise<{ envelope: string; place: string }[]> => {
  const { db } = database
  const connections = await db
    .selectFrom('connections')
    .selectAll()
    .orderBy('integrationId')
    .orderBy('side')
    .execute()
  const integrations = await db.selectFrom('integrations').selectAll().orderBy('id').execute()
  const handshakes = await db.selectFrom('storeHandshakes').selectAll().execute()
  return [
    ...connections.map((row) => ({
      envelope: row.credentials,
      place: places.credentials(row.integrationId, row.side),
    })),
    ...connections.map((row) => ({
      envelope: row.subscriptions,
      place: places.subscriptions(row.integrationId, row.side),
    })),
    ...integrations.map((row) => ({ envelope: row.debtorKey, place: places.debtorKey(row.id) })),
    ...handshakes.map((row) => ({
      envelope: row.credentials,
      place: places.handshake(row.system, row.account),
    })),
  ].flatMap(({ envelope, place }) => (envelope === null ? [] : [{ envelope, place }]))
}

const allOpenWith = async (ring: KeyRing) => {
  const vault = vaultOf(ring, random)
  return (await envelopes()).map(({ envelope, place }) => vault.open(envelope, place))
}

describe('rotating the keys', () => {
  test('renews everything, and the old key can go', async () => {
    await seal()
    await seal()
    await addHandshake('a')
    const before = await allOpenWith(oldRing)
    expect(before).toHaveLength(9)
    expect(await rotate(database.db, bothRing, random)).toBe(9)
    expect(await allOpenWith(newRing)).toEqual(before)
    for (const { envelope } of await envelopes()) expect(sealedWith(envelope)).toBe('new')
  })

  test('a second time finds nothing left', async () => {
    await seal()
    await rotate(database.db, bothRing, random)
    const before = await envelopes()
    expect(await rotate(database.db, bothRing, random)).toBe(0)
    expect(await envelopes()).toEqual(before)
  })

  test('by two at once ends as by one', async () => {
    await seal()
    await addHandshake('a')
    const before = await allOpenWith(oldRing)
    await Promise.all([
      rotate(database.db, bothRing, seededRandom(2)),
      rotate(database.db, bothRing, seededRandom(3)),
    ])
    expect(await allOpenWith(newRing)).toEqual(before)
  })

  test('keeps what somebody saved with the new key meanwhile', async () => {
    const id = await seal()
    room = { ...room, vault: vaultOf(bothRing, random) }
    await saveCredentials(room, id, 'webshop', 'kmoshops', { ...credentials, apiSecret: 'nieuw' })
    await rotate(database.db, bothRing, random)
    expect((await allOpenWith(newRing)).join()).toContain('nieuw')
  })

  test('keeps what somebody saves between its look and its change', async () => {
    const id = await seal()
    const rotating = await database.db.transaction().execute(async (trx) => {
      const saving = { ...room, db: trx, vault: vaultOf(bothRing, random) }
      const wanted = { ...credentials, apiSecret: 'nieuwer' }
      await saveCredentials(saving, id, 'webshop', 'kmoshops', wanted)
      const begun = rotate(database.db, bothRing, seededRandom(6))
      // Time for it to read the old one, and to wait for us with its change.
      await sql`select pg_sleep(0.4)`.execute(trx)
      return { begun }
    })
    await rotating.begun
    expect((await allOpenWith(newRing)).join()).toContain('nieuwer')
  })

  test('with a ring that lacks a key changes nothing of that key, and says which', async () => {
    await seal()
    const before = await envelopes()
    await expect(rotate(database.db, newRing, random)).rejects.toThrow(
      'the key "old" is not on the ring',
    )
    expect(await envelopes()).toEqual(before)
  })

  test('leaves stopped integrations, which have no credentials, alone', async () => {
    const id = await seal()
    await database.db
      .updateTable('connections')
      .set({ credentials: null, subscriptions: null })
      .execute()
    expect(await rotate(database.db, bothRing, random)).toBe(1)
    expect((await allOpenWith(newRing))[0]).not.toContain(id)
  })
})

test('an envelope opens in its own row only', async () => {
  const one = await seal()
  const other = await seal()
  const [first] = await database.db
    .selectFrom('connections')
    .select('credentials')
    .where('integrationId', '=', one)
    .where('side', '=', 'webshop')
    .execute()
  expect(() =>
    room.vault.open(first?.credentials ?? '', places.credentials(other, 'webshop')),
  ).toThrow()
  expect(room.vault.open(first?.credentials ?? '', places.credentials(one, 'webshop'))).toContain(
    'geheim',
  )
})
