import { sql } from 'kysely'
import type { Database } from '../database/connect.ts'
import type { Clock } from '../world/clock.ts'
import type { Booking } from './booking.ts'
import { asked, wasUndone } from './commit-errors.ts'
import { together } from './together.ts'
import { workable } from './transitions.ts'

/** What a drain asks when it looks for work. */
export interface Look {
  integrationId: string
  /** Ids of bookings that it works on already. */
  underWay: readonly string[]
  /** How many it takes at most. */
  most: number
}

/** What is due of an integration: live sales before those of a migration, the longest due first. */
export type DueBookings = (look: Look) => Promise<Booking[]>

/** Named one by one: the plan is kept only of a statement that names its columns (preparing-client.ts). */
// prettier-ignore
const columns = [
  'integrationId', 'id', 'kind', 'shopId', 'number', 'saleDate', 'state', 'lane', 'dueAt', 'mentions', 'fingerprint',
  'reasonCode', 'reasonParams', 'totalCents', 'currency', 'reference', 'draftHash', 'debtorId', 'remoteId',
  'remoteNumber', 'remoteTotalCents', 'attempts', 'lookups', 'uncertainSince', 'recreated', 'seenAt', 'changedAt',
  'bookedAt', 'history', 'evidence', 'migrationId', 'withVat', 'goAheadAt', 'waitingSeal', 'goAheadSeal',
] as const satisfies readonly (keyof Booking)[]

const columnsOf = (table: string) =>
  sql.join(columns.map((column) => sql.ref(`${table}.${column}`)))

const readDue =
  (db: Database, clock: Clock) =>
  async (looks: readonly Look[]): Promise<Booking[][]> => {
    const rows = JSON.stringify(
      looks.map(({ integrationId, underWay, most }, n) => ({
        n,
        integration_id: integrationId,
        under_way: underWay,
        most,
      })),
    )
    const found = await asked(
      sql<Pick<Booking, (typeof columns)[number]> & { n: number }>`
      select w.n, ${columnsOf('due')}
      from jsonb_to_recordset(${rows}::jsonb)
        as w (n int, integration_id uuid, under_way uuid[], most int),
      -- Each walks its own part of the index of what is due.
      lateral (
        select ${columnsOf('b')} from bookings b
        where b.integration_id = w.integration_id and b.due_at <= ${clock.now()}
          and b.state = any (${[...workable]}::text[]) and b.id <> all (w.under_way)
        order by b.lane, b.due_at limit w.most
      ) due
      order by w.n, due.lane, due.due_at`.execute(db),
    )
    const due = looks.map((): Booking[] => [])
    for (const { n, ...booking } of found.rows) due[n]?.push(booking)
    return due
  }

/** Drains that look at the same moment share the statements, as commits do. */
export const dueBookingsOn = (db: Database, clock: Clock): DueBookings =>
  together(readDue(db, clock), { sizeOf: ({ most }) => most, sizeMax: 4_000, atOnce: 2, wasUndone })
