import pg from 'pg'
import type { Cellar } from './cellar.ts'
import { startDeeds } from './children.ts'
import type { Contender } from './contender.ts'
import type { MinimumDeeds } from './durable-minimum.ts'
import { until } from './moment.ts'
import type { Remotes } from './remotes.ts'
import type { Script } from './tape.ts'

const settleMsMax = 60_000

/** Opens (b) in two processes like (c): one answers webhooks, one makes the calls. */
export const openMinimum = async (
  databaseUrl: string,
  remotes: Remotes,
  script: Script,
  cellar: Cellar,
): Promise<Contender> => {
  const { shops, books } = remotes
  const keys = shops.map((_shop, index) => `key of ${index}`)
  const web = startDeeds<MinimumDeeds>('durable-minimum.ts')
  const worker = startDeeds<MinimumDeeds>('durable-minimum.ts')
  cellar.add(() => worker.end())
  cellar.add(() => web.end())
  const roles = { databaseUrl, keys, script, shops, books }
  const hooks = await web.ask.open({ ...roles, roles: ['web'] })
  await worker.ask.open({ ...roles, roles: ['worker'] })
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 })
  cellar.add(() => pool.end())
  const open = async () => {
    const { rows } = await pool.query<{ open: number }>(
      `select count(*)::int as open from pgboss.job where name = 'sale' and state <> 'completed'`,
    )
    return rows[0]?.open
  }
  return {
    id: 'b',
    title: 'durable minimum',
    hooks,
    pids: { web: web.pid, worker: worker.pid },
    settled: () => until('(b) finishing its jobs', settleMsMax, async () => (await open()) === 0),
    explain: async () => {
      const { rows } = await pool.query(
        `select state, count(*)::int, min(output::text) as output from pgboss.job
         where name = 'sale' group by 1`,
      )
      return JSON.stringify(rows)
    },
    end: async () => {
      await Promise.all([web.end(), worker.end()])
    },
  }
}
