import { sql } from 'kysely'
import type { Engine } from './engine.ts'

/** Rings for an integration that has work and no bell on its way. */
export const ringFor = (engine: Engine, integrationId: string): Promise<void> =>
  engine.db.transaction().execute(async (trx) => {
    const asked = await sql<{ must: boolean }>`select must_ring(${integrationId}) as must`.execute(
      trx,
    )
    if (asked.rows[0]?.must === true) await engine.ring(trx, integrationId)
  })
