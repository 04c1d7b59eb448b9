import path from 'node:path'
import pg from 'pg'
import { startMollie } from '../../../sandbox/mollie/index.ts'
import { startSmtp } from '../../../sandbox/smtp/index.ts'
import { startVies } from '../../../sandbox/vies/index.ts'
import type { Config } from '../../config.ts'
import { anyFreePort, portIsFree, startEmbedded } from '../../database/embedded.ts'
import { connectAccounting, connectWebshop } from '../../merchants/connect.ts'
import { saveSettings } from '../../merchants/connections.ts'
import { activateWhenComplete, createIntegration } from '../../merchants/integrations.ts'
import { newKey, parseKeyRing } from '../../merchants/key-ring.ts'
import { createMerchant } from '../../merchants/people.ts'
import type { Finding } from '../../connectors/finding.ts'
import { explain } from '../../problems/catalogue.ts'
import type { Reason } from '../../problems/reason.ts'
import { acceptTerms, currentVersion } from '../../merchants/terms.ts'
import { systemRandom } from '../../world/random.ts'
import { startParts } from '../serve.ts'
import { openRuntime, type Runtime } from '../runtime.ts'
import { findAccounting, findWebshop } from '../../connectors/registry.ts'
import type { Pace } from '../../connectors/pace.ts'
import { startBooks } from './books.ts'
import { homeCountry, unknownVatNumber, type Home } from './mix.ts'
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

/** Who sells licences in the demo. */
const demoSeller = {
  name: 'Doorvoer Demo BV',
  address: ['Dorpsstraat 1', '1234 AB Utrecht'],
  country: 'NL' as const,
  vatNumber: 'NL123456782B01',
  chamberNumber: '12345678',
  iban: 'NL91ABNA0417164300',
  email: 'administratie@doorvoer.example',
}

/** A whole world on this machine: database, sandboxes, web, worker and one merchant who is installed. */
export interface Scene {
  runtime: Runtime
  shop: DemoShop
  books: DemoBooks
  /** What the references in real books begin with; '' in a sandbox, which starts empty. */
  mark: string
  integrationId: string
  /** Where every mail that went out can be read. */
  mailbox: string
  close(): Promise<void>
}

/** Real installations that stand in for the sandboxes of a pair. */
export interface RealEnds {
  webshop: Remote | null
  accounting: Remote | null
  /** Where the merchant is established; the sandbox shops are Belgian. */
  home: Home
}

export const noRealEnds: RealEnds = { webshop: null, accounting: null, home: homeCountry }

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

/** One line for whoever typed the address and the keys: the code, what is wrong, what to do. */
class NotConnected extends Error {
  readonly lines: readonly string[]
  constructor(what: string, subject: string, { code, params }: Reason) {
    const { text, remedy } = explain(code, params, 'en')
    super(`${what} can't be connected: ${subject}: ${code}: ${text} ${remedy}`)
    this.name = 'NotConnected'
    this.lines = [this.message]
  }
}

const assertHealthy = (what: string, findings: readonly Finding[]): void => {
  const bad = findings.find((finding) => finding.problem !== undefined)
  if (bad?.problem === undefined) return
  throw new NotConnected(what, bad.subject, bad.problem)
}

const install = async (
  runtime: Runtime,
  { shop, books, mark }: Pick<Scene, 'shop' | 'books' | 'mark'>,
  home: Home,
): Promise<string> => {
  const { engine, pool, config } = runtime
  const signIn = await runtime.openSignIn()
  const { merchantId, userId } = await createMerchant({ ...engine, pool, signIn }, demoPerson)
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
        homeCountry: home,
        vatTable: books.vatTable ?? [],
        referenceTemplate: `${mark}{number}`,
      }),
      configurationSavedAt: engine.clock.now(),
    })
    .where('id', '=', id)
    .execute()
  const at = { integrationId: id }
  const terms = { version: currentVersion(engine.clock), language: demoPerson.language }
  await acceptTerms(engine, { ...at, userId, ...terms })
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
  const [server, shop, books, vies, smtp, mollie] = await Promise.all([
    startEmbedded({ folder: path.join(given.home, 'postgres') }),
    real.webshop === null ? startShop(pair.webshop) : remoteShop(real.webshop),
    real.accounting === null
      ? startBooks(pair.accounting, real.home)
      : remoteBooks(real.accounting, vatRowsFrom(pair.accounting, process.env)),
    startVies({}),
    startSmtp({}),
    startMollie({ limits: 'off' }),
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
      smtpUrl: smtp.smtpUrl,
      mailFrom: 'Doorvoer <post@doorvoer.example>',
      seller: demoSeller,
      mollie: { key: mollie.apiKey, url: mollie.apiUrl },
      paces: { ...pacesOf(shop, books), ...given.paces },
    },
    { role: 'worker' },
  )
  const stop = await startParts(runtime, ['web', 'worker'])
  const close = async () => {
    await stop()
    await Promise.all([shop, books, vies, smtp, mollie].map((each) => each.close()))
    await database.drop()
    await server.stop()
  }
  try {
    const integrationId = await install(runtime, { shop, books, mark }, real.home)
    const mailbox = `${smtp.url}/_sandbox/`
    return { runtime, shop, books, mark, integrationId, mailbox, close }
  } catch (error) {
    await close()
    throw error
  }
}
