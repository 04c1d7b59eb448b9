import path from 'node:path'
import pg from 'pg'
import { startVies } from '../../../sandbox/vies/index.ts'
import type { Config } from '../../config.ts'
import { anyFreePort, portIsFree, startEmbedded } from '../../database/embedded.ts'
import { connectAccounting, connectWebshop } from '../../merchants/connect.ts'
import { saveSettings } from '../../merchants/connections.ts'
import { activateWhenComplete, createIntegration } from '../../merchants/integrations.ts'
import { newKey, parseKeyRing } from '../../merchants/key-ring.ts'
import { createMerchant } from '../../merchants/people.ts'
import type { Finding } from '../../connectors/finding.ts'
import { systemRandom } from '../../world/random.ts'
import { startParts } from '../serve.ts'
import { openRuntime, type Runtime } from '../runtime.ts'
import { startBooks } from './factuursturen.ts'
import { startShop, unknownVatNumber } from './kmoshops.ts'
import type { DemoBooks, DemoShop } from './remotes.ts'

export const demoPerson = {
  company: 'Koffiehuis De Proef',
  name: 'Noor Demo',
  email: 'demo@doorvoer.example',
  password: 'proef-de-koffie',
  language: 'nl' as const,
}

/** A whole world on this machine: database, sandboxes, web, worker and one merchant who is installed. */
export interface Scene {
  runtime: Runtime
  shop: DemoShop
  books: DemoBooks
  integrationId: string
  close(): Promise<void>
}

/** A database of its own in the embedded server: sandboxes forget, so what is kept must start anew too. */
const freshDatabase = async (
  serverUrl: string,
): Promise<{ url: string; drop(): Promise<void> }> => {
  const name = `demo_${process.pid}`
  const admin = async (work: (client: pg.Client) => Promise<unknown>) => {
    const client = new pg.Client({ connectionString: serverUrl })
    await client.connect()
    try {
      await work(client)
    } finally {
      await client.end()
    }
  }
  await admin(async (client) => {
    // Leftovers of demos that were killed; one that still runs has connections and stays.
    const old = await client.query<{ datname: string }>(
      `select datname from pg_database d where datname like 'demo\\_%'
       and not exists (select 1 from pg_stat_activity a where a.datname = d.datname)`,
    )
    for (const { datname } of old.rows) await client.query(`drop database "${datname}"`)
    await client.query(`create database ${name}`)
  })
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return {
    url: url.toString(),
    drop: () => admin((client) => client.query(`drop database ${name} with (force)`)),
  }
}

const assertHealthy = (what: string, findings: readonly Finding[]): void => {
  const bad = findings.find((finding) => finding.problem !== undefined)
  if (bad?.problem === undefined) return
  throw new Error(
    `${what} can't be connected: ${bad.subject}: ${bad.problem.code} ${JSON.stringify(bad.problem.params)}`,
  )
}

const install = async (runtime: Runtime, shop: DemoShop, books: DemoBooks): Promise<string> => {
  const { engine, pool, signIn, config } = runtime
  const { merchantId } = await createMerchant({ ...engine, pool, signIn }, demoPerson)
  const { id } = await createIntegration(engine, {
    merchantId,
    name: demoPerson.company,
    webshop: shop.system,
    accounting: books.system,
  })
  await saveSettings(engine, id, 'webshop', shop.system, shop.settings)
  await saveSettings(engine, id, 'accounting', books.system, books.settings)
  await engine.db
    .updateTable('integrations')
    .set({ settings: JSON.stringify({ homeCountry: shop.homeCountry }) })
    .where('id', '=', id)
    .execute()
  const at = { integrationId: id }
  assertHealthy(
    shop.system,
    await connectWebshop(engine, engine.http, config.publicUrl, {
      ...at,
      system: shop.system,
      credentials: shop.credentials,
    }),
  )
  assertHealthy(
    books.system,
    await connectAccounting(engine, engine.http, {
      ...at,
      system: books.system,
      credentials: books.credentials,
    }),
  )
  if (!(await activateWhenComplete(engine, id))) throw new Error('the installation is not complete')
  return id
}

/** Builds the scene. Everything listens on loopback; ports that are taken are replaced by free ones. */
export const openScene = async (given: Config): Promise<Scene> => {
  const port = (await portIsFree(given.port)) ? given.port : await anyFreePort()
  const [server, shop] = await Promise.all([
    startEmbedded({ folder: path.join(given.home, 'postgres') }),
    startShop(),
  ])
  const [books, vies] = await Promise.all([startBooks(shop.homeCountry), startVies({})])
  // The demo's one customer whose number is well-formed and does not exist.
  vies.plantNumbers({ [unknownVatNumber]: { valid: false } })
  const database = await freshDatabase(server.url)
  const runtime = await openRuntime(
    {
      ...given,
      databaseUrl: database.url,
      keyRing: parseKeyRing(newKey('demo', systemRandom)),
      secret: Buffer.from(systemRandom.bytes(32)).toString('base64url'),
      host: '127.0.0.1',
      port,
      publicUrl: `http://127.0.0.1:${port}`,
      privateAllowed: ['127.0.0.0/8'],
      viesUrl: vies.apiUrl,
    },
    { role: 'worker' },
  )
  const stop = await startParts(runtime, ['web', 'worker'])
  const integrationId = await install(runtime, shop, books)
  return {
    runtime,
    shop,
    books,
    integrationId,
    async close() {
      await stop()
      await Promise.all([shop.close(), books.close(), vies.close()])
      await database.drop()
      await server.stop()
    },
  }
}
