import { mkdtemp, readFile, rm, stat, truncate, writeFile, copyFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { setBookingStage } from '../../test/support/booking-stage.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { openTestEngine } from '../../test/support/engine.ts'
import { runProgram } from '../../test/support/program.ts'
import { testServer } from '../../test/support/server.ts'
import { drain } from '../bookings/drain.ts'
import { backUp, readHead } from '../database/back-up.ts'
import { connectPool, databaseOn } from '../database/connect.ts'
import { newKey, parseKeyRing } from '../merchants/key-ring.ts'
import { seededRandom } from '../world/random.ts'
import { restoreInto } from './backup.ts'

/** A backup is worth what comes of it on another machine. */

let database: TestDatabase
let folder: string
beforeAll(async () => {
  database = await createTestDatabase()
  folder = await mkdtemp(path.join(tmpdir(), 'doorvoer-backup-'))
})
afterAll(async () => {
  await database.close()
  await rm(folder, { recursive: true, force: true })
})

const ring = parseKeyRing(newKey('test', seededRandom(1)))
const at = '2026-11-20T12:00:00.000Z'

/** An empty database, as on a new machine. */
const newMachine = async () => {
  const name = `restored_${randomUUID().replaceAll('-', '')}`
  const server = testServer().url
  const query = async (text: string) => {
    const client = new pg.Client({ connectionString: server })
    await client.connect()
    await client.query(text)
    await client.end()
  }
  await query(`create database ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  const pool = connectPool({ url: url.toString() })
  onTestFinished(async () => {
    await pool.end()
    await query(`drop database ${name} with (force)`)
  })
  return { url: url.toString(), pool, db: databaseOn(pool), close: () => Promise.resolve() }
}

test('a restored backup goes on booking where it stood, and doubles nothing booked since', async () => {
  const stage = await setBookingStage(database)
  for (let count = 0; count < 3; count += 1) await stage.sell()
  await stage.drain()
  const waiting = await stage.sell()
  const file = path.join(folder, 'shop.backup')
  await backUp(database.pool, file, { at, keys: null })
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  // Booked after the backup was made: the restored database knows nothing of it.
  await stage.drain()
  expect(stage.books.ledger().invoices).toHaveLength(4)

  const machine = await newMachine()
  const head = await readHead(file)
  await restoreInto(machine.pool, file, head, ring)
  const before = await database.pool.query(
    `select shop_id, state, reference, remote_id from bookings where integration_id = $1 and shop_id <> $2 order by 1`,
    [stage.id, waiting],
  )
  const after = await machine.pool.query(
    `select shop_id, state, reference, remote_id from bookings where integration_id = $1 and shop_id <> $2 order by 1`,
    [stage.id, waiting],
  )
  expect(after.rows).toEqual(before.rows)

  const there = openTestEngine(machine, { clock: stage.clock, seed: 4_711 })
  onTestFinished(() => there.close())
  const later = stage.place()
  await there.engine.commits.see(
    stage.id,
    stage.shop.orders().map(({ id }) => ({ ref: { kind: 'order' as const, id: String(id) } })),
    'live',
  )
  await drain(there.engine, stage.id)
  const states = await machine.pool.query<{ state: string }>(
    `select state from bookings where integration_id = $1`,
    [stage.id],
  )
  expect(states.rows.map(({ state }) => state)).toEqual(Array.from({ length: 5 }, () => 'booked'))
  const { invoices } = stage.books.ledger()
  expect(invoices).toHaveLength(5)
  expect(new Set(invoices.map(({ reference }) => reference[0])).size).toBe(5)
  expect(later).not.toBe('')
  // A second time into the same place is refused.
  await expect(restoreInto(machine.pool, file, head, ring)).rejects.toThrow(
    'somebody in this database',
  )
})

test('keys that open nothing, and backups of a newer version, leave the new machine empty', async () => {
  const stage = await setBookingStage(database)
  await stage.sell()
  const file = path.join(folder, 'keys.backup')
  await backUp(database.pool, file, { at, keys: null })
  const machine = await newMachine()
  const head = await readHead(file)
  const foreign = parseKeyRing(newKey('other', seededRandom(9)))
  await expect(restoreInto(machine.pool, file, head, foreign)).rejects.toThrow('DOORVOER_KEYS')
  const left = await machine.pool.query('select 1 from integrations')
  expect(left.rows).toEqual([])
  const newer = { ...head, migrations: [...head.migrations, '9999-tomorrow'] }
  await expect(restoreInto(machine.pool, file, newer, ring)).rejects.toThrow('newer Doorvoer')
})

test('a backup that is cut off anywhere, changed, or none is refused, and says so', async () => {
  const file = path.join(folder, 'whole.backup')
  await backUp(database.pool, file, { at, keys: null })
  const { size } = await stat(file)
  for (const part of [0, 10, Math.floor(size / 2), size - 1]) {
    const cut = path.join(folder, `cut-${part}.backup`)
    await copyFile(file, cut)
    await truncate(cut, part)
    await expect(readHead(cut)).rejects.toThrow(/cut off|no backup/)
  }
  const bytes = await readFile(file)
  const middle = Math.floor(size / 2)
  bytes[middle] = (bytes[middle] ?? 0) ^ 0xff
  await writeFile(path.join(folder, 'changed.backup'), bytes)
  await expect(readHead(path.join(folder, 'changed.backup'))).rejects.toThrow()
})

test('the commands say what happened, and what to do', { timeout: 90_000 }, async () => {
  const env = {
    DATABASE_URL: database.url,
    DOORVOER_HOME: folder,
    DOORVOER_KEYS: newKey('test', seededRandom(1)),
    DOORVOER_SECRET: 'x'.repeat(32),
  }
  const file = path.join(folder, 'command.backup')
  const made = await runProgram(['backup', file], { env }).ended
  expect(made).toMatchObject({ code: 0 })
  expect(made.stdout).toContain('keep DOORVOER_KEYS elsewhere')
  await truncate(file, 100)
  const refused = await runProgram(['restore', file], { env }).ended
  expect(refused.code).toBe(2)
  expect(refused.stderr).toContain('no whole backup. Nothing was changed.')
  expect(await runProgram(['restore'], { env }).ended).toMatchObject({ code: 2 })
})
