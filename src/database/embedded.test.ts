import { execFile, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { eventually } from '../../test/support/eventually.ts'
import { EmbeddedDatabaseError } from './embedded-error.ts'
import { anyFreePort, portIsFree, startEmbedded } from './embedded.ts'

const run = promisify(execFile)
const isRoot = process.getuid?.() === 0
/** Much faster, and nothing here is about power cuts. */
const settings = { fsync: 'off', synchronous_commit: 'off' }

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Where the server of `folder` has its data: beside it when the user `postgres` cannot enter it. */
const homeOf = async (folder: string): Promise<string> => {
  const moved = createHash('sha256').update(folder).digest('hex').slice(0, 16)
  const elsewhere = path.join('/var/lib/doorvoer', moved)
  return stat(elsewhere).then(
    () => elsewhere,
    () => folder,
  )
}

const serverPid = async (folder: string): Promise<number> => {
  const file = path.join(await homeOf(folder), 'data', 'postmaster.pid')
  return Number((await readFile(file, 'utf8').catch(() => '0')).split('\n')[0])
}

/** Ends the server of `folder` and no other, whoever started it. */
const endServer = async (folder: string): Promise<void> => {
  const pid = await serverPid(folder)
  if (pid <= 0 || pid === process.pid || !isAlive(pid)) return
  // Fast shutdown (PostgreSQL manual, 18.5).
  process.kill(pid, 'SIGINT')
  await eventually(() => expect(isAlive(pid)).toBe(false))
}

const makeFolder = async (mode: number) => {
  const outer = await mkdtemp(path.join(tmpdir(), 'doorvoer-embedded-'))
  await chmod(outer, mode)
  const folder = path.join(outer, 'postgres')
  const cleanUp = async () => {
    await endServer(folder)
    const home = await homeOf(folder)
    if (home !== folder) await rm(home, { recursive: true })
    await rm(outer, { recursive: true })
  }
  return { folder, cleanUp }
}

/** Whether a pid file still says that the server is this very process. */
const isOurs = async (file: string): Promise<boolean> =>
  (await readFile(file, 'utf8').catch(() => '')).startsWith(`${process.pid}\n`)

const ask = async (url: string, question: string): Promise<unknown> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ value: unknown }>(`select ${question} as value`)
    return rows[0]?.value
  } finally {
    await client.end()
  }
}

const errorOf = async (starting: Promise<unknown>): Promise<EmbeddedDatabaseError> => {
  const error: unknown = await starting.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (error instanceof EmbeddedDatabaseError) return error
  throw new Error(`expected an EmbeddedDatabaseError, not ${String(error)}`)
}

/** A process of its own that starts the database, says what came of it, and then stays. */
const startElsewhere = (folder: string) => {
  const module = path.resolve(import.meta.dirname, 'embedded.ts')
  const script = `
    import { startEmbedded } from ${JSON.stringify(module)}
    const { url, started } = await startEmbedded(${JSON.stringify({ folder, settings })})
    console.log(JSON.stringify({ url, started }))
    setInterval(() => undefined, 1_000)`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const said = new Promise<{ url: string; started: boolean }>((resolve, reject) => {
    let text = ''
    child.stdout.setEncoding('utf8')
    child.stdout.on('data', (more: string) => {
      text += more
      if (text.includes('\n')) resolve(JSON.parse(text) as { url: string; started: boolean })
    })
    child.once('exit', (code) => reject(new Error(`the starter ended with ${code}`)))
  })
  const kill = async () => {
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await ended
  }
  return { said, kill }
}

