import type { ReconciledRow } from '../api/survey-queries.ts'
import { exactSum } from '../parts/exact-sum.ts'

export type Grouping = 'day' | 'country' | 'rate' | 'all'

export type AmountName = 'shop' | 'booked' | 'refused' | 'open' | 'aside' | 'difference'

/** Rows of the server put together: by day, by country, by country and rate, or as they are. */
export interface GroupedRow extends Record<AmountName, string> {
  key: string
  day: string | null
  country: string | null
  /** undefined: not by rate. */
  vatPercent: string | null | undefined
  currency: string
}

const keyOf: Readonly<Record<Grouping, (row: ReconciledRow) => string>> = {
  day: ({ day, currency }) => `${day} ${currency}`,
  country: ({ country, currency }) => `${country} ${currency}`,
  rate: ({ country, vatPercent, currency }) => `${country} ${vatPercent ?? '?'} ${currency}`,
  all: ({ day, country, vatPercent, currency }) =>
    `${day} ${country} ${vatPercent ?? '?'} ${currency}`,
}

const summed = (rows: readonly ReconciledRow[]): Record<AmountName, string> => ({
  shop: exactSum(rows.map(({ shop }) => shop)),
  booked: exactSum(rows.map(({ booked }) => booked)),
  refused: exactSum(rows.map(({ refused }) => refused)),
  open: exactSum(rows.map(({ open }) => open)),
  aside: exactSum(rows.map(({ aside }) => aside)),
  difference: exactSum(rows.map(({ difference }) => difference)),
})

export const groupRows = (rows: readonly ReconciledRow[], grouping: Grouping): GroupedRow[] =>
  [...Map.groupBy(rows, keyOf[grouping])]
    .map(([key, group]) => {
      const [first] = group
      const byDay = grouping === 'day' || grouping === 'all'
      const byRate = grouping === 'rate' || grouping === 'all'
      return {
        key,
        day: byDay ? (first?.day ?? null) : null,
        country: grouping === 'day' ? null : (first?.country ?? ''),
        vatPercent: byRate ? (first?.vatPercent ?? null) : undefined,
        currency: first?.currency ?? 'EUR',
        ...summed(group),
      }
    })
    .sort((a, b) => (a.key < b.key ? -1 : 1))

/** Everything together, per currency. */
export const totalsOf = (rows: readonly ReconciledRow[]): GroupedRow[] =>
  [...Map.groupBy(rows, ({ currency }) => currency)].map(([currency, group]) => ({
    key: currency,
    day: null,
    country: null,
    vatPercent: undefined,
    currency,
    ...summed(group),
  }))
