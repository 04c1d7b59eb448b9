import type { Answers } from './fake-answer.ts'
import { fakeMe } from './fake-scenarios.ts'

const ago = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString()
const day = (days: number): string => ago(-days).slice(0, 10)

const price = {
  net: '120.00',
  vat: '0.00',
  gross: '120.00',
  vatPercent: '0',
  vatTreatment: 'reverse-charge' as const,
}
const domestic = {
  net: '120.00',
  vat: '25.20',
  gross: '145.20',
  vatPercent: '21',
  vatTreatment: 'domestic' as const,
}

const details = {
  company: 'Verbeeck & Zonen BV',
  attention: 'Marieke Verbeeck',
  street: 'Molenstraat 12',
  postcode: '9100',
  city: 'Sint-Niklaas',
  country: 'BE',
  vatNumber: 'BE0123456749',
  email: 'kantoor@cijfers.example',
  vatVerdict: 'valid' as const,
  complete: true,
}

const invoices = [
  ['D2026-0114', null, '120.00', 40],
  ['D2025-0098', null, '120.00', 405],
  ['D2025-0031', 'D2025-0030', '-29.00', 610],
] as const

/** Tokens of offers in every state that the payment page knows. */
export const offerTokens = {
  open: 'offer-open-0000000000000',
  transfer: 'offer-transfer-000000000',
  paid: 'offer-paid-0000000000000',
  incomplete: 'offer-incomplete-0000000',
}

/** Answers about licences: a trial, a paid year, and one that lapsed. */
export const licenceAnswers: Answers = {
  'GET /api/integrations/:integrationId/licence': ({ params, query }) => {
    const at = fakeMe(query.language, 'nl').integrations.findIndex(
      ({ id }) => id === params['integrationId'],
    )
    const phase = (['paid', 'trial', 'trial', 'paid', 'paid', 'collecting'] as const)[at] ?? 'paid'
    const left = { paid: 25, trial: 18, collecting: -40 }[phase]
    const asks = at === 0 || phase === 'collecting'
    return {
      sold: true,
      phase,
      endsOn: day(left),
      stopsBookingOn: day(left + 30),
      stopsCollectingOn: day(left + 90),
      stoppedOn: null,
      storeCancelledOn: null,
      waiting: phase === 'collecting' ? 17 : 0,
      payment: 'online',
      offer: asks
        ? {
            number: 'O-2026-0207',
            service: 'year',
            quantity: 1,
            price,
            payPath: `/pay/${offerTokens.open}`,
          }
        : null,
      details,
      invoices: invoices.map(([number, credits, net, days], index) => ({
        id: `019c0000-0000-7000-8000-00000000010${index}`,
        number,
        credits,
        issuedOn: day(-days),
        service: 'year',
        net,
        vat: '0.00',
        gross: net,
      })),
    }
  },
  'GET /api/offers/:token': ({ params }) => ({
    number: 'O-2026-0207',
    state: params['token'] === offerTokens.paid ? 'paid' : 'open',
    underWay: false,
    service: 'year',
    quantity: 1,
    integration: 'Rijwielhandel Verbeeck',
    company: 'Verbeeck & Zonen BV',
    price: params['token'] === offerTokens.transfer ? domestic : price,
    payment: params['token'] === offerTokens.transfer ? 'transfer' : 'online',
    complete: params['token'] !== offerTokens.incomplete,
    seller: {
      name: 'Doorvoer BV',
      iban: 'NL91 ABNA 0417 1643 00',
      email: 'administratie@doorvoer.example',
    },
    profilePath: '/i/11111111-1111-4111-8111-000000000001/profile',
  }),
}
