import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runProgram, type Ended } from '../test/support/program.ts'
import { testServer } from '../test/support/server.ts'
import { newKey, parseKeyRing } from './merchants/key-ring.ts'
import { systemRandom } from './world/random.ts'

const run = (args: readonly string[], env: Record<string, string> = {}, cwd?: string) =>
  runProgram(args, { env, ...(cwd !== undefined && { cwd }) }).ended

/** One clear line on stderr, nothing on stdout, exit code 2. @returns the line */
const mistake = ({ code, stdout, stderr }: Ended): string => {
  expect(stderr).toMatch(/^doorvoer[^\n]{10,400}\n$/)
  expect(stdout).toBe('')
  expect(code).toBe(2)
  return stderr.trim()
}

const onServer = async (query: string): Promise<void> => {
  const client = new pg.Client({ connectionString: testServer().url })
  await client.connect()
  try {
    await client.query(query)
  } finally {
    await client.end()
  }
}

const database = `main_${process.pid}`
const databaseUrl = () => {
  const url = new URL(testServer().url)
  url.pathname = `/${database}`
  return url
}
const settings = (url: string) => ({
  DATABASE_URL: url,
  DOORVOER_KEYS: newKey('k1', systemRandom),
  DOORVOER_SECRET: Buffer.from(systemRandom.bytes(32)).toString('base64url'),
})

let home: string
let busy: Server
let busyPort: number

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'doorvoer-main-'))
  busy = createServer()
  await new Promise<void>((resolve) => busy.listen(0, '127.0.0.1', resolve))
  busyPort = (busy.address() as AddressInfo).port
  await onServer(`create database ${database} template template0`)
})

afterAll(async () => {
  busy.close()
  await rm(home, { recursive: true, force: true })
  await onServer(`drop database ${database} with (force)`)
})

/** A program of its own takes a while where others work too. */
const patient = { timeout: 90_000 }

describe.concurrent('a mistake on the command line', patient, () => {
  it.for([
    [['sreve'], '"sreve"'],
    [['constructor'], '"constructor"'],
    [['--verbose'], '"--verbose"'],
    [['serve', 'now'], '"now"'],
    [['web', '--port=80'], '"--port=80"'],
    [['migrate', 'up'], "'up'"],
    [['demo', '--onze'], '--onze'],
    [['demo', 'orders.json'], 'orders.json'],
    [['demo', '--json'], '--once'],
    [['demo', '--pair', 'all'], '--once'],
    [['demo', '--pair', 'kmoshops:excel'], 'eenvoudigfactureren'],
    [['demo', '--once', '--pair', 'toString'], 'eenvoudigfactureren'],
    [['keys', 'nwe'], 'keys new'],
    [['keys', 'new', 'k2'], '"k2"'],
    [['vat', 'toString'], 'vat '],
  ] as const)('%j is named in one line', async ([args, word]) => {
    expect(mistake(await run(args))).toContain(word)
  })

  it('is not to give a command, which gets the usage and exit code 2', async () => {
    const { code, stdout, stderr } = await run([])
    expect(code).toBe(2)
    expect(stdout + stderr).toContain('doorvoer <command>')
  })
})

it('help lists every command', patient, async () => {
  const { code, stdout, stderr } = await run(['help'])
  expect([code, stderr]).toEqual([0, ''])
  for (const command of ['serve', 'web', 'worker', 'migrate', 'demo', 'keys', 'vat']) {
    expect(stdout).toMatch(new RegExp(`^  ${command} `, 'm'))
  }
})

describe('a mistake in the settings', patient, () => {
  it('is named before anything is started', async () => {
    expect(mistake(await run(['web'], { DOORVOER_PORT: 'x' }))).toContain('DOORVOER_PORT')
  })

  it('in .env is one too, the environment goes before it, and each gets a line', async () => {
    const folder = await mkdtemp(path.join(home, 'env-'))
    await writeFile(path.join(folder, '.env'), 'DOORVOER_PORT=x\nDOORVOER_LOG_LEVEL=info\n')
    const env = { DOORVOER_LOG_LEVEL: 'loud', DOORVOER_X: '' }
    const { code, stdout, stderr } = await run(['migrate'], env, folder)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr.trim().split('\n').sort()).toMatchObject([
      expect.stringMatching(/^doorvoer: DOORVOER_LOG_LEVEL: /),
      expect.stringMatching(/^doorvoer: DOORVOER_PORT: /),
      expect.stringMatching(/^doorvoer: DOORVOER_X: /),
    ])
  })

  it('of the database port is told', async () => {
    const env = { DOORVOER_HOME: home, DOORVOER_DATABASE_PORT: String(busyPort) }
    const line = mistake(await run(['migrate'], env))
    expect(line).toContain(`Port ${busyPort} is in use`)
  })

  it('of a home that can be no folder is told', async () => {
    expect(mistake(await run(['migrate'], { DOORVOER_HOME: '/dev/null/x' }))).toContain('/dev/null')
  })

  it('of a database server that is not there is told', async () => {
    const line = mistake(await run(['migrate'], settings('postgres://u:geheim@127.0.0.1:1/x')))
    expect(line).toMatch(/DATABASE_URL|database/)
    expect(line).not.toContain('geheim')
  })

  it('of a wrong password is told', async () => {
    const url = databaseUrl()
    url.password = 'geheim'
    const line = mistake(await run(['migrate'], settings(url.toString())))
    expect(line).toMatch(/DATABASE_URL|database/)
    expect(line).not.toContain('geheim')
  })
})

it('keys new prints one key that can be used', patient, async () => {
  const { code, stdout, stderr } = await run(['keys', 'new'])
  expect([code, stderr]).toEqual([0, ''])
  expect(stdout).toMatch(/^[^\n]+\n$/)
  const { current, keys } = parseKeyRing(stdout.trim())
  expect(keys.get(current)).toHaveLength(32)
})

it('migrate makes everything, and finds it made the second time', patient, async () => {
  const env = settings(databaseUrl().toString())
  const done = { code: 0, stdout: 'the database is up to date\n', stderr: '' }
  expect(await run(['migrate'], env)).toEqual(done)
  const again = runProgram(['migrate'], { env })
  await again.says('up to date')
  const saidMs = performance.now()
  expect(await again.ended).toEqual(done)
  // What is done is over: no connection is left that it waits for.
  expect(performance.now() - saidMs).toBeLessThan(5_000)
  const client = new pg.Client({ connectionString: databaseUrl().toString() })
  await client.connect()
  const found = await client.query<{ name: string }>(
    `select table_schema || '.' || table_name as name from information_schema.tables
     where table_schema in ('public', 'pgboss')`,
  )
  await client.end()
  const names = found.rows.map(({ name }) => name)
  for (const name of ['public.bookings', 'public.session', 'public.seat', 'pgboss.job']) {
    expect(names).toContain(name)
  }
})
