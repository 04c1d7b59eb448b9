import type { FastifyInstance } from 'fastify'
import { askSurvey, findSurvey } from '../../bookings/surveys/ask-survey.ts'
import { countStandings } from '../../bookings/surveys/survey-summary.ts'
import { tariffOn } from '../../merchants/tariffs.ts'
import { listMigrations } from '../../operator/list-migrations.ts'
import { writeLog } from '../../operator/log.ts'
import { offersOfSurveys } from '../../support/billing/service-offers.ts'
import { calendarDay } from '../../world/calendar-day.ts'
import type { House } from '../house.ts'
import { addOperatorRoute } from '../operator-route.ts'
import { ProblemAnswer } from '../problem-answer.ts'
import { steerMigration } from '../steer-migration.ts'
import { surveyInShape } from '../survey-in-shape.ts'

/** Migrations of everybody, and running one for a merchant (spec §2.6). */
export const operatorMigrationRoutes =
  (house: House) =>
  (server: FastifyInstance): void => {
    const { engine } = house
    const { db, clock } = engine

    addOperatorRoute(server, house, 'GET /api/operator/migrations', async ({ query }) => {
      const page = await listMigrations(db, query)
      const offers = await offersOfSurveys(
        db,
        page.items.map(({ id }) => id),
      )
      const tariffCents = await tariffOn(db, 'migration', calendarDay(clock.now()))
      const items = await Promise.all(
        page.items.map(async ({ name, merchant, ...survey }) => ({
          ...surveyInShape(survey, await countStandings(db, survey), query.language, {
            tariffCents,
            sold: house.billing !== null,
            offer: offers.get(survey.id),
          }),
          integration: { id: survey.integrationId, name, merchant },
        })),
      )
      return { ...page, items }
    })

    addOperatorRoute(
      server,
      house,
      'POST /api/operator/integrations/:integrationId/migrations',
      async ({ operator, params: { integrationId }, body: { from, until, reason } }) => {
        const known = await db
          .selectFrom('integrations')
          .select('id')
          .where('id', '=', integrationId)
          .executeTakeFirst()
        if (known === undefined) throw new ProblemAnswer('NOT_FOUND')
        const asked = await askSurvey(engine, integrationId, 'migration', { from, until })
        if (asked.is === 'refused') throw new ProblemAnswer(asked.reason.code, asked.reason.params)
        await writeLog(engine, operator, {
          deed: 'migration-begun',
          integrationId,
          params: { from, until },
          reason,
        })
        return { id: asked.survey.id }
      },
    )

    addOperatorRoute(
      server,
      house,
      'POST /api/operator/integrations/:integrationId/migrations/:surveyId/steer',
      async ({ operator, params: { integrationId, surveyId }, body: { wish, reason } }) => {
        const survey = await findSurvey(engine, integrationId, surveyId)
        if (survey?.purpose !== 'migration') throw new ProblemAnswer('NOT_FOUND')
        const { state } = await steerMigration(house, survey, wish, 'already')
        await writeLog(engine, operator, {
          deed: 'migration-steered',
          integrationId,
          params: { wish, from: survey.fromDay, until: survey.untilDay },
          reason,
        })
        return { state }
      },
    )
  }
