import { sql } from 'kysely'
import { reason, type Reason } from '../../problems/reason.ts'
import { newIdentifier } from '../../world/identifier.ts'
import type { Engine } from '../engine.ts'
import { calendarDay } from '../../world/calendar-day.ts'
import { withdrawMigrationOffers } from '../../merchants/licences.ts'
import { ringFor } from '../ring-for.ts'
import { historyEntry } from '../history.ts'
import type { Period } from '../../connectors/webshop.ts'
import { isWorking, daysMax, keptMax, steerings } from './survey.ts'
import type { Purpose, Steering, Survey } from './survey.ts'

export type Asked = { is: 'done'; survey: Survey } | { is: 'refused'; reason: Reason }

const dayMs = 86_400_000

/** Why a period can't be surveyed; null when it can. */
const periodProblem = ({ from, until }: Period, today: string): Reason | null => {
  if (until < from) return reason('PERIOD_REVERSED', { from, until })
  if (until > today) return reason('PERIOD_IN_FUTURE', { until, today })
  const days = (Date.parse(until) - Date.parse(from)) / dayMs + 1
  return days > daysMax ? reason('PERIOD_TOO_LONG', { days, most: daysMax }) : null
}

export const findSurvey = (
  { db }: Pick<Engine, 'db'>,
  integrationId: string,
  surveyId: string,
): Promise<Survey | undefined> =>
  db
    .selectFrom('surveys')
    .selectAll()
    .where('integrationId', '=', integrationId)
    .where('id', '=', surveyId)
    .executeTakeFirst()

/** The surveys of an integration, newest first. */
export const listSurveys = (
  { db }: Pick<Engine, 'db'>,
  integrationId: string,
  purpose: Purpose,
): Promise<Survey[]> =>
  db
    .selectFrom('surveys')
    .selectAll()
    .where('integrationId', '=', integrationId)
    .where('purpose', '=', purpose)
    .orderBy('id', 'desc')
    .limit(keptMax)
    .execute()

/** Takes away the other dry runs that nobody started, and the surveys of long ago. */
const takePlace = async (
  { db, clock }: Engine,
  { integrationId, id, purpose }: Survey,
): Promise<void> => {
  if (purpose === 'migration') {
    const now = clock.now()
    await db.transaction().execute(async (trx) => {
      await withdrawMigrationOffers(trx, { integrationId }, now)
      await trx
        .updateTable('surveys')
        .set({ state: 'cancelled', changedAt: now, finishedAt: now })
        .where('integrationId', '=', integrationId)
        .where('purpose', '=', purpose)
        .where('state', '=', 'ready')
        .where('id', '!=', id)
        .execute()
    })
  }
  await sql`
    delete from surveys where integration_id = ${integrationId} and purpose = ${purpose}
      and state in ('ready', 'done', 'cancelled', 'failed') and id in (
        select id from surveys where integration_id = ${integrationId} and purpose = ${purpose}
        order by id desc offset ${keptMax})`.execute(db)
}

/**
 * Begins to look at a period: the dry run of a migration, or a reconciliation.
 * @returns `refused` for a period that can't be, an integration that does not book, or while one is under way
 */
export const askSurvey = async (
  engine: Engine,
  integrationId: string,
  purpose: Purpose,
  period: Period,
): Promise<Asked> => {
  const { db, clock, random } = engine
  const problem = periodProblem(period, calendarDay(clock.now()))
  if (problem !== null) return { is: 'refused', reason: problem }
  const integration = await db
    .selectFrom('integrations')
    .select('state')
    .where('id', '=', integrationId)
    .executeTakeFirst()
  if (integration?.state !== 'active') return { is: 'refused', reason: reason('NOT_COMPLETE') }
  const id = newIdentifier(clock, random)
  const now = clock.now()
  const made = await sql`
    insert into surveys (integration_id, id, purpose, from_day, until_day, state, created_at, changed_at)
    values (${integrationId}, ${id}, ${purpose}, ${period.from}, ${period.until}, 'listing', ${now}, ${now})
    on conflict do nothing`.execute(db)
  const survey = await findSurvey(engine, integrationId, id)
  if (made.numAffectedRows !== 1n || survey === undefined) {
    return { is: 'refused', reason: reason('SURVEY_UNDER_WAY') }
  }
  // Only now: of two that are asked for at once, the first may have become ready while this one was let in.
  await takePlace(engine, survey)
  await engine.ringSurvey(integrationId)
  engine.announce(integrationId)
  return { is: 'done', survey }
}

