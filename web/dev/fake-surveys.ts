import type { z } from 'zod'
import type { Language } from '../../src/problems/problem.ts'
import { helpPathOf } from '../../src/support/help/paths.ts'
import type { Api } from '../../src/server/api.ts'
import { explain, type ProblemCode } from '../../src/problems/catalogue.ts'
import { exactSum } from '../src/parts/exact-sum.ts'

const inWords = (code: ProblemCode, params: Record<string, string>, language: Language) => ({
  code,
  params,
  ...explain(code, params, language),
  help: helpPathOf(code),
})

type Of = 'GET /api/integrations/:integrationId/surveys'
type Survey = z.output<Api[Of]['answer']>[number]
type Summary = z.output<Api[`${Of}/:surveyId`]['answer']>
type Reconciliation = z.output<Api[`${Of}/:surveyId/reconciliation`]['answer']>

const id = (n: number) => `22222222-2222-4222-8222-00000000000${n}`
const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()

const base: Survey = {
  id: id(1),
  purpose: 'migration',
  from: '2026-01-01',
  until: '2026-09-30',
  state: 'ready',
  problem: null,
  restUntil: null,
  booksComplete: true,
  price: '202.50',
  payFirst: true,
  offer: null,
  createdAt: ago(45),
  startedAt: null,
  finishedAt: null,
  standings: {
    bookable: 2318,
    refused: 12,
    'booked-before': 41,
    'by-hand': 187,
    waits: 9,
    'left-out': 23,
  },
  sales: 2590,
}

/** One survey for each thing worth looking at, by the number at the end of the integration. */
const migrations: Record<string, Survey[]> = {
  '1': [
    base,
    {
      ...base,
      id: id(2),
      from: '2025-01-01',
      until: '2025-12-31',
      state: 'done',
      price: '270.00',
      startedAt: ago(60_000),
      standings: { booked: 3408, 'by-hand': 60, refused: 4 },
      sales: 3472,
    },
  ],
  '2': [
    {
      ...base,
      state: 'running',
      startedAt: ago(12),
      standings: { booked: 1204, 'by-hand': 96, refused: 5, open: 3, waiting: 500, bookable: 741 },
    },
  ],
  '3': [],
  '6': [
    {
      ...base,
      state: 'reading',
      price: null,
      standings: { unread: 1490, bookable: 1008, refused: 4, 'by-hand': 88 },
    },
  ],
}

const reconciliations: Record<string, Survey[]> = {
  '1': [
    {
      ...base,
      id: id(3),
      purpose: 'reconciliation',
      from: '2026-11-01',
      until: '2026-11-20',
      price: null,
      finishedAt: ago(4),
      standings: { bookable: 90 },
      sales: 90,
    },
  ],
  '2': [
    {
      ...base,
      id: id(4),
      purpose: 'reconciliation',
      from: '2026-11-01',
      until: '2026-11-20',
      price: null,
      finishedAt: ago(2),
      standings: { bookable: 12 },
      sales: 12,
    },
  ],
  '6': [
    {
      ...base,
      id: id(5),
      purpose: 'reconciliation',
      state: 'listing',
      price: null,
      standings: { unread: 250 },
      sales: 250,
    },
  ],
}

export const fakeSurveys = (integrationId: string, purpose: string): Survey[] =>
  (purpose === 'migration' ? migrations : reconciliations)[integrationId.slice(-1)] ?? []

export const fakeSummary = (
  integrationId: string,
  surveyId: string,
  language: Language,
): Summary => {
  const survey = [...Object.values(migrations), ...Object.values(reconciliations)]
    .flat()
    .find((each) => each.id === surveyId && fakeSurveys(integrationId, each.purpose).includes(each))
  return {
    ...(survey ?? base),
    rates: [
      { currency: 'EUR', vatPercent: '21', net: '98412.07', vat: '20666.53', gross: '119078.60' },
      { currency: 'EUR', vatPercent: '9', net: '12007.34', vat: '1080.66', gross: '13088.00' },
      { currency: 'EUR', vatPercent: '0', net: '2140.00', vat: '0.00', gross: '2140.00' },
    ],
    causes: [
      {
        standing: 'refused',
        problem: inWords('EMAIL_MISSING', {}, language),
        count: 8,
        examples: ['W-1042', 'W-1077', 'W-1311'],
      },
      {
        standing: 'refused',
        problem: inWords(
          'TOTAL_DIFFERS_FROM_LINES',
          { total: '30.25', sum: '30.24', difference: '0.01' },
          language,
        ),
        count: 4,
        examples: ['W-1187'],
      },
      {
        standing: 'waits',
        problem: inWords('STATUS_NOT_YET', { status: 'Nieuw' }, language),
        count: 9,
        examples: ['W-2201', 'W-2204'],
      },
    ],
  }
}

export const fakeNamed = (): z.output<Api[`${Of}/:surveyId/sales`]['answer']> =>
  Array.from({ length: 10 }, (_, n) => ({
    kind: 'order' as const,
    number: `W-${1100 + n}`,
    date: `2026-03-${String(n + 1).padStart(2, '0')}`,
    standing: 'by-hand' as const,
    total: `${(n + 1) * 24}.20`,
    currency: 'EUR',
    problem: null,
    remoteNumber: `2026${1200 + n}`,
    bookingId: null,
  }))

