import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { acceptCurrentTerms } from '../../test/support/engine.ts'
import { virtualClock } from '../../test/support/virtual-clock.ts'
import { seededRandom, systemRandom } from '../world/random.ts'
import { setDot } from './connections.ts'
import { saveConfiguration } from './configuration.ts'
import {
  activateWhenComplete,
  createIntegration,
  stopIntegration,
  type MerchantRoom,
} from './integrations.ts'
import { amount } from '../money/amount.ts'
import { draftOptionsOf, readIntegrationSettings, vatTableOf } from './integration-settings.ts'
import { newKey, parseKeyRing } from './key-ring.ts'
import { places, vaultOf } from './vault.ts'

let database: TestDatabase
let room: MerchantRoom
const clock = virtualClock()
beforeAll(async () => {
  database = await createTestDatabase()
  const vault = vaultOf(parseKeyRing(newKey('k', seededRandom(1))), systemRandom)
  room = { db: database.db, vault, clock, random: systemRandom }
})
afterAll(() => database.close())

const wanted = { merchantId: 'm', name: 'T', webshop: 'kmoshops', accounting: 'factuursturen' }

const stateOf = async (id: string) => {
  const row = await database.db
    .selectFrom('integrations')
    .select(['state', 'configuredAt'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return row
}

describe('a new integration', () => {
  test('has two empty connections, a mailbox and a poll, and books nothing yet', async () => {
    const { id, licenceKey, hookKey } = await createIntegration(room, wanted)
    expect(licenceKey).toMatch(/^([A-HJKMNP-Z2-9]{4}-){4}[A-HJKMNP-Z2-9]{4}$/)
    expect(hookKey).toMatch(/^[\w-]{32}$/)
    expect(await stateOf(id)).toEqual({ state: 'installing', configuredAt: null })
    const { db } = database
    const connections = await db
      .selectFrom('connections')
      .selectAll()
      .where('integrationId', '=', id)
      .execute()
    expect(connections.map(({ dot, credentials }) => [dot, credentials])).toEqual([
      ['new', null],
      ['new', null],
    ])
    for (const table of ['mailboxes', 'polls'] as const) {
      const rows = await db.selectFrom(table).selectAll().where('integrationId', '=', id).execute()
      expect(rows).toHaveLength(1)
    }
    const row = await db
      .selectFrom('integrations')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    const debtorKey = room.vault.open(row.debtorKey, places.debtorKey(id))
    expect(Buffer.from(debtorKey, 'base64')).toHaveLength(32)
  })

  test('shares no key with another one', async () => {
    const made = await Promise.all(
      Array.from({ length: 20 }, () => createIntegration(room, wanted)),
    )
    for (const pick of ['id', 'licenceKey', 'hookKey'] as const) {
      expect(new Set(made.map((each) => each[pick])).size).toBe(20)
    }
  })

  test('is made wholly or not at all', async () => {
    const same = { ...room, random: seededRandom(5) }
    const { id } = await createIntegration(same, wanted)
    const before = await database.db.selectFrom('integrations').selectAll().execute()
    await expect(createIntegration({ ...room, random: seededRandom(5) }, wanted)).rejects.toThrow(
      'duplicate key',
    )
    expect(await database.db.selectFrom('integrations').selectAll().execute()).toEqual(before)
    expect(before.some((row) => row.id === id)).toBe(true)
  })
})

describe('activating', () => {
  const configured = async () => {
    const made = await createIntegration(room, wanted)
    await saveConfiguration(room, made.id, {})
    await acceptCurrentTerms(room, made.id, 'tester')
    return made
  }

  test('needs accepted terms, both dots green and the configuration saved', async () => {
    const { id } = await createIntegration(room, wanted)
    expect(await activateWhenComplete(room, id)).toBe(false)
    await setDot(room, id, 'webshop', null)
    expect(await activateWhenComplete(room, id)).toBe(false)
    await setDot(room, id, 'accounting', null)
    expect(await activateWhenComplete(room, id)).toBe(false)
    await saveConfiguration(room, id, {})
    expect(await activateWhenComplete(room, id)).toBe(false)
    await acceptCurrentTerms(room, id, 'tester')
    expect(await activateWhenComplete(room, id)).toBe(true)
    expect(await stateOf(id)).toEqual({ state: 'active', configuredAt: clock.now() })
  })

  test('again does not move the day from which it books', async () => {
    const { id } = await configured()
    await setDot(room, id, 'webshop', null)
    await setDot(room, id, 'accounting', null)
    await activateWhenComplete(room, id)
    const { configuredAt } = await stateOf(id)
    await clock.advance(86_400_000)
    await activateWhenComplete(room, id)
    expect((await stateOf(id)).configuredAt).toEqual(configuredAt)
  })

  test('says of one that books already that it books', async () => {
    const { id } = await configured()
    await setDot(room, id, 'webshop', null)
    await setDot(room, id, 'accounting', null)
    await activateWhenComplete(room, id)
    expect(await activateWhenComplete(room, id)).toBe(true)
  })

  test('does not wake a stopped one', async () => {
    const { id } = await configured()
    await stopIntegration(room, id)
    await setDot(room, id, 'webshop', null)
    await setDot(room, id, 'accounting', null)
    expect(await activateWhenComplete(room, id)).toBe(false)
    expect((await stateOf(id)).state).toBe('stopped')
  })
})

describe('stopping', () => {
  test('forgets every secret and keeps what was booked', async () => {
    const { id } = await createIntegration(room, wanted)
    await database.db
      .updateTable('connections')
      .set({ credentials: 'x', subscriptions: 'y' })
      .where('integrationId', '=', id)
      .execute()
    await sql`
      insert into bookings (integration_id, id, kind, shop_id, number, state, seen_at, changed_at)
      values (${id}, gen_random_uuid(), 'order', '1', 'W-1', 'seen', now(), now())`.execute(
      database.db,
    )
    await stopIntegration(room, id)
    expect((await stateOf(id)).state).toBe('stopped')
    const connections = await database.db
      .selectFrom('connections')
      .selectAll()
      .where('integrationId', '=', id)
      .execute()
    for (const row of connections)
      expect(row).toMatchObject({ credentials: null, subscriptions: null, dot: 'red' })
    const bookings = await database.db
      .selectFrom('bookings')
      .selectAll()
      .where('integrationId', '=', id)
      .execute()
    expect(bookings).toHaveLength(1)
    await stopIntegration(room, id)
  })
})

describe('settings of the integration', () => {
  test('have defaults, and refuse what is none', () => {
    expect(readIntegrationSettings({})).toMatchObject({
      homeCountry: 'NL',
      leadingNumber: 'order',
      oneStopShop: 'by-the-rates',
      vatTable: [],
      products: { margin: [], voucher: [], deposit: [], 'zero-rated': [] },
    })
    expect(readIntegrationSettings({ homeCountry: 'BE' }).homeCountry).toBe('BE')
    expect(() => readIntegrationSettings({ homeCountry: 'DE' })).toThrow()
    expect(() => readIntegrationSettings({ defaultRates: { NL: '21,0' } })).toThrow()
    const row = { destination: 'ICP', percent: '0', vatCode: '7' }
    const settings = readIntegrationSettings({ vatTable: [row], oneStopShop: 'no' })
    expect(vatTableOf(settings)).toEqual([
      { ...row, percent: amount(0), ledgers: { revenue: '', shipping: '', payment: '' } },
    ])
    expect(draftOptionsOf(settings).vat).toMatchObject({ home: 'NL', oss: false })
  })
})
