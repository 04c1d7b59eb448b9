import { sql } from 'kysely'
import type { BookingState } from '../database/booking-state.ts'
import type { Database } from '../database/connect.ts'
import type { Booking } from './booking.ts'
import type { Settlement } from './settlement.ts'
import { historyMax, storableJson } from './history.ts'
import type { Lease } from './mailbox.ts'

/** One booking's step from a state to another, under its lease. */
export interface Move extends Omit<Settlement, 'to'> {
  lease: Pick<Lease, 'integrationId' | 'fence'>
  booking: Booking
  from: BookingState
  wanted: BookingState
  now: Date
  draftHash?: string
}

const rowOf = (
  { lease, booking, from, wanted, now, draftHash, facts = {}, proof, ...move }: Move,
  n: number,
) => ({
  n,
  integration_id: lease.integrationId,
  fence: lease.fence,
  id: booking.id,
  mentions: booking.mentions,
  from_state: from,
  wanted,
  now: now.toISOString(),
  due_at: move.dueAt?.toISOString() ?? null,
  reason_code: move.reason?.code ?? null,
  reason_params: move.reason?.params ?? null,
  attempts: move.attempts ?? booking.attempts,
  lookups: move.lookups ?? booking.lookups,
  uncertain_since:
    (move.uncertainSince === undefined
      ? booking.uncertainSince
      : move.uncertainSince
    )?.toISOString() ?? null,
  recreated: move.recreated ?? false,
  reference: facts.reference ?? null,
  draft_hash: draftHash ?? null,
  number: facts.number ?? null,
  sale_date: facts.date ?? null,
  total_cents: facts.totalCents ?? null,
  currency: facts.currency ?? null,
  debtor_id: facts.debtorId ?? null,
  evidence: facts.evidence ?? null,
  remote_id: proof?.remoteId ?? null,
  remote_number: proof?.remoteNumber ?? null,
  remote_total_cents: proof?.remoteTotalCents ?? null,
})

/**
 * Moves bookings on, each only from the state it is believed to be in and while its lease holds.
 * @returns for each whether it was moved
 */
export const moveOn = async (db: Database, moves: readonly Move[]): Promise<boolean[]> => {
  // Whatever a shop or a remote said: a sale that can't be stored would stop every sale behind it.
  const rows = storableJson(moves.map(rowOf))
  const moved = await sql<{ n: number }>`
    with moves as (
      select * from jsonb_to_recordset(${rows}::jsonb) as m (n int, integration_id uuid, fence bigint,
        id uuid, mentions int, from_state text, wanted text, now timestamptz, due_at timestamptz,
        reason_code text, reason_params jsonb, attempts int, lookups int,
        uncertain_since timestamptz, recreated boolean, reference text, draft_hash text,
        number text, sale_date date, total_cents bigint, currency char(3), debtor_id text,
        evidence jsonb,
        remote_id text, remote_number text, remote_total_cents bigint)
    ), locked as (
      -- In the order in which sales that are heard of are locked, so that neither waits for the other.
      select b.integration_id, b.id, m.n,
        -- The shop mentioned it again while it was worked on: look once more before anything is final.
        b.mentions > m.mentions and m.wanted in ('open', 'closed', 'refused') as again
      from bookings b join moves m on b.integration_id = m.integration_id and b.id = m.id
      where b.state = m.from_state
        and exists (select 1 from mailboxes x
          where x.integration_id = m.integration_id and x.fence = m.fence)
      order by b.integration_id, b.kind collate "C", b.shop_id collate "C"
      for update of b
    ), judged as (
      select l.*, case when not l.again or m.wanted = 'open' then m.wanted
        when m.from_state = 'reserved' then 'open' else m.from_state end as to_state
      from locked l join moves m on m.n = l.n
    )
    update bookings b set state = j.to_state,
      due_at = case when j.again then m.now else m.due_at end,
      reason_code = case when j.to_state = m.wanted then m.reason_code end,
      reason_params = case when j.to_state = m.wanted then m.reason_params end,
      attempts = m.attempts,
      lookups = m.lookups,
      uncertain_since = m.uncertain_since,
      recreated = b.recreated or m.recreated,
      reference = coalesce(m.reference, b.reference),
      draft_hash = coalesce(m.draft_hash, b.draft_hash),
      number = coalesce(m.number, b.number),
      sale_date = coalesce(m.sale_date, b.sale_date),
      total_cents = coalesce(m.total_cents, b.total_cents),
      currency = coalesce(m.currency, b.currency),
      debtor_id = coalesce(m.debtor_id, b.debtor_id),
      evidence = coalesce(m.evidence, b.evidence),
      remote_id = coalesce(m.remote_id, b.remote_id),
      remote_number = coalesce(m.remote_number, b.remote_number),
      remote_total_cents = coalesce(m.remote_total_cents, b.remote_total_cents),
      booked_at = case when m.wanted = 'booked' then coalesce(b.booked_at, m.now) else b.booked_at end,
      changed_at = m.now,
      history = case
        when jsonb_array_length(b.history) < ${historyMax} or m.wanted in ('reserved', 'booked', 'parked')
        then b.history || jsonb_build_array(jsonb_build_object(
          'at', to_char(m.now at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
          'from', m.from_state, 'to', j.to_state,
          'code', case when j.to_state = m.wanted then m.reason_code end))
        else b.history end
    from judged j join moves m on m.n = j.n
    where b.integration_id = j.integration_id and b.id = j.id
    returning m.n`.execute(db)
  const done = new Set(moved.rows.map(({ n }) => n))
  return moves.map((_, n) => done.has(n))
}
