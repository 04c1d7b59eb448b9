import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import { startEmbedded } from '../src/database/embedded.ts'
import { parentOf } from './cpu.ts'

/** The PostgreSQL server of the run: the product's own embedded one, with the settings the product gives it. */
export interface DatabaseServer {
  postmasterPid: number
  /** Where programs of this run work and leave their logs; removed at the end. */
  folder: string
  /** Makes an empty database. @returns its address */
  create(name: string): Promise<string>
  end(): Promise<void>
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

/** Makes the server count its statements, for a profile. */
const counting = { shared_preload_libraries: 'pg_stat_statements' }

/** A folder of this run alone, on the disk the product would use. */
export const makeFolder = async (): Promise<string> => {
  const home = path.resolve(import.meta.dirname, '../.doorvoer')
  await mkdir(home, { recursive: true })
  const folder = await mkdtemp(path.join(home, 'bench-'))
  // PostgreSQL runs as another user when we are root, and must get in.
  await chmod(folder, 0o755)
  return folder
}

/**
 * Where the embedded server of the product keeps its data may be outside the folder it was given (when the user
 * it runs as can't enter that one): asked from the server itself, so that it can be removed.
 */
export const homeOfServer = async (url: string): Promise<string> => (await lookAround(url)).home

export const removeHome = async (home: string, folder: string): Promise<void> => {
  const isOurs = home.startsWith(`${folder}/`) || home.startsWith('/var/lib/doorvoer/')
  if (isOurs) await rm(home, { recursive: true, force: true })
}

export const openServer = async (
  folder: string,
  options: { countStatements: boolean },
): Promise<DatabaseServer> => {
  const server = await startEmbedded({
    folder: path.join(folder, 'postgres'),
    ...(options.countStatements && { settings: counting }),
  })
  const { postmasterPid, home } = await lookAround(server.url)
  return {
    postmasterPid,
    folder,
    create: async (name) => {
      await onServer(server.url, (client) => client.query(`create database ${name}`))
      const url = new URL(server.url)
      url.pathname = `/${name}`
      return url.toString()
    },
    end: async () => {
      await server.stop()
      await removeHome(home, folder)
    },
  }
}
