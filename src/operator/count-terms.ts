import { sql } from 'kysely'
import type { Database } from '../database/connect.ts'

/** By how many integrations that are not stopped a version of the terms was accepted. */
export interface TermsCount {
  /** null: nobody accepted anything for them yet. */
  version: string | null
  /** For which this is the newest version that was accepted. */
  integrations: number
}

/** Every integration that is not stopped, by the newest version that was accepted for it. */
export const countTerms = async (db: Database): Promise<TermsCount[]> => {
  const found = await sql<TermsCount>`
    select t.version, count(*)::int as integrations
    from integrations i
    left join lateral (
      select version from terms_acceptances a where a.integration_id = i.id
      order by version desc limit 1) t on true
    where i.state <> 'stopped'
    group by t.version`.execute(db)
  return found.rows
}
