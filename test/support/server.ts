import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { migrateAll } from '../../src/commands/runtime.ts'
import { connectPool } from '../../src/database/connect.ts'
import { startEmbedded } from '../../src/database/embedded.ts'
import { guard } from './guard.ts'
import { admitWorkers } from './least-rights.ts'

const template = 'doorvoer_template'

/** Where a process of the tests finds the server: handed down, so that the suites run without vitest too. */
const variable = 'DOORVOER_TEST_DATABASES'

export interface TestServer {
  url: string
  template: string
}

export const hasTestServer = (): boolean => process.env[variable] !== undefined

/** The server that was started for this run. @throws Error when none was */
export const testServer = (): TestServer => {
  const url = process.env[variable]
  if (url === undefined) throw new Error('no database server was started for the tests')
  return { url, template }
}

/** The process id of the server that `client` is connected to. */
const pidOf = async (client: pg.Client): Promise<number> => {
  const { rows } = await client.query<{ file: string }>(
    `select current_setting('data_directory') || '/postmaster.pid' as file`,
  )
  const [pid] = (await readFile(rows[0]?.file ?? '', 'utf8')).split('\n')
  return Number(pid)
}

/**
 * One real PostgreSQL for the whole run, with a migrated template that every test file clones. It does not
 * wait for the disk: what is tested here survives a killed process, not a power cut.
 * @returns how to end it
 */
export const startTestServer = async (): Promise<() => Promise<void>> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'doorvoer-test-'))
  // Open to the user postgres, or its files would move to a place that nobody tidies.
  await chmod(folder, 0o755)
  const server = await startEmbedded({
    folder: path.join(folder, 'postgres'),
    settings: {
      fsync: 'off',
      synchronous_commit: 'off',
      full_page_writes: 'off',
      // No database here lives long enough to be worth it.
      autovacuum: 'off',
      max_connections: '1000',
    },
  })
  const client = new pg.Client({ connectionString: server.url })
  await client.connect()
  const dismissGuard = guard(await pidOf(client), folder)
  await client.query(`create database ${template}`)
  await client.end()

  const url = new URL(server.url)
  url.pathname = `/${template}`
  const pool = connectPool({ url: url.toString() })
  await migrateAll(pool, { pool, publicUrl: 'http://127.0.0.1:1', secret: 'x'.repeat(32) })
  await pool.end()
  await admitWorkers(url.toString())

  process.env[variable] = server.url
  return async () => {
    await server.stop()
    dismissGuard()
    await rm(folder, { recursive: true, force: true })
  }
}
