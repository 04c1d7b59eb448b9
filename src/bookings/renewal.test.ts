import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { setRompslompStage, type RompslompStage } from '../../test/support/rompslomp-stage.ts'
import { findAccounting } from '../connectors/registry.ts'
import { connectAccounting } from '../merchants/connect.ts'
import { openConnection } from '../merchants/connections.ts'
import { drain } from './drain.ts'
import type { Engine } from './engine.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

const app = { id: 'sandbox-app', secret: 'sandbox-secret' }
const hourMs = 3_600_000

/** Signs the merchant of a stage in, as the browser would. */
const signIn = async (stage: RompslompStage): Promise<void> => {
  const { engine } = stage.bench
  const { signIn: flow } = findAccounting('rompslomp')
  const [registered] = stage.books.account.apps
  if (flow === undefined || registered === undefined) throw new Error('no sign-in')
  const remote = { http: engine.http, clock: engine.clock, random: engine.random, app }
  const credentials = {
    apiToken: '',
    accessToken: '',
    refreshToken: '',
    expiresAt: '',
    baseUrl: `${stage.books.url}/api/v1`,
  } as never
  const returnAddress = registered.redirectUri
  const { goTo, kept } = await flow.begin(remote, { credentials, returnAddress, state: 's' })
  const answer = await fetch(`${goTo}&auto=approve`, { redirect: 'manual' })
  const query = new URL(answer.headers.get('location') ?? '').searchParams
  const signedIn = await flow.finish(remote, { credentials, returnAddress, kept, query })
  const wanted = { integrationId: stage.id, system: 'rompslomp', credentials: signedIn }
  await connectAccounting(engine, engine.http, wanted)
}

const setSignedInStage = async (): Promise<RompslompStage> => {
  const stage = await setRompslompStage(database)
  stage.bench.engine.apps = { rompslomp: app }
  await signIn(stage)
  return stage
}

const end = (engine: Engine, id: string) => openConnection(engine, id, 'accounting')

const states = async (stage: RompslompStage) => (await stage.rows()).map(({ state }) => state)

test('credentials that go stale are renewed before they are used, and kept', async () => {
  const stage = await setSignedInStage()
  const before = (await end(stage.bench.engine, stage.id))?.credentials['accessToken']
  await stage.sell({})
  await stage.drain()
  expect((await end(stage.bench.engine, stage.id))?.credentials['accessToken']).toBe(before)

  await stage.clock.advance(3 * hourMs)
  await stage.sell({})
  await stage.drain()
  expect(await states(stage)).toEqual(['booked', 'booked'])
  const after = await end(stage.bench.engine, stage.id)
  expect(after?.credentials['accessToken']).not.toBe(before)
  expect(after?.dot).toBe('green')
})

test('two workers that find them stale renew them once', async () => {
  const stage = await setSignedInStage()
  const other = stage.openWorker(() => undefined)
  other.engine.apps = { rompslomp: app }
  await stage.clock.advance(3 * hourMs)
  // The remote takes back a refresh token at once: a second use of it would end the connection.
  stage.books.switches.oldRefreshToken = 'revoke-now'
  await stage.sell({})
  await Promise.all([drain(stage.bench.engine, stage.id), drain(other.engine, stage.id)])
  await stage.passes(60_000)
  expect(await states(stage)).toEqual(['booked'])
  expect((await end(stage.bench.engine, stage.id))?.dot).toBe('green')
})

test('credentials that are refused before their time are renewed once, and then it goes on', async () => {
  const stage = await setSignedInStage()
  stage.books.faults.add({ match: { path: '/api/v1/' }, fault: 'unauthorized' })
  await stage.sell({})
  await stage.drain()
  expect((await end(stage.bench.engine, stage.id))?.dot).toBe('green')
  await stage.passes(60_000)
  expect(await states(stage)).toEqual(['booked'])
})

test('a remote that refuses new credentials too turns the dot red; signing in again goes on', async () => {
  const stage = await setSignedInStage()
  const refusing = stage.books.faults.add({
    match: { path: '/api/v1/' },
    fault: 'unauthorized',
    times: 0,
  })
  await stage.sell({})
  await stage.drain()
  for (let minute = 0; minute < 5; minute += 1) await stage.passes(60_000)
  const broken = await database.db
    .selectFrom('connections')
    .select(['dot', 'problemCode'])
    .where('integrationId', '=', stage.id)
    .where('side', '=', 'accounting')
    .executeTakeFirstOrThrow()
  expect(broken).toEqual({ dot: 'red', problemCode: 'CREDENTIALS_REFUSED' })
  expect(stage.books.ledger().invoices).toEqual([])

  stage.books.faults.remove(refusing)
  await signIn(stage)
  await stage.passes(10 * 60_000)
  expect(await states(stage)).toEqual(['booked'])
  expect(stage.books.ledger().invoices).toHaveLength(1)
})

test('a sign-in that expired, or that the merchant withdrew, turns the dot red; signing in again goes on', async () => {
  const stage = await setSignedInStage()
  await stage.sell({})
  await stage.drain()
  await stage.clock.advance(3 * hourMs)
  const { refreshToken } = (await end(stage.bench.engine, stage.id))?.credentials ?? {}
  // Somebody else used the refresh token: the remote takes both back.
  const taken = await fetch(`${stage.books.url}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: String(refreshToken),
      client_id: app.id,
      client_secret: app.secret,
    }),
  })
  expect(taken.status).toBe(200)
  await stage.sell({}, {})
  await stage.drain()
  const { dot, problemCode } = await database.db
    .selectFrom('connections')
    .select(['dot', 'problemCode'])
    .where('integrationId', '=', stage.id)
    .where('side', '=', 'accounting')
    .executeTakeFirstOrThrow()
  expect([dot, problemCode]).toEqual(['red', 'CREDENTIALS_REFUSED'])
  expect((await states(stage)).sort()).toEqual(['booked', 'seen', 'seen'])

  await signIn(stage)
  await stage.passes(10 * 60_000)
  expect(await states(stage)).toEqual(['booked', 'booked', 'booked'])
  expect(stage.books.ledger().invoices).toHaveLength(3)
})
