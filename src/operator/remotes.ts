import { sql } from 'kysely'
import { listPauses, type RemotePause } from '../bookings/remote-pauses.ts'
import { accountings, webshops } from '../connectors/registry.ts'
import type { Database } from '../database/connect.ts'
import type { Side } from '../database/schema.ts'

export interface Remote {
  system: string
  title: string
  side: Side
  integrations: number
  red: number
  /** Sales that wait for it, as measured last. */
  waiting: number
  pause: RemotePause | null
}

/** Every system of the registry, how integrations do there, and whether it is paused. */
export const listRemotes = async (db: Database): Promise<Remote[]> => {
  const counted = await sql<Pick<Remote, 'system' | 'integrations' | 'red' | 'waiting'>>`
    select c.system, count(*)::int as integrations,
      (count(*) filter (where c.dot = 'red'))::int as red,
      coalesce(sum(h.waiting), 0)::int as waiting
    from connections c join integrations i on i.id = c.integration_id and i.state = 'active'
    left join integration_health h on h.integration_id = c.integration_id
    group by c.system`.execute(db)
  const pauses = await listPauses(db)
  const lines = (side: Side, systems: readonly { id: string; title: string }[]) =>
    systems.map(({ id, title }): Remote => {
      const found = counted.rows.find(({ system }) => system === id)
      return {
        system: id,
        title,
        side,
        integrations: found?.integrations ?? 0,
        red: found?.red ?? 0,
        waiting: found?.waiting ?? 0,
        pause: pauses.find(({ system }) => system === id) ?? null,
      }
    })
  return [...lines('webshop', webshops), ...lines('accounting', accountings)]
}
