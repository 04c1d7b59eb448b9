import type { FastifyInstance, FastifyRequest } from 'fastify'
import { pickUp } from '../../bookings/reconciliation/pick-up.ts'
import { findDoubles } from '../../bookings/reconciliation/doubles.ts'
import { ossSheet, readQuarter } from '../../bookings/reconciliation/oss-sheet.ts'
import { listDifferences, reconciledRows } from '../../bookings/reconciliation/reconcile.ts'
import { startDayOf } from '../../bookings/reconciliation/start-day.ts'
import { askSurvey, findSurvey, listSurveys } from '../../bookings/surveys/ask-survey.ts'
import type { Survey } from '../../bookings/surveys/survey.ts'
import { countStandings, listStanding, summarise } from '../../bookings/surveys/survey-summary.ts'
import { tariffOn } from '../../merchants/tariffs.ts'
import type { Reason } from '../../problems/reason.ts'
import { offerOfSurvey, offersOfSurveys } from '../../support/billing/service-offers.ts'
import { calendarDay } from '../../world/calendar-day.ts'
import type { House } from '../house.ts'
import { ProblemAnswer } from '../problem-answer.ts'
import { addRoute } from '../route.ts'
import { seatAt, workingSeatAt } from '../seat.ts'
import { steerMigration } from '../steer-migration.ts'
import {
  differenceInShape,
  doubleInShape,
  money,
  rowInShape,
  standingInShape,
  summaryInShape,
  surveyInShape,
} from '../survey-in-shape.ts'

/** More than anybody reads; the CSV has them all, and how many there are is told. */
const rowsMax = 3_000
const differencesMax = 1_000
const doublesMax = 500

const refuse = ({ code, params }: Reason): never => {
  throw new ProblemAnswer(code, params)
}

/** A survey of an integration the visitor has a seat at. @throws ProblemAnswer NOT_FOUND besides those of seatAt */
export const surveyAt = async (
  house: House,
  request: FastifyRequest,
  params: { integrationId: string; surveyId: string },
): Promise<Survey> => {
  await seatAt(house, request, params.integrationId)
  const survey = await findSurvey(house.engine, params.integrationId, params.surveyId)
  if (survey === undefined) throw new ProblemAnswer('NOT_FOUND')
  return survey
}

/** Migration and Reconciliation. */
export const surveyRoutes =
  (house: House) =>
  (server: FastifyInstance): void => {
    const { engine } = house
    const { db, clock } = engine
    const tariff = () => tariffOn(db, 'migration', calendarDay(clock.now()))
    const sold = house.billing !== null

    addRoute(
      server,
      'GET /api/integrations/:integrationId/surveys',
      async ({ request, params, query }) => {
        await seatAt(house, request, params.integrationId)
        const surveys = await listSurveys(engine, params.integrationId, query.purpose)
        const tariffCents = await tariff()
        const offers = await offersOfSurveys(
          db,
          surveys.map(({ id }) => id),
        )
        return Promise.all(
          surveys.map(async (survey) =>
            surveyInShape(survey, await countStandings(db, survey), query.language, {
              ...{ tariffCents, sold },
              offer: offers.get(survey.id),
            }),
          ),
        )
      },
    )

    addRoute(
      server,
      'POST /api/integrations/:integrationId/surveys',
      async ({ request, params, body: { purpose, ...period } }) => {
        await workingSeatAt(house, request, params.integrationId)
        const asked = await askSurvey(engine, params.integrationId, purpose, period)
        return asked.is === 'refused' ? refuse(asked.reason) : { id: asked.survey.id }
      },
    )

    addRoute(
      server,
      'GET /api/integrations/:integrationId/surveys/:surveyId',
      async ({ request, params, query }) => {
        const survey = await surveyAt(house, request, params)
        const summary = await summarise(db, survey)
        return summaryInShape(survey, summary, query.language, {
          tariffCents: await tariff(),
          sold,
          offer: await offerOfSurvey(db, survey),
        })
      },
    )

    addRoute(
      server,
      'GET /api/integrations/:integrationId/surveys/:surveyId/sales',
      async ({ request, params, query }) => {
        const survey = await surveyAt(house, request, params)
        const sales = await listStanding(db, survey, query.standing ?? null, query)
        return sales.map((sale) => standingInShape(sale, query.language))
      },
    )

    addRoute(
      server,
      'POST /api/integrations/:integrationId/surveys/:surveyId/steer',
      async ({ request, params, body: { wish } }) => {
        await workingSeatAt(house, request, params.integrationId)
        const survey = await surveyAt(house, request, params)
        return steerMigration(house, survey, wish, 'paid')
      },
    )

    addRoute(
      server,
      'POST /api/integrations/:integrationId/surveys/:surveyId/pick-up',
      async ({ request, params }) => {
        await workingSeatAt(house, request, params.integrationId)
        const survey = await surveyAt(house, request, params)
        const startDay = await startDayOf(engine, params.integrationId)
        return { accepted: await pickUp(engine, survey, startDay) }
      },
    )

    addRoute(
      server,
      'GET /api/integrations/:integrationId/surveys/:surveyId/reconciliation',
      async ({ request, params, query }) => {
        const survey = await surveyAt(house, request, params)
        const startDay = await startDayOf(engine, params.integrationId)
        const reconciled = await reconciledRows(db, survey, startDay, query.by, rowsMax)
        const together = await reconciledRows(db, survey, startDay, 'total')
        const different = await listDifferences(db, survey, startDay, differencesMax)
        const twice = await findDoubles(db, survey, doublesMax)
        return {
          by: query.by,
          rows: reconciled.rows.map(rowInShape),
          rowCount: reconciled.count,
          totals: together.rows.map(rowInShape),
          differences: different.differences.map(differenceInShape),
          differenceCount: different.count,
          missedCount: different.missed,
          doubles: twice.doubles.map(doubleInShape),
          doubleCount: twice.count,
          startDay,
        }
      },
    )

    addRoute(
      server,
      'GET /api/integrations/:integrationId/oss',
      async ({ request, params, query }) => {
        await seatAt(house, request, params.integrationId)
        const quarter = readQuarter(query.quarter)
        if (quarter === null) throw new ProblemAnswer('QUARTER_UNKNOWN', { quarter: query.quarter })
        const { rows, unknown } = await ossSheet(db, params.integrationId, quarter)
        return {
          quarter: quarter.name,
          from: quarter.from,
          until: quarter.until,
          rows: rows.map(({ percent, net, vat, ...row }) => ({
            ...row,
            vatPercent: percent,
            net: money(net),
            vat: money(vat),
          })),
          unknown,
        }
      },
    )
  }
