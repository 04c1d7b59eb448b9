import { z } from 'zod'
import {
  explained,
  identifier,
  integrationParams,
  language,
  line,
  moment,
  pageOf,
  pageQuery,
  type RouteShape,
} from './shapes.ts'
import { ticket, ticketMessage, ticketState } from './support.ts'

const count = z.number().int()
const why = line(500).min(3)
const dot = z.enum(['new', 'green', 'red'])
const params = z.record(z.string(), z.union([z.string(), z.number()]))
const ticketParams = z.object({ ticketId: identifier })

export const alarm = z.object({
  id: identifier,
  kind: z.enum(['quiet', 'red', 'uncertain', 'lag']),
  params,
  integration: z.object({ id: identifier, name: z.string(), merchant: z.string() }).nullable(),
  raisedAt: moment,
  acknowledgedAt: moment.nullable(),
  acknowledgedBy: z.string().nullable(),
  resolvedAt: moment.nullable(),
})

/** How an integration does, as the monitor measured it last. */
export const health = z.object({
  id: identifier,
  name: z.string(),
  merchant: z.string(),
  state: z.enum(['installing', 'active', 'stopped']),
  webshop: z.object({ title: z.string(), dot }),
  accounting: z.object({ title: z.string(), dot }),
  lastSeenAt: moment.nullable(),
  lastBookedAt: moment.nullable(),
  /** Seconds that the oldest work which is due has been waiting. */
  lagSeconds: count,
  waiting: count,
  uncertain: count,
  refused: count,
  bookedWeek: count,
  refusedWeek: count,
  /** Share of the last week's outcomes that were refusals, 0 to 1; null without outcomes. */
  errorRate: z.number().min(0).max(1).nullable(),
  /** Kinds of the alarms that stand. */
  alarms: z.array(alarm.shape.kind),
  measuredAt: moment.nullable(),
})

export const healthSorts = ['trouble', 'seen', 'lag', 'errors', 'uncertain', 'name'] as const

export const logEntry = z.object({
  id: identifier,
  at: moment,
  operator: z.string(),
  deed: z.string(),
  integration: z.object({ id: identifier, name: z.string() }).nullable(),
  params,
  reason: z.string(),
})

export const inboxTicket = ticket.extend({
  integration: z.object({ id: identifier, name: z.string(), merchant: z.string() }),
  assignee: z.object({ id: z.string(), name: z.string() }).nullable(),
})

export const remote = z.object({
  system: z.string(),
  title: z.string(),
  side: z.enum(['webshop', 'accounting']),
  integrations: count,
  red: count,
  waiting: count,
  pause: z.object({ reason: z.string(), by: z.string(), at: moment }).nullable(),
})

export const queue = z.object({
  name: z.string(),
  waiting: count,
  active: count,
  failed: count,
  oldestSeconds: count.nullable(),
  cron: z.string().nullable(),
})

const mail = z.object({
  id: identifier,
  kind: z.string(),
  to: z.string(),
  state: z.string(),
  trouble: z.string().nullable(),
  createdAt: moment,
  dueAt: moment.nullable(),
  sentAt: moment.nullable(),
})

