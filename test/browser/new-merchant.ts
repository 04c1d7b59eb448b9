import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { readConfig } from '../../src/config.ts'
import { openRuntime, type Runtime } from '../../src/commands/runtime.ts'
import { startParts } from '../../src/commands/serve.ts'
import { anyFreePort } from '../../src/database/embedded.ts'
import type { Pace } from '../../src/connectors/pace.ts'
import { newKey } from '../../src/merchants/key-ring.ts'
import { createMerchant } from '../../src/merchants/people.ts'
import { seededRandom } from '../../src/world/random.ts'
import { createTestDatabase } from '../support/database.ts'

/** Doorvoer as an operator runs it, with nobody in it yet. */
export interface EmptyHouse {
  runtime: Runtime
  publicUrl: string
  /** Where its mails lie, as files. */
  home: string
  /** Somebody who has just signed up and never installed anything. */
  welcome(name: string, language: 'nl' | 'en'): Promise<{ email: string; password: string }>
  close(): Promise<void>
}

/** The registration of this installation with Rompslomp's sandbox. */
const rompslompApp = { id: 'sandbox-app', secret: 'sandbox-secret' }

/** The sandboxes count no calls, so that no test waits for a window. */
const wide: Pace = { calls: 1_000, windowMs: 1_000, concurrency: 8 }

/** A database, a web server and a worker, all on this machine. */
export const openEmptyHouse = async (): Promise<EmptyHouse> => {
  const port = await anyFreePort()
  const home = await mkdtemp(path.join(tmpdir(), 'doorvoer-install-'))
  const database = await createTestDatabase()
  const config = readConfig({
    DOORVOER_HOME: home,
    DATABASE_URL: database.url,
    DOORVOER_KEYS: newKey('test', seededRandom(1)),
    DOORVOER_SECRET: Buffer.from(seededRandom(2).bytes(32)).toString('base64url'),
    DOORVOER_PORT: String(port),
    // By a name: a passkey belongs to one, and not to an address.
    DOORVOER_TRUST_PROXY: 'true',
    DOORVOER_PUBLIC_URL: `http://localhost:${port}`,
    DOORVOER_LOG_LEVEL: 'warn',
    DOORVOER_PRIVATE_ADDRESSES: '127.0.0.0/8',
    DOORVOER_ROMPSLOMP_APP: `${rompslompApp.id}:${rompslompApp.secret}`,
  })
  const systems = [
    'kmoshops',
    'seoshop',
    'magento2',
    'eenvoudigfactureren',
    'factuursturen',
    'rompslomp',
  ]
  const runtime = await openRuntime(
    { ...config, paces: Object.fromEntries(systems.map((system) => [system, wide])) },
    { role: 'worker' },
  )
  const stop = await startParts(runtime, ['web', 'worker'])
  return {
    runtime,
    publicUrl: config.publicUrl,
    home,
    async welcome(name, language) {
      const email = `${name.toLowerCase()}@nieuw.example`
      const password = `een goed wachtwoord van ${name}`
      const { engine, pool } = runtime
      const signIn = await runtime.openSignIn()
      const wanted = { company: `Winkel ${name}`, name, email, password, language }
      await createMerchant({ ...engine, pool, signIn }, wanted)
      return { email, password }
    },
    async close() {
      await stop()
      await database.close()
      await rm(home, { recursive: true, force: true })
    },
  }
}
