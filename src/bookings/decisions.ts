import { sql } from 'kysely'
import type { BookingState } from '../database/booking-state.ts'
import { ringFor } from './ring-for.ts'
import { goAheadsWanted, type Engine } from './engine.ts'
import { goAheadReasons } from './go-ahead.ts'

export type Selection = { bookingIds: readonly string[] } | { code: string }

/** What a person's click did: how many bookings it moved, and how many had moved on by themselves. */
export interface Answer {
  accepted: number
  skipped: number
}

const matches = (selection: Selection) =>
  'bookingIds' in selection
    ? sql`id = any (${[...selection.bookingIds]}::uuid[])`
    : sql`state = 'refused' and reason_code = ${selection.code}`

/**
 * The bookings of a selection, locked in the order in which sales that are heard of are: two who want the same
 * many would else wait for each other.
 */
const chosen = (
  integrationId: string,
  selection: Selection,
  states: readonly BookingState[],
) => sql`
  select id as chosen_id from bookings
  where integration_id = ${integrationId} and ${matches(selection)} and state = any (${[...states]}::text[])
  order by kind collate "C", shop_id collate "C"
  for update`

const answerOf = (selection: Selection, accepted: number): Answer => ({
  accepted,
  skipped: 'bookingIds' in selection ? selection.bookingIds.length - accepted : 0,
})

const entry = (at: Date, to: BookingState, code: string | null) =>
  sql`history || jsonb_build_array(jsonb_build_object(
    'at', ${at.toISOString()}::text, 'from', state, 'to', ${to}::text, 'code', ${code}::text))`

/**
 * Process again: what was refused or put aside goes back to the start, what is open or uncertain is looked at
 * now. What is booked, or is being booked at this moment, is left alone.
 */
export const process = async (
  engine: Engine,
  integrationId: string,
  selection: Selection,
): Promise<Answer> => {
  const now = engine.clock.now()
  const states = ['refused', 'closed', 'seen', 'open', 'uncertain'] as const
  const moved = await sql`
    with chosen as (${chosen(integrationId, selection, states)})
    update bookings set due_at = ${now}, attempts = 0,
      -- Counts as a mention: a drain that is working on it at this moment looks once more.
      mentions = mentions + 1,
      history = case when state in ('refused', 'closed') then ${entry(now, 'seen', null)} else history end,
      changed_at = case when state in ('refused', 'closed') then ${now} else changed_at end,
      state = case when state in ('refused', 'closed') then 'seen' else state end
    from chosen where integration_id = ${integrationId} and id = chosen_id`.execute(engine.db)
  const accepted = Number(moved.numAffectedRows ?? 0)
  if (accepted > 0) await ringFor(engine, integrationId)
  engine.announce(integrationId)
  return answerOf(selection, accepted)
}

/** Put aside: refused, or open and not under way. It can be processed again at any time. */
export const ignore = async (
  engine: Engine,
  integrationId: string,
  selection: Selection,
): Promise<Answer> => {
  const now = engine.clock.now()
  const moved = await sql`
    with chosen as (${chosen(integrationId, selection, ['refused', 'open'])})
    update bookings set state = 'closed', reason_code = 'IGNORED', reason_params = '{}', due_at = null,
      changed_at = ${now}, history = ${entry(now, 'closed', 'IGNORED')}
    from chosen where integration_id = ${integrationId} and id = chosen_id`.execute(engine.db)
  engine.announce(integrationId)
  return answerOf(selection, Number(moved.numAffectedRows ?? 0))
}

export type Decision =
  { decision: 'it-is-there'; remoteNumber: string } | { decision: 'book-again' }

/**
 * A person says what became of a booking that nobody else can find out about.
 * @returns the new state, or the state that made it impossible
 */
