import { sql } from 'kysely'
import { titleOf } from '../connectors/registry.ts'
import type { Database } from '../database/connect.ts'
import { reason } from '../problems/reason.ts'
import type { Booking } from './booking.ts'
import { Moved } from './commit-errors.ts'
import type { Engine } from './engine.ts'
import type { Lease } from './mailbox.ts'

/** A system that the operator keeps everybody away from while it is out of order. */
export interface RemotePause {
  system: string
  /** In the operator's words; merchants see it. */
  reason: string
  pausedBy: string
  pausedAt: Date
}

/** A column of `integrations`: which of its two ends are paused; mostly none. */
export const pausedEnds = sql<string[]>`array(
  select p.system from remote_pauses p where p.system in (integrations.webshop, integrations.accounting))`.as(
  'paused',
)

export const listPauses = (db: Database): Promise<RemotePause[]> =>
  db.selectFrom('remotePauses').selectAll().orderBy('system').execute()

/**
 * Keeps everybody away from one system. Drains that are under way end their slice first (ten seconds).
 * @returns false when it was paused already
 */
export const pauseRemote = async (db: Database, pause: RemotePause): Promise<boolean> => {
  const done = await db
    .insertInto('remotePauses')
    .values(pause)
    .onConflict((conflict) => conflict.column('system').doNothing())
    .executeTakeFirst()
  return done.numInsertedOrUpdatedRows === 1n
}

/**
 * Lets everybody at it again. What was held back is still due, in its order, so the next sweep rings for it;
 * what the outage taught a mailbox (to rest) is forgotten.
 * @returns false when it was not paused
 */
export const resumeRemote = async (db: Database, system: string): Promise<boolean> =>
  db.transaction().execute(async (trx) => {
    const done = await trx
      .deleteFrom('remotePauses')
      .where('system', '=', system)
      .executeTakeFirst()
    if (done.numDeletedRows === 0n) return false
    await sql`
      update mailboxes m set rest_until = null, failures = 0 from integrations i
      where i.id = m.integration_id and ${system} in (i.webshop, i.accounting)
        and m.rest_until is not null`.execute(trx)
    return true
  })

const pageMax = 200
/** More than any mailbox holds. */
const pagesMax = 5_000

/**
 * Says of every sale that is due that it waits for a system that is paused. It stays due as it was, so that
 * sales go on in their order afterwards. What is being looked up waits unchanged.
 */
export const holdBack = async (engine: Engine, lease: Lease, system: string): Promise<void> => {
  const why = reason('REMOTE_PAUSED', { system: titleOf(system) })
  for (let page = 0; page < pagesMax; page += 1) {
    const due = await engine.db
      .selectFrom('bookings')
      .selectAll()
      .where('integrationId', '=', lease.integrationId)
      .where('dueAt', '<=', engine.clock.now())
      .where('state', 'in', ['seen', 'open'])
      .where((eb) => eb.or([eb('reasonCode', 'is', null), eb('reasonCode', '<>', why.code)]))
      .orderBy('lane')
      .orderBy('dueAt')
      .limit(pageMax)
      .execute()
    if (due.length === 0) return
    await Promise.all(due.map((booking) => settleHeld(engine, lease, booking, why)))
  }
}

const settleHeld = async (
  engine: Engine,
  lease: Lease,
  booking: Booking,
  why: ReturnType<typeof reason>,
): Promise<void> => {
  const { state, dueAt } = booking
  if (state !== 'seen' && state !== 'open') return
  try {
    await engine.commits.settle(lease, booking, state, { to: 'open', reason: why, dueAt })
  } catch (error) {
    // A person was quicker with this one.
    if (!(error instanceof Moved)) throw error
  }
}
