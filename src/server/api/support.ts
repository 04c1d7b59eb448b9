import { z } from 'zod'
import {
  explained,
  identifier,
  integrationParams,
  language,
  line,
  moment,
  pageOf,
  type RouteShape,
} from './shapes.ts'

export const ticketState = z.enum(['asked', 'answered', 'settled'])
const ticketText = line(10_000).min(1)
const ticketParams = integrationParams.extend({ ticketId: identifier })

export const ticket = z.object({
  id: identifier,
  /** What people call it. */
  reference: z.string(),
  topic: z.enum(['question', 'problem']),
  /** `asked`: waits for support. `answered`: support answered. `settled`: done. */
  state: ticketState,
  subject: z.string(),
  /** The problem it is about. */
  problem: explained.nullable(),
  bookingId: identifier.nullable(),
  createdAt: moment,
  changedAt: moment,
})

export const ticketMessage = z.object({
  id: identifier,
  author: z.enum(['merchant', 'operator']),
  name: z.string(),
  text: z.string(),
  at: moment,
})

/** Support: what a merchant asks, and what is answered. */
export const supportApi = {
  'GET /api/integrations/:integrationId/tickets': {
    summary: 'The tickets of an integration, newest first',
    params: integrationParams,
    query: language.extend({
      after: line(200).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    answer: pageOf(ticket),
  },
  'POST /api/integrations/:integrationId/tickets': {
    summary: 'Ask a question, or report a problem with a booking',
    params: integrationParams,
    body: z.object({
      topic: z.enum(['question', 'problem']),
      subject: line(150).min(1),
      text: ticketText,
      /** The booking it is about: its code, amounts and history go along. */
      bookingId: identifier.optional(),
      /** Whether what the shop says of the sale goes along too: sealed, and gone after 30 days. */
      withFigures: z.boolean().default(false),
    }),
    answer: z.object({ id: identifier, reference: z.string() }),
  },
  'GET /api/integrations/:integrationId/tickets/:ticketId': {
    summary: 'One ticket with its messages',
    params: ticketParams,
    query: language,
    answer: z.object({
      ticket,
      messages: z.array(ticketMessage),
      /** Until when the figures of the sale are kept with it; null: none are. */
      figuresUntil: moment.nullable(),
    }),
  },
  'POST /api/integrations/:integrationId/tickets/:ticketId/messages': {
    summary: 'Write to a ticket; one that was settled is opened again',
    params: ticketParams,
    body: z.object({ text: ticketText }),
    answer: z.object({ state: ticketState }),
  },
  'POST /api/integrations/:integrationId/tickets/:ticketId/settle': {
    summary: 'Say that a ticket is done',
    params: ticketParams,
    body: z.object({ settled: z.literal(true) }),
    answer: z.object({ state: ticketState }),
  },
} as const satisfies Record<string, RouteShape>
