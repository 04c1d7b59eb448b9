import type { FastifyInstance } from 'fastify'
import { findBooking } from '../../bookings/listing.ts'
import { decideVat, vatQuestion } from '../../bookings/vat-decision.ts'
import { Trouble } from '../../problems/reason.ts'
import type { House } from '../house.ts'
import { ProblemAnswer } from '../problem-answer.ts'
import { addRoute } from '../route.ts'
import { seatAt, workingSeatAt } from '../seat.ts'

/** The shop's trouble as an answer: the sale is read from it while the merchant decides. */
const answering = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Trouble) throw new ProblemAnswer(error.reason.code, error.reason.params)
    throw error
  }
}

/** Deciding about sales that wait for VIES. */
export const vatDecisionRoutes =
  (house: House) =>
  (server: FastifyInstance): void => {
    const { engine } = house

    const bookingOf = async (integrationId: string, bookingId: string) => {
      const found = await findBooking(engine.db, integrationId, bookingId)
      if (found === undefined) throw new ProblemAnswer('NOT_FOUND')
      return found
    }

    addRoute(
      server,
      'GET /api/integrations/:integrationId/bookings/:bookingId/vat-question',
      async ({ request, params }) => {
        await seatAt(house, request, params.integrationId)
        const booking = await bookingOf(params.integrationId, params.bookingId)
        const question = await answering(() => vatQuestion(engine, booking))
        if (question === null) return { is: 'nothing-to-decide' as const }
        return {
          is: 'asked' as const,
          since: question.since?.toISOString() ?? null,
          lastValid: question.lastValid?.toISOString() ?? null,
          withVat: question.withVat.map(({ percent, draft: { ratesOf, totals } }) => ({
            percent: percent.toString(),
            ratesOf,
            net: totals.net.toFixed(2),
            vat: totals.vat.toFixed(2),
            gross: totals.gross.toFixed(2),
          })),
          currency: question.currency,
        }
      },
    )

    addRoute(
      server,
      'POST /api/integrations/:integrationId/bookings/:bookingId/vat-decision',
      async ({ request, params, body }) => {
        await workingSeatAt(house, request, params.integrationId)
        const booking = await bookingOf(params.integrationId, params.bookingId)
        if (!(await answering(() => decideVat(engine, booking, body)))) {
          throw new ProblemAnswer('CONFLICT', { state: booking.state })
        }
        return { decided: true as const }
      },
    )
  }
