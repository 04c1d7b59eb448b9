import type { FastifyInstance } from 'fastify'
import { refOf, type Booking } from '../../bookings/booking.ts'
import { goAhead } from '../../bookings/decisions.ts'
import type { Ends } from '../../bookings/desk.ts'
import { openEndsAs, type TrySettings } from '../../bookings/engine.ts'
import { findSale, latestSales } from '../../bookings/find-sale.ts'
import { inBooksAlready, objectionOfGate, rehearse } from '../../bookings/preview.ts'
import { changedSettings, validSettings, type Change } from '../../merchants/configuration.ts'
import type { Reason } from '../../problems/reason.ts'
import type { SaleRef } from '../../sale/sale.ts'
import { answering } from '../answering.ts'
import type { House } from '../house.ts'
import { previewInShape, type Outcome, type Readable } from '../preview-in-shape.ts'
import { inWords, ProblemAnswer } from '../problem-answer.ts'
import { addRoute } from '../route.ts'
import { seatAt, workingSeatAt, type Seat } from '../seat.ts'

const states = ['installing', 'active'] as const

/** Settings that are filled in and not saved, judged as saving them would. */
const tried = ({ integration }: Seat, change: Change): TrySettings => ({
  ...(change.settings !== undefined && {
    settings: changedSettings(integration.settings, change.settings),
  }),
  ...(change.webshop !== undefined && {
    webshop: validSettings('webshop', integration.webshop, change.webshop),
  }),
  ...(change.accounting !== undefined && {
    accounting: validSettings('accounting', integration.accounting, change.accounting),
  }),
})

/** Looking at sales before they are booked, and letting the first ones pass. */
export const previewRoutes =
  (house: House) =>
  (server: FastifyInstance): void => {
    const { engine } = house

    const endsOf = async (seat: Seat, instead: TrySettings = {}): Promise<Ends> => {
      const ends = await openEndsAs(engine, seat.integration.id, { states, instead })
      if (ends === null) throw new ProblemAnswer('NOT_COMPLETE')
      return ends
    }

    const bookingOf = (integrationId: string, ref: SaleRef): Promise<Booking | undefined> =>
      engine.db
        .selectFrom('bookings')
        .selectAll()
        .where('integrationId', '=', integrationId)
        .where('kind', '=', ref.kind)
        .where('shopId', '=', ref.id)
        .executeTakeFirst()

    const outcomeOf = async (
      integrationId: string,
      ends: Ends,
      seen: Readable,
      booking: Booking | undefined,
      gate: { reason: Reason; waits: boolean } | null,
    ): Promise<Outcome> => {
      const known = { bookingId: booking?.id ?? null, remoteNumber: booking?.remoteNumber ?? null }
      if (booking?.state === 'booked') return { ...known, outcome: 'booked', problem: null }
      if (gate !== null) {
        return { ...known, outcome: gate.waits ? 'waits' : 'closed', problem: gate.reason }
      }
      if (seen.is === 'undrafted') {
        return { ...known, outcome: seen.waits ? 'waits' : 'refused', problem: seen.reason }
      }
      const problem = seen.verdicts.find((verdict) => verdict.problem !== null)?.problem ?? null
      if (problem !== null) return { ...known, outcome: 'refused', problem }
      const { sale, draft, rehearsal } = seen
      const number =
        rehearsal === null
          ? null
          : await inBooksAlready(engine, integrationId, ends, { sale, draft, rehearsal })
      if (number !== null) {
        return { ...known, outcome: 'in-books', problem: null, remoteNumber: number }
      }
      const waits = ends.wantsGoAhead && booking?.goAheadAt == null
      return { ...known, outcome: waits ? 'wants-go-ahead' : 'books', problem: null }
    }

    const refFor = async (
      seat: Seat,
      ends: Ends,
      sale: { number: string } | SaleRef,
    ): Promise<SaleRef> => {
      if (!('number' in sale)) return sale
      const ref = await findSale(engine, seat.integration.id, ends, sale.number)
      const system = ends.webshop.connector.title
      if (ref === null) throw new ProblemAnswer('SALE_NOT_FOUND', { system, number: sale.number })
      return ref
    }

    addRoute(
      server,
      'GET /api/integrations/:integrationId/latest-sales',
      async ({ request, params, query }) => {
        const seat = await seatAt(house, request, params.integrationId)
        const ends = await endsOf(seat)
        const mentions = await answering(() => latestSales(engine, ends, query.limit))
        return mentions.map(({ ref, number, date, total }) => ({
          ref,
          number,
          date,
          total: total?.toFixed(2) ?? null,
        }))
      },
    )

    addRoute(
      server,
      'POST /api/integrations/:integrationId/preview',
      async ({ request, params, query, body }) => {
        const seat = await seatAt(house, request, params.integrationId)
        const { id } = seat.integration
        const { sale, ...change } = body
        const instead = await answering(() => Promise.resolve().then(() => tried(seat, change)))
        const ends = await endsOf(seat, instead)
        const ref = await answering(() => refFor(seat, ends, sale))
        const seen = await rehearse(engine, id, ends, ref)
        if (seen.is === 'gone') return { is: 'gone' }
        if (seen.is === 'unreachable') {
          return { is: 'unreachable', problem: inWords(seen.reason, query.language) }
        }
        const booking = await bookingOf(
          id,
          refOf({ kind: seen.sale.ref.kind, shopId: seen.sale.ref.id }),
        )
        const gate = objectionOfGate(ends, seen.sale)
        const outcome = await outcomeOf(seat.integration.id, ends, seen, booking, gate)
        return previewInShape(seen, ends, outcome, gate, query.language)
      },
    )

    addRoute(
      server,
      'POST /api/integrations/:integrationId/go-ahead',
      async ({ request, params, body }) => {
        const { integration } = await workingSeatAt(house, request, params.integrationId)
        return goAhead(engine, integration.id, 'all' in body ? undefined : body.bookingIds)
      },
    )
  }
