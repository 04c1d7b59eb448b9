import type { FastifyInstance } from 'fastify'
import type { z } from 'zod'
import type { Booking } from '../../bookings/booking.ts'
import { findBooking } from '../../bookings/listing.ts'
import { preview } from '../../bookings/preview.ts'
import { recordingHttp } from '../../connectors/recording-http.ts'
import { titleOf } from '../../connectors/registry.ts'
import { tellOfTicket } from '../../operator/tell-of-ticket.ts'
import { openTicket, type NewTicket } from '../../support/tickets/open-ticket.ts'
import {
  figuresKeptUntil,
  findTicket,
  listTickets,
  readMessages,
  type Ticket,
  type TicketMessage,
} from '../../support/tickets/read-tickets.ts'
import { settleTicket, writeMessage } from '../../support/tickets/write-tickets.ts'
import type { ticket, ticketMessage } from '../api/support.ts'
import type { House } from '../house.ts'
import { figuresInShape } from '../in-shape.ts'
import { inWords, ProblemAnswer } from '../problem-answer.ts'
import { addRoute } from '../route.ts'
import { seatAt, workingSeatAt, type Seat } from '../seat.ts'

type Language = 'nl' | 'en'

/** A ticket as the interface shows it. */
export const ticketInShape = (row: Ticket, language: Language): z.input<typeof ticket> => ({
  id: row.id,
  reference: row.reference,
  topic: row.topic,
  state: row.state,
  subject: row.subject,
  problem:
    row.code === null ? null : inWords({ code: row.code, params: row.params ?? {} }, language),
  bookingId: row.bookingId,
  createdAt: row.createdAt.toISOString(),
  changedAt: row.changedAt.toISOString(),
})

/** Messages with the names of who wrote them; an account that is gone has none. */
export const messagesInShape = async (
  house: House,
  messages: readonly TicketMessage[],
): Promise<z.input<typeof ticketMessage>[]> => {
  const ids = [...new Set(messages.map(({ authorId }) => authorId))]
  const found = await house.pool.query<{ id: string; name: string }>(
    `select id, name from "user" where id = any ($1::text[])`,
    [ids],
  )
  const names = new Map(found.rows.map(({ id, name }) => [id, name]))
  return messages.map(({ id, author, authorId, text, at }) => ({
    id,
    author,
    name: names.get(authorId) ?? '',
    text,
    at: at.toISOString(),
  }))
}

/** What may go along without being sealed: what Doorvoer itself keeps of a sale, nothing about the buyer. */
const factsOf = (row: Booking): Record<string, unknown> => ({
  number: row.number,
  kind: row.kind,
  date: row.saleDate,
  state: row.state,
  totalCents: row.totalCents,
  currency: row.currency,
  reference: row.reference,
  remoteNumber: row.remoteNumber,
  attempts: row.attempts,
  seenAt: row.seenAt.toISOString(),
  changedAt: row.changedAt.toISOString(),
  history: row.history,
})

/** Support: questions, problems, and what was answered. */
export const supportRoutes =
  (house: House) =>
  (server: FastifyInstance): void => {
    const { engine } = house

    /** What the shop and the books say of a sale at this moment, with the calls that told it. */
    const attachmentOf = async (booking: Booking): Promise<Record<string, unknown>> => {
      const http = recordingHttp(engine.http, () => engine.clock.monotonicMs())
      const seen = await preview({ ...engine, http }, booking)
      return { figures: figuresInShape(seen, 'nl'), calls: http.calls }
    }

    const aboutOf = (booking: Booking, seat: Seat): NewTicket['about'] => ({
      bookingId: booking.id,
      reason:
        booking.reasonCode === null
          ? null
          : { code: booking.reasonCode, params: booking.reasonParams ?? {} },
      system: systemOf(booking, seat),
      facts: { ...factsOf(booking), ...endsOf(seat) },
    })

    const ticketOf = async (integrationId: string, ticketId: string): Promise<Ticket> => {
      const found = await findTicket(engine, integrationId, ticketId)
      if (found === null) throw new ProblemAnswer('NOT_FOUND')
      return found
    }

    addRoute(
      server,
      'GET /api/integrations/:integrationId/tickets',
      async ({ request, params, query }) => {
        const { integrationId } = params
        await seatAt(house, request, integrationId)
        const page = await listTickets(engine, { ...query, integrationId })
        return { ...page, items: page.items.map((row) => ticketInShape(row, query.language)) }
      },
    )

    addRoute(
      server,
      'POST /api/integrations/:integrationId/tickets',
      async ({ request, params, body }) => {
        const { integrationId } = params
        const seat = await workingSeatAt(house, request, integrationId)
        const booking =
          body.bookingId === undefined
            ? null
            : await findBooking(engine.db, integrationId, body.bookingId)
        if (booking === undefined) throw new ProblemAnswer('NOT_FOUND')
        const opened = await openTicket(engine, {
          integrationId,
          askerId: seat.visitor.userId,
          language: seat.visitor.language,
          topic: body.topic,
          subject: body.subject,
          text: body.text,
          about: booking === null ? null : aboutOf(booking, seat),
          attachment: booking === null || !body.withFigures ? null : await attachmentOf(booking),
        })
        if (opened === null) throw new ProblemAnswer('TOO_MANY_REQUESTS')
        await tellOfTicket(engine, house.publicUrl, opened, opened.id)
        return opened
      },
    )

    addRoute(
      server,
      'GET /api/integrations/:integrationId/tickets/:ticketId',
      async ({ request, params, query }) => {
        await seatAt(house, request, params.integrationId)
        const row = await ticketOf(params.integrationId, params.ticketId)
        return {
          ticket: ticketInShape(row, query.language),
          messages: await messagesInShape(house, await readMessages(engine, row)),
          figuresUntil: (await figuresKeptUntil(engine, row))?.toISOString() ?? null,
        }
      },
    )

    addRoute(
      server,
      'POST /api/integrations/:integrationId/tickets/:ticketId/messages',
      async ({ request, params, body }) => {
        const { integrationId, ticketId } = params
        const { visitor } = await workingSeatAt(house, request, integrationId)
        const row = await ticketOf(integrationId, ticketId)
        const { state, messageId } = await writeMessage(engine, row, {
          author: 'merchant',
          authorId: visitor.userId,
          text: body.text,
          mailTo: null,
        })
        await tellOfTicket(engine, house.publicUrl, row, messageId)
        return { state }
      },
    )

    addRoute(
      server,
      'POST /api/integrations/:integrationId/tickets/:ticketId/settle',
      async ({ request, params }) => {
        await workingSeatAt(house, request, params.integrationId)
        const row = await ticketOf(params.integrationId, params.ticketId)
        await settleTicket(engine, row)
        return { state: 'settled' as const }
      },
    )
  }

/** The system a problem came from, where its figures name one. */
const systemOf = (booking: Booking, { integration }: Seat): string | null => {
  const named = booking.reasonParams?.['system']
  const ends = [integration.webshop, integration.accounting]
  return ends.find((system) => titleOf(system) === named) ?? null
}

const endsOf = ({ integration }: Seat) => ({
  webshop: integration.webshop,
  accounting: integration.accounting,
})
