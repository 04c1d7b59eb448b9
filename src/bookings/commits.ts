import { sql, type Transaction } from 'kysely'
import type { Clock } from '../world/clock.ts'
import { newIdentifier } from '../world/identifier.ts'
import type { Random } from '../world/random.ts'
import type { Database } from '../database/connect.ts'
import type { BookingState } from '../database/booking-state.ts'
import type { Tables } from '../database/schema.ts'
import type { SaleMention } from '../connectors/webshop.ts'
import { toCents } from '../money/amount.ts'
import type { Reason } from '../problems/reason.ts'
import type { SaleRef } from '../sale/sale.ts'
import type { Booking } from './booking.ts'
import type { Lease } from './mailbox.ts'
import { mayFollow } from './transitions.ts'

/** Where a sale was heard of: decides how urgent it is. */
export type Lane = 'live' | 'migration'

/** Rings for an integration inside the transaction that made the work. */
export type Ring = (trx: Transaction<Tables>, integrationId: string) => Promise<void>

/** What was learnt about a sale; undefined leaves the stored value as it is. */
export interface Facts {
  reference?: string
  number?: string
  date?: string
  totalCents?: number
  currency?: string
  debtorId?: string
}

/** The proof that goes with `booked`. */
export interface Proof {
  remoteId: string
  remoteNumber: string
  remoteTotalCents: number | null
}

export interface Settlement {
  to: Exclude<BookingState, 'reserved'>
  reason: Reason | null
  /** When it is worked on next; null: not before something rings. */
  dueAt: Date | null
  attempts?: number
  lookups?: number
  uncertainSince?: Date | null
  /** Set once the clerk, or a person, sent it back to be created again. */
  recreated?: true
  facts?: Facts
  proof?: Proof
}

/** The lease was lost: this drain has nothing to say about anything any more. */
export class Overtaken extends Error {
  constructor(bookingId: string) {
    super(`the booking ${bookingId} was taken over`)
    this.name = 'Overtaken'
  }
}

/** A person moved this booking while it was worked on; the others are still ours. */
export class Moved extends Error {
  constructor(bookingId: string) {
    super(`the booking ${bookingId} was moved by somebody else`)
    this.name = 'Moved'
  }
}

/** The database did not carry out, or did not confirm, what was asked: whoever comes next finds out. */
export class DatabaseFailed extends Error {
  constructor(cause: unknown) {
    super('the database failed', { cause })
    this.name = 'DatabaseFailed'
  }
}

/** The result of something asked of the database. @throws DatabaseFailed */
export const asked = <T>(query: Promise<T>): Promise<T> =>
  query.catch((cause: unknown) => {
    throw new DatabaseFailed(cause)
  })

/** Everything the way of a sale writes. Each is one transaction; crash-points.ts names them all. */
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
  /** Before an invoice is created: what will be looked up if the answer gets lost. @throws Overtaken, Moved, DatabaseFailed */
  reserve(
    lease: Lease,
    booking: Booking,
    reservation: { reference: string; draftHash: string; facts: Facts },
  ): Promise<void>
  /** After everything else: what became of it. @throws Overtaken, Moved, DatabaseFailed */
  settle(lease: Lease, booking: Booking, from: BookingState, settlement: Settlement): Promise<void>
}

export interface CommitsRoom {
  db: Database
  clock: Clock
  random: Random
  ring: Ring
}

const assertLegal = (from: BookingState, to: BookingState): void => {
  if (!mayFollow(from, to)) throw new Error(`a booking may not go from ${from} to ${to}`)
}

/** Text as PostgreSQL can hold it: no NUL, no half of a surrogate pair. */
const storable = (text: string): string => text.toWellFormed().replaceAll('\0', '')

const isMention = (each: SaleMention | { ref: SaleRef }): each is SaleMention => 'number' in each

/** A booking that goes round in circles keeps its first steps and its end. */
const historyMax = 50

const historyEntry = (at: Date, from: BookingState | null, to: BookingState, code: string | null) =>
  JSON.stringify([{ at: at.toISOString(), from, to, code }])

