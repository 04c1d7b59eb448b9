import { catalogue, type ProblemCode } from '../../problems/catalogue.ts'
import type { Problem } from '../../problems/problem.ts'

/** A figure for every place in a text of the catalogue, as a merchant may meet it. */
const figures: Readonly<Record<string, string | number>> = {
  allowed: '21 %, 9 %, 0 %',
  amount: '10.00',
  attempts: 12,
  booked: '121.00',
  cause: 'time-out',
  code: 'ECONNRESET',
  count: 48,
  country: 'BE',
  currency: 'EUR',
  date: '2026-11-20',
  debtor: '1042',
  difference: '0.01',
  discount: 10,
  field: 'total',
  fit: '19 % (DE)',
  fitting: '6 %, 12 %',
  found: '120.99',
  from: '2026-11-01',
  gross: '121.00',
  legal: '0 %, 6 %, 12 %, 21 %',
  length: 62,
  line: 2,
  marking: 'voucher',
  max: 50,
  minutes: 5,
  net: '100.00',
  number: 'F2026-0042',
  predicted: '120.99',
  proposal: '8.26 + 1.74 (21 %)',
  quantity: 3,
  rate: '21',
  raw: '19.00',
  reference: 'W-1042',
  sale: 'USD',
  state: 'booked',
  stated: '19',
  status: 503,
  sum: '120.99',
  system: 'Factuursturen',
  tax: '19.00',
  total: '121.00',
  vat: '21.00',
  why: 'shape',
}

/** Where the general figure would be nonsense. */
const fitting: Readonly<Partial<Record<ProblemCode, Readonly<Record<string, string>>>>> = {
  VAT_ON_EXPORT: { country: 'CH' },
  VAT_ON_EXPORT_REFUSED: { country: 'CH' },
  ROUNDING_LINE: { difference: '-0.01' },
  DISCOUNT_SPREAD: { rate: '21 %, 9 %' },
  REMOTE_HTML: { system: 'Magento' },
}

/** The parameters of an example of a problem; a place without a figure stays visible as its name. */
export const exampleFigures = (code: ProblemCode): Readonly<Record<string, string | number>> => {
  const { text, cause, remedy }: Problem = catalogue[code]
  const places = [text, cause, remedy].flatMap(({ nl }) => [...nl.matchAll(/\{(\w+)\}/g)])
  return Object.fromEntries(
    places.flatMap(([, name = '']) => {
      const figure = fitting[code]?.[name] ?? figures[name]
      return figure === undefined ? [] : [[name, figure]]
    }),
  )
}
