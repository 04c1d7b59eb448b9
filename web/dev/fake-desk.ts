import type { z } from 'zod'
import { explain, type ProblemCode } from '../../src/problems/catalogue.ts'
import type { Language } from '../../src/problems/problem.ts'
import { helpPathOf } from '../../src/support/help/paths.ts'
import type { Api, RouteKey } from '../../src/server/api.ts'
import type { Answers, Question } from './fake-answer.ts'
import { scenarios } from './fake-scenarios.ts'

const ago = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString()
const id = (kind: number, n: number): string =>
  `22222222-2222-4222-8222-${kind}${String(n).padStart(11, '0')}`

type Out<K extends RouteKey> = z.output<Api[K]['answer']>
type Health = Out<'GET /api/operator/integrations'>['items'][number]
type Ticket = Out<'GET /api/operator/tickets'>['items'][number]
type Alarm = Out<'GET /api/operator/alarms'>['items'][number]

const problem = (code: ProblemCode, language: Language) => {
  const params = {
    system: 'Factuursturen',
    number: '20456',
    total: '99.00',
    sum: '96.50',
    difference: '2.50',
  }
  return { code, params, ...explain(code, params, language), help: helpPathOf(code) }
}

const healthOf = (n: number): Health => {
  const scenario = scenarios[n % scenarios.length]
  const red = n === 3
  return {
    id: scenario?.id ?? id(1, n),
    name: scenario?.name ?? 'Winkel',
    merchant: scenario?.merchant ?? '',
    state: 'active',
    webshop: { title: 'KMO Shops', dot: 'green' },
    accounting: { title: 'Factuursturen', dot: red ? 'red' : 'green' },
    lastSeenAt: n === 6 ? null : ago(3 + n * n * 90),
    lastBookedAt: n === 6 ? null : ago(8 + n * n * 95),
    lagSeconds: red ? 5_400 : 0,
    waiting: n * 3,
    uncertain: n === 1 ? 4 : 0,
    refused: n * 2,
    bookedWeek: 140 - n * 12,
    refusedWeek: n,
    errorRate: n === 6 ? null : n / (140 - n * 11),
    alarms: n === 0 ? ['quiet'] : n === 1 ? ['uncertain'] : red ? ['lag', 'red'] : [],
    measuredAt: ago(4),
  }
}

const lines = Array.from({ length: 8 }, (_, n) => healthOf(n))

const alarms: Alarm[] = (
  [
    ['quiet', { hours: 31, expected: 44 }, 0],
    ['uncertain', { count: 4 }, 1],
    ['red', {}, 3],
    ['lag', { minutes: 90 }, 3],
  ] as const
).map(([kind, params, n], index) => ({
  id: id(2, index),
  kind,
  params,
  integration: pick(n),
  raisedAt: ago(20 + index * 400),
  acknowledgedAt: index === 2 ? ago(300) : null,
  acknowledgedBy: index === 2 ? 'Olga de Wit' : null,
  resolvedAt: index === 3 ? ago(100) : null,
}))

function pick(n: number) {
  const { id: integrationId = '', name = '', merchant = '' } = scenarios[n] ?? {}
  return { id: integrationId, name, merchant }
}

const ticketOf = (n: number, language: Language): Ticket => ({
  id: id(3, n),
  reference: `T-7K3M9Q${n}`,
  topic: n === 2 ? 'question' : 'problem',
  state: n === 1 ? 'answered' : n === 3 ? 'settled' : 'asked',
  subject:
    n === 2
      ? 'Kunnen creditfacturen een eigen nummerreeks krijgen, los van de gewone facturen?'
      : `Verkoop 2045${n}: ${problem('TOTAL_DIFFERS_FROM_LINES', language).text}`,
  problem: n === 2 ? null : problem('TOTAL_DIFFERS_FROM_LINES', language),
  bookingId: n === 2 ? null : '00000000-0000-4000-8000-200000000100',
  createdAt: ago(600 + n * 700),
  changedAt: ago(30 + n * 500),
  integration: pick(0),
  assignee: n === 1 ? { id: 'op', name: 'Olga de Wit' } : null,
})

const merchantTicket = (n: number, language: Language) => {
  const { integration: _own, assignee: _who, ...ticket } = ticketOf(n, language)
  return ticket
}

const messages = [
  {
    id: id(4, 1),
    author: 'merchant' as const,
    name: 'Marieke Verbeeck',
    text: 'Bij deze verkoop klopt het totaal niet.\nIn de winkel staat € 99,00 en dat is ook betaald.',
    at: ago(700),
  },
  {
    id: id(4, 2),
    author: 'operator' as const,
    name: 'Olga de Wit',
    text: 'Dank u. De korting van € 2,50 staat in de winkel niet op een regel maar alleen in het totaal. Zet haar op de regel en kies Verwerken.',
    at: ago(90),
  },
]

const canned = (language: Language) => {
  const { text, cause, remedy } = problem('TOTAL_DIFFERS_FROM_LINES', language)
  return `${text} ${cause}\n\n${remedy}`
}

const isEmpty = ({ params }: Question) => params['integrationId'] === scenarios[1]?.id
const changed = <T>(question: Question, answer: T): T => {
  question.changed()
  return answer
}

const system = (name: string, title: string, side: 'webshop' | 'accounting', n: number) => ({
  system: name,
  title,
  side,
  integrations: n,
  red: n === 41 ? 3 : 0,
  waiting: n * 2,
  pause:
    n === 41
      ? { reason: 'Storing volgens hun statuspagina', by: 'Olga de Wit', at: ago(35) }
      : null,
})

