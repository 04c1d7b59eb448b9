import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { startRompslomp } from '../../sandbox/rompslomp/index.ts'
import { setBookingStage, type BookingStage } from '../../test/support/booking-stage.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { reason, Trouble } from '../problems/reason.ts'
import { connectAccounting, connectWebshop, hookAddress } from './connect.ts'
import { examine, openConnection, saveCredentials, saveSettings, setDot } from './connections.ts'
import { createIntegration, stopWithin } from './integrations.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

const rowOf = (stage: BookingStage, side: 'webshop' | 'accounting', id = stage.id) =>
  database.db
    .selectFrom('connections')
    .selectAll()
    .where('integrationId', '=', id)
    .where('side', '=', side)
    .executeTakeFirstOrThrow()

/** Another integration of the same merchant, with nothing connected. */
const emptyIntegration = ({ engine }: BookingStage) =>
  createIntegration(engine, {
    merchantId: 'm',
    name: 'B',
    webshop: 'kmoshops',
    accounting: 'factuursturen',
  })

describe('connecting', () => {
  test('a shop stores its secrets sealed, turns the dot green and subscribes to its webhooks', async () => {
    const stage = await setBookingStage(database)
    const row = await rowOf(stage, 'webshop')
    expect(row).toMatchObject({ dot: 'green', problemCode: null, system: 'kmoshops' })
    expect(`${row.credentials ?? ''}${row.subscriptions ?? ''}`).not.toContain(
      stage.shop.credentials.apiSecret,
    )
    expect(Object.keys(row.choices)).toContain('statuses')
    const opened = await openConnection(stage.engine, stage.id, 'webshop')
    expect(opened?.credentials).toMatchObject(stage.shop.credentials)
    expect(opened?.subscriptions.length).toBe(stage.shop.ledger().webhooks.length)
  })

  test('a shop again leaves one set of webhooks', async () => {
    const stage = await setBookingStage(database)
    const before = stage.shop.ledger().webhooks.length
    const credentials = { apiRoot: stage.shop.url, ...stage.shop.credentials }
    await connectWebshop(stage.engine, stage.engine.http, 'http://127.0.0.1:1', {
      integrationId: stage.id,
      system: 'kmoshops',
      credentials,
    })
    expect(stage.shop.ledger().webhooks).toHaveLength(before)
  })

  test('FAULT: a shop twice at the same moment leaves one set of webhooks, and the keys of that set', async () => {
    const stage = await setBookingStage(database)
    const { id } = await emptyIntegration(stage)
    const before = stage.shop.ledger().webhooks.length
    const credentials = { apiRoot: stage.shop.url, ...stage.shop.credentials }
    const connect = () =>
      connectWebshop(stage.engine, stage.engine.http, 'http://127.0.0.1:1', {
        integrationId: id,
        system: 'kmoshops',
        credentials,
      })
    const slowly = {
      match: { path: '/webhooks' },
      fault: 'latency',
      delayMs: 50,
      times: 0,
    } as const
    stage.shop.faults.add(slowly)
    await Promise.all([connect(), connect(), connect()])
    const made = stage.shop.ledger().webhooks.slice(before)
    expect(new Set(made.map(({ event }) => event)).size).toBe(made.length)
    const opened = await openConnection(stage.engine, id, 'webshop')
    expect(opened?.subscriptions.map(({ remoteId }) => remoteId)).toEqual(
      made.map((webhook) => String(webhook.id)),
    )
  })

  test('with a wrong secret turns the dot red with the reason, and subscribes to nothing', async () => {
    const stage = await setBookingStage(database)
    const { id } = await emptyIntegration(stage)
    const before = stage.shop.ledger().webhooks.length
    const credentials = { apiRoot: stage.shop.url, ...stage.shop.credentials, apiSecret: 'wrong' }
    const findings = await connectWebshop(stage.engine, stage.engine.http, 'http://127.0.0.1:1', {
      integrationId: id,
      system: 'kmoshops',
      credentials,
    })
    expect(findings.some(({ problem }) => problem !== undefined)).toBe(true)
    expect(await rowOf(stage, 'webshop', id)).toMatchObject({ dot: 'red' })
    expect((await rowOf(stage, 'webshop', id)).problemCode).not.toBeNull()
    expect(stage.shop.ledger().webhooks).toHaveLength(before)
  })

  test('books with a dead key says what is wrong, and is green once it lives', async () => {
    const stage = await setBookingStage(database)
    const { id } = await emptyIntegration(stage)
    const credentials = {
      userName: 'sandbox',
      apiKey: 'sandbox-key',
      baseUrl: `${stage.books.url}/api/v1`,
    }
    const connect = () =>
      connectAccounting(stage.engine, stage.engine.http, {
        integrationId: id,
        system: 'factuursturen',
        credentials,
      })
    stage.books.account.keyActive = false
    await connect()
    expect(await rowOf(stage, 'accounting', id)).toMatchObject({
      dot: 'red',
      problemCode: 'CREDENTIALS_REFUSED',
    })
    stage.books.account.keyActive = true
    await connect()
    expect(await rowOf(stage, 'accounting', id)).toMatchObject({
      dot: 'green',
      problemCode: null,
      problemParams: null,
    })
  })

  test('gives no keys to an integration that is being stopped at the same moment', async () => {
    const stage = await setBookingStage(database)
    const credentials = { apiRoot: stage.shop.url, ...stage.shop.credentials }
    const saving = await stage.engine.db.transaction().execute(async (trx) => {
      await stopWithin(trx, stage.id, 'merchant', stage.clock.now())
      const begun = saveCredentials(stage.engine, stage.id, 'webshop', 'kmoshops', credentials)
      // Time for it to get as far as it can: it waits for us.
      await sql`select pg_sleep(0.3)`.execute(trx)
      return { begun }
    })
    await saving.begun
    await saveCredentials(stage.engine, stage.id, 'accounting', 'factuursturen', {
      userName: 'sandbox',
      apiKey: 'sandbox-key',
    })
    for (const side of ['webshop', 'accounting'] as const) {
      expect(await rowOf(stage, side)).toMatchObject({ credentials: null })
    }
  })

  test('refuses credentials of another shape without touching what is there', async () => {
    const stage = await setBookingStage(database)
    const before = await rowOf(stage, 'webshop')
    for (const wrong of [
      {},
      { ...stage.shop.credentials, apiRoot: 'no address' },
      { ...stage.shop.credentials, apiRoot: stage.shop.url, surprise: 'x' },
      { apiRoot: stage.shop.url, apiPublic: 'p', apiSecret: 7 },
    ]) {
      const saving = saveCredentials(stage.engine, stage.id, 'webshop', 'kmoshops', wrong)
      await expect(saving).rejects.toThrow()
      await saving.catch((error: unknown) =>
        expect(String(error)).not.toContain(stage.shop.credentials.apiSecret),
      )
    }
    expect(await rowOf(stage, 'webshop')).toEqual(before)
  })
})

