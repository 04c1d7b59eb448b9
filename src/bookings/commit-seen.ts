import { sql } from 'kysely'
import type { SaleMention } from '../connectors/webshop.ts'
import { toCents } from '../money/amount.ts'
import type { SaleRef } from '../sale/sale.ts'
import { newIdentifier } from '../world/identifier.ts'
import type { CommitsRoom, Lane } from './commits-room.ts'
import { historyEntry, historyMax, storable } from './history.ts'

/** What somebody heard: sales of one shop that exist or changed. */
export interface Heard {
  integrationId: string
  mentions: readonly (SaleMention | { ref: SaleRef })[]
  lane: Lane
}

const isMention = (each: SaleMention | { ref: SaleRef }): each is SaleMention => 'number' in each

/** `times`: by how many of those who are served together the sale was mentioned. */
type Row = ReturnType<typeof rowOf>

const rowOf = (
  { clock, random }: Pick<CommitsRoom, 'clock' | 'random'>,
  { integrationId, lane }: Heard,
  mention: SaleMention | { ref: SaleRef },
) => ({
  integration_id: integrationId,
  id: newIdentifier(clock, random),
  kind: mention.ref.kind,
  shop_id: storable(mention.ref.id),
  times: 1,
  lane: lane === 'live' ? 0 : 1,
  migration_id: lane === 'live' ? null : lane.migration,
  number: isMention(mention) ? storable(mention.number) : '',
  sale_date: isMention(mention) ? mention.date : null,
  fingerprint: isMention(mention) ? (mention.fingerprint ?? null) : null,
  total_cents:
    isMention(mention) && mention.total?.times(100).isInteger() ? toCents(mention.total) : null,
})

const keyOf = (row: Pick<Row, 'integration_id' | 'kind' | 'shop_id'>) =>
  `${row.integration_id} ${row.kind} ${row.shop_id}`

/** The same sale twice in one go: the later list entry counts, but a hint always makes us read the sale. */
const merged = (one: Row | undefined, other: Row): Row => {
  if (one === undefined) return other
  const hint = [one, other].find((row) => row.fingerprint === null)
  return {
    ...(hint ?? other),
    times: one.times + other.times,
    lane: Math.min(one.lane, other.lane),
    migration_id: one.migration_id ?? other.migration_id,
  }
}

/**
 * One row however often and wherever a sale is heard of; the wake-ups commit with the rows.
 * @returns for each of `all` how many sales have something new to look at, or `stopped`
 */
export const seeOn =
  (room: CommitsRoom) =>
  async (all: readonly Heard[]): Promise<(number | 'stopped')[]> => {
    const { db, clock, ring } = room
    const now = clock.now()
    const keys: string[][] = []
    const byKey = new Map<string, Row>()
    for (const heard of all) {
      const rows = new Map(
        heard.mentions.map((mention) => {
          const row = rowOf(room, heard, mention)
          return [keyOf(row), row]
        }),
      )
      keys.push([...rows.keys()])
      for (const [key, row] of rows) byKey.set(key, merged(byKey.get(key), row))
    }
    // In one order for all: two transactions that name the same sales would else wait for each other's rows.
    const rows = [...byKey]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, row], n) => ({ ...row, n }))
    const integrations = [...new Set(all.map(({ integrationId }) => integrationId))]

    return db.transaction().execute(async (trx) => {
      const answer = await sql<{ id: string; ring: boolean; due: string[] }>`
        with mentioned as (
          select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as m (n int,
            integration_id uuid, id uuid, kind text, shop_id text, times int, lane smallint,
            migration_id uuid, number text, sale_date date, fingerprint text, total_cents bigint)
        ), taker as (
          select id from integrations where id = any (${integrations}::uuid[]) and state <> 'stopped'
        ), heard as (
          insert into bookings as b (integration_id, id, kind, shop_id, number, sale_date, state,
            lane, migration_id, due_at, mentions, fingerprint, total_cents, seen_at, changed_at, history)
          select m.integration_id, m.id, m.kind, m.shop_id, m.number, m.sale_date, 'seen',
            m.lane, m.migration_id, ${now}::timestamptz, m.times, m.fingerprint, m.total_cents, ${now}, ${now},
            ${historyEntry(now, null, 'seen', null)}::jsonb
          from mentioned m join taker on taker.id = m.integration_id
          order by m.n
          on conflict (integration_id, kind, shop_id) do update set
            mentions = b.mentions + excluded.mentions,
            -- A hint without a fingerprint makes us read the sale: what the list said before is outdated.
            fingerprint = excluded.fingerprint,
            -- A migration takes up what had been closed for its age, at its own pace.
            lane = case when b.state = 'closed' then excluded.lane else least(b.lane, excluded.lane) end,
            migration_id = coalesce(excluded.migration_id, b.migration_id),
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
            else excluded.fingerprint is null or excluded.fingerprint is distinct from b.fingerprint
              -- A migration asks anew for what was refused, or closed for its age.
              or (excluded.migration_id is not null
                and excluded.migration_id is distinct from b.migration_id
                and (b.state = 'refused'
                  or b.reason_code in ('SALE_BEFORE_START', 'MIGRATION_CANCELLED'))) end
          returning integration_id, kind || ' ' || shop_id as key, state <> 'booked' and due_at is not null as due
        ), due as (
          select integration_id, array_agg(key) as keys from heard where due
          group by integration_id order by integration_id
        ), rung as (
          -- In their order, like the rows: mailboxes are locked too.
          select integration_id, keys, must_ring(integration_id) as ring from due
        )
        select taker.id, coalesce(ring, false) as ring, coalesce(keys, '{}') as due
        from taker left join rung on rung.integration_id = taker.id`.execute(trx)
      const takers = new Map(answer.rows.map((row) => [row.id, new Set(row.due)]))
      for (const { id, ring: mustRing } of answer.rows) if (mustRing) await ring(trx, id)
      return all.map(({ integrationId }, index) => {
        const due = takers.get(integrationId)
        if (due === undefined) return 'stopped'
        const mine = keys[index] ?? []
        return mine.filter((key) => due.has(key.slice(integrationId.length + 1))).length
      })
    })
  }
