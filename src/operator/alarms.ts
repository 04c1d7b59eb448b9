import { sql } from 'kysely'
import type { AlarmKind } from '../database/desk-tables.ts'
import type { Database } from '../database/connect.ts'
import { newIdentifier } from '../world/identifier.ts'
import type { Finding } from './judge-health.ts'
import type { LogRoom } from './log.ts'

export interface Alarm {
  id: string
  kind: AlarmKind
  params: Record<string, string | number>
  integrationId: string | null
  integrationName: string | null
  merchant: string | null
  raisedAt: Date
  acknowledgedAt: Date | null
  acknowledgedBy: string | null
  resolvedAt: Date | null
}

/**
 * Makes the alarms of one integration what was found now: new ones are raised, those that stand learn the newest
 * figures, and what is no longer found resolves by itself.
 * @returns ids of alarms that were raised, and how many resolved
 */
export const settleAlarms = async (
  { db, clock, random }: LogRoom,
  integrationId: string,
  found: readonly Finding[],
): Promise<{ raised: string[]; resolved: number }> => {
  const now = clock.now()
  const raised: string[] = []
  for (const { kind, params } of found) {
    const id = newIdentifier(clock, random)
    const written = await sql<{ id: string }>`
      insert into alarms (id, integration_id, kind, params, raised_at)
      -- One that was deleted since it was measured is nobody's alarm.
      select ${id}, i.id, ${kind}, ${JSON.stringify(params)}::jsonb, ${now}
      from integrations i where i.id = ${integrationId}
      on conflict (integration_id, kind) where resolved_at is null
        do update set params = excluded.params
      returning id`.execute(db)
    if (written.rows[0]?.id === id) raised.push(id)
  }
  const kinds = found.map(({ kind }) => kind)
  const resolved = await sql`
    update alarms set resolved_at = ${now}
    where integration_id = ${integrationId} and resolved_at is null
      and kind <> all (${kinds}::text[])`.execute(db)
  return { raised, resolved: Number(resolved.numAffectedRows ?? 0) }
}

/** One page of alarms, newest first. */
export const listAlarms = async (
  db: Database,
  wanted: {
    show: 'standing' | 'all'
    integrationId?: string
    ids?: readonly string[]
    after?: string | undefined
    limit: number
  },
): Promise<{ items: Alarm[]; next: string | null }> => {
  const { show, integrationId = null, ids = null, after = null, limit } = wanted
  const found = await sql<Alarm>`
    select a.*, i.name as integration_name, m.name as merchant
    from alarms a left join integrations i on i.id = a.integration_id
    left join merchant m on m.id = i.merchant_id
    where (${show === 'all'}::boolean or a.resolved_at is null)
      and (${integrationId}::uuid is null or a.integration_id = ${integrationId}::uuid)
      and (${ids}::uuid[] is null or a.id = any (${ids}::uuid[]))
      and (${after}::uuid is null or a.id < ${after}::uuid)
    order by a.id desc limit ${limit + 1}`.execute(db)
  const items = found.rows.slice(0, limit)
  return { items, next: found.rows.length > limit ? (items.at(-1)?.id ?? null) : null }
}

/** Says that somebody looks into it. @returns null when there is no such alarm */
export const acknowledgeAlarm = async (
  { db, clock }: LogRoom,
  alarmId: string,
  name: string,
): Promise<{ integrationId: string | null; kind: AlarmKind; at: Date } | null> => {
  const done = await sql<{ integrationId: string | null; kind: AlarmKind; acknowledgedAt: Date }>`
    update alarms set acknowledged_at = coalesce(acknowledged_at, ${clock.now()}),
      acknowledged_by = coalesce(acknowledged_by, ${name})
    where id = ${alarmId} returning integration_id, kind, acknowledged_at`.execute(db)
  const [row] = done.rows
  return row === undefined ? null : { ...row, at: row.acknowledgedAt }
}
