import { sql } from 'kysely'
import type { Database } from '../database/connect.ts'
import type { BookingState } from '../database/booking-state.ts'
import type { SaleMention } from '../connectors/webshop.ts'
import type { SaleRef } from '../sale/sale.ts'
import type { Booking } from './booking.ts'
import { moveOn, type Move } from './commit-moves.ts'
import { seeOn } from './commit-seen.ts'
import { asked, Moved, Overtaken, wasUndone } from './commit-errors.ts'
import type { CommitsRoom, Lane } from './commits-room.ts'
import type { Lease } from './mailbox.ts'
import type { Facts, Settlement } from './settlement.ts'
import { together } from './together.ts'
import { mayFollow } from './transitions.ts'

/** Everything the way of a sale writes. Each is durable when it resolves; what is asked
 * at the same time shares a transaction. crash-points.ts names them all. */
export interface Commits {
  /**
   * A sale was heard of. One row however often and wherever it is heard; the wake-up commits with it.
   * @returns how many sales have something new to look at; `stopped` when the integration takes no more
   */
  see(
    integrationId: string,
    mentions: readonly (SaleMention | { ref: SaleRef })[],
    lane: Lane,
  ): Promise<number | 'stopped'>
  /**
   * Before a debtor is created: nobody else creates the same one until `until`.
   * @returns false when somebody holds it already, or it exists
   */
  holdDebtor(lease: Lease, emailHash: Buffer, until: Date): Promise<boolean>
  /** After it was tried: its id, or null when it surely was not created, and anybody may try again. */
  rememberDebtor(lease: Lease, emailHash: Buffer, remoteId: string | null): Promise<void>
  /** The same for a product, by its code. */
  holdProduct(lease: Lease, code: string, until: Date): Promise<boolean>
  rememberProduct(lease: Lease, code: string, remoteId: string | null): Promise<void>
  /** Before an invoice is created: what will be looked up if the answer gets lost. @throws Overtaken, Moved, DatabaseFailed */
  reserve(
    lease: Lease,
    booking: Booking,
    reservation: { reference: string; draftHash: string; facts: Facts },
  ): Promise<void>
  /** After everything else: what became of it. @throws Overtaken, Moved, DatabaseFailed */
  settle(lease: Lease, booking: Booking, from: BookingState, settlement: Settlement): Promise<void>
}

const assertLegal = (from: BookingState, to: BookingState): void => {
  if (!mayFollow(from, to)) throw new Error(`a booking may not go from ${from} to ${to}`)
}

/** How much one transaction carries, and how many are under way: one may wait for a lock, others go on. */
const batches = { sizeMax: 200, atOnce: 2, wasUndone }

export const commitsOn = (room: CommitsRoom): Commits => {
  const { db, clock } = room
  const seen = together(seeOn(room), { ...batches, sizeOf: ({ mentions }) => mentions.length })
  const moved = together((moves: readonly Move[]) => asked(moveOn(db, moves)), batches)

  const move = async (lease: Lease, booking: Booking, wanted: Move): Promise<void> => {
    assertLegal(wanted.from, wanted.wanted)
    if (!(await moved(wanted))) await missed(db, lease, booking.id)
  }

  return {
    see: (integrationId, mentions, lane) => seen({ integrationId, mentions, lane }),

    async holdDebtor(lease, emailHash, until) {
      const held = await asked(
        sql`
        insert into debtors as d (integration_id, email_hash, remote_id, held_until)
        select integration_id, ${emailHash}, null, ${until} from mailboxes
        where integration_id = ${lease.integrationId} and fence = ${lease.fence}
        on conflict (integration_id, email_hash) do update set remote_id = null, held_until = ${until}
          where d.held_until is null or d.held_until <= ${clock.now()}`.execute(db),
      )
      return held.numAffectedRows === 1n
    },

    async rememberDebtor(lease, emailHash, remoteId) {
      await asked(
        sql`
        insert into debtors (integration_id, email_hash, remote_id, held_until)
        select integration_id, ${emailHash}, ${remoteId}, null from mailboxes
        where integration_id = ${lease.integrationId} and fence = ${lease.fence}
        on conflict (integration_id, email_hash) do update set remote_id = ${remoteId}, held_until = null
      `.execute(db),
      )
    },

    async holdProduct(lease, code, until) {
      const held = await asked(
        sql`
        insert into products as p (integration_id, code, remote_id, held_until)
        select integration_id, ${code}, null, ${until} from mailboxes
        where integration_id = ${lease.integrationId} and fence = ${lease.fence}
        on conflict (integration_id, code) do update set remote_id = null, held_until = ${until}
          where p.held_until is null or p.held_until <= ${clock.now()}`.execute(db),
      )
      return held.numAffectedRows === 1n
    },

    async rememberProduct(lease, code, remoteId) {
      await asked(
        sql`
        insert into products (integration_id, code, remote_id, held_until)
        select integration_id, ${code}, ${remoteId}, null from mailboxes
        where integration_id = ${lease.integrationId} and fence = ${lease.fence}
        on conflict (integration_id, code) do update set remote_id = ${remoteId}, held_until = null
      `.execute(db),
      )
    },

    reserve: (lease, booking, { reference, draftHash, facts }) => {
      const now = clock.now()
      return move(lease, booking, {
        lease,
        booking,
        from: booking.state,
        wanted: 'reserved',
        now,
        reason: null,
        // Due at once for whoever takes over: a reservation nobody settles must be looked up.
        dueAt: now,
        facts: { ...facts, reference },
        draftHash,
      })
    },

    settle: (lease, booking, from, { to, ...settlement }) =>
      move(lease, booking, {
        ...settlement,
        lease,
        booking,
        from,
        wanted: to,
        now: clock.now(),
      }),
  }
}

/** Why a commit found nothing to change. @throws Moved, or Overtaken when the lease is gone */
const missed = async (
  db: Database,
  lease: Pick<Lease, 'integrationId' | 'fence'>,
  bookingId: string,
): Promise<never> => {
  const held = await asked(
    sql`select 1 from mailboxes
      where integration_id = ${lease.integrationId} and fence = ${lease.fence}`.execute(db),
  )
  throw held.rows.length === 1 ? new Moved(bookingId) : new Overtaken(bookingId)
}
