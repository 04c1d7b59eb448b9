import { explain, type ProblemCode } from '../../src/problems/catalogue.ts'
import type { Language } from '../../src/problems/problem.ts'
import { Refusal, type Answers, type Question } from './fake-answer.ts'
import { billingAnswers } from './fake-billing.ts'
import { configurationAnswers } from './fake-configuration.ts'
import { deskAnswers } from './fake-desk.ts'
import { topicGroups, topicPage, topics } from '../../src/support/help/topics.ts'
import { fakeFigures } from './fake-figures.ts'
import { licenceAnswers } from './fake-licence.ts'
import { peopleAnswers } from './fake-people.ts'
import { inWords, type FakeSale } from './fake-sales.ts'
import { fakeNamed, fakeOss, fakeReconciliation, fakeSummary, fakeSurveys } from './fake-surveys.ts'
import { fakeMe, scenarios } from './fake-scenarios.ts'

const salesOf = (params: Question['params']): FakeSale[] => {
  const scenario = scenarios.find(({ id }) => id === params['integrationId'])
  if (scenario === undefined) throw new Refusal(404, 'NOT_FOUND')
  if (scenario.answers === 'fails') throw new Refusal(503, 'DATABASE_BUSY')
  return scenario.sales
}

const saleOf = (params: Question['params']): FakeSale => {
  const found = salesOf(params).find(({ id }) => id === params['bookingId'])
  if (found === undefined) throw new Refusal(404, 'NOT_FOUND')
  return found
}

const tabOf = ({ state }: FakeSale): string =>
  state === 'booked' ? 'report' : state === 'refused' ? 'errors' : state === 'closed' ? '' : 'open'

const fits = (sale: FakeSale, { search = '', code, from, until }: Question['query']): boolean =>
  `${sale.number} ${sale.remoteNumber ?? ''}`
    .toLowerCase()
    .includes(String(search).toLowerCase()) &&
  (code === undefined || sale.code === code) &&
  (from === undefined || (sale.date ?? '') >= String(from)) &&
  (until === undefined || (sale.date ?? '') <= String(until))

const now = (): string => new Date().toISOString()

/** A moment later most of them turn out well. */
const processLater = (sales: FakeSale[], changed: () => void) => {
  for (const [n, sale] of sales.entries()) {
    setTimeout(
      () => {
        sale.changedAt = now()
        sale.attempts += 1
        if (n % 3 < 2 && sale.state !== 'open') {
          Object.assign(sale, {
            state: 'booked',
            code: null,
            bookedAt: now(),
            remoteNumber: 'F2026-04300',
          })
        }
        changed()
      },
      2_500 + n * 400,
    )
  }
  return { accepted: sales.length, skipped: 0 }
}

const fakeEvidence = (at: string, language: Language) => ({
  regime: language === 'nl' ? 'Intracommunautaire levering' : 'Intra-Community supply',
  rates: { proved: 3, evidenced: 1, assumed: 0 },
  vies: { verdict: 'valid' as const, at, consultationNumber: 'WAPIAAAAZ3kbGqXf' },
  withVat: false,
})

