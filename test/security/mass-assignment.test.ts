import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { callOperation, operationsOf, type Operation } from './documented.ts'
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

/** What nobody may set from outside, by every name that a row of ours knows it under. */
const smuggled = {
  role: 'owner',
  factor: 'totp',
  operator: true,
  emailVerified: true,
  twoFactorEnabled: true,
  state: 'active',
  dot: 'green',
  billing: 'smuggled',
  endsOn: '2099-12-31',
  trialEndsOn: '2099-12-31',
  paidOn: '2099-12-31',
  priceCents: 1,
  netCents: 1,
  configuredAt: '2099-12-31T00:00:00.000Z',
  createdAt: '2099-12-31T00:00:00.000Z',
  expiresAt: '2099-12-31T00:00:00.000Z',
  lastUsedAt: '2099-12-31T00:00:00.000Z',
  licenceKey: 'SMUGGLED-KEY',
  hookKey: 'smuggled-hook',
  debtorKey: 'smuggled-key',
  author: 'operator-smuggled',
  authorId: 'smuggled-author',
  askerId: 'smuggled-asker',
  by: 'smuggled-by',
  remoteId: 'smuggled-remote',
  remoteNumber: 'smuggled-number',
  tokenHash: 'smuggled-hash',
}

/** Every object in a body, however deep, brings the smuggled names along besides its own. */
const laden = (body: unknown): unknown => {
  if (Array.isArray(body)) return body.map(laden)
  if (typeof body !== 'object' || body === null) return body
  const own = Object.fromEntries(Object.entries(body).map(([name, value]) => [name, laden(value)]))
  return { ...smuggled, ...own }
}

const last = (key: string) => Number(/^DELETE |\/stop$|sessions\/end$/.test(key))

it('no route takes more of a body than its form: nothing that is smuggled along arrives', async () => {
  const { there, one, other } = stage
  const { owner, integrationId } = one
  await one.sell({}, { totalOverride: 99 })
  await one.drain()
  const booking = await database.db.selectFrom('bookings').select('id').executeTakeFirstOrThrow()
  const places: Record<string, string> = {
    ...{ integrationId, bookingId: booking.id, merchantId: owner.merchantId },
    ...{ userId: owner.userId, side: 'webshop', system: 'kmoshops', token: 'a'.repeat(43) },
  }
  const nobody = '019c0000-0000-7000-8000-000000000000'
  const placed = (operation: Operation) => ({
    ...Object.fromEntries(
      [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [name, nobody]),
    ),
    ...places,
  })
  const changing = (await operationsOf(there))
    .filter(({ method, bodySchema }) => method !== 'GET' && bodySchema !== undefined)
    // What ends the session or the merchant comes last.
    .sort((a, b) => last(a.key) - last(b.key))
  expect(changing.length).toBeGreaterThan(25)
  const before = { ...(await rolesOf()), ...(await licencesOf()) }
  const taken: string[] = []
  for (const operation of changing) {
    if (last(operation.key) === 1) continue
    const body = laden(operation.body)
    const headers = { cookie: owner.cookie, origin: there.house.publicUrl }
    const told = await callOperation(there, placed(operation), { ...operation, body }, headers)
    if (told.status === 200) taken.push(operation.key)
    expect([operation.key, told.status]).not.toEqual([operation.key, 500])
  }
  // Many of them did their work, so that a smuggled name had every chance.
  expect(taken.length).toBeGreaterThan(10)
  for (const { table, text } of await dumpOf(database.pool)) {
    expect([table, /smuggled|2099-12-31/i.exec(text)?.[0] ?? null]).toEqual([table, null])
  }
  expect({ ...(await rolesOf()), ...(await licencesOf()) }).toEqual(before)
  expect(other.owner.merchantId).not.toBe(owner.merchantId)
})

const rolesOf = async () => {
  const { rows } = await database.pool.query<{ id: string; what: string }>(
    `select s."userId" as id, s.role || ' at ' || s."organizationId" as what from seat s
     union all select user_id, 'operator' from operators
     union all select id, factor from session
     union all select id, "emailVerified" || '' || coalesce("twoFactorEnabled", false) from "user"`,
  )
  return Object.fromEntries(rows.map(({ id, what }) => [id, what]))
}

const licencesOf = async () => {
  const { rows } = await database.pool.query<{ id: string; what: string }>(
    `select integration_id as id, l::text as what from licences l`,
  )
  return Object.fromEntries(rows.map(({ id, what }) => [id, what]))
}
