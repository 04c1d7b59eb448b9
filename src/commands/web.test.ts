import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { readConfig } from '../config.ts'
import { anyFreePort } from '../database/embedded.ts'
import { systemRandom } from '../world/random.ts'
import { makeKey } from './keys.ts'
import { openRuntime, type Runtime } from './runtime.ts'
import { PortTaken, startWeb } from './web.ts'

let database: TestDatabase
let runtime: Runtime
/** Accepts every connection and never says a word, as a database behind a broken firewall. */
let silence: Server
let silencePort: number
const sockets = new Set<Socket>()

const listen = async (server: Server) => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

beforeAll(async () => {
  database = await createTestDatabase()
  silence = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined))
  })
  silencePort = await listen(silence)
  const config = readConfig({
    DATABASE_URL: database.url,
    DOORVOER_KEYS: makeKey(),
    DOORVOER_SECRET: Buffer.from(systemRandom.bytes(32)).toString('base64url'),
    DOORVOER_LOG_LEVEL: 'silent',
  })
  runtime = await openRuntime(config, { role: 'sender' })
  // Not part of what is measured.
  await runtime.openSignIn()
})
afterAll(async () => {
  for (const socket of sockets) socket.destroy()
  await new Promise((resolve) => silence.close(resolve))
  await runtime.close()
  await database.close()
})

/** The same runtime on another port, listening for changes at a database that never answers. */
const onPort = (port: number): Runtime => {
  const url = new URL(database.url)
  url.port = String(silencePort)
  const publicUrl = `http://127.0.0.1:${port}`
  return { ...runtime, config: { ...runtime.config, port, publicUrl }, databaseUrl: url.toString() }
}

/** What `work` comes to, or that it takes too long. */
const inTime = <T>(work: Promise<T>): Promise<T | 'hangs'> =>
  Promise.race([
    work,
    new Promise<'hangs'>((resolve) => {
      setTimeout(() => {
        resolve('hangs')
      }, 8_000).unref()
    }),
  ])

describe.concurrent('the web server, at a database that accepts and never answers', () => {
  it('stops within seconds', async ({ expect }) => {
    const port = await anyFreePort()
    const stop = await startWeb(onPort(port))
    expect((await fetch(`http://127.0.0.1:${port}/health/live`)).status).toBe(200)
    expect(await inTime(stop())).toBeUndefined()
    await expect(fetch(`http://127.0.0.1:${port}/health/live`)).rejects.toThrow()
  })

  it('says within seconds that its port is taken', async ({ expect }) => {
    const busy = createServer()
    const port = await listen(busy)
    const started = startWeb(onPort(port)).catch((error: unknown) => error)
    const result = await inTime(started)
    busy.close()
    expect(result).toBeInstanceOf(PortTaken)
    expect(String(result)).toContain(`Port ${port} is in use`)
  })
})
