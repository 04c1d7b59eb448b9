import type { z } from 'zod'
import { explain } from '../../src/problems/catalogue.ts'
import type { Language } from '../../src/problems/problem.ts'
import { helpPathOf } from '../../src/support/help/paths.ts'
import type { Api, RouteKey } from '../../src/server/api.ts'
import type { Answers } from './fake-answer.ts'
import { offerTokens } from './fake-licence.ts'
import { scenarios } from './fake-scenarios.ts'
import { fakeSurveys } from './fake-surveys.ts'

const dayMs = 86_400_000
const ago = (days: number): string => new Date(Date.now() - days * dayMs).toISOString()
const day = (days: number): string => ago(-days).slice(0, 10)
const id = (kind: number, n: number): string =>
  `33333333-3333-4333-8333-${kind}${String(n).padStart(11, '0')}`

type Out<K extends RouteKey> = z.output<Api[K]['answer']>
type Licence = Out<'GET /api/operator/licences'>['items'][number]
type Offer = Out<'GET /api/operator/offers'>['items'][number]

const whose = (n: number) => {
  const { id: integrationId = id(0, n), name = 'Winkel', merchant = '' } = scenarios[n] ?? {}
  return { id: integrationId, name, merchant }
}

const licenceOf = (n: number, change: Partial<Licence>): Licence => ({
  integration: whose(n),
  phase: 'trial',
  endsOn: day(6),
  stopsBookingOn: day(9),
  stoppedOn: null,
  stoppedBy: null,
  storeCancelledOn: null,
  waiting: 0,
  offer: null,
  ...change,
})

const licences: Licence[] = [
  licenceOf(3, { phase: 'stopped', endsOn: day(-40), stoppedOn: day(-12), stoppedBy: 'merchant' }),
  licenceOf(5, {
    ...{ phase: 'collecting', endsOn: day(-19), stopsBookingOn: day(-16), waiting: 131 },
    offer: '8C41A7F2',
  }),
  licenceOf(1, { phase: 'grace', endsOn: day(-1), stopsBookingOn: day(2), offer: '0B7711D4' }),
  licenceOf(2, {}),
  licenceOf(0, { phase: 'paid', endsOn: day(25), stopsBookingOn: day(39), offer: 'F0A3C9E1' }),
  licenceOf(4, { phase: 'store', endsOn: day(200), storeCancelledOn: day(-2) }),
]

const offerOf = (n: number, change: Partial<Offer>): Offer => ({
  id: id(1, n),
  number: ['F0A3C9E1', '0B7711D4', '5D20E6B8', '91F4A03C', '77AB12C0'][n] ?? '00000000',
  integration: whose(n % 5),
  service: 'year',
  quantity: 1,
  netCents: 12_000,
  state: 'open',
  payPath: `/pay/${offerTokens.open}`,
  payment: null,
  madeAt: ago(n + 1),
  changedAt: ago(n),
  ...change,
})

const offers: Offer[] = [
  offerOf(0, {}),
  offerOf(1, { service: 'migration', quantity: 3, netCents: 20_250 }),
  offerOf(2, {
    ...{ service: 'installation', netCents: 3_950, state: 'paid' },
    payment: { id: id(2, 2), way: 'transfer', keptCents: 4_780 },
  }),
  offerOf(3, { state: 'paid', payment: { id: id(2, 3), way: 'mollie', keptCents: 14_520 } }),
  offerOf(4, { service: 'migration', netCents: 6_750, state: 'withdrawn' }),
]

const problem = (language: Language) => ({
  code: 'CHARGED_BACK',
  params: {},
  ...explain('CHARGED_BACK', {}, language),
  help: helpPathOf('CHARGED_BACK'),
})

/** The console's side of licences and migrations, made up. */
export const billingAnswers: Answers = {
  'GET /api/operator/licences': ({ query }) => ({
    items: query['search'] ? [] : licences,
    next: null,
  }),
  'GET /api/operator/offers': ({ query }) => ({
    items: offers.filter(({ state }) => query['state'] === 'all' || state === 'open'),
    next: null,
  }),
  'GET /api/operator/payments': ({ query }) => [
    {
      id: id(2, 9),
      integration: whose(1),
      way: 'mollie',
      remoteId: 'tr_7UhSN1zuXS',
      grossCents: 14_520,
      keptCents: 0,
      problem: problem(query.language),
      changedAt: ago(2),
    },
  ],
  'GET /api/operator/tariffs': () => [
    { service: 'installation', fromOn: '2026-01-01', cents: 3_950 },
    { service: 'migration', fromOn: '2026-01-01', cents: 6_750 },
    { service: 'year', fromOn: day(41), cents: 13_200 },
    { service: 'year', fromOn: '2026-01-01', cents: 12_000 },
    { service: 'year', fromOn: '2025-01-01', cents: 11_000 },
  ],
  'PUT /api/operator/tariffs': () => ({ done: true }),
  'POST /api/operator/integrations/:integrationId/offers': () => ({
    ...{ id: id(1, 0), number: 'F0A3C9E1', payPath: `/pay/${offerTokens.open}` },
  }),
  'GET /api/operator/terms': () => ({
    versions: [
      {
        ...{ version: '2027-03-01', state: 'coming' as const, integrations: 0 },
        hashes: { nl: '5d20e6b8'.repeat(8), en: '91f4a03c'.repeat(8) },
      },
      {
        ...{ version: '2026-11-21', state: 'current' as const, integrations: 74 },
        hashes: { nl: 'f0a3c9e1'.repeat(8), en: '0b7711d4'.repeat(8) },
      },
    ],
    without: 2,
  }),
  'GET /api/operator/migrations': () => ({
    items: [0, 1, 5].flatMap((n) => {
      const integration = whose(n)
      return fakeSurveys(integration.id, 'migration').map((survey, index) => ({
        ...survey,
        id: id(4, n * 10 + index),
        offer: offerOfMigration(n),
        integration,
      }))
    }),
    next: null,
  }),
}

const offerOfMigration = (n: number) =>
  n === 0
    ? { number: '0B7711D4', state: 'open' as const, payPath: `/pay/${offerTokens.open}` }
    : null
