import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { migrateAll } from '../../../src/commands/runtime.ts'
import { connectPool } from '../../../src/database/connect.ts'
import { startEmbedded } from '../../../src/database/embedded.ts'
import { isAlive } from '../../../src/database/start-lock.ts'
import { until } from '../../crash/processes.ts'

/** A PostgreSQL that may be killed: nobody else's tests are on it. */
export interface OwnServer {
  url: string
  /** Ends it at once, as a crash does, leaves it down for a while, and starts it again. */
  restart(downMs: number): Promise<void>
  /** Starts it again where it ended by itself. @returns whether it had */
  revive(): Promise<boolean>
  /** Kills the process of one connection: the server then ends all others and recovers by itself. */
  killBackend(): Promise<void>
  stop(): Promise<void>
}

const downMsMax = 30_000

const waitUntilUp = (url: string): Promise<true> =>
  until('the database', downMsMax, async () => {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1_000 })
    client.on('error', () => undefined)
    try {
      await client.connect()
      await client.end()
      return true as const
    } catch {
      return null
    }
  })

/**
 * Starts one, migrated. It survives its own death, and not a power cut: commits wait for the operating system
 * and not for the disk.
 * @param parent where its folder is made; the machine's folder for such things when absent
 */
export const startOwnServer = async (parent = tmpdir()): Promise<OwnServer> => {
  const folder = await mkdtemp(path.join(parent, 'doorvoer-siege-'))
  await chmod(folder, 0o755)
  const options = {
    folder: path.join(folder, 'postgres'),
    settings: { fsync: 'off', max_connections: '600', log_min_messages: 'panic' },
  }
  let server = await startEmbedded(options)
  const { url } = server
  const pool = connectPool({ url, answerMsMax: Infinity })
  await migrateAll(pool, { pool, publicUrl: 'http://127.0.0.1:1', secret: 'x'.repeat(32) })
  const { rows } = await pool.query<{ data_directory: string }>('show data_directory')
  await pool.end()
  const data = rows[0]?.data_directory ?? ''

  return {
    url,
    async restart(downMs) {
      const [pid = ''] = (await readFile(path.join(data, 'postmaster.pid'), 'utf8')).split('\n')
      process.kill(Number(pid), 'SIGQUIT')
      await until('the end of the database', downMsMax, () => (isAlive(Number(pid)) ? null : true))
      await pause(downMs)
      server = await startEmbedded(options)
      if (server.url !== url) throw new Error('the database came back at another address')
    },
    async revive() {
      const isUp = await waitUntilUp(url).catch(() => false)
      if (isUp) return false
      server = await startEmbedded(options)
      if (server.url !== url) throw new Error('the database came back at another address')
      return true
    },
    async killBackend() {
      const client = new pg.Client({ connectionString: url })
      client.on('error', () => undefined)
      await client.connect()
      const found = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
      process.kill(found.rows[0]?.pid ?? 0, 'SIGKILL')
      await client.end().catch(() => undefined)
      await waitUntilUp(url)
    },
    async stop() {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
