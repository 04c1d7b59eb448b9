import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { z } from 'zod'
import { findDoubles } from '../../bookings/reconciliation/doubles.ts'
import { ossSheet, readQuarter } from '../../bookings/reconciliation/oss-sheet.ts'
import { listDifferences, reconciledRows } from '../../bookings/reconciliation/reconcile.ts'
import { startDayOf } from '../../bookings/reconciliation/start-day.ts'
import { listStanding } from '../../bookings/surveys/survey-summary.ts'
import { quarterQuery } from '../api/surveys.ts'
import { byteOrderMark, csvRow } from '../csv.ts'
import type { House } from '../house.ts'
import { ProblemAnswer } from '../problem-answer.ts'
import { securityOf } from '../route.ts'
import { seatAt } from '../seat.ts'
import { money, moneyOrNull } from '../survey-in-shape.ts'
import { surveyAt } from './surveys.ts'

const ofSurvey = z.object({ integrationId: z.uuid(), surveyId: z.uuid() })
const ofIntegration = z.object({ integrationId: z.uuid() })
const rowsMax = 100_000
const pageMax = 1_000
const pagesMax = 1_000

type Cells = readonly (string | null)[]

const send = (reply: FastifyReply, name: string, rows: Iterable<Cells> | AsyncIterable<Cells>) => {
  const lines = async function* () {
    yield byteOrderMark
    for await (const row of rows) yield csvRow(row)
  }
  return reply
    .type('text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="doorvoer-${name}.csv"`)
    .send(Readable.from(lines()))
}

/** Migration and Reconciliation for a spreadsheet. */
export const surveyFileRoutes =
  (house: House) =>
  (server: FastifyInstance): void => {
    const { engine } = house
    const { db } = engine
    const schema = (summary: string) => ({
      params: ofSurvey,
      summary,
      security: securityOf('read'),
      tags: ['bookings'],
    })
    const base = '/api/integrations/:integrationId/surveys/:surveyId'

    server.get(
      `${base}/sales.csv`,
      { config: { access: 'read' }, schema: schema('The sales of a migration as CSV') },
      async (request, reply) => {
        const survey = await surveyAt(house, request, ofSurvey.parse(request.params))
        const rows = async function* (): AsyncGenerator<Cells> {
          yield ['number', 'date', 'standing', 'total', 'currency', 'invoice', 'code']
          for (let page = 0; page < pagesMax; page += 1) {
            const sales = await listStanding(db, survey, null, {
              offset: page * pageMax,
              limit: pageMax,
            })
            for (const sale of sales) {
              yield [
                sale.number,
                sale.saleDate,
                sale.standing,
                moneyOrNull(sale.totalCents),
                sale.currency,
                sale.remoteNumber,
                sale.code,
              ]
            }
            if (sales.length < pageMax) return
          }
        }
        return send(reply, 'migration', rows())
      },
    )

    server.get(
      `${base}/reconciliation.csv`,
      {
        config: { access: 'read' },
        schema: schema('The reconciliation per day, country and VAT rate as CSV'),
      },
      async (request, reply) => {
        const survey = await surveyAt(house, request, ofSurvey.parse(request.params))
        const startDay = await startDayOf(engine, survey.integrationId)
        const { rows } = await reconciledRows(db, survey, startDay, 'all')
        return send(reply, 'reconciliation', [
          'day country rate currency sales shop booked refused open aside difference'.split(' '),
          ...rows.map((row) => [
            row.day,
            row.country,
            row.percent,
            row.currency,
            String(row.sales),
            ...[row.shop, row.booked, row.refused, row.open, row.aside, row.difference].map(money),
          ]),
        ])
      },
    )

    server.get(
      `${base}/differences.csv`,
      {
        config: { access: 'read' },
        schema: schema('Every difference and double of a reconciliation as CSV'),
      },
      async (request, reply) => {
        const survey = await surveyAt(house, request, ofSurvey.parse(request.params))
        const startDay = await startDayOf(engine, survey.integrationId)
        const { differences } = await listDifferences(db, survey, startDay, rowsMax)
        const { doubles } = await findDoubles(db, survey, rowsMax)
        return send(reply, 'differences', [
          'difference number date currency shop booked books invoice'.split(' '),
          ...differences.map((each) => [
            each.kind,
            each.number,
            each.day,
            each.currency,
            moneyOrNull(each.shop),
            moneyOrNull(each.booked),
            moneyOrNull(each.books),
            each.remoteNumber,
          ]),
          ...doubles.flatMap(({ invoices }) =>
            invoices.map((each) => [
              'twice',
              each.sale ?? each.reference,
              each.day,
              null,
              null,
              null,
              moneyOrNull(each.total),
              each.remoteNumber,
            ]),
          ),
        ])
      },
    )

    server.get(
      '/api/integrations/:integrationId/oss.csv',
      {
        config: { access: 'read' },
        schema: {
          params: ofIntegration,
          querystring: quarterQuery,
          summary: 'The sheet for the one-stop shop of a quarter as CSV',
          tags: ['bookings'],
          security: securityOf('read'),
        },
      },
      async (request, reply) => {
        const { integrationId } = ofIntegration.parse(request.params)
        await seatAt(house, request, integrationId)
        const { quarter: asked } = quarterQuery.parse(request.query)
        const quarter = readQuarter(asked)
        if (quarter === null) throw new ProblemAnswer('QUARTER_UNKNOWN', { quarter: asked })
        const { rows } = await ossSheet(db, integrationId, quarter)
        return send(reply, `oss-${quarter.name}`, [
          ['country', 'rate', 'currency', 'sales', 'net', 'vat'],
          ...rows.map((row) => [
            row.country,
            row.percent,
            row.currency,
            String(row.sales),
            money(row.net),
            money(row.vat),
          ]),
        ])
      },
    )
  }