/** Support and the console, made up. */
export const deskAnswers: Answers = {
  'GET /api/integrations/:integrationId/tickets': (question) => ({
    items: isEmpty(question)
      ? []
      : [0, 1, 2, 3].map((n) => merchantTicket(n, question.query.language)),
    next: null,
  }),
  'POST /api/integrations/:integrationId/tickets': (question) =>
    changed(question, { id: id(3, 1), reference: 'T-7K3M9Q1' }),
  'GET /api/integrations/:integrationId/tickets/:ticketId': ({ query }) => ({
    ticket: merchantTicket(1, query.language),
    messages,
    figuresUntil: ago(-40_000),
  }),
  'POST /api/integrations/:integrationId/tickets/:ticketId/messages': (question) =>
    changed(question, { state: 'asked' as const }),
  'POST /api/integrations/:integrationId/tickets/:ticketId/settle': (question) =>
    changed(question, { state: 'settled' as const }),
  'GET /api/operator/me': () => ({
    name: 'Olga de Wit',
    email: 'olga@beheer.example',
    alarms: 2,
    tickets: 2,
    pauses: 1,
  }),
  'GET /api/operator/integrations': ({ query }) => ({
    items: query['search'] ? [] : lines,
    next: null,
  }),
  'GET /api/operator/integrations/:integrationId': ({ params, query }) => ({
    health: lines.find((line) => line.id === params['integrationId']) ?? healthOf(0),
    createdAt: ago(90_000),
    configuredAt: ago(89_000),
    connections: [
      {
        side: 'accounting',
        system: 'factuursturen',
        title: 'Factuursturen',
        dot: 'red',
        problem: problem('CONNECTION_BROKEN', query.language),
        checkedAt: ago(50),
      },
    ],
    poll: { startedAt: ago(22), finishedAt: ago(21) },
    restUntil: null,
    causes: [{ problem: problem('TOTAL_DIFFERS_FROM_LINES', query.language), count: 7 }],
    alarms,
    tickets: [0, 1].map((n) => merchantTicket(n, query.language)),
    log,
  }),
  'GET /api/operator/alarms': ({ query }) => ({
    items: query['show'] === 'all' ? alarms : alarms.filter((each) => each.resolvedAt === null),
    next: null,
  }),
  'GET /api/operator/tickets': ({ query }) => ({
    items: [0, 1, 2, 3]
      .map((n) => ticketOf(n, query.language))
      .filter(({ state }) => state === (query['state'] ?? 'asked')),
    next: null,
  }),
  'GET /api/operator/ticket-causes': ({ query }) => [
    {
      problem: problem('TOTAL_DIFFERS_FROM_LINES', query.language),
      system: null,
      count: 12,
      ticketIds: [id(3, 0)],
      canned: { nl: canned('nl'), en: canned('en') },
    },
  ],
  'GET /api/operator/tickets/:ticketId': ({ query }) => ({
    ticket: ticketOf(0, query.language),
    language: 'nl',
    messages: messages.slice(0, 1),
    facts: { number: '20456', state: 'refused', totalCents: 9900, webshop: 'kmoshops' },
    figuresUntil: ago(-40_000),
    canned: { nl: canned('nl'), en: canned('en') },
  }),
  'GET /api/operator/remotes': () => [
    system('kmoshops', 'KMO Shops', 'webshop', 64),
    system('seoshop', 'SEOshop', 'webshop', 12),
    system('factuursturen', 'Factuursturen', 'accounting', 41),
    system('informer', 'Informer', 'accounting', 23),
  ],
  'GET /api/operator/queues': () => ({
    queues: [
      { name: 'drain', waiting: 3, active: 2, failed: 0, oldestSeconds: 1, cron: null },
      {
        name: 'monitor',
        waiting: 0,
        active: 0,
        failed: 0,
        oldestSeconds: null,
        cron: '*/10 * * * *',
      },
      {
        name: 'poll-all',
        waiting: 0,
        active: 0,
        failed: 1,
        oldestSeconds: null,
        cron: '7 * * * *',
      },
    ],
    mailboxes: { total: 76, held: 2, ringing: 3, resting: 1 },
  }),
  'GET /api/operator/mails': () => ({
    items: [
      mail(1, 'ticket-answer', 'marieke@verbeeck.example', 'sent', null),
      mail(2, 'operator-alarms', 'olga@beheer.example', 'waiting', '421 try again later'),
      mail(3, 'registration', 'nieuw@thee.example', 'refused', '550 no such user'),
    ],
    next: null,
  }),
  'GET /api/operator/log': () => ({ items: log, next: null }),
}

const mail = (n: number, kind: string, to: string, state: string, trouble: string | null) => ({
  id: id(5, n),
  kind,
  to,
  state,
  trouble,
  createdAt: ago(n * 40),
  dueAt: null,
  sentAt: state === 'sent' ? ago(n * 39) : null,
})

const log = (
  [
    ['remote-paused', { system: 'factuursturen' }, 'Storing volgens hun statuspagina'],
    [
      'change-as-merchant',
      { route: 'POST /api/integrations/:integrationId/process' },
      'Gevraagd per telefoon',
    ],
    ['view-escalated', {}, 'Gevraagd per telefoon'],
    ['view-begun', {}, 'T-7K3M9Q0'],
  ] as const
).map(([deed, params, reason], n) => ({
  id: id(6, n),
  at: ago(35 + n * 60),
  operator: 'Olga de Wit',
  deed,
  integration: n === 0 ? null : pick(0),
  params,
  reason,
}))
