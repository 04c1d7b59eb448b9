import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.ts'
import { newKey, parseKeyRing } from '../../merchants/key-ring.ts'
import { places, vaultOf } from '../../merchants/vault.ts'
import { wallClock } from '../../world/clock.ts'
import { seededRandom } from '../../world/random.ts'
import { queueMail } from './queue-mail.ts'

const random = seededRandom(7)
const vault = vaultOf(parseKeyRing(newKey('one', random)), random)
const room = { vault, clock: wallClock, random }

const mail = {
  kind: 'registration',
  to: 'ria@example.test',
  language: 'nl',
  integrationId: null,
  params: {
    name: 'Ria',
    userName: 'ria@example.test',
    webshop: 'KMO Shops',
    accounting: 'Informer',
    licenceKey: 'AAAA-BBBB',
    installUrl: 'https://doorvoer.test/install',
    passwordUrl: 'https://doorvoer.test/password/x',
    passwordHours: 72,
  },
} as const

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

test('a mail waits in the outbox once, however often it is written', async () => {
  const { db } = database
  expect(await queueMail(db, room, { ...mail, onceKey: 'registration:1' })).toBe(true)
  expect(await queueMail(db, room, { ...mail, onceKey: 'registration:1' })).toBe(false)
  const rows = await db.selectFrom('mails').selectAll().execute()
  expect(rows).toMatchObject([{ state: 'waiting', toAddress: mail.to, kind: 'registration' }])
  expect(rows[0]?.sealed).not.toContain('AAAA-BBBB')
  const opened: unknown = JSON.parse(
    vault.open(rows[0]?.sealed ?? '', places.mail(rows[0]?.id ?? '')),
  )
  expect(opened).toEqual(mail.params)
})

test('a mail vanishes with the transaction that wrote it', async () => {
  const { db } = database
  const undone = db.transaction().execute(async (trx) => {
    await queueMail(trx, room, { ...mail, onceKey: 'registration:2' })
    throw new Error('undone')
  })
  await expect(undone).rejects.toThrow('undone')
  const rows = await db
    .selectFrom('mails')
    .select('id')
    .where('onceKey', '=', 'registration:2')
    .execute()
  expect(rows).toEqual([])
})
