import { sql } from 'kysely'
import type { Database } from '../database/connect.ts'
import type { Clock } from '../world/clock.ts'
import { newIdentifier } from '../world/identifier.ts'
import type { Random } from '../world/random.ts'

/** Everything an operator can do that changes something, or that opens what is somebody else's. */
export type Deed =
  | 'operator-added'
  | 'operator-removed'
  | 'view-begun'
  | 'view-escalated'
  | 'view-ended'
  | 'change-as-merchant'
  | 'remote-paused'
  | 'remote-resumed'
  | 'alarm-acknowledged'
  | 'monitor-run'
  | 'figures-opened'
  | 'ticket-assigned'
  | 'ticket-answered'
  | 'ticket-settled'
  | 'offer-marked-paid'
  | 'payment-given-back'
  | 'tariff-set'
  | 'offer-made'
  | 'offer-withdrawn'
  | 'integration-stopped'
  | 'migration-begun'
  | 'migration-steered'

export interface LogRoom {
  db: Database
  clock: Clock
  random: Random
}

/** Who did it. */
export interface Actor {
  userId: string
  name: string
}

export interface Entry {
  deed: Deed
  integrationId?: string
  params?: Readonly<Record<string, string | number>>
  reason?: string
}

/** Adds to the log of what operators did. The table refuses every change of what stands there. */
export const writeLog = async (
  { db, clock, random }: LogRoom,
  { userId, name }: Actor,
  { deed, integrationId, params = {}, reason = '' }: Entry,
): Promise<void> => {
  await db
    .insertInto('operatorLog')
    .values({
      id: newIdentifier(clock, random),
      at: clock.now(),
      operatorId: userId,
      operatorName: name,
      deed,
      integrationId: integrationId ?? null,
      params: JSON.stringify(params),
      reason,
    })
    .execute()
}

export interface LogLine {
  id: string
  at: Date
  operatorName: string
  deed: string
  integrationId: string | null
  integrationName: string | null
  params: Record<string, string | number>
  reason: string
}

/** One page of the log, newest first. @param after the id that the page before ended with */
export const readLog = async (
  db: Database,
  wanted: { integrationId?: string; after?: string | undefined; limit: number },
): Promise<{ items: LogLine[]; next: string | null }> => {
  const after = wanted.after ?? null
  const integrationId = wanted.integrationId ?? null
  const found = await sql<LogLine>`
    select l.id, l.at, l.operator_name, l.deed, l.integration_id, l.params, l.reason,
      i.name as integration_name
    from operator_log l left join integrations i on i.id = l.integration_id
    where (${after}::uuid is null or l.id < ${after}::uuid)
      and (${integrationId}::uuid is null or l.integration_id = ${integrationId}::uuid)
    order by l.id desc limit ${wanted.limit + 1}`.execute(db)
  const items = found.rows.slice(0, wanted.limit)
  return { items, next: found.rows.length > wanted.limit ? (items.at(-1)?.id ?? null) : null }
}
