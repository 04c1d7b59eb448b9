import { sql } from 'kysely'
import type { Database } from '../database/connect.ts'
import { asked, wasUndone } from './commit-errors.ts'
import { together } from './together.ts'

/** Which booking asks, and how the references begin that it asks about. */
interface Wish {
  integrationId: string
  bookingId: string
  beginning: string
}

/** References of other bookings of the same integration that begin alike: of one order there are few. */
export type TakenReferences = (wish: Wish) => Promise<ReadonlySet<string>>

/** More documents than any order has; beyond that a reference is refused by the clerk's look-up, not here. */
const alikeMax = 1_000

const readTaken =
  (db: Database) =>
  async (wishes: readonly Wish[]): Promise<ReadonlySet<string>[]> => {
    const rows = JSON.stringify(
      wishes.map(({ integrationId, bookingId, beginning }, n) => ({
        n,
        integration_id: integrationId,
        id: bookingId,
        beginning,
      })),
    )
    const found = await asked(
      sql<{ n: number; reference: string }>`
        select w.n, taken.reference
        from jsonb_to_recordset(${rows}::jsonb)
          as w (n int, integration_id uuid, id uuid, beginning text),
        -- Limited, so that each wish walks its own part of the index of references, whatever the planner thinks.
        lateral (
          select b.reference from bookings b
          where b.integration_id = w.integration_id and b.id <> w.id
            and b.reference collate "C" >= w.beginning
            and b.reference collate "C" < w.beginning || '.'
          limit ${sql.lit(alikeMax)}
        ) taken`.execute(db),
    )
    const taken = wishes.map(() => new Set<string>())
    for (const { n, reference } of found.rows) taken[n]?.add(reference)
    return taken
  }

/** Sales that ask in the same moment share a statement, as commits do. */
export const takenReferencesOn = (db: Database): TakenReferences =>
  together(readTaken(db), { sizeMax: 200, atOnce: 2, wasUndone })
