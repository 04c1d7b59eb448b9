import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { readConfig } from '../config.ts'
import { createIntegration } from '../merchants/integrations.ts'
import { parseKeyRing, sealedWith } from '../merchants/key-ring.ts'
import { places, vaultOf } from '../merchants/vault.ts'
import { wallClock } from '../world/clock.ts'
import { systemRandom } from '../world/random.ts'
import { makeKey, rotateKeys } from './keys.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
// Also says whether the command left a connection open.
afterAll(() => database.close())

it('a new key has a name and a value of its own, and fits beside the others', () => {
  const made = Array.from({ length: 50 }, makeKey)
  expect(parseKeyRing(made.join(',')).keys.size).toBe(50)
  const values = [...parseKeyRing(made.join(',')).keys.values()].map((key) =>
    Buffer.from(key).toString('base64'),
  )
  expect(new Set(values).size).toBe(50)
})

it('rotating seals everything with the newest key, and the old one can go', async () => {
  const [oldKey, newerKey] = [makeKey(), makeKey()]
  const oldVault = vaultOf(parseKeyRing(oldKey), systemRandom)
  const room = { db: database.db, vault: oldVault, clock: wallClock, random: systemRandom }
  const wanted = {
    merchantId: 'm',
    name: 'Winkel',
    webshop: 'kmoshops',
    accounting: 'factuursturen',
  }
  const { id } = await createIntegration(room, wanted)
  const place = places.handshake('kmoshops', 'a')
  const credentials = oldVault.seal('{"apiSecret":"geheim"}', place)
  await database.db
    .insertInto('storeHandshakes')
    .values({ system: 'kmoshops', account: 'a', credentials, receivedAt: wallClock.now() })
    .execute()

  const config = (ring: string) =>
    readConfig({
      DATABASE_URL: database.url,
      DOORVOER_KEYS: ring,
      DOORVOER_SECRET: Buffer.from(systemRandom.bytes(32)).toString('base64url'),
      DOORVOER_LOG_LEVEL: 'silent',
    })
  expect(await rotateKeys(config(`${newerKey},${oldKey}`))).toBe(2)

  const newer = parseKeyRing(newerKey)
  const [integration] = await database.db.selectFrom('integrations').selectAll().execute()
  const [handshake] = await database.db.selectFrom('storeHandshakes').selectAll().execute()
  const envelopes = [integration?.debtorKey ?? '', handshake?.credentials ?? '']
  expect(envelopes.map(sealedWith)).toEqual([newer.current, newer.current])
  const newVault = vaultOf(newer, systemRandom)
  expect(newVault.open(handshake?.credentials ?? '', place)).toBe('{"apiSecret":"geheim"}')
  expect(newVault.open(integration?.debtorKey ?? '', places.debtorKey(id))).not.toBe('')

  // Once more, without the old key: nothing is left to renew.
  expect(await rotateKeys(config(newerKey))).toBe(0)
}, 60_000)
