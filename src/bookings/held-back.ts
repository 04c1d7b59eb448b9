import { sql, type Transaction } from 'kysely'
import type { Tables } from '../database/schema.ts'
import { reason } from '../problems/reason.ts'
import type { Booking } from './booking.ts'
import type { Ring } from './commits-room.ts'
import type { Desk } from './desk.ts'
import type { Report } from './report.ts'

/**
 * Notes a sale whose licence has expired, without asking a remote anything. What is on its way already
 * (reserved, uncertain) is not for here: that is finished, so that no invoice is left in the dark.
 */
export const holdBack = async (desk: Desk, booking: Booking): Promise<Report> => {
  await desk.commits.settle(desk.lease, booking, booking.state, {
    to: 'open',
    reason: reason('LICENCE_EXPIRED'),
    dueAt: null,
  })
  return { is: 'fine' }
}

/**
 * Makes everything due that was held back, in the order in which it was seen, and rings. In the transaction
 * that extends the licence, so that neither is without the other.
 */
export const resumeHeldBack = async (
  trx: Transaction<Tables>,
  ring: Ring,
  integrationId: string,
): Promise<number> => {
  const resumed = await sql`
    with held as (
      select id as held_id from bookings
      where integration_id = ${integrationId} and state = 'open' and reason_code = 'LICENCE_EXPIRED'
      order by kind collate "C", shop_id collate "C"
      for update
    )
    -- Due since it was seen: a drain takes what is due longest first.
    update bookings set due_at = seen_at, attempts = 0
    from held where integration_id = ${integrationId} and id = held_id`.execute(trx)
  const asked = await sql<{ must: boolean }>`select must_ring(${integrationId}) as must`.execute(
    trx,
  )
  if (asked.rows[0]?.must === true) await ring(trx, integrationId)
  return Number(resumed.numAffectedRows ?? 0)
}

/** How many sales wait for the licence. */
export const countHeldBack = async (
  db: Pick<Transaction<Tables>, 'selectFrom'>,
  integrationId: string,
): Promise<number> => {
  const row = await db
    .selectFrom('bookings')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('integrationId', '=', integrationId)
    .where('state', '=', 'open')
    .where('reasonCode', '=', 'LICENCE_EXPIRED')
    .executeTakeFirstOrThrow()
  return row.count
}