export const answers: Answers = {
  ...peopleAnswers,
  ...deskAnswers,
  ...billingAnswers,
  ...configurationAnswers,
  ...licenceAnswers,
  'GET /api/help': ({ query }) => ({
    groups: topicGroups(query.language),
    topics: topics(query.language),
  }),
  'GET /api/help/:topic': ({ params, query }) => {
    const page = topicPage(params['topic'] ?? '', query.language)
    if (page === null) throw new Refusal(404, 'NOT_FOUND')
    return page
  },
  'GET /api/integrations/:integrationId/bookings/:bookingId/vat-question': ({ params }) => {
    const sale = saleOf(params)
    if (sale.code !== 'VIES_SILENT_TOO_LONG') return { is: 'nothing-to-decide' }
    return {
      is: 'asked',
      since: new Date(Date.now() - 49 * 3_600_000).toISOString(),
      lastValid: '2026-10-28T09:12:00.000Z',
      withVat: [
        { percent: '21', ratesOf: 'BE', net: '82.64', vat: '17.36', gross: '100.00' },
        { percent: '6', ratesOf: 'BE', net: '94.34', vat: '5.66', gross: '100.00' },
      ],
      currency: 'EUR',
    }
  },
  'POST /api/integrations/:integrationId/bookings/:bookingId/vat-decision': ({
    params,
    changed,
  }) => {
    processLater([saleOf(params)], changed)
    return { decided: true }
  },
  'GET /api/me': ({ query, preferred }) => fakeMe(query.language, preferred),
  'PATCH /api/me': ({ body, preferred }) => ({ language: body.language ?? preferred }),
  'GET /api/integrations/:integrationId/counts': ({ params }) => {
    const count = (tab: string) => salesOf(params).filter((sale) => tabOf(sale) === tab).length
    return { report: count('report'), errors: count('errors'), open: count('open'), upTo: 10_000 }
  },
  'GET /api/integrations/:integrationId/days': ({ params, query }) => {
    const sales = salesOf(params)
    return Array.from({ length: Number(query['days'] ?? 30) }, (_, ago) => {
      const day = new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10)
      const count = (tab: string) =>
        sales.filter((sale) => sale.date === day && tabOf(sale) === tab).length
      return { day, booked: count('report'), refused: count('errors'), open: count('open') }
    }).reverse()
  },
  'GET /api/integrations/:integrationId/speed': ({ params, query }) => {
    const most = { halfWithinS: 4, mostWithinS: 780 }
    const days = Array.from({ length: Number(query['days'] ?? 30) }, (_, ago) => ({
      day: new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10),
      booked: 15,
      halfWithinS: ago === 6 ? 310 : 3 + (ago % 5) * 9,
      mostWithinS: 600 + ago * 20,
    })).reverse()
    const isUsed = salesOf(params).length > 0
    return isUsed ? { days, all: { booked: 442, ...most } } : { days: [], all: null }
  },
  'GET /api/integrations/:integrationId/bookings': ({ params, query }) => {
    const all = salesOf(params)
      .filter((sale) => tabOf(sale) === query['tab'] && fits(sale, query))
      .toSorted((one, other) => other.seenAt.localeCompare(one.seenAt))
    const start = Number(query['after'] ?? 0)
    const end = start + Number(query['limit'] ?? 50)
    return {
      items: all.slice(start, end).map((sale) => inWords(sale, query.language)),
      next: end < all.length ? String(end) : null,
    }
  },
  'GET /api/integrations/:integrationId/causes': ({ params, query }) => {
    const refused = salesOf(params).filter((sale) => tabOf(sale) === 'errors' && fits(sale, query))
    return [...Map.groupBy(refused, (sale) => sale.code).values()]
      .flatMap(([sale, ...rest]) => {
        const problem = sale && inWords(sale, query.language).problem
        return problem ? [{ problem, count: rest.length + 1 }] : []
      })
      .toSorted((one, other) => other.count - one.count)
  },
  'GET /api/integrations/:integrationId/bookings/:bookingId': ({ params, query }) => {
    const sale = saleOf(params)
    const booking = inWords(sale, query.language)
    return {
      booking,
      history: [
        { at: sale.seenAt, from: null, to: 'seen', code: null },
        ...(sale.state === 'booked'
          ? [{ at: sale.changedAt, from: 'seen' as const, to: 'reserved' as const, code: null }]
          : []),
        { at: sale.changedAt, from: 'reserved', to: sale.state, code: sale.code },
      ],
      evidence: sale.state === 'booked' ? fakeEvidence(sale.changedAt, query.language) : null,
    }
  },
  'GET /api/integrations/:integrationId/bookings/:bookingId/figures': ({ params, query }) =>
    fakeFigures(saleOf(params), query.language),
  'GET /api/integrations/:integrationId/surveys': ({ params, query }) => {
    salesOf(params)
    return fakeSurveys(params['integrationId'] ?? '', String(query['purpose']))
  },
  'POST /api/integrations/:integrationId/surveys': () => {
    throw new Refusal(400, 'PERIOD_IN_FUTURE')
  },
  'GET /api/integrations/:integrationId/surveys/:surveyId': ({ params, query }) =>
    fakeSummary(params['integrationId'] ?? '', params['surveyId'] ?? '', query.language),
  'GET /api/integrations/:integrationId/surveys/:surveyId/sales': () => fakeNamed(),
  'GET /api/integrations/:integrationId/surveys/:surveyId/reconciliation': ({ params, query }) =>
    fakeReconciliation(params['surveyId'] ?? '', query['by']),
  'GET /api/integrations/:integrationId/oss': ({ query }) =>
    fakeOss(String(query['quarter'] ?? '2026-Q4')),
  'POST /api/integrations/:integrationId/process': ({ params, body, changed }) => {
    const wanted = salesOf(params).filter(({ id, code, state }) =>
      body.bookingIds ? body.bookingIds.includes(id) : code === body.code && state === 'refused',
    )
    return processLater(wanted, changed)
  },
  'POST /api/integrations/:integrationId/ignore': ({ params, body, changed }) => {
    const wanted = salesOf(params).filter(({ id }) => body.bookingIds?.includes(id))
    for (const sale of wanted)
      Object.assign(sale, { state: 'closed', code: 'IGNORED', changedAt: now() })
    changed()
    return { accepted: wanted.length, skipped: 0 }
  },
  'POST /api/integrations/:integrationId/bookings/:bookingId/decide': ({
    params,
    body,
    changed,
  }) => {
    const sale = saleOf(params)
    if (body.remoteNumber === '409') throw new Refusal(409, 'CONFLICT')
    Object.assign(
      sale,
      body.decision === 'book-again'
        ? { state: 'seen', code: null, changedAt: now() }
        : {
            state: 'booked',
            code: 'BOOKED_BY_HAND',
            params: { number: body.remoteNumber },
            remoteNumber: body.remoteNumber,
            bookedAt: now(),
            changedAt: now(),
          },
    )
    changed()
    return { state: sale.state }
  },
}

export const refusalBody = (code: ProblemCode, language: Language) => ({
  error: { code, params: {}, ...explain(code, {}, language), help: `/help/${code}` },
})
