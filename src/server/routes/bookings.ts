import type { FastifyInstance } from 'fastify'
import type { Booking } from '../../bookings/booking.ts'
import { decide, ignore, process } from '../../bookings/decisions.ts'
import {
  countDays,
  countTabs,
  findBooking,
  listBookings,
  listCauses,
  measureSpeed,
} from '../../bookings/listing.ts'
import { preview } from '../../bookings/preview.ts'
import { calendarDay } from '../../world/calendar-day.ts'
import type { House } from '../house.ts'
import { bookingInShape, evidenceInShape, figuresInShape } from '../in-shape.ts'
import { inWords, ProblemAnswer } from '../problem-answer.ts'
import { addRoute } from '../route.ts'
import { seatAt, workingSeatAt } from '../seat.ts'

/** Report, Errors and Open: what became of the sales of one integration, and what a person can do. */
export const bookingRoutes =
  (house: House) =>
  (server: FastifyInstance): void => {
    const { engine } = house
    const { db } = engine

    const bookingOf = async (integrationId: string, bookingId: string): Promise<Booking> => {
      const found = await findBooking(db, integrationId, bookingId)
      if (found === undefined) throw new ProblemAnswer('NOT_FOUND')
      return found
    }

    addRoute(server, 'GET /api/integrations/:integrationId/counts', async ({ request, params }) => {
      await seatAt(house, request, params.integrationId)
      return countTabs(db, params.integrationId)
    })

    addRoute(
      server,
      'GET /api/integrations/:integrationId/days',
      async ({ request, params, query }) => {
        await seatAt(house, request, params.integrationId)
        return countDays(db, params.integrationId, calendarDay(engine.clock.now()), query.days)
      },
    )

    addRoute(
      server,
      'GET /api/integrations/:integrationId/speed',
      async ({ request, params, query }) => {
        await seatAt(house, request, params.integrationId)
        return measureSpeed(db, params.integrationId, calendarDay(engine.clock.now()), query.days)
      },
    )

    addRoute(
      server,
      'GET /api/integrations/:integrationId/bookings',
      async ({ request, params, query }) => {
        await seatAt(house, request, params.integrationId)
        const page = await listBookings(db, params.integrationId, query)
        return { ...page, items: page.items.map((row) => bookingInShape(row, query.language)) }
      },
    )

    addRoute(
      server,
      'GET /api/integrations/:integrationId/causes',
      async ({ request, params, query }) => {
        await seatAt(house, request, params.integrationId)
        const causes = await listCauses(db, params.integrationId, query)
        return causes.map(({ code, params: figures, count }) => ({
          problem: inWords({ code, params: figures }, query.language),
          count,
        }))
      },
    )

    addRoute(
      server,
      'GET /api/integrations/:integrationId/bookings/:bookingId',
      async ({ request, params, query }) => {
        await seatAt(house, request, params.integrationId)
        const row = await bookingOf(params.integrationId, params.bookingId)
        return {
          booking: bookingInShape(row, query.language),
          history: row.history,
          evidence: evidenceInShape(row, query.language),
        }
      },
    )

    addRoute(
      server,
      'GET /api/integrations/:integrationId/bookings/:bookingId/figures',
      async ({ request, params, query }) => {
        await seatAt(house, request, params.integrationId)
        const row = await bookingOf(params.integrationId, params.bookingId)
        return figuresInShape(await preview(engine, row), query.language)
      },
    )

    addRoute(
      server,
      'POST /api/integrations/:integrationId/process',
      async ({ request, params, body }) => {
        await workingSeatAt(house, request, params.integrationId)
        return process(engine, params.integrationId, body)
      },
    )

    addRoute(
      server,
      'POST /api/integrations/:integrationId/ignore',
      async ({ request, params, body }) => {
        await workingSeatAt(house, request, params.integrationId)
        return ignore(engine, params.integrationId, body)
      },
    )

    addRoute(
      server,
      'POST /api/integrations/:integrationId/bookings/:bookingId/decide',
      async ({ request, params, body }) => {
        await workingSeatAt(house, request, params.integrationId)
        const answer = await decide(engine, params.integrationId, params.bookingId, body)
        if (answer === null) throw new ProblemAnswer('NOT_FOUND')
        if (answer.is === 'conflict') throw new ProblemAnswer('CONFLICT', { state: answer.state })
        return { state: answer.state }
      },
    )
  }
