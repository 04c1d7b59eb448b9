import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { listBookings } from '../../bookings/listing.ts'
import { fromCents } from '../../money/amount.ts'
import { byteOrderMark, csvRow } from '../csv.ts'
import type { House } from '../house.ts'
import { ProblemAnswer } from '../problem-answer.ts'
import { securityOf } from '../route.ts'
import { seatAt } from '../seat.ts'

const params = z.object({ integrationId: z.uuid() })
const period = z.object({
  search: z
    .string()
    .trim()
    .max(100)
    .regex(/^[^\0]*$/)
    .default(''),
  from: z.iso.date().optional(),
  until: z.iso.date().optional(),
})
/** More rows than a year of a busy shop. */
const rowsMax = 200_000

/** What is no JSON: the live updates and the export. */
export const liveRoutes =
  (house: House) =>
  (server: FastifyInstance): void => {
    server.get(
      '/api/integrations/:integrationId/events',
      { config: { access: 'read' }, schema: { hide: true, params } },
      async (request, reply) => {
        const { integrationId } = params.parse(request.params)
        const { visitor } = await seatAt(house, request, integrationId)
        reply.hijack()
        reply.raw.writeHead(200, {
          'content-type': 'text/event-stream',
          'cache-control': 'no-store',
          'x-accel-buffering': 'no',
        })
        if (!house.watchers.add(integrationId, visitor.userId, reply.raw)) reply.raw.end()
      },
    )

    server.get(
      '/api/integrations/:integrationId/report.csv',
      {
        config: { access: 'read' },
        schema: {
          params,
          querystring: period,
          summary: 'The report as CSV',
          tags: ['bookings'],
          security: securityOf('read'),
        },
      },
      async (request, reply) => {
        const { integrationId } = params.parse(request.params)
        await seatAt(house, request, integrationId)
        const query = period.parse(request.query)
        const pages = async function* () {
          yield byteOrderMark + 'number;date;total;currency;invoice;invoice id;booked at\r\n'
          let after: string | undefined
          for (let rows = 0; rows < rowsMax;) {
            const page = await listBookings(house.engine.db, integrationId, {
              ...query,
              tab: 'report',
              limit: 200,
              after,
            })
            for (const row of page.items) {
              const total = row.totalCents === null ? null : fromCents(row.totalCents).toFixed(2)
              const cells = [
                row.number,
                row.saleDate,
                total,
                row.currency,
                row.remoteNumber,
                row.remoteId,
                row.bookedAt?.toISOString() ?? null,
              ]
              yield csvRow(cells)
            }
            rows += page.items.length
            if (page.next === null) return
            after = page.next
          }
          throw new ProblemAnswer('INPUT_INVALID', { field: 'from' })
        }
        const { Readable } = await import('node:stream')
        return reply
          .type('text/csv; charset=utf-8')
          .header('content-disposition', 'attachment; filename="doorvoer-report.csv"')
          .send(Readable.from(pages()))
      },
    )
  }
