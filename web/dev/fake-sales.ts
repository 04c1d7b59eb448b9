import type { z } from 'zod'
import { explain, type ProblemCode } from '../../src/problems/catalogue.ts'
import type { Language } from '../../src/problems/problem.ts'
import type { booking } from '../../src/server/api.ts'

/** A booking without its words, which depend on the language of the question. */
export interface FakeSale extends Omit<z.output<typeof booking>, 'problem'> {
  code: ProblemCode | null
  params: Record<string, string | number>
}

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

const causes: [ProblemCode, number, (n: number) => Record<string, string | number>][] = [
  [
    'VAT_RATE_UNKNOWN_TO_BOOKS',
    21,
    () => ({ rate: '6', system: 'Rompslomp', allowed: '21 %, 9 %, 0 %' }),
  ],
  [
    'TOTAL_DIFFERS_FROM_LINES',
    12,
    (n) => ({ total: `${80 + n}.95`, sum: `${80 + n}.94`, difference: '0.01' }),
  ],
  ['EMAIL_MISSING', 7, () => ({})],
  ['DEBTOR_AMBIGUOUS', 4, (n) => ({ system: 'Rompslomp', count: 2 + (n % 2) })],
  ['REMOTE_HTML', 2, () => ({ system: 'KMO Shops' })],
  ['DEBTOR_REVERSE_CHARGE', 1, () => ({ system: 'Rompslomp', vat: '43.22' })],
]

const waiting: [ProblemCode, FakeSale['state'], number | null, Record<string, string | number>][] =
  [
    ['LOOKUP_IMPOSSIBLE', 'parked', null, { system: 'Rompslomp' }],
    ['OUTCOME_UNKNOWN', 'uncertain', 3, { system: 'Rompslomp' }],
    ['LOOKUP_KEEPS_FAILING', 'parked', null, { system: 'Rompslomp', attempts: 12 }],
    ['VIES_SILENT_TOO_LONG', 'open', 42, { country: 'BE', count: 48, date: '2026-10-28' }],
    ['NOT_PAID_YET', 'open', null, {}],
    ['STATUS_NOT_YET', 'open', null, { status: 'In behandeling' }],
    ['NOT_PAID_YET', 'open', null, {}],
    ['RATE_LIMITED', 'open', 1, { system: 'Rompslomp' }],
    ['REMOTE_TROUBLE', 'open', 24, { system: 'Rompslomp', status: 502 }],
    ['REMOTE_SILENT', 'open', 130, { system: 'KMO Shops', cause: 'time-out' }],
    ['NOT_PAID_YET', 'open', null, {}],
  ]

const id = (kind: string, n: number): string =>
  `00000000-0000-4000-8000-${kind}${String(n).padStart(11, '0')}`

const iso = (ms: number): string => new Date(ms).toISOString()
const dayOf = (ms: number): string => iso(ms).slice(0, 10)
const euros = (n: number): string => (((n * 7919) % 48_000) / 100 + 4.95).toFixed(2)

const sale = (kind: string, n: number, agoMs: number, part: Partial<FakeSale>): FakeSale => {
  const seen = Date.now() - agoMs
  return {
    id: id(kind, n),
    kind: 'order',
    number: `W-${20_480 - Math.round(agoMs / (25 * minuteMs))}`,
    date: dayOf(seen),
    state: 'booked',
    total: euros(n + 3),
    currency: 'EUR',
    remoteId: null,
    remoteNumber: null,
    reference: null,
    code: null,
    params: {},
    attempts: 1,
    nextAttemptAt: null,
    seenAt: iso(seen),
    changedAt: iso(seen + 40_000),
    bookedAt: null,
    ...part,
  }
}

const booked = (n: number): FakeSale => {
  const agoMs = (n * 97 + ((n * 37) % 80) + 2) * minuteMs
  const made = sale('1', n, agoMs, {
    remoteId: String(88_120 - n),
    remoteNumber: `F2026-${String(4_210 - n).padStart(5, '0')}`,
    reference: `W-${20_480 - n}`,
    bookedAt: iso(Date.now() - agoMs + 40_000),
  })
  if (n % 23 === 9) made.kind = 'credit'
  if (made.kind === 'credit') made.total = `-${made.total ?? '0.00'}`
  if (n === 4) {
    made.code = 'SALE_CHANGED_AFTER_BOOKING'
    made.params = { booked: '182.97', total: '152.47' }
  }
  return made
}

/** The sales of one integration; how many of each sort the scenario says. */
export const fakeSales = (count: {
  booked: number
  causes: number
  waiting: number
}): FakeSale[] => [
  ...Array.from({ length: count.booked }, (_, n) => booked(n)),
  ...causes.slice(0, count.causes).flatMap(([code, many, params], cause) =>
    Array.from({ length: many }, (_, n) =>
      sale('2', cause * 100 + n, (n * 9 + cause * 2) * 60 * minuteMs + 11 * minuteMs, {
        state: 'refused',
        code,
        params: params(n),
      }),
    ),
  ),
  ...waiting.slice(0, count.waiting).map(([code, state, inMinutes, params], n) =>
    sale('3', n, n === 3 ? 9 * dayMs : (n * 5 + 1) * 14 * minuteMs, {
      state,
      code,
      params,
      reference: state === 'open' ? null : `W-${20_470 - n}`,
      attempts: state === 'open' ? 2 : 4,
      nextAttemptAt: inMinutes === null ? null : iso(Date.now() + inMinutes * minuteMs),
    }),
  ),
]

export const inWords = (sale: FakeSale, language: Language): z.output<typeof booking> => {
  const { code, params, ...rest } = sale
  return {
    ...rest,
    problem: code && {
      code,
      params,
      ...explain(code, params, language),
      help: `/help/${code}`,
    },
  }
}
