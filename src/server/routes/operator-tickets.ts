import type { FastifyInstance } from 'fastify'
import type { z } from 'zod'
import { writeLog } from '../../operator/log.ts'
import {
  figuresKeptUntil,
  findTicket,
  listTickets,
  openFigures,
  readMessages,
  type Ticket,
} from '../../support/tickets/read-tickets.ts'
import { cannedAnswer, ticketCauses } from '../../support/tickets/ticket-causes.ts'
import { assignTicket, settleTicket, writeMessage } from '../../support/tickets/write-tickets.ts'
import type { inboxTicket } from '../api/operator.ts'
import type { House } from '../house.ts'
import { addOperatorRoute } from '../operator-route.ts'
import { inWords, ProblemAnswer } from '../problem-answer.ts'
import { messagesInShape, ticketInShape } from './support.ts'

/** The inbox: tickets of every merchant, one by one or by their common cause. */
export const operatorTicketRoutes =
  (house: House) =>
  (server: FastifyInstance): void => {
    const { engine } = house

    const ticketOf = async (ticketId: string): Promise<Ticket> => {
      const found = await findTicket(engine, null, ticketId)
      if (found === null) throw new ProblemAnswer('NOT_FOUND')
      return found
    }

    const inInbox = async (
      tickets: readonly Ticket[],
      language: 'nl' | 'en',
    ): Promise<z.input<typeof inboxTicket>[]> => {
      const integrations = await house.pool.query<{ id: string; name: string; merchant: string }>(
        `select i.id, i.name, coalesce(m.name, '') as merchant from integrations i
         left join merchant m on m.id = i.merchant_id where i.id = any ($1::uuid[])`,
        [tickets.map(({ integrationId }) => integrationId)],
      )
      const people = await house.pool.query<{ id: string; name: string }>(
        `select id, name from "user" where id = any ($1::text[])`,
        [tickets.map(({ assigneeId }) => assigneeId).filter((id) => id !== null)],
      )
      return tickets.map((row) => ({
        ...ticketInShape(row, language),
        integration: integrations.rows.find(({ id }) => id === row.integrationId) ?? {
          id: row.integrationId,
          name: '',
          merchant: '',
        },
        assignee: people.rows.find(({ id }) => id === row.assigneeId) ?? null,
      }))
    }

    /** Who asked, for the mail with the answer; null when the account is gone. */
    const askerOf = async ({ askerId, integrationId, id }: Ticket) => {
      const found = await house.pool.query<{ name: string; email: string }>(
        `select name, email from "user" where id = $1`,
        [askerId],
      )
      const [asker] = found.rows
      const url = `${house.publicUrl}/i/${integrationId}/support/${id}`
      return asker === undefined ? null : { address: asker.email, name: asker.name, url }
    }

    addOperatorRoute(server, house, 'GET /api/operator/tickets', async ({ operator, query }) => {
      const { mine, language, ...wanted } = query
      const page = await listTickets(engine, {
        ...wanted,
        integrationId: null,
        ...(mine && { assigneeId: operator.userId }),
      })
      return { ...page, items: await inInbox(page.items, language) }
    })

    addOperatorRoute(server, house, 'GET /api/operator/ticket-causes', async ({ query }) =>
      (await ticketCauses(engine)).map(({ code, params, ...cause }) => ({
        ...cause,
        problem: inWords({ code, params }, query.language),
        canned: cannedAnswer(code, params, { many: cause.count > 1 }) ?? { nl: '', en: '' },
      })),
    )

    addOperatorRoute(
      server,
      house,
      'GET /api/operator/tickets/:ticketId',
      async ({ params, query }) => {
        const row = await ticketOf(params.ticketId)
        const [inShape] = await inInbox([row], query.language)
        if (inShape === undefined) throw new ProblemAnswer('NOT_FOUND')
        return {
          ticket: inShape,
          language: row.language,
          messages: await messagesInShape(house, await readMessages(engine, row)),
          facts: row.facts,
          figuresUntil: (await figuresKeptUntil(engine, row))?.toISOString() ?? null,
          canned:
            row.code === null ? null : cannedAnswer(row.code, row.params ?? {}, { many: false }),
        }
      },
    )

    addOperatorRoute(
      server,
      house,
      'POST /api/operator/tickets/:ticketId/open-figures',
      async ({ operator, params, body }) => {
        const row = await ticketOf(params.ticketId)
        const content = await openFigures(engine, row)
        if (content === null) throw new ProblemAnswer('NOT_FOUND')
        await writeLog(engine, operator, {
          deed: 'figures-opened',
          integrationId: row.integrationId,
          params: { ticket: row.reference },
          reason: body.reason,
        })
        return { content }
      },
    )

    addOperatorRoute(
      server,
      house,
      'POST /api/operator/tickets/:ticketId/assign',
      async ({ operator, params, body }) => {
        const row = await ticketOf(params.ticketId)
        const mine = body.to === 'me'
        await assignTicket(engine, row, mine ? operator.userId : null)
        await writeLog(engine, operator, {
          deed: 'ticket-assigned',
          integrationId: row.integrationId,
          params: { ticket: row.reference, to: body.to },
        })
        return { assignee: mine ? operator.name : null }
      },
    )

    addOperatorRoute(
      server,
      house,
      'POST /api/operator/tickets/:ticketId/settle',
      async ({ operator, params }) => {
        const row = await ticketOf(params.ticketId)
        await settleTicket(engine, row)
        await writeLog(engine, operator, {
          deed: 'ticket-settled',
          integrationId: row.integrationId,
          params: { ticket: row.reference },
        })
        return { state: 'settled' as const }
      },
    )

    addOperatorRoute(
      server,
      house,
      'POST /api/operator/ticket-answers',
      async ({ operator, body }) => {
        const tickets: Ticket[] = []
        for (const ticketId of new Set(body.ticketIds)) {
          const found = await findTicket(engine, null, ticketId)
          if (found !== null) tickets.push(found)
        }
        const missing = tickets.find(({ language }) => body[language] === '')
        if (missing !== undefined) {
          throw new ProblemAnswer('INPUT_INVALID', { field: missing.language })
        }
        for (const row of tickets) {
          await writeMessage(engine, row, {
            author: 'operator',
            authorId: operator.userId,
            text: body[row.language],
            settle: body.settle,
            mailTo: await askerOf(row),
          })
          await writeLog(engine, operator, {
            deed: 'ticket-answered',
            integrationId: row.integrationId,
            params: { ticket: row.reference },
          })
        }
        return { answered: tickets.length, skipped: body.ticketIds.length - tickets.length }
      },
    )
  }