describe('a connection', () => {
  test('that was never made, or stopped, is none', async () => {
    const stage = await setBookingStage(database)
    const { id } = await emptyIntegration(stage)
    expect(await openConnection(stage.engine, id, 'webshop')).toBeNull()
    expect(await examine(stage.engine, stage.engine.http, id, 'webshop')).toEqual([])
    expect(await rowOf(stage, 'webshop', id)).toMatchObject({ dot: 'new' })
  })

  test('has the defaults of settings that a newer version added', async () => {
    const stage = await setBookingStage(database)
    await database.db
      .updateTable('connections')
      .set({ settings: JSON.stringify({ paidOnly: false }) })
      .where('integrationId', '=', stage.id)
      .where('side', '=', 'webshop')
      .execute()
    const opened = await openConnection(stage.engine, stage.id, 'webshop')
    expect(opened?.settings).toMatchObject({ paidOnly: false, pollWindowDays: 45 })
  })

  test('whose settings fit no more is trouble that names the setting', async () => {
    const stage = await setBookingStage(database)
    await database.db
      .updateTable('connections')
      .set({ settings: JSON.stringify({ pollWindowDays: 'many' }) })
      .where('integrationId', '=', stage.id)
      .where('side', '=', 'webshop')
      .execute()
    const opening = openConnection(stage.engine, stage.id, 'webshop')
    await expect(opening).rejects.toThrow(Trouble)
    await expect(opening).rejects.toMatchObject({
      cure: 'never',
      reason: reason('SETTINGS_INVALID', { field: 'pollWindowDays' }),
    })
  })

  test('that has a setting too many names that one', async () => {
    const stage = await setBookingStage(database)
    await database.db
      .updateTable('connections')
      .set({ settings: JSON.stringify({ ofLongAgo: true }) })
      .where('integrationId', '=', stage.id)
      .where('side', '=', 'webshop')
      .execute()
    await expect(openConnection(stage.engine, stage.id, 'webshop')).rejects.toMatchObject({
      reason: { params: { field: 'ofLongAgo' } },
    })
  })

  test('takes settings that fit, and no others', async () => {
    const stage = await setBookingStage(database)
    const save = (settings: Record<string, unknown>) =>
      saveSettings(stage.engine, stage.id, 'webshop', 'kmoshops', settings)
    await save({ paidOnly: false })
    await expect(save({ pollWindowDays: 0 })).rejects.toThrow()
    await expect(save({ misspelt: true })).rejects.toThrow()
    expect((await rowOf(stage, 'webshop')).settings).toMatchObject({
      paidOnly: false,
      pollWindowDays: 45,
    })
  })

  test('keeps its choices when the doctor finds it ill', async () => {
    const stage = await setBookingStage(database)
    const { choices } = await rowOf(stage, 'accounting')
    stage.books.account.keyActive = false
    await examine(stage.engine, stage.engine.http, stage.id, 'accounting')
    expect(await rowOf(stage, 'accounting')).toMatchObject({ dot: 'red', choices })
  })

  test('has its choices when one of them is all that is missing, and is green once it is made', async () => {
    const stage = await setBookingStage(database)
    const { engine } = stage
    const books = await startRompslomp({ limits: 'off' })
    onTestFinished(() => books.close())
    const { id } = await createIntegration(engine, {
      merchantId: 'm',
      name: 'C',
      webshop: 'kmoshops',
      accounting: 'rompslomp',
    })
    const credentials = { apiToken: 'sandbox-token', baseUrl: `${books.url}/api/v1` }
    const connecting = { integrationId: id, system: 'rompslomp', credentials }
    await connectAccounting(engine, engine.http, connecting)
    const before = await rowOf(stage, 'accounting', id)
    expect(before).toMatchObject({ dot: 'red', problemCode: 'ADMINISTRATION_NOT_CHOSEN' })
    expect(before.choices['administrations']).toContainEqual({
      value: '418223901',
      label: 'Mokkenhuis',
    })

    const chosen = { administration: '418223901' }
    await saveSettings(engine, id, 'accounting', 'rompslomp', chosen)
    await examine(engine, engine.http, id, 'accounting')
    const after = await rowOf(stage, 'accounting', id)
    expect(after).toMatchObject({ dot: 'green', problemCode: null })
    expect(after.choices['vatCodes']).not.toEqual([])
  })

  test('has a dot with its reason, and none when it is well', async () => {
    const stage = await setBookingStage(database)
    const why = reason('CREDENTIALS_REFUSED', { system: 'X', status: 401 })
    await setDot(stage.engine, stage.id, 'webshop', why)
    expect(await rowOf(stage, 'webshop')).toMatchObject({
      dot: 'red',
      problemCode: 'CREDENTIALS_REFUSED',
      problemParams: { system: 'X', status: 401 },
      checkedAt: stage.clock.now(),
    })
    expect(await rowOf(stage, 'accounting')).toMatchObject({ dot: 'green' })
    await setDot(stage.engine, stage.id, 'webshop', null)
    expect(await rowOf(stage, 'webshop')).toMatchObject({
      dot: 'green',
      problemCode: null,
      problemParams: null,
    })
  })
})

test('the address a shop calls ends in what nobody can guess', () => {
  expect(hookAddress('https://d.example', 'kmoshops', 'k')).toBe(
    'https://d.example/hooks/kmoshops/k',
  )
})
