import type { Kysely, Selectable } from 'kysely'
import type { LicenceTable, StoppedBy } from '../database/licence-tables.ts'
import type { Tables } from '../database/schema.ts'
import { addDays, calendarDay, type Day } from '../world/calendar-day.ts'
import { nextStepOn, trialDays, type LicenceFacts } from './licence.ts'

type Db = Kysely<Tables>
export type Licence = Selectable<LicenceTable>

/** The licence of a new integration: its trial starts today. */
export const createLicence = async (db: Db, integrationId: string, today: Day): Promise<void> => {
  const facts: LicenceFacts = {
    billing: 'offer',
    term: 'trial',
    endsOn: addDays(today, trialDays),
    stoppedOn: null,
  }
  await db
    .insertInto('licences')
    .values({
      integrationId,
      ...facts,
      stoppedBy: null,
      storeCancelledOn: null,
      step: null,
      stepFor: null,
      lookOn: nextStepOn(facts, today),
    })
    .execute()
}

export const licenceOf = (db: Db, integrationId: string): Promise<Licence | undefined> =>
  db
    .selectFrom('licences')
    .selectAll()
    .where('integrationId', '=', integrationId)
    .executeTakeFirst()

/** The licence, held until the transaction ends: whoever changes it does so one after the other. */
export const lockedLicence = (db: Db, integrationId: string): Promise<Licence | undefined> =>
  db
    .selectFrom('licences')
    .selectAll()
    .where('integrationId', '=', integrationId)
    .forUpdate()
    .executeTakeFirst()

export const changeLicence = async (
  db: Db,
  integrationId: string,
  change: Partial<Omit<Licence, 'integrationId'>>,
): Promise<void> => {
  await db.updateTable('licences').set(change).where('integrationId', '=', integrationId).execute()
}

/** Nobody is to pay for what has ended or is paid elsewhere. */
const withdrawOffers = async (db: Db, integrationId: string, at: Date): Promise<void> => {
  await db
    .updateTable('offers')
    .set({ state: 'withdrawn', changedAt: at })
    .where('integrationId', '=', integrationId)
    .where('state', '=', 'open')
    .execute()
}

/**
 * Nobody is to pay for a migration that is about to be given up before it began. Called before the migration
 * itself is cancelled, in one transaction: a payment takes both in the same order.
 * @param surveyId the migration that is given up; absent: each that has not begun
 */
export const withdrawMigrationOffers = async (
  db: Db,
  { integrationId, surveyId }: { integrationId: string; surveyId?: string },
  at: Date,
): Promise<void> => {
  await db
    .updateTable('offers')
    .set({ state: 'withdrawn', changedAt: at })
    .where('integrationId', '=', integrationId)
    .where('state', '=', 'open')
    .where('forSurvey', 'in', (eb) =>
      eb
        .selectFrom('surveys')
        .select('id')
        .where('integrationId', '=', integrationId)
        .where('state', '=', 'ready')
        .$if(surveyId !== undefined, (qb) => qb.where('id', '=', surveyId ?? '')),
    )
    .execute()
}

/** Ends a licence as of today; once. The licence job looks at it at once, and tells the merchant. */
export const stopLicence = async (
  db: Db,
  integrationId: string,
  by: StoppedBy,
  at: Date,
): Promise<void> => {
  const today = calendarDay(at)
  await db
    .updateTable('licences')
    .set({ stoppedOn: today, stoppedBy: by, lookOn: today })
    .where('integrationId', '=', integrationId)
    .where('stoppedOn', 'is', null)
    .execute()
  await withdrawOffers(db, integrationId, at)
}

/** From now on the shop's app store bills this integration (spec §2.5): it follows the store's calls. */
export const followStore = async (db: Db, integrationId: string, at: Date): Promise<void> => {
  await changeLicence(db, integrationId, { billing: 'store', storeCancelledOn: null, lookOn: null })
  await withdrawOffers(db, integrationId, at)
}