describe('the embedded database of one folder', () => {
  let folder: string
  let cleanUp: () => Promise<void>
  beforeAll(async () => {
    const made = await makeFolder(0o755)
    ;({ folder, cleanUp } = made)
  })
  afterAll(() => cleanUp())
  afterEach(() => endServer(folder))

  test('begins anew when its first start was killed half-way', async () => {
    const half = path.join(folder, 'data', 'pg_wal', 'half')
    await mkdir(path.dirname(half), { recursive: true })
    await writeFile(half, 'a start that was killed')
    const { url, started } = await startEmbedded({ folder, settings })
    expect(started).toBe(true)
    expect(await ask(url, '1')).toBe(1)
  })

  test('is found by the next start, kept by it, and stopped by who started it', async () => {
    const first = await startEmbedded({ folder, settings })
    expect(first.started).toBe(true)
    expect(await ask(first.url, `current_setting('server_version_num')::int / 10000`)).toBe(18)
    expect(await ask(first.url, `current_setting('listen_addresses')`)).toBe('127.0.0.1')
    expect(await ask(first.url, `current_setting('fsync')`)).toBe('off')

    const second = await startEmbedded({ folder, settings })
    expect(second).toMatchObject({ started: false, url: first.url })
    await second.stop()
    expect(await ask(first.url, '1')).toBe(1)
    // A port that was asked for is no reason to start it twice.
    const third = await startEmbedded({ folder, settings, port: await anyFreePort() })
    expect(third.url).toBe(first.url)

    const pid = await serverPid(folder)
    await first.stop()
    await eventually(() => expect(isAlive(pid)).toBe(false))
    expect(await portIsFree(Number(new URL(first.url).port))).toBe(true)

    // The same port and password again, so that other processes find it.
    const again = await startEmbedded({ folder, settings })
    expect(again).toMatchObject({ started: true, url: first.url })
    const wrong = new URL(again.url)
    wrong.password = 'wrong'
    await expect(ask(wrong.toString(), '1')).rejects.toThrow('password authentication failed')
    wrong.password = ''
    await expect(ask(wrong.toString(), '1')).rejects.toThrow()
    const { mode } = await stat(path.join(await homeOf(folder), 'password'))
    expect(mode & 0o777).toBe(0o600)
    if (!isRoot) return
    const { stdout } = await run('ps', ['-o', 'user=', '-p', String(await serverPid(folder))])
    expect(stdout.trim()).toBe('postgres')
  })

  test('says which port is taken and what to do', async () => {
    const holder = createServer()
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void holder.close())
    const { port } = holder.address() as AddressInfo
    expect(await portIsFree(port)).toBe(false)
    const error = await errorOf(startEmbedded({ folder, settings, port }))
    expect(error.code).toBe('DATABASE_PORT_TAKEN')
    expect(error.message).toContain(`Port ${port} is in use`)
    expect(error.message).toContain('DOORVOER_DATABASE_PORT')
  })

  test('says its last words when it will not start, and starts when the cause is gone', async () => {
    const error = await errorOf(startEmbedded({ folder, settings: { no_such_setting: '1' } }))
    expect(error.code).toBe('DATABASE_WILL_NOT_START')
    expect(error.message).toContain('no_such_setting')
    expect((await startEmbedded({ folder, settings })).started).toBe(true)
  })

  test('comes back after its own kill, with the data, past the locks that were left', async () => {
    const durable = { ...settings, fsync: 'on', synchronous_commit: 'on' }
    const first = await startEmbedded({ folder, settings: durable })
    const client = new pg.Client({ connectionString: first.url })
    client.on('error', () => undefined)
    await client.connect()
    await client.query('create table kept as select 7 as value')
    const pid = await serverPid(folder)
    process.kill(pid, 'SIGKILL')
    await eventually(() => expect(isAlive(pid)).toBe(false))
    await client.end().catch(() => undefined)
    // A starter that was killed in the middle of it leaves its lock too.
    const dead = spawn(process.execPath, ['--version'], { stdio: 'ignore' })
    await new Promise((resolve) => dead.once('exit', resolve))
    await writeFile(path.join(await homeOf(folder), 'starting'), String(dead.pid))

    // The children of the killed server take a moment to notice; until then PostgreSQL itself says no.
    const again = await eventually(() => startEmbedded({ folder, settings }))
    expect(again.started).toBe(true)
    expect(await ask(again.url, '(select value from kept)')).toBe(7)
  })

  test('is not believed to run because another program has its number now', async () => {
    const first = await startEmbedded({ folder, settings })
    const file = path.join(await homeOf(folder), 'data', 'postmaster.pid')
    const lines = (await readFile(file, 'utf8')).split('\n')
    await first.stop()
    // The power failed; after the restart our own process has the number that the server had.
    await writeFile(file, lines.with(0, String(process.pid)).join('\n'))
    const found: unknown = await startEmbedded({ folder, settings }).catch(
      (error: unknown) => error,
    )
    if (await isOurs(file)) await rm(file)
    if (found instanceof EmbeddedDatabaseError) return
    expect(await ask((found as { url: string }).url, '1')).toBe(1)
  })
})

test('three processes that start it at once in a new folder make one server, which survives them', async () => {
  // For root this is also a folder that the user `postgres` cannot enter.
  const { folder, cleanUp } = await makeFolder(0o700)
  onTestFinished(cleanUp)
  const starters = [startElsewhere(folder), startElsewhere(folder), startElsewhere(folder)]
  const said = await Promise.all(starters.map((starter) => starter.said))
  expect(said.filter(({ started }) => started)).toHaveLength(1)
  const [{ url } = { url: '' }] = said
  expect(said.map((each) => each.url)).toEqual([url, url, url])
  if (isRoot) expect(await homeOf(folder)).not.toBe(folder)

  for (const starter of starters) await starter.kill()
  expect(await startEmbedded({ folder, settings })).toMatchObject({ started: false, url })
  expect(await ask(url, '1')).toBe(1)
})

test('a free port is free, and none that the system hands out before it is used', async () => {
  const ports = await Promise.all(Array.from({ length: 20 }, () => anyFreePort()))
  for (const port of ports) {
    expect(await portIsFree(port)).toBe(true)
    expect(port).toBeLessThan(32_768)
  }
})
