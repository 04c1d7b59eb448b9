import { sql, type RawBuilder } from 'kysely'
import type { AlarmKind } from '../database/desk-tables.ts'
import type { Database } from '../database/connect.ts'
import { decodeCursor, encodeCursor, likePattern } from './cursor.ts'
import type { Health } from './health.ts'

type Dot = 'new' | 'green' | 'red'

export interface HealthLine extends Health {
  name: string
  merchant: string
  state: 'installing' | 'active' | 'stopped'
  webshop: string
  accounting: string
  webshopDot: Dot
  accountingDot: Dot
  alarms: AlarmKind[]
  measuredAt: Date | null
}

export type HealthSort = 'trouble' | 'seen' | 'lag' | 'errors' | 'uncertain' | 'name'
export type HealthShow = 'active' | 'alarmed' | 'installing' | 'stopped' | 'all'

/** What a list is sorted by, the worst first: one figure per integration, or its name. */
const keys: Readonly<Record<HealthSort, RawBuilder<unknown>>> = {
  // Alarms first, then red dots, then what waits for people, then lag.
  trouble: sql`lpad((999999999 - least(999999999, 100000000 * coalesce(a.count, 0)
    + 10000000 * coalesce(h.dots, 0) + 1000 * least(9999, coalesce(h.uncertain, 0))
    + least(999, coalesce(h.lag_seconds, 0) / 60)))::text, 9, '0')`,
  seen: sql`coalesce(to_char(h.last_seen_at at time zone 'UTC', 'YYYYMMDDHH24MISSUS'), '0')`,
  lag: sql`lpad((999999999 - least(999999999, coalesce(h.lag_seconds, 0)))::text, 9, '0')`,
  errors: sql`lpad((999999999 - (1000000 * coalesce(h.refused_week, 0)
    / greatest(1, coalesce(h.refused_week, 0) + coalesce(h.booked_week, 0))))::text, 9, '0')`,
  uncertain: sql`lpad((999999999 - coalesce(h.uncertain, 0))::text, 9, '0')`,
  name: sql`lower(i.name)`,
}

const shows: Readonly<Record<HealthShow, RawBuilder<boolean>>> = {
  active: sql<boolean>`i.state = 'active'`,
  alarmed: sql<boolean>`a.count > 0`,
  installing: sql<boolean>`i.state = 'installing'`,
  stopped: sql<boolean>`i.state = 'stopped'`,
  all: sql<boolean>`true`,
}

/** One page of all integrations as they were measured last, by key. */
export const listHealth = async (
  db: Database,
  wanted: {
    sort: HealthSort
    show: HealthShow
    search: string
    after?: string | undefined
    limit: number
  },
): Promise<{ items: HealthLine[]; next: string | null }> => {
  const cursor = decodeCursor(wanted.after)
  const search = wanted.search === '' ? null : wanted.search
  const key = keys[wanted.sort]
  const rows = await selectLines(
    db,
    sql<boolean>`${shows[wanted.show]} and (${search}::text is null
      or i.name ilike ${likePattern(wanted.search)} or m.name ilike ${likePattern(wanted.search)}
      or i.licence_key = upper(${wanted.search}) or i.id::text = lower(${wanted.search}))
      and (${cursor === null}::boolean
        or (${key} collate "C", i.id) > (${cursor?.[0] ?? ''}::text collate "C", ${cursor?.[1] ?? null}::uuid))`,
    key,
    wanted.limit + 1,
  )
  const items = rows.slice(0, wanted.limit)
  const last = items.at(-1)
  const more = rows.length > wanted.limit && last !== undefined
  return { items, next: more ? encodeCursor(last.sortKey, last.integrationId) : null }
}

/** One integration as it was measured last. */
export const findHealth = async (
  db: Database,
  integrationId: string,
): Promise<HealthLine | undefined> => {
  const [line] = await selectLines(db, sql<boolean>`i.id = ${integrationId}`, keys.name, 1)
  return line
}

const selectLines = async (
  db: Database,
  where: RawBuilder<boolean>,
  key: RawBuilder<unknown>,
  limit: number,
): Promise<(HealthLine & { sortKey: string })[]> => {
  const found = await sql<HealthLine & { sortKey: string }>`
    select i.id as integration_id, i.name, coalesce(m.name, '') as merchant, i.state, i.webshop,
      i.accounting, h.last_seen_at, h.last_booked_at, h.measured_at,
      coalesce(h.lag_seconds, 0) as lag_seconds, coalesce(h.waiting, 0) as waiting,
      coalesce(h.uncertain, 0) as uncertain, coalesce(h.refused, 0) as refused,
      coalesce(h.booked_week, 0) as booked_week, coalesce(h.refused_week, 0) as refused_week,
      coalesce(h.dots, 0) as dots, coalesce(a.kinds, '{}') as alarms,
      (select dot from connections c where c.integration_id = i.id and c.side = 'webshop')
        as webshop_dot,
      (select dot from connections c where c.integration_id = i.id and c.side = 'accounting')
        as accounting_dot,
      ${key} as sort_key
    from integrations i
    left join merchant m on m.id = i.merchant_id
    left join integration_health h on h.integration_id = i.id
    left join (select integration_id, count(*) as count, array_agg(kind order by kind) as kinds
      from alarms where resolved_at is null group by integration_id) a on a.integration_id = i.id
    where ${where}
    order by ${key} collate "C", i.id limit ${limit}`.execute(db)
  return found.rows
}
