import { sql } from 'kysely'
import type { Survey } from '../bookings/surveys/survey.ts'
import type { Database } from '../database/connect.ts'

/** A migration of anybody's, with whose it is. */
export interface MigrationLine extends Survey {
  name: string
  merchant: string
}

export type MigrationShow = 'standing' | 'all'

/** One page of the migrations of all integrations, newest first. `standing`: those that are not over. */
export const listMigrations = async (
  db: Database,
  wanted: { show: MigrationShow; after?: string | undefined; limit: number },
): Promise<{ items: MigrationLine[]; next: string | null }> => {
  const { show, after = null, limit } = wanted
  const found = await sql<MigrationLine>`
    select s.*, i.name, coalesce(m.name, '') as merchant
    from surveys s join integrations i on i.id = s.integration_id
    left join merchant m on m.id = i.merchant_id
    where s.purpose = 'migration'
      and (${show === 'all'}::boolean
        or s.state in ('listing', 'invoices', 'reading', 'ready', 'running', 'paused'))
      and (${after}::uuid is null or s.id < ${after}::uuid)
    order by s.id desc limit ${limit + 1}`.execute(db)
  const items = found.rows.slice(0, limit)
  return { items, next: found.rows.length > limit ? (items.at(-1)?.id ?? null) : null }
}
