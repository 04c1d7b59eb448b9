import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { poll, review } from '../../src/bookings/polling.ts'
import { sweep } from '../../src/bookings/sweep.ts'
import { surveySlice } from '../../src/bookings/surveys/survey-slice.ts'
import { connectPool, databaseOn } from '../../src/database/connect.ts'
import { expectMigrated, migrationNames } from '../../src/database/migrate.ts'
import { grantRoles, mayChangeTables, roles, tableRights } from '../../src/database/roles.ts'
import { anyFreePort } from '../../src/database/embedded.ts'
import { newKey } from '../../src/merchants/key-ring.ts'
import { systemRandom } from '../../src/world/random.ts'
import { runProgram } from '../support/program.ts'
import { startJobs, type Handlers } from '../../src/jobs/jobs.ts'
import { monitor } from '../../src/operator/monitor.ts'
import { lookAtLicences } from '../../src/support/billing/licence-job.ts'
import { tellInstallations, tellRedConnections } from '../../src/support/mail/connection-mails.ts'
import { forgetRecipients, writeDigests } from '../../src/support/mail/digests.ts'
import { folderTransport } from '../../src/support/mail/mail-transport.ts'
import { sendMails } from '../../src/support/mail/send-mails.ts'
import { expireTickets } from '../../src/support/tickets/expire.ts'
import { billingOn } from '../support/billing-stage.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { openTestEngine, type TestEngine } from '../support/engine.ts'
import { makeOperator } from '../support/operator.ts'
import { callOperation, operationsOf } from './documented.ts'
import { dumpOf } from './dump.ts'
import { openTwoMerchants, type TwoMerchants } from './two-merchants.ts'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** The whole product, the web server under its role and the worker under its own. */
let database: TestDatabase
let asWeb: TestDatabase
let asWorker: TestDatabase
let stage: TwoMerchants
let worker: TestEngine
let mails: string
const logins: string[] = []

/** The same database, entered by a user who is nothing but a member of a role. */
const enteredAs = async (role: string): Promise<TestDatabase> => {
  const name = `login_${randomUUID().replaceAll('-', '')}`
  logins.push(name)
  await database.pool.query(`create role ${name} login password 'x' in role ${role}`)
  const url = new URL(database.url)
  url.username = name
  url.password = 'x'
  const pool = connectPool({ url: url.toString(), applicationName: role })
  return { url: url.toString(), pool, db: databaseOn(pool), close: () => pool.end() }
}

beforeAll(async () => {
  database = await createTestDatabase()
  await grantRoles(database.db as never)
  asWeb = await enteredAs(roles.web)
  asWorker = await enteredAs(roles.worker)
  stage = await openTwoMerchants(asWeb)
  worker = openTestEngine(asWorker, {
    clock: stage.there.clock,
    seed: 900_000,
    sellsLicences: true,
  })
  mails = await mkdtemp(path.join(tmpdir(), 'doorvoer-mails-'))
})
afterAll(async () => {
  await stage.close()
  await worker.close()
  await asWeb.close()
  await asWorker.close()
  for (const name of logins) await database.pool.query(`drop role ${name}`)
  await database.close()
  await rm(mails, { recursive: true, force: true })
})

