import { afterAll, beforeAll, expect, test } from 'vitest'
import { addMerchant } from '../../../test/support/billing-stage.ts'
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.ts'
import { openTestEngine, type TestEngine } from '../../../test/support/engine.ts'
import { virtualClock, type VirtualClock } from '../../../test/support/virtual-clock.ts'
import { createIntegration } from '../../merchants/integrations.ts'
import { saveNotifications } from '../../merchants/notifications.ts'
import { places } from '../../merchants/vault.ts'
import { later } from '../../world/clock.ts'
import { confirmAddress } from './confirm-address.ts'
import { tellRedConnections } from './connection-mails.ts'

const minute = 60_000

let database: TestDatabase
let clock: VirtualClock
let bench: TestEngine
let merchants = 0

beforeAll(async () => {
  database = await createTestDatabase()
  clock = virtualClock()
  bench = openTestEngine(database, { clock, seed: 77 })
})
afterAll(async () => {
  await bench.close()
  await database.close()
})

/** An integration whose shop stopped answering so long ago. @returns its id */
const redSince = async (ago: number, problemCode: string | null): Promise<string> => {
  merchants += 1
  const merchantId = `red-${merchants}`
  const email = `${merchantId}@klant.example`
  await addMerchant(database.db, { id: merchantId, name: 'Zaak', email, language: 'nl' })
  const wanted = { merchantId, name: 'Winkel', webshop: 'kmoshops', accounting: 'informer' }
  const { id } = await createIntegration(bench.engine, wanted)
  const { db } = database
  await db.updateTable('integrations').set({ state: 'active' }).where('id', '=', id).execute()
  const shop = db
    .updateTable('connections')
    .where('integrationId', '=', id)
    .where('side', '=', 'webshop')
  await shop.set({ dot: 'red', problemCode, problemParams: '{}' }).execute()
  await shop.set({ redSince: later(clock.now(), -ago) }).execute()
  return id
}

const never = (error: unknown) => {
  throw error
}
const room = () => ({ ...bench.engine, publicUrl: 'https://doorvoer.example' })
const tell = () => tellRedConnections(room(), never)

const mailsOf = async (integrationId: string) => {
  const rows = await database.db
    .selectFrom('mails')
    .select(['id', 'toAddress', 'sealed'])
    .where('integrationId', '=', integrationId)
    .orderBy('toAddress')
    .execute()
  return rows.map(({ id, toAddress, sealed }) => ({
    toAddress,
    params: JSON.parse(bench.engine.vault.open(sealed ?? '', places.mail(id))) as unknown,
  }))
}

test('a connection that stays red is told once, to whoever runs it and the addresses they added', async () => {
  const id = await redSince(31 * minute, 'TOKEN_REVOKED')
  const chosen = { language: 'en', digest: 'daily', connectionRed: true } as const
  const addresses = ['kantoor@cijfers.example', `RED-${merchants}@klant.example`]
  await saveNotifications(database.db, id, { ...chosen, addresses: [...addresses, 'x@y.example'] })
  // Nobody at x@y.example ever said that they want these mails.
  await confirmAddress(bench.engine, { integrationId: id, name: '', address: addresses[0] ?? '' })
  await tell()
  await tell()
  const mails = await mailsOf(id)
  expect(mails.map(({ toAddress }) => toAddress)).toEqual([
    'kantoor@cijfers.example',
    `red-${merchants}@klant.example`,
  ])
})

test('a hiccup is nobody’s trouble, and who does not want to know is not told', async () => {
  const hiccup = await redSince(29 * minute, 'TOKEN_REVOKED')
  const quiet = await redSince(31 * minute, 'TOKEN_REVOKED')
  const chosen = { language: 'nl', digest: 'daily', connectionRed: false } as const
  await saveNotifications(database.db, quiet, { ...chosen, addresses: ['kantoor@cijfers.example'] })
  await tell()
  expect([await mailsOf(hiccup), await mailsOf(quiet)]).toEqual([[], []])
})

test('a red dot without a reason is told all the same', async () => {
  const id = await redSince(31 * minute, null)
  await tell()
  expect(await mailsOf(id)).toMatchObject([{ params: { code: 'CONNECTION_BROKEN' } }])
})

test('thousands that turn red at once are all told, both ends of each', async () => {
  const id = await redSince(31 * minute, 'TOKEN_REVOKED')
  const more = 260
  await database.pool.query(
    `with copies as (
       insert into integrations
       select (jsonb_populate_record(i, jsonb_build_object(
         'id', gen_random_uuid(), 'licence_key', 'copy-' || n, 'hook_key', 'copy-' || n))).*
       from integrations i, generate_series(1, $2::int) n where i.id = $1
       returning id)
     insert into connections
     select (jsonb_populate_record(c, jsonb_build_object(
       'integration_id', copies.id, 'side', ends.side, 'system', ends.system))).*
     from copies, connections c, (values ('webshop', 'kmoshops'), ('accounting', 'informer'))
       ends (side, system)
     where c.integration_id = $1 and c.side = 'webshop'`,
    [id, more],
  )
  expect(await tell()).toBe(2 * more + 1)
  expect(await tell()).toBe(0)
})

test('one that nobody can be told of keeps the others from nothing', async () => {
  const [broken, sound] = [
    await redSince(31 * minute, 'TOKEN_REVOKED'),
    await redSince(31 * minute, 'TOKEN_REVOKED'),
  ]
  await database.db
    .updateTable('connections')
    .set({ system: 'of another version' })
    .where('integrationId', '=', broken)
    .where('side', '=', 'webshop')
    .execute()
  const faults: string[] = []
  await tellRedConnections(room(), (_error, integrationId) => faults.push(integrationId))
  expect(faults).toEqual([broken])
  expect(await mailsOf(broken)).toEqual([])
  expect(await mailsOf(sound)).toHaveLength(1)
})