/** The console of whoever runs this installation. Everything here needs an operator with a second factor. */
export const operatorApi = {
  'GET /api/operator/me': {
    summary: 'The operator who is signed in, and what waits for operators',
    answer: z.object({
      name: z.string(),
      email: z.string(),
      alarms: count,
      tickets: count,
      pauses: count,
    }),
  },
  'GET /api/operator/integrations': {
    summary: 'Health of every integration, sorted, a page at a time',
    query: pageQuery.extend({
      sort: z.enum(healthSorts).default('trouble'),
      /** Part of a name or merchant, or a whole licence key. */
      search: line(100).default(''),
      show: z.enum(['active', 'alarmed', 'installing', 'stopped', 'all']).default('active'),
    }),
    answer: pageOf(health),
  },
  'GET /api/operator/integrations/:integrationId': {
    summary: 'One integration: health at this moment, connections, alarms, tickets, log',
    params: integrationParams,
    query: language,
    answer: z.object({
      health,
      createdAt: moment,
      configuredAt: moment.nullable(),
      connections: z.array(
        z.object({
          side: z.enum(['webshop', 'accounting']),
          system: z.string(),
          title: z.string(),
          dot,
          problem: explained.nullable(),
          checkedAt: moment.nullable(),
        }),
      ),
      poll: z.object({ startedAt: moment.nullable(), finishedAt: moment.nullable() }),
      restUntil: moment.nullable(),
      causes: z.array(z.object({ problem: explained, count })),
      alarms: z.array(alarm),
      tickets: z.array(ticket),
      log: z.array(logEntry),
    }),
  },
  'POST /api/operator/integrations/:integrationId/views': {
    summary: 'Look at an integration as its merchant, read-only, for an hour at most',
    params: integrationParams,
    body: z.object({ reason: why }),
    answer: z.object({ id: identifier, endsAt: moment }),
  },
  'POST /api/operator/views/:viewId/escalate': {
    summary: 'From now on changes are possible too; each of them is logged',
    params: z.object({ viewId: identifier }),
    body: z.object({ reason: why }),
    answer: z.object({ endsAt: moment }),
  },
  'POST /api/operator/views/:viewId/end': {
    summary: 'Stop looking as a merchant',
    params: z.object({ viewId: identifier }),
    body: z.object({ end: z.literal(true) }),
    answer: z.object({ ended: z.boolean() }),
  },
  'POST /api/operator/monitor': {
    summary: 'Measure every integration now, and raise or resolve alarms',
    body: z.object({ now: z.literal(true) }),
    answer: z.object({ measured: count, raised: count, resolved: count }),
  },
  'GET /api/operator/alarms': {
    summary: 'Alarms, newest first',
    query: pageQuery.extend({ show: z.enum(['standing', 'all']).default('standing') }),
    answer: pageOf(alarm),
  },
  'POST /api/operator/alarms/:alarmId/acknowledge': {
    summary: 'Say that somebody looks into an alarm; it resolves by itself',
    params: z.object({ alarmId: identifier }),
    body: z.object({ note: line(500).default('') }),
    answer: z.object({ acknowledgedAt: moment }),
  },
  'GET /api/operator/tickets': {
    summary: 'The inbox of all tickets',
    query: pageQuery.extend({
      language: z.enum(['nl', 'en']).default('nl'),
      state: ticketState.default('asked'),
      /** Only those of the operator who asks. */
      mine: z.stringbool().default(false),
      code: line(60).optional(),
      system: line(50).optional(),
    }),
    answer: pageOf(inboxTicket),
  },
  'GET /api/operator/ticket-causes': {
    summary: 'Tickets that wait for an answer, by their common cause',
    query: language,
    answer: z.array(
      z.object({
        problem: explained,
        system: z.string().nullable(),
        count,
        ticketIds: z.array(identifier),
        /** An answer to begin with, from the catalogue. */
        canned: z.object({ nl: z.string(), en: z.string() }),
      }),
    ),
  },
  'GET /api/operator/tickets/:ticketId': {
    summary: 'One ticket with everything that went along',
    params: ticketParams,
    query: language,
    answer: z.object({
      ticket: inboxTicket,
      language: z.enum(['nl', 'en']),
      messages: z.array(ticketMessage),
      facts: z.record(z.string(), z.unknown()).nullable(),
      figuresUntil: moment.nullable(),
      canned: z.object({ nl: z.string(), en: z.string() }).nullable(),
    }),
  },
  'POST /api/operator/tickets/:ticketId/open-figures': {
    summary: 'Open the sealed figures of the sale; who looked, and why, is logged',
    params: ticketParams,
    body: z.object({ reason: why }),
    answer: z.object({ content: z.record(z.string(), z.unknown()) }),
  },
  'POST /api/operator/tickets/:ticketId/assign': {
    summary: 'Take a ticket, or put it back',
    params: ticketParams,
    body: z.object({ to: z.enum(['me', 'nobody']) }),
    answer: z.object({ assignee: z.string().nullable() }),
  },
  'POST /api/operator/tickets/:ticketId/settle': {
    summary: 'Say that a ticket is done',
    params: ticketParams,
    body: z.object({ settled: z.literal(true) }),
    answer: z.object({ state: ticketState }),
  },
  'POST /api/operator/ticket-answers': {
    summary: 'Answer one ticket, or many with one cause; each asker gets it in their own language',
    body: z.object({
      ticketIds: z.array(identifier).min(1).max(200),
      nl: line(10_000),
      en: line(10_000),
      settle: z.boolean().default(false),
    }),
    answer: z.object({ answered: count, skipped: count }),
  },
  'GET /api/operator/remotes': {
    summary: 'Every system that integrations talk to, how they do there, and whether it is paused',
    answer: z.array(remote),
  },
  'POST /api/operator/remotes/:system/pause': {
    summary: 'Keep everybody away from a system during its outage; sales wait and resume in order',
    params: z.object({ system: line(50) }),
    body: z.object({ reason: why }),
    answer: z.object({ paused: z.boolean() }),
  },
  'POST /api/operator/remotes/:system/resume': {
    summary: 'The outage is over',
    params: z.object({ system: line(50) }),
    body: z.object({ reason: line(500).default('') }),
    answer: z.object({ resumed: z.boolean() }),
  },
  'GET /api/operator/queues': {
    summary: 'The job queue and the mailboxes',
    answer: z.object({
      queues: z.array(queue),
      mailboxes: z.object({ total: count, held: count, ringing: count, resting: count }),
    }),
  },
  'GET /api/operator/mails': {
    summary: 'The mail outbox, newest first',
    query: pageQuery.extend({ state: line(20).optional() }),
    answer: pageOf(mail),
  },
  'GET /api/operator/log': {
    summary: 'What operators did, newest first; it is only ever added to',
    query: pageQuery,
    answer: pageOf(logEntry),
  },
} as const satisfies Record<string, RouteShape>