describe('the roles', () => {
  it('say of every table there is who needs what of it', async () => {
    const { rows } = await database.pool.query<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'public' order by 1`,
    )
    expect(rows.map(({ name }) => name)).toEqual(Object.keys(tableRights).sort())
  })

  it('change no table, and know that', async () => {
    for (const { db } of [asWeb, asWorker]) {
      expect(await mayChangeTables(db as never)).toBe(false)
      await expectMigrated(db as never)
      for (const statement of [
        'create table mine (id int)',
        'alter table bookings add column mine int',
        'drop table bookings',
        'truncate bookings',
        'create function mine() returns int language sql as $$ select 1 $$',
        `copy bookings to program 'cat'`,
        'create role mine',
      ]) {
        await expect(sql.raw(statement).execute(db)).rejects.toThrow(/permission|owner|denied/)
      }
    }
    expect(await mayChangeTables(database.db as never)).toBe(true)
  })

  it('say so where the database is behind, instead of working on it', async () => {
    const [last = ''] = migrationNames.slice(-1)
    const kept = await database.pool.query<Record<string, unknown>>(
      'delete from kysely_migration where name = $1 returning *',
      [last],
    )
    await expect(expectMigrated(asWorker.db as never)).rejects.toThrow('doorvoer migrate --roles')
    await database.pool.query('insert into kysely_migration (name, timestamp) values ($1, $2)', [
      last,
      kept.rows[0]?.['timestamp'],
    ])
  })

  it.each([
    'select * from session',
    'select password from account',
    'select * from "twoFactor"',
    'select * from passkey',
    'select * from api_tokens',
    'select * from password_links',
    'select * from verification',
    `update "user" set email = 'dief@evil.example'`,
    `update seat set role = 'owner'`,
    `insert into operators values ('dief', now(), null)`,
    'delete from bookings',
    'delete from invoices',
    'update invoices set net_cents = 1',
    'delete from operator_log',
  ])('a worker can’t: %s', async (statement) => {
    await expect(sql.raw(statement).execute(asWorker.db)).rejects.toThrow('permission denied')
  })

  it.each([
    'delete from invoices',
    'update invoices set net_cents = 1',
    'update operator_log set reason = null',
    'delete from operator_log',
    `insert into operators values ('dief', now(), null)`,
    'delete from pgboss.job',
    'delete from kysely_migration',
    'insert into survey_sales default values',
  ])('the web server can’t: %s', async (statement) => {
    await expect(sql.raw(statement).execute(asWeb.db)).rejects.toThrow('permission denied')
  })
})

describe('under its role', () => {
  it('a worker does all of its work', async () => {
    const { one, other, there } = stage
    const { engine } = worker
    for (const merchant of [one, other]) {
      await merchant.sell({}, { totalOverride: 99 }, { paid: false })
      await there.ask(`/api/integrations/${merchant.integrationId}/surveys`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie: merchant.owner.cookie },
        body: JSON.stringify({
          purpose: 'reconciliation',
          from: '2026-01-01',
          until: '2026-01-31',
        }),
      })
      worker.rung.push(merchant.integrationId)
      await worker.drainAll()
      await poll(engine, merchant.integrationId)
      await surveySlice(engine, merchant.integrationId)
      expect(merchant.books.ledger().invoices).toHaveLength(1)
    }
    const publicUrl = there.house.publicUrl
    const news = { ...engine, publicUrl }
    const never = (error: unknown) => {
      throw error
    }
    await sweep(engine)
    await review(engine)
    there.clock.moveOn(26 * 3_600_000)
    await monitor(engine, publicUrl)
    await expireTickets(engine)
    await lookAtLicences(billingOn(engine, publicUrl, null), never)
    await tellInstallations(news, never)
    await tellRedConnections(news, never)
    await writeDigests(news, never)
    await forgetRecipients(news)
    const sent = await sendMails({
      ...engine,
      publicUrl,
      from: 'post@doorvoer.example',
      transport: folderTransport(mails),
      attach: () => Promise.reject(new Error('no invoice')),
      onFault: never,
    })
    expect(sent).toBeGreaterThan(0)
  })

  it('the web server answers every route to a merchant and to an operator', async () => {
    const { there, one } = stage
    const operator = await there.welcome('Olga')
    await makeOperator(
      { ...there, house: { ...there.house, pool: database.pool } },
      operator,
      'totp',
    )
    const nobody = '019c0000-0000-7000-8000-000000000000'
    const booking = await asWeb.db.selectFrom('bookings').select('id').executeTakeFirstOrThrow()
    const places = {
      ...{ integrationId: one.integrationId, merchantId: one.owner.merchantId },
      ...{ bookingId: booking.id, userId: one.owner.userId, side: 'webshop', system: 'kmoshops' },
      ...{ id: 'kmoshops', topic: 'x', code: 'NOT_FOUND', token: 'a'.repeat(43) },
      ...{ offerId: nobody, tokenId: nobody, ticketId: nobody, surveyId: nobody },
      ...{ invoiceId: nobody, viewId: nobody, alarmId: nobody, paymentId: nobody },
    }
    const faults: string[] = []
    const operations = (await operationsOf(there)).filter(
      // What ends the session or the merchant is next.
      ({ key }) => !/^DELETE |\/stop$|sessions\/end$/.test(key),
    )
    for (const { cookie } of [one.owner, operator]) {
      for (const operation of operations) {
        const headers = { cookie, origin: there.house.publicUrl }
        const { status, text } = await callOperation(there, places, operation, headers)
        if (status >= 500 && !/_SILENT|LICENCES_NOT_SOLD/.test(text)) {
          faults.push(`${operation.key} ${status} ${text.slice(0, 200)}`)
        }
      }
    }
    expect(faults).toEqual([])
  })

  it('a merchant deletes all that is theirs', async () => {
    const { there, other } = stage
    const { merchantId, cookie } = other.owner
    const answer = await there.ask(`/api/merchants/${merchantId}`, {
      method: 'DELETE',
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify({ company: 'Zaak van Tweede' }),
    })
    expect(answer.status).toBe(200)
    const left = (await dumpOf(database.pool)).filter(({ text }) =>
      [merchantId, other.integrationId, other.owner.email].some((each) => text.includes(each)),
    )
    expect(left.map(({ table }) => table)).toEqual([])
  })

  it('the web server rings and a worker hears it, with queues that the owner made', async () => {
    const heard = Promise.withResolvers<string>()
    const errors: Error[] = []
    const options = { ownsTables: false, onError: (error: Error) => void errors.push(error) }
    const nothing = () => Promise.resolve()
    const handlers: Handlers = {
      drain: ({ integrationId }) => {
        heard.resolve(integrationId)
        return nothing()
      },
      ...{ poll: nothing, survey: nothing, 'poll-all': nothing, 'review-all': nothing },
      ...{ monitor: nothing, licences: nothing, news: nothing, digests: nothing },
    }
    const sender = await startJobs({ ...options, url: asWeb.url, role: 'sender' })
    const ear = await startJobs({ ...options, url: asWorker.url, role: 'worker' })
    await ear.work(handlers)
    const { integrationId } = stage.one
    await sender.send('drain', { integrationId }, integrationId)
    expect(await heard.promise).toBe(integrationId)
    await ear.stop(2_000)
    await sender.stop(2_000)
    expect(errors).toEqual([])
  })
})

it('`doorvoer migrate --roles` makes them, and both programs run under them', async () => {
  const settings = {
    DOORVOER_KEYS: newKey('k1', systemRandom),
    DOORVOER_SECRET: 'x'.repeat(32),
    DOORVOER_HOME: mails,
    DOORVOER_PORT: String(await anyFreePort()),
  }
  const run = (command: readonly string[], { url }: TestDatabase) =>
    runProgram(command, { env: { ...settings, DATABASE_URL: url } })
  const migrated = await run(['migrate', '--roles'], database).ended
  expect(migrated).toMatchObject({ code: 0, stderr: '' })
  expect(migrated.stdout).toContain('doorvoer_web and doorvoer_worker')
  for (const [part, entered] of [
    ['web', asWeb],
    ['worker', asWorker],
  ] as const) {
    const program = run([part], entered)
    await program.says('Doorvoer is running')
    program.end()
    expect(await program.ended).toMatchObject({ code: 0 })
    expect(program.said().stdout).not.toMatch(/permission denied|"level":[45]0/)
  }
  // Who may not change tables makes no roles either, and is told why.
  expect((await run(['migrate', '--roles'], asWeb).ended).code).not.toBe(0)
}, 120_000)
