import { sql } from 'kysely'
import { later } from '../world/clock.ts'
import { newIdentifier } from '../world/identifier.ts'
import { writeLog, type Actor, type LogRoom } from './log.ts'

/** An operator who looks at an integration as its merchant does. */
export interface MerchantView {
  id: string
  integrationId: string
  merchant: string
  reason: string
  endsAt: Date
  /** From then on changes were possible too; null: only looking. */
  escalatedAt: Date | null
}

/** A view ends by itself, so that nobody sits at somebody else's desk by mistake. */
const viewMs = 3_600_000
const viewsMax = 20

/** Who looks: views count only in a session with a second factor, and only while one is an operator. */
export interface Viewer extends Actor {
  strong: boolean
}

/** The views of an operator that stand at this moment; of one integration when it is named. */
export const viewsOf = async (
  { db, clock }: LogRoom,
  { userId, strong }: Viewer,
  integrationId: string | null = null,
): Promise<MerchantView[]> => {
  if (!strong) return []
  const found = await sql<MerchantView>`
    select v.id, v.integration_id, coalesce(m.name, '') as merchant, v.reason, v.ends_at, v.escalated_at
    from merchant_views v
    join operators o on o.user_id = v.operator_id and o.removed_at is null
    join integrations i on i.id = v.integration_id
    left join merchant m on m.id = i.merchant_id
    where v.operator_id = ${userId} and v.ended_at is null and v.ends_at > ${clock.now()}
      and (${integrationId}::uuid is null or v.integration_id = ${integrationId}::uuid)
    order by v.escalated_at desc nulls last, v.id desc limit ${sql.lit(viewsMax)}`.execute(db)
  return found.rows
}

/** Begins a view, or goes on with the one that stands. */
export const beginView = async (
  room: LogRoom,
  viewer: Viewer,
  integrationId: string,
  reason: string,
): Promise<{ id: string; endsAt: Date }> => {
  const { db, clock, random } = room
  const [standing] = await viewsOf(room, viewer, integrationId)
  if (standing !== undefined) return standing
  const id = newIdentifier(clock, random)
  const startedAt = clock.now()
  const endsAt = later(startedAt, viewMs)
  await db
    .insertInto('merchantViews')
    .values({
      id,
      operatorId: viewer.userId,
      integrationId,
      reason,
      startedAt,
      endsAt,
      endedAt: null,
      escalatedAt: null,
    })
    .execute()
  await writeLog(room, viewer, { deed: 'view-begun', integrationId, reason })
  return { id, endsAt }
}

/** Lets an operator change things as the merchant; each change is logged. @returns null: no such view */
export const escalateView = async (
  room: LogRoom,
  viewer: Viewer,
  viewId: string,
  reason: string,
): Promise<{ endsAt: Date } | null> => {
  const view = (await viewsOf(room, viewer)).find(({ id }) => id === viewId)
  if (view === undefined) return null
  await room.db
    .updateTable('merchantViews')
    .set({ escalatedAt: room.clock.now(), reason })
    .where('id', '=', viewId)
    .execute()
  await writeLog(room, viewer, {
    deed: 'view-escalated',
    integrationId: view.integrationId,
    reason,
  })
  return view
}

/** @returns false when it had ended already, or was somebody else's */
export const endView = async (room: LogRoom, viewer: Viewer, viewId: string): Promise<boolean> => {
  const view = (await viewsOf(room, viewer)).find(({ id }) => id === viewId)
  if (view === undefined) return false
  await room.db
    .updateTable('merchantViews')
    .set({ endedAt: room.clock.now() })
    .where('id', '=', viewId)
    .execute()
  await writeLog(room, viewer, { deed: 'view-ended', integrationId: view.integrationId })
  return true
}
