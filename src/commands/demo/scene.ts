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
import { findAccounting, findWebshop } from '../../connectors/registry.ts'
import type { Pace } from '../../connectors/pace.ts'
import { startBooks } from './books.ts'
import { homeCountry, unknownVatNumber } from './mix.ts'
import { standardPair, type Pair } from './pairs.ts'
import { vatRowsFrom } from '../remote/vat-table-from.ts'
import type { Remote } from '../remote/remote.ts'
import { remoteBooks } from './remote-books.ts'
import { remoteShop } from './remote-shop.ts'
import type { DemoBooks, DemoShop } from './remotes.ts'
import { startShop } from './shops.ts'

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
  /** What the references in real books begin with; '' in a sandbox, which starts empty. */
  mark: string
  integrationId: string
  close(): Promise<void>
}

/** Real installations that stand in for the sandboxes of a pair. */
export interface RealEnds {
  webshop: Remote | null
  accounting: Remote | null
}

export const noRealEnds: RealEnds = { webshop: null, accounting: null }

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
    drop: () =>
      admin(async (client) => {
        // A pool ends before the server has heard of it; what is cut off in that moment complains in the log.
        await client.query(
          `do $$ begin for i in 1..50 loop
             exit when not exists (select 1 from pg_stat_activity where datname = '${name}');
             perform pg_sleep(0.02), pg_stat_clear_snapshot();
           end loop; end $$`,
        )
        await client.query(`drop database ${name} with (force)`)
      }),
  }
}

const assertHealthy = (what: string, findings: readonly Finding[]): void => {
  const bad = findings.find((finding) => finding.problem !== undefined)
  if (bad?.problem === undefined) return
  throw new Error(
    `${what} can't be connected: ${bad.subject}: ${bad.problem.code} ${JSON.stringify(bad.problem.params)}`,
  )
}

const install = async (
  runtime: Runtime,
  { shop, books, mark }: Pick<Scene, 'shop' | 'books' | 'mark'>,
): Promise<string> => {
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
    .set({
      settings: JSON.stringify({
        homeCountry,
        vatTable: books.vatTable ?? [],
        referenceTemplate: `${mark}{number}`,
      }),
      configurationSavedAt: engine.clock.now(),
    })
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

/** A sandbox that counts no calls is called as fast as it answers. */
const pacesOf = (shop: DemoShop, books: DemoBooks): Record<string, Pace> =>
  Object.fromEntries(
    [
      { ...shop, connector: findWebshop(shop.system) },
      { ...books, connector: findAccounting(books.system) },
    ]
      .filter(({ unlimited }) => unlimited)
      .map(({ system, connector }) => {
        const { concurrency } = connector.capabilities.pace
        return [system, { calls: 1_000, windowMs: 1_000, concurrency }]
      }),
  )

/** Builds the scene. Everything listens on loopback; ports that are taken are replaced by free ones. */
export const openScene = async (
  given: Config,
  pair: Pair = standardPair,
  real: RealEnds = noRealEnds,
): Promise<Scene> => {
  const port = (await portIsFree(given.port)) ? given.port : await anyFreePort()
  const [server, shop, books, vies] = await Promise.all([
    startEmbedded({ folder: path.join(given.home, 'postgres') }),
    real.webshop === null ? startShop(pair.webshop) : remoteShop(real.webshop),
    real.accounting === null
      ? startBooks(pair.accounting)
      : remoteBooks(real.accounting, vatRowsFrom(pair.accounting, process.env)),
    startVies({}),
  ])
  const mark = books.isReal ? `DV${Buffer.from(systemRandom.bytes(3)).toString('hex')}-` : ''
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
      privateAllowed: ['127.0.0.0/8', ...given.privateAllowed],
      viesUrl: vies.apiUrl,
      paces: { ...pacesOf(shop, books), ...given.paces },
    },
    { role: 'worker' },
  )
  const stop = await startParts(runtime, ['web', 'worker'])
  const close = async () => {
    await stop()
    await Promise.all([shop.close(), books.close(), vies.close()])
    await database.drop()
    await server.stop()
  }
  try {
    const integrationId = await install(runtime, { shop, books, mark })
    return { runtime, shop, books, mark, integrationId, close }
  } catch (error) {
    await close()
    throw error
  }
}
