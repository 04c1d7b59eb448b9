import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import { startEmbedded } from '../src/database/embedded.ts'
import type { Cellar } from './cellar.ts'
import { parentOf } from './cpu.ts'

/** The PostgreSQL server of the run: the product's own embedded one, with the settings the product gives it. */
export interface DatabaseServer {
  postmasterPid: number
  /** Makes an empty database. @returns its address */
  create(name: string): Promise<string>
  /** The server's processes without the backends of other databases than this one. */
  pidsFor(name: string): Promise<number[]>
}

/** A folder of this run alone, on the disk the product would use; removed at the end. */
export const makeFolder = async (cellar: Cellar): Promise<string> => {
  const home = path.resolve(import.meta.dirname, '../.doorvoer')
  await mkdir(home, { recursive: true })
  const folder = await mkdtemp(path.join(home, 'bench-'))
  cellar.add(() => rm(folder, { recursive: true, force: true }))
  // PostgreSQL runs as another user when we are root, and must get in.
  await chmod(folder, 0o755)
  return folder
}

const onServer = async <T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

const lookAround = (url: string) =>
  onServer(url, async (client) => {
    const { rows } = await client.query<{ pid: number; data: string }>(
      `select pg_backend_pid() as pid, current_setting('data_directory') as data`,
    )
    const [row] = rows
    if (row === undefined) throw new Error('the database server tells nothing about itself')
    return { postmasterPid: await parentOf(row.pid), home: path.dirname(row.data) }
  })

const outside = '/var/lib/doorvoer/'

/** Makes the server count its statements, for a profile. */
const counting = {
  shared_preload_libraries: 'pg_stat_statements',
  'pg_stat_statements.track_planning': 'on',
}

/**
 * Starts the embedded server of the product on `folder`, and has its data removed at the end: also where the
 * product keeps them elsewhere, because the user it runs PostgreSQL as can't enter the folder.
 */
export const openServer = async (
  folder: string,
  cellar: Cellar,
  options: { countStatements: boolean } = { countStatements: false },
): Promise<DatabaseServer> => {
  const server = await startEmbedded({
    folder,
    ...(options.countStatements && { settings: counting }),
  })
  const { postmasterPid, home } = await lookAround(server.url)
  cellar.add(async () => {
    await server.stop()
    if (home.startsWith(outside)) await rm(home, { recursive: true, force: true })
  })
  return {
    postmasterPid,
    create: async (name) => {
      await onServer(server.url, (client) => client.query(`create database ${name}`))
      const url = new URL(server.url)
      url.pathname = `/${name}`
      return url.toString()
    },
    pidsFor: (name) =>
      onServer(server.url, async (client) => {
        const { rows } = await client.query<{ pid: number }>(
          `select pid from pg_stat_activity where datname is null or datname = $1`,
          [name],
        )
        return [postmasterPid, ...rows.map(({ pid }) => pid)]
      }),
  }
}
