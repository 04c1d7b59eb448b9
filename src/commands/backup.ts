import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type pg from 'pg'
import type { Config } from '../config.ts'
import { backUp, BackupError, loadRows, readHead, type BackupHead } from '../database/back-up.ts'
import { connectPool, databaseOn } from '../database/connect.ts'
import { migrate, migrationNames } from '../database/migrate.ts'
import {
  EnvelopeError,
  parseKeyRing,
  readOrMakeKeyRing,
  type KeyRing,
} from '../merchants/key-ring.ts'
import { migrateSignIn } from '../merchants/sign-in.ts'
import { places, vaultOf } from '../merchants/vault.ts'
import { wallClock } from '../world/clock.ts'
import { systemRandom } from '../world/random.ts'
import { makeHome, openDatabase } from './runtime.ts'

const keptIn = (config: Config, name: 'keys' | 'secret') => path.join(config.home, name)

const readKept = (config: Config, name: 'keys' | 'secret') =>
  readFile(keptIn(config, name), 'utf8').then((text) => text.trim())

/** Opens the database of the configuration for a while, and nothing else. */
const withPool = async <T>(config: Config, work: (pool: pg.Pool) => Promise<T>): Promise<T> => {
  await makeHome(config)
  const database = await openDatabase(config)
  const pool = connectPool({
    url: database.url,
    applicationName: 'doorvoer-backup',
    answerMsMax: Infinity,
  })
  try {
    return await work(pool)
  } finally {
    await pool.end()
    await database.stop()
  }
}

/** Writes a backup. @returns how many rows, and whether the keys went with them */
export const backupCommand = (
  config: Config,
  file: string,
  withKeys: boolean,
): Promise<{ rows: number; keys: boolean }> =>
  withPool(config, async (pool) => {
    if (withKeys && config.keyRing !== undefined) {
      throw new BackupError(
        'The keys stand in DOORVOER_KEYS and not in DOORVOER_HOME: keep them there.',
      )
    }
    const keys = withKeys
      ? { keys: await readKept(config, 'keys'), secret: await readKept(config, 'secret') }
      : null
    const rows = await backUp(pool, path.resolve(file), { at: wallClock.now().toISOString(), keys })
    return { rows, keys: keys !== null }
  })

/** Whether anybody lives in this database. */
const isInhabited = async (pool: pg.Pool): Promise<boolean> => {
  const tables = await pool.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public'
       and table_name in ('integrations', 'merchant', 'user')`,
  )
  for (const { name } of tables.rows) {
    const found = await pool.query(`select 1 from "${name}" limit 1`)
    if (found.rows.length > 0) return true
  }
  return false
}

/** The ring that opens what comes: the machine's own, or the one in the backup. */
const ringFor = async (config: Config, head: BackupHead): Promise<KeyRing> => {
  if (config.keyRing !== undefined) return config.keyRing
  if (head.keys !== null) return parseKeyRing(head.keys.keys.split(/\s+/).join(','))
  return readOrMakeKeyRing(keptIn(config, 'keys'), systemRandom)
}

/** @throws BackupError when the ring opens nothing of what was loaded */
const tryKeys = async (client: pg.ClientBase, ring: KeyRing): Promise<void> => {
  const found = await client.query<{ id: string; sealed: string }>(
    'select id, debtor_key as sealed from integrations',
  )
  const vault = vaultOf(ring, systemRandom)
  for (const { id, sealed } of found.rows) {
    try {
      vault.open(sealed, places.debtorKey(id))
    } catch (error) {
      if (!(error instanceof EnvelopeError)) throw error
      throw new BackupError(
        'The keys of this machine do not open what is in the backup. Set DOORVOER_KEYS (or put DOORVOER_HOME/keys) as it was where the backup was made. Nothing was changed.',
      )
    }
  }
}

/**
 * Loads a backup into an empty database, brought up to date. All or nothing.
 * @throws BackupError with what is wrong and what to do
 */
export const restoreInto = async (
  pool: pg.Pool,
  file: string,
  head: BackupHead,
  ring: KeyRing,
): Promise<number> => {
  const unknown = head.migrations.filter((each) => !migrationNames.includes(each))
  if (unknown.length > 0) {
    throw new BackupError(
      `The backup was made by a newer Doorvoer (${unknown.join(', ')}). Update first. Nothing was changed.`,
    )
  }
  if (await isInhabited(pool)) {
    throw new BackupError(
      'There is somebody in this database already. Restore into an empty one: a new DOORVOER_HOME, or a new DATABASE_URL.',
    )
  }
  const db = databaseOn(pool) as never
  // As it was; what newer versions change is then done to the rows as in any update.
  await migrate(db, head.migrations.at(-1))
  await migrateSignIn({ pool, publicUrl: 'http://127.0.0.1', secret: 'x'.repeat(32) })
  const client = await pool.connect()
  try {
    await client.query('begin')
    const rows = await loadRows(client, file)
    await tryKeys(client, ring)
    // Whoever worked there works there no more.
    await client.query(
      'update mailboxes set holder = null, lease_until = null, bell = false, rest_until = null',
    )
    await client.query('commit')
    return rows
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    client.release(true)
  }
}

/** Restores a backup into the empty database of the configuration. @returns how many rows, and of when */
export const restoreCommand = async (
  config: Config,
  file: string,
): Promise<{ rows: number; at: string }> => {
  // Read to its end first: of a file that is cut off nothing may be left behind.
  const head = await readHead(file)
  const ring = await ringFor(config, head)
  const rows = await withPool(config, async (pool) => {
    const loaded = await restoreInto(pool, file, head, ring)
    // From how it was to how this version wants it.
    await migrate(databaseOn(pool) as never)
    return loaded
  })
  if (head.keys !== null && config.keyRing === undefined) {
    await writeFile(keptIn(config, 'keys'), `${head.keys.keys}\n`, { mode: 0o600 })
    await writeFile(keptIn(config, 'secret'), `${head.keys.secret}\n`, { mode: 0o600 })
  }
  return { rows, at: head.at }
}
