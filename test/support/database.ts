import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { connectPool, databaseOn, type Database } from '../../src/database/connect.ts'
import { testServer } from './server.ts'

export interface TestDatabase {
  url: string
  pool: pg.Pool
  db: Database
  /** Drops the database. @throws when a connection to it was left open: somebody leaks */
  close(): Promise<void>
}

const onServer = async <T>(work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: testServer().url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

// On a machine with twenty times more to do than it can, a killed process stays connected for seconds.
const looksMax = 150

/** Whose connections are open. One that was closed is listed for a moment longer, so look again. */
const stillOpen = async (client: pg.Client, database: string): Promise<string[]> => {
  for (let looks = 0; ; looks += 1) {
    const open = await client.query<{ applicationName: string }>(
      `select application_name as "applicationName" from pg_stat_activity where datname = $1`,
      [database],
    )
    if (open.rows.length === 0 || looks === looksMax)
      return open.rows.map((row) => row.applicationName)
    await client.query('select pg_sleep(0.1)')
  }
}

/** A database of its own for one test file, cloned from the migrated template. */
export const createTestDatabase = async (): Promise<TestDatabase> => {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await onServer(async (client) => {
    // Two clones at once would each find the template in use by the other.
    await client.query(`select pg_advisory_lock(1)`)
    // Copied as files, which takes half of the processor that writing it all down would.
    await client.query(
      `create database ${name} template ${testServer().template} strategy file_copy`,
    )
  })
  const url = new URL(testServer().url)
  url.pathname = `/${name}`
  const pool = connectPool({ url: url.toString() })
  return {
    url: url.toString(),
    pool,
    db: databaseOn(pool),
    async close() {
      await pool.end()
      await onServer(async (client) => {
        const leaked = await stillOpen(client, name)
        await client.query(`drop database ${name} with (force)`)
        if (leaked.length > 0) throw new Error(`connections were left open: ${leaked.join(', ')}`)
      })
    },
  }
}