const row = (
  day: string,
  country: string,
  vatPercent: string,
  amounts: Partial<Reconciliation['rows'][number]>,
) => ({
  day,
  country,
  currency: 'EUR',
  vatPercent,
  sales: 4,
  shop: '0.00',
  booked: '0.00',
  refused: '0.00',
  open: '0.00',
  aside: '0.00',
  difference: '0.00',
  ...amounts,
})

const amountNames = ['shop', 'booked', 'refused', 'open', 'aside', 'difference'] as const
const keysOf = {
  all: ['day', 'country', 'vatPercent'],
  day: ['day'],
  rate: ['country', 'vatPercent'],
  country: ['country'],
  total: [],
} as const satisfies Record<string, readonly ('day' | 'country' | 'vatPercent')[]>

/** The same rows with some of them together, as the server's database does it. */
const together = (
  rows: Reconciliation['rows'],
  grouping: keyof typeof keysOf,
): Reconciliation['rows'] => {
  const keys: readonly string[] = keysOf[grouping]
  const part = <T>(name: string, value: T) => (keys.includes(name) ? value : null)
  const placed = rows.map((each) => ({
    ...each,
    day: part('day', each.day),
    country: part('country', each.country),
    vatPercent: part('vatPercent', each.vatPercent),
  }))
  const groups = Map.groupBy(placed, ({ day, country, vatPercent, currency }) =>
    [day, country, vatPercent, currency].join(' '),
  )
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    const sums = amountNames.map((name) => [name, exactSum(group.map((each) => each[name]))])
    return [
      { ...first, ...(Object.fromEntries(sums) as Record<(typeof amountNames)[number], string>) },
    ]
  })
}

const groupings = ['day', 'country', 'rate', 'all'] as const

export const fakeReconciliation = (surveyId: string, wanted: unknown): Reconciliation => {
  const by = groupings.find((each) => each === wanted) ?? 'day'
  const days = Array.from({ length: 12 }, (_, n) => `2026-11-${String(n + 8).padStart(2, '0')}`)
  const rows = days.flatMap((day, n) => [
    row(day, 'NL', '21', { shop: `${812 + n * 31}.45`, booked: `${812 + n * 31}.45` }),
    row(day, 'BE', '21', {
      shop: `${120 + n}.00`,
      booked: `${96 + n}.00`,
      refused: n % 3 === 0 ? '24.00' : '0.00',
      open: n % 3 === 0 ? '0.00' : '24.00',
    }),
  ])
  if (surveyId === id(4)) {
    const shown = together(rows, by)
    return {
      by,
      rows: shown,
      rowCount: shown.length,
      totals: together(rows, 'total'),
      ...{ differences: [], differenceCount: 0, missedCount: 0, doubles: [], doubleCount: 0 },
      startDay: '2026-11-05',
    }
  }
  const different = [
    ...rows,
    row('2026-11-19', 'DE', '19', { shop: '59.50', booked: '47.60', difference: '11.90' }),
  ]
  return {
    by,
    rows: together(different, by),
    // As of a period of years: only the first are shown.
    rowCount: by === 'all' ? 21_407 : together(different, by).length,
    totals: together(different, 'total'),
    ...{ differenceCount: 1_204, missedCount: 1, doubleCount: 1 },
    differences: [
      {
        kind: 'not-seen',
        number: 'W-2044',
        date: '2026-11-14',
        bookingId: null,
        saleKind: 'order',
        remoteNumber: null,
        currency: 'EUR',
        shop: '36.30',
        booked: null,
        books: null,
      },
      {
        kind: 'total-changed',
        number: 'W-2051',
        date: '2026-11-19',
        bookingId: '00000000-0000-4000-8000-100000000004',
        saleKind: 'order',
        remoteNumber: '20260934',
        currency: 'EUR',
        shop: '59.50',
        booked: '47.60',
        books: '47.60',
      },
      {
        kind: 'gone-from-books',
        number: 'W-2060',
        date: '2026-11-19',
        bookingId: '00000000-0000-4000-8000-100000000005',
        saleKind: 'order',
        remoteNumber: '20260941',
        currency: 'EUR',
        shop: '12.10',
        booked: '12.10',
        books: null,
      },
    ],
    doubles: [
      {
        by: 'reference',
        reference: 'W-2038',
        date: '2026-11-12',
        total: '84.70',
        invoices: [
          {
            remoteNumber: '20260911',
            reference: 'W-2038',
            date: '2026-11-12',
            total: '84.70',
            sale: 'W-2038',
            bookingId: '00000000-0000-4000-8000-100000000006',
          },
          {
            remoteNumber: '20260913',
            reference: 'W-2038',
            date: '2026-11-12',
            total: '84.70',
            sale: null,
            bookingId: null,
          },
        ],
      },
    ],
    startDay: '2026-11-05',
  }
}

export const fakeOss = (
  quarter: string,
): z.output<Api['GET /api/integrations/:integrationId/oss']['answer']> => ({
  quarter,
  from: '2026-10-01',
  until: '2026-12-31',
  rows: quarter.endsWith('Q4')
    ? [
        {
          country: 'BE',
          vatPercent: '21',
          currency: 'EUR',
          sales: 318,
          net: '10214.88',
          vat: '2145.12',
        },
        {
          country: 'DE',
          vatPercent: '19',
          currency: 'EUR',
          sales: 54,
          net: '2201.50',
          vat: '418.29',
        },
        { country: 'DE', vatPercent: '7', currency: 'EUR', sales: 6, net: '88.00', vat: '6.16' },
      ]
    : [],
  unknown: 12,
})
