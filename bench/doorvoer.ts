import path from 'node:path'
import pg from 'pg'
import { request } from 'undici'
import { openRuntime } from '../src/commands/runtime.ts'
import { readConfig } from '../src/config.ts'
import type { Finding } from '../src/connectors/finding.ts'
import { anyFreePort } from '../src/database/embedded.ts'
import { connectAccounting, connectWebshop } from '../src/merchants/connect.ts'
import { saveSettings } from '../src/merchants/connections.ts'
import { activateWhenComplete, createIntegration } from '../src/merchants/integrations.ts'
import { acceptTerms, currentVersion } from '../src/merchants/terms.ts'
import { newKey } from '../src/merchants/key-ring.ts'
import { createMerchant } from '../src/merchants/people.ts'
import { systemRandom } from '../src/world/random.ts'
import type { Cellar } from './cellar.ts'
import { start } from './children.ts'
import type { Contender } from './contender.ts'
import { monotonicMs, until } from './moment.ts'
import type { Remotes } from './remotes.ts'

const main = path.resolve(import.meta.dirname, '../src/main.ts')
const startMsMax = 60_000
const settleMsMax = 120_000

/** How its processes are laid out: apart, or both in one. */
export type Layout = 'web and worker' | 'serve'

/** The installed product: a database with a merchant and twenty integrations, and nothing running yet. */
export interface Installed {
  databaseUrl: string
  env: Readonly<Record<string, string>>
  publicUrl: string
}

const environment = (databaseUrl: string, port: number): Record<string, string> => ({
  DATABASE_URL: databaseUrl,
  DOORVOER_KEYS: newKey('bench', systemRandom),
  DOORVOER_SECRET: Buffer.from(systemRandom.bytes(32)).toString('base64url'),
  DOORVOER_PORT: String(port),
  DOORVOER_PRIVATE_ADDRESSES: '127.0.0.0/8',
  // The remotes' own limits are what books in reality wait for; here they would hide everything else.
  DOORVOER_PACES: 'kmoshops=1000000/60s/50,factuursturen=1000000/60s/50',
})

const assertHealthy = (findings: readonly Finding[]): void => {
  const bad = findings.find(({ problem }) => problem !== undefined)
  if (bad !== undefined) throw new Error(`can't connect: ${JSON.stringify(bad)}`)
}

/** Installs an integration per shop, as the screens would. */
export const install = async (
  databaseUrl: string,
  remotes: Remotes,
  folder: string,
): Promise<Installed> => {
  const port = await anyFreePort()
  const env = { ...environment(databaseUrl, port), DOORVOER_HOME: path.join(folder, 'doorvoer') }
  const config = readConfig(env)
  const runtime = await openRuntime(config, { role: 'sender', connectionsMax: 4 })
  try {
    const { engine, pool } = runtime
    const signIn = await runtime.openSignIn()
    const { merchantId } = await createMerchant(
      { ...engine, pool, signIn },
      {
        company: 'Bench',
        name: 'Bench',
        email: 'bench@bench.example',
        password: 'twenty shops and twenty books',
        language: 'nl',
      },
    )
    for (const [index, shop] of remotes.shops.entries()) {
      const books = remotes.books[index]
      if (books === undefined) throw new Error('a shop without books')
      const { id: integrationId } = await createIntegration(engine, {
        merchantId,
        name: `Bench ${index}`,
        webshop: 'kmoshops',
        accounting: 'factuursturen',
      })
      await saveSettings(engine, integrationId, 'webshop', 'kmoshops', {})
      await saveSettings(engine, integrationId, 'accounting', 'factuursturen', {})
      await engine.db
        .updateTable('integrations')
        .set({
          settings: JSON.stringify({ homeCountry: 'BE' }),
          configurationSavedAt: engine.clock.now(),
        })
        .where('id', '=', integrationId)
        .execute()
      assertHealthy(
        await connectWebshop(engine, engine.http, config.publicUrl, {
          integrationId,
          system: 'kmoshops',
          credentials: {
            apiRoot: shop.url,
            apiPublic: shop.apiPublic,
            apiSecret: shop.apiSecret,
          },
        }),
      )
      assertHealthy(
        await connectAccounting(engine, engine.http, {
          integrationId,
          system: 'factuursturen',
          credentials: {
            userName: books.userName,
            apiKey: books.apiKey,
            baseUrl: `${books.url}/api/v1`,
          },
        }),
      )
      const terms = { version: currentVersion(engine.clock), language: 'nl' as const }
      await acceptTerms(engine, { integrationId, userId: 'bench', ...terms })
      if (!(await activateWhenComplete(engine, integrationId))) {
        throw new Error('an installation is not complete')
      }
    }
  } finally {
    await runtime.close()
  }
  return { databaseUrl, env, publicUrl: config.publicUrl }
}