/** The sales of a migration that wait for their turn, locked in the order in which sales are heard of. */
const waiting = ({ integrationId, id }: Survey) => sql`
  select id as waiting_id from bookings
  where integration_id = ${integrationId} and migration_id = ${id} and state = 'seen' and lane > 0
  order by kind collate "C", shop_id collate "C"
  for update`

/** What a person's wish means for the sales that were handed to the engine already and wait. */
const effects: Readonly<Record<Steering, (engine: Engine, survey: Survey) => Promise<void>>> = {
  start: () => Promise.resolve(),
  pause: async ({ db }, survey) => {
    await sql`
      with waiting as (${waiting(survey)})
      update bookings set due_at = null from waiting
      where integration_id = ${survey.integrationId} and id = waiting_id`.execute(db)
  },
  resume: async (engine, survey) => {
    await sql`
      with waiting as (${waiting(survey)})
      update bookings set due_at = ${engine.clock.now()} from waiting
      where integration_id = ${survey.integrationId} and id = waiting_id and due_at is null`.execute(
      engine.db,
    )
    await ringFor(engine, survey.integrationId)
  },
  // They are no sales of this migration any more: their age counts again.
  cancel: async ({ db, clock }, survey) => {
    const now = clock.now()
    await sql`
      with waiting as (${waiting(survey)})
      update bookings set state = 'closed', due_at = null, migration_id = null, changed_at = ${now},
        reason_code = 'MIGRATION_CANCELLED', reason_params = '{}',
        history = history || ${historyEntry(now, 'seen', 'closed', 'MIGRATION_CANCELLED')}::jsonb
      from waiting where integration_id = ${survey.integrationId} and id = waiting_id`.execute(db)
  },
}

/** Holds what was handed to the engine while a person paused or cancelled the migration. */
export const settleSteered = async (
  engine: Engine,
  integrationId: string,
  surveyId: string,
): Promise<void> => {
  const survey = await findSurvey(engine, integrationId, surveyId)
  if (survey?.state === 'paused') await effects.pause(engine, survey)
  if (survey?.state === 'cancelled') await effects.cancel(engine, survey)
}

/**
 * Moves a survey as somebody wishes, when it stands where that can be wished. Rings nobody: what works again is
 * found by the sweep within seconds.
 * @param priceCents what it costs from now on; null leaves it
 * @returns whether it moved
 */
export const moveSurvey = async (
  { db, clock }: Pick<Engine, 'db' | 'clock'>,
  { integrationId, id }: Pick<Survey, 'integrationId' | 'id'>,
  wish: Steering,
  priceCents: number | null = null,
): Promise<boolean> => {
  const now = clock.now()
  const { from, to } = steerings[wish]
  const moved = await sql`
    update surveys set state = ${to}, changed_at = ${now},
      holder = null, rest_until = null, failures = 0,
      price_cents = coalesce(${priceCents}::bigint, price_cents),
      started_at = case when ${wish} = 'start' then ${now}::timestamptz else started_at end,
      finished_at = case when ${to} = 'cancelled' then ${now}::timestamptz end
    where integration_id = ${integrationId} and id = ${id} and state = any (${[...from]}::text[])
      -- Another one may have begun since.
      and not (${wish} = 'start' and exists (select 1 from surveys o
        where o.integration_id = ${integrationId} and o.purpose = 'migration'
          and o.state in ('listing', 'invoices', 'reading', 'running', 'paused')))`.execute(db)
  return moved.numAffectedRows === 1n
}

/** Starts, pauses, resumes or cancels a survey. @returns null when there is none */
export const steerSurvey = async (
  engine: Engine,
  integrationId: string,
  surveyId: string,
  wish: Steering,
  priceCents: number | null = null,
): Promise<Asked | { is: 'conflict'; state: Survey['state'] } | null> => {
  const survey = await findSurvey(engine, integrationId, surveyId)
  if (survey === undefined) return null
  if (survey.purpose === 'reconciliation' && wish !== 'cancel') {
    return { is: 'conflict', state: survey.state }
  }
  const moved = await engine.db.transaction().execute(async (trx) => {
    const room = { db: trx, clock: engine.clock }
    if (wish === 'cancel') {
      await withdrawMigrationOffers(trx, { integrationId, surveyId }, room.clock.now())
    }
    return moveSurvey(room, survey, wish, priceCents)
  })
  const after = await findSurvey(engine, integrationId, surveyId)
  if (after === undefined) return null
  if (!moved) return { is: 'conflict', state: after.state }
  await effects[wish](engine, after)
  if (isWorking(after.state)) await engine.ringSurvey(integrationId)
  engine.announce(integrationId)
  return { is: 'done', survey: after }
}