export const commitsOn = ({ db, clock, random, ring }: CommitsRoom): Commits => ({
  async see(integrationId, mentions, lane) {
    const now = clock.now()
    const byRef = new Map(mentions.map((each) => [`${each.ref.kind} ${each.ref.id}`, each]))
    // In one order for all: two pages that name the same sales would else wait for each other's rows.
    const inOrder = [...byRef.entries()].sort(([a], [b]) => (a < b ? -1 : 1))
    const rows = JSON.stringify(
      inOrder.map(([, each]) => ({
        id: newIdentifier(clock, random),
        kind: each.ref.kind,
        shop_id: storable(each.ref.id),
        number: isMention(each) ? storable(each.number) : '',
        sale_date: isMention(each) ? each.date : null,
        fingerprint: isMention(each) ? (each.fingerprint ?? null) : null,
        total_cents:
          isMention(each) && each.total?.times(100).isInteger() ? toCents(each.total) : null,
      })),
    )
    return db.transaction().execute(async (trx) => {
      const heard = await sql<{ takes: boolean; due: number; ring: boolean }>`
        with taker as (
          select id from integrations where id = ${integrationId} and state <> 'stopped'
        ), heard as (
          insert into bookings as b (integration_id, id, kind, shop_id, number, sale_date, state,
            lane, due_at, fingerprint, total_cents, seen_at, changed_at, history)
          select ${integrationId}, m.id, m.kind, m.shop_id, m.number, m.sale_date, 'seen',
            ${lane === 'live' ? 0 : 1}, ${now}::timestamptz, m.fingerprint, m.total_cents, ${now}, ${now},
            ${historyEntry(now, null, 'seen', null)}::jsonb
          from jsonb_to_recordset(${rows}::jsonb) as m (id uuid, kind text, shop_id text,
            number text, sale_date date, fingerprint text, total_cents bigint)
            cross join taker
          on conflict (integration_id, kind, shop_id) do update set
            mentions = b.mentions + 1,
            -- A hint without a fingerprint makes us read the sale: what the list said before is outdated.
            fingerprint = excluded.fingerprint,
            lane = least(b.lane, excluded.lane),
            -- Somebody may have mended what was refused, or reopened what was closed.
            state = case when b.state in ('refused', 'closed') then 'seen' else b.state end,
            due_at = case when b.state in ('seen', 'open', 'refused', 'closed')
              then excluded.due_at else b.due_at end,
            changed_at = case when b.state in ('refused', 'closed')
              then excluded.changed_at else b.changed_at end,
            history = case when b.state in ('refused', 'closed') and jsonb_array_length(b.history) < ${historyMax}
              then b.history || jsonb_build_array(jsonb_build_object(
                'at', ${now.toISOString()}::text, 'from', b.state, 'to', 'seen', 'code', null))
              else b.history end,
            -- What is booked is never booked again; that the shop now says something else is shown.
            reason_code = case when b.state <> 'booked' then b.reason_code
              when excluded.total_cents <> b.total_cents then 'SALE_CHANGED_AFTER_BOOKING' end,
            reason_params = case when b.state <> 'booked' then b.reason_params
              when excluded.total_cents <> b.total_cents then jsonb_build_object(
                'booked', to_char(b.total_cents / 100.0, 'FM999999999990.00'),
                'total', to_char(excluded.total_cents / 100.0, 'FM999999999990.00')) end
          where case b.state
            -- Other warnings weigh more; this one is taken back when the shop does.
            when 'booked' then case
              when b.reason_code is null then excluded.total_cents <> b.total_cents
              when b.reason_code = 'SALE_CHANGED_AFTER_BOOKING' then excluded.total_cents is not null
              else false end
            when 'parked' then false
            -- A list that says what we know already changes nothing.
            else excluded.fingerprint is null or excluded.fingerprint is distinct from b.fingerprint end
          returning state <> 'booked' and due_at is not null as due
        ), counted as (select count(*) filter (where due) as due from heard)
        select exists (select 1 from taker) as takes, due,
          due > 0 and must_ring(${integrationId}) as ring from counted`.execute(trx)
      const { takes = false, due = 0, ring: mustRing = false } = heard.rows[0] ?? {}
      if (!takes) return 'stopped'
      if (mustRing) await ring(trx, integrationId)
      return due
    })
  },

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

  async reserve(lease, booking, { reference, draftHash, facts }) {
    assertLegal(booking.state, 'reserved')
    const now = clock.now()
    const done = await asked(
      sql`
      update bookings set state = 'reserved', reference = ${reference}, draft_hash = ${draftHash},
        number = coalesce(${facts.number ?? null}, number),
        sale_date = coalesce(${facts.date ?? null}::date, sale_date),
        total_cents = coalesce(${facts.totalCents ?? null}::bigint, total_cents),
        currency = coalesce(${facts.currency ?? null}, currency),
        debtor_id = coalesce(${facts.debtorId ?? null}, debtor_id),
        -- Due at once for whoever takes over: a reservation nobody settles must be looked up.
        due_at = ${now}, reason_code = null, reason_params = null, changed_at = ${now},
        history = history || ${historyEntry(now, booking.state, 'reserved', null)}::jsonb
      where integration_id = ${lease.integrationId} and id = ${booking.id} and state = ${booking.state}
        and exists (select 1 from mailboxes
          where integration_id = ${lease.integrationId} and fence = ${lease.fence})`.execute(db),
    )
    if (done.numAffectedRows !== 1n) await missed(db, lease, booking.id)
  },

  async settle(lease, booking, from, settlement) {
    assertLegal(from, settlement.to)
    const now = clock.now()
    const { facts = {}, proof } = settlement
    const wanted = sql<BookingState>`${settlement.to}::text`
    // The shop mentioned it again while it was worked on: look once more before anything is final.
    const again = sql<boolean>`(mentions > ${booking.mentions} and ${wanted} in ('open', 'closed', 'refused'))`
    const to = sql<BookingState>`(case when not ${again} or ${wanted} = 'open' then ${wanted}
      when state = 'reserved' then 'open' else state end)`
    const code = sql`(case when ${to} = ${wanted} then ${settlement.reason?.code ?? null}::text end)`
    const done = await asked(
      sql`
      update bookings set state = ${to},
        due_at = case when ${again} then ${now} else ${settlement.dueAt}::timestamptz end,
        reason_code = ${code},
        reason_params = case when ${to} = ${wanted}
          then ${JSON.stringify(settlement.reason?.params ?? null)}::jsonb end,
        attempts = ${settlement.attempts ?? booking.attempts},
        lookups = ${settlement.lookups ?? booking.lookups},
        uncertain_since = ${settlement.uncertainSince === undefined ? booking.uncertainSince : settlement.uncertainSince}::timestamptz,
        recreated = recreated or ${settlement.recreated ?? false},
        reference = coalesce(${facts.reference ?? null}, reference),
        number = coalesce(${facts.number ?? null}, number),
        sale_date = coalesce(${facts.date ?? null}::date, sale_date),
        total_cents = coalesce(${facts.totalCents ?? null}::bigint, total_cents),
        currency = coalesce(${facts.currency ?? null}, currency),
        debtor_id = coalesce(${facts.debtorId ?? null}, debtor_id),
        remote_id = coalesce(${proof?.remoteId ?? null}, remote_id),
        remote_number = coalesce(${proof?.remoteNumber ?? null}, remote_number),
        remote_total_cents = coalesce(${proof?.remoteTotalCents ?? null}::bigint, remote_total_cents),
        booked_at = case when ${wanted} = 'booked' then coalesce(booked_at, ${now}) else booked_at end,
        changed_at = ${now},
        history = case when jsonb_array_length(history) < ${historyMax} or ${wanted} in ('booked', 'parked')
          then history || jsonb_build_array(jsonb_build_object('at', ${now.toISOString()}::text,
            'from', ${from}::text, 'to', ${to}, 'code', ${code}))
          else history end
      where integration_id = ${lease.integrationId} and id = ${booking.id} and state = ${from}
        and exists (select 1 from mailboxes
          where integration_id = ${lease.integrationId} and fence = ${lease.fence})`.execute(db),
    )
    if (done.numAffectedRows !== 1n) await missed(db, lease, booking.id)
  },
})

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