/** Whether a web process answers that it can work. */
export const isReady = (publicUrl: string): Promise<boolean> =>
  request(`${publicUrl}/health/ready`).then(
    async ({ statusCode, body }) => {
      await body.dump()
      return statusCode === 200
    },
    () => false,
  )

/** What every command of the product logs once it runs. */
const runs = 'Doorvoer is running'

/**
 * Starts (c) as anybody would: `doorvoer web` and `doorvoer worker`, or `doorvoer serve`.
 * @param profiles a folder for CPU profiles of the processes, written when they end
 */
export const openDoorvoer = async (
  installed: Installed,
  remotes: Remotes,
  options: { layout: Layout; folder: string; profiles?: string },
  cellar: Cellar,
): Promise<Contender & { startMs: number }> => {
  const { databaseUrl, env, publicUrl } = installed
  const { layout, folder, profiles } = options
  const commands = layout === 'serve' ? ['serve'] : ['web', 'worker']
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 })
  cellar.add(() => pool.end())
  // The first poll is owed since the installation; it would stand among the calls of the first sale.
  await pool.query('update polls set finished_at = started_at')
  const startedMs = monotonicMs()
  const processes = commands.map((command) =>
    start(command, [main, command], {
      env,
      folder,
      ...(profiles !== undefined && {
        nodeArgs: [
          '--cpu-prof',
          '--cpu-prof-dir',
          profiles,
          '--cpu-prof-name',
          `${command}.cpuprofile`,
        ],
      }),
    }),
  )
  for (const each of processes) cellar.add(() => each.end())
  await until('web', startMsMax, () => isReady(publicUrl), 10)
  const startMs = monotonicMs() - startedMs
  for (const each of processes) {
    await until('a process of (c)', startMsMax, async () => (await each.printed()).includes(runs))
  }
  // The hourly poll would read every order of the bench again in whatever minute it falls.
  await pool.query('delete from pgboss.schedule')
  // And when it is that minute, it has just begun.
  const isPolled = async () => {
    const { rows } = await pool.query(
      `select 1 from pgboss.job where state in ('created', 'retry', 'active')
         and name in ('__pgboss__send-it', 'poll-all', 'poll')
       union all select 1 from polls where finished_at is null or finished_at < started_at limit 1`,
    )
    return rows.length === 0
  }
  await until('the polls of the hour', settleMsMax, isPolled, 200)

  const counts = async () => {
    const { rows } = await pool.query<{ booked: number; other: number; leased: number }>(
      `select count(*) filter (where state = 'booked')::int as booked,
         count(*) filter (where state <> 'booked')::int as other,
         (select count(*)::int from mailboxes where holder is not null) as leased
       from bookings`,
    )
    return rows[0]
  }
  const isSettled = async () => {
    const now = await counts()
    return now !== undefined && now.other === 0 && now.leased === 0
  }
  const explain = async () => {
    const bookings = await pool.query(
      `select state, reason_code, reason_params, count(*)::int from bookings
       group by 1, 2, 3 order by 4 desc limit 9`,
    )
    const mailboxes = await pool.query(
      `select bell, failures, rest_until > now() as rests, lease_until > now() as leased, count(*)::int
       from mailboxes group by 1, 2, 3, 4`,
    )
    const jobs = await pool.query(`select name, state, count(*)::int from pgboss.job group by 1, 2`)
    const logs = await Promise.all(processes.map((each) => each.printed()))
    return JSON.stringify([bookings.rows, mailboxes.rows, jobs.rows]) + logs.join('').slice(-4000)
  }
  return {
    id: 'c',
    title: `Doorvoer, ${layout}`,
    hooks: await remotes.hooks(),
    pids: Object.fromEntries(processes.map(({ pid }, index) => [commands[index] ?? '', pid])),
    startMs,
    settled: () => until('(c) settling its bookings', settleMsMax, isSettled),
    explain,
    end: async () => {
      await Promise.all(processes.map((each) => each.end()))
    },
  }
}