export const decide = async (
  engine: Engine,
  integrationId: string,
  bookingId: string,
  decision: Decision,
): Promise<{ is: 'decided' | 'conflict'; state: BookingState } | null> => {
  const now = engine.clock.now()
  const there = decision.decision === 'it-is-there'
  const number = there ? decision.remoteNumber : null
  const moved = await sql<{ state: BookingState }>`
    update bookings set
      state = ${there ? 'booked' : 'seen'},
      reason_code = ${there ? 'BOOKED_BY_HAND' : null},
      reason_params = ${there ? JSON.stringify({ number }) : null}::jsonb,
      remote_number = coalesce(${number}, remote_number),
      booked_at = ${there ? now : null}::timestamptz,
      due_at = ${there ? null : now}::timestamptz,
      uncertain_since = null, lookups = 0, attempts = 0, changed_at = ${now},
      recreated = recreated or not ${there},
      history = ${entry(now, there ? 'booked' : 'seen', there ? 'BOOKED_BY_HAND' : null)}
    where integration_id = ${integrationId} and id = ${bookingId} and state = 'parked'
    returning state`.execute(engine.db)
  const state = moved.rows[0]?.state
  if (state !== undefined) {
    if (!there) await ringFor(engine, integrationId)
    engine.announce(integrationId)
    return { is: 'decided', state }
  }
  const row = await engine.db
    .selectFrom('bookings')
    .select('state')
    .where('integrationId', '=', integrationId)
    .where('id', '=', bookingId)
    .executeTakeFirst()
  return row === undefined ? null : { is: 'conflict', state: row.state }
}

const waiting = sql`state = 'open' and reason_code = any (${[...goAheadReasons]}::text[])
  -- What was let pass already, and is not worked on yet, waits no more.
  and (go_ahead_at is null or go_ahead_seal is distinct from waiting_seal)`

/** Makes every sale that waits for the go-ahead due, because none is wanted any more. */
const release = (integrationId: string, now: Date) => sql`
  update bookings set due_at = ${now}, mentions = mentions + 1
  where integration_id = ${integrationId} and ${waiting}`

/** The one sale that somebody looked at, and what they saw; or what waits, as it waits. */
export type Passing = { bookingId: string; seal: string } | { bookingIds: readonly string[] }

const passing = (wanted: Passing | undefined) => {
  if (wanted === undefined) return { matches: sql`true`, seal: sql`waiting_seal` }
  const ids = 'bookingId' in wanted ? [wanted.bookingId] : [...wanted.bookingIds]
  return {
    matches: sql`id = any (${ids}::uuid[])`,
    seal: 'seal' in wanted ? sql`${wanted.seal}::text` : sql`waiting_seal`,
  }
}

/**
 * The merchant looked at first sales and lets them pass: they are booked now. After the last one that is
 * wanted the others follow by themselves. A second click finds nothing that waits; a sale that turns out to be
 * another than was looked at waits again.
 * @param wanted absent: all that wait at this moment
 */
export const goAhead = async (
  engine: Engine,
  integrationId: string,
  wanted?: Passing,
): Promise<Answer> => {
  const now = engine.clock.now()
  const { matches, seal } = passing(wanted)
  const accepted = await engine.db.transaction().execute(async (trx) => {
    const passed = await sql<{ first: boolean }>`
      with chosen as (
        select id as chosen_id, go_ahead_at is null as first from bookings
        where integration_id = ${integrationId} and ${waiting} and ${matches}
        order by kind collate "C", shop_id collate "C"
        for update)
      update bookings set go_ahead_at = ${now}, go_ahead_seal = ${seal}, due_at = ${now},
        mentions = mentions + 1
      from chosen where integration_id = ${integrationId} and id = chosen_id
      returning first`.execute(trx)
    // One that had to be shown again was counted before.
    const count = passed.rows.filter(({ first }) => first).length
    const { goAheads } = await trx
      .updateTable('integrations')
      .set((eb) => ({ goAheads: eb('goAheads', '+', count) }))
      .where('id', '=', integrationId)
      .returning('goAheads')
      .executeTakeFirstOrThrow()
    if (goAheads >= goAheadsWanted) await release(integrationId, now).execute(trx)
    return passed.rows.length
  })
  if (accepted > 0) await ringFor(engine, integrationId)
  engine.announce(integrationId)
  const asked =
    wanted === undefined ? accepted : 'bookingId' in wanted ? 1 : wanted.bookingIds.length
  return { accepted, skipped: asked - accepted }
}

/** The merchant wants no go-ahead any more: what waits for one is booked now. */
export const wantNoGoAhead = async (engine: Engine, integrationId: string): Promise<void> => {
  const released = await release(integrationId, engine.clock.now()).execute(engine.db)
  if (Number(released.numAffectedRows ?? 0) > 0) await ringFor(engine, integrationId)
}
