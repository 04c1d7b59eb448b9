/** What a rate is called in the directive. `regional`: a rate that only a part of the country has. */
export type RateClass = 'standard' | 'reduced' | 'super-reduced' | 'parking' | 'regional'

/** One rate in one period. */
export interface Rate {
  /** ISO 3166 alpha-2, `GR` for Greece. */
  country: string
  /** A territory's code (territory.ts) when the rate is that part's only; else the country itself. */
  territory: string
  class: RateClass
  /** In percent, as a decimal text: `21`, `13.5`. */
  percent: string
  /** First day, YYYY-MM-DD. The table begins on 1 January 2019: rates in force then have that day. */
  from: string
  /** Last day, YYYY-MM-DD; null: no end known. */
  to: string | null
  /** False for rates no webshop sells with (livestock, building, fuel): they are not offered to inference. */
  inWebshops: boolean
  /** Where the row comes from, in words. */
  source: string
}

/** The first day the table vouches for. */
export const ratesBegin = '2019-01-01'

/** Commission's TEDB, copy of 22 August 2026, cross-checked with a second data set. */
const tedb = 'TEDB copy of 22 Aug 2026 and a second data set (contracts/vat.md §3.2)'
/** One good or two secondary sources. */
const news = 'two secondary sources (contracts/vat.md §3.2, confidence M)'
const set = 'ibericode/vat-rates, hand-kept history'
const known = 'general knowledge, not checked against a primary source'

/**
 * A class of rates through time: `2019-01-01 19 | 2020-07-01 16 | 2021-01-01 19`. Each step ends the one
 * before it, so periods of one line can neither overlap nor leave a gap; `-` ends a rate without a successor.
 */
type Line = readonly [
  place: string,
  rateClass: RateClass,
  steps: string,
  source: string,
  inWebshops?: boolean,
]

const lines: readonly Line[] = [
  ['AT', 'standard', '2019-01-01 20', tedb],
  ['AT', 'reduced', '2019-01-01 10', tedb],
  ['AT', 'reduced', '2019-01-01 13', tedb],
  // Restaurants, culture and books in the pandemic.
  ['AT', 'reduced', '2020-07-01 5 | 2022-01-01 -', known],
  ['AT', 'super-reduced', '2026-07-01 4.9', news],
  ['AT', 'parking', '2019-01-01 13', set],
  ['AT AT-JUNGHOLZ', 'regional', '2019-01-01 19', tedb],
  ['AT AT-MITTELBERG', 'regional', '2019-01-01 19', tedb],

  ['BE', 'standard', '2019-01-01 21', tedb],
  ['BE', 'reduced', '2019-01-01 6', tedb],
  ['BE', 'reduced', '2019-01-01 12', tedb],
  ['BE', 'parking', '2019-01-01 12', tedb],

  ['BG', 'standard', '2019-01-01 20', tedb],
  ['BG', 'reduced', '2019-01-01 9', tedb],

  ['CY', 'standard', '2019-01-01 19', tedb],
  ['CY', 'reduced', '2019-01-01 5', tedb],
  ['CY', 'reduced', '2019-01-01 9', tedb],
  ['CY', 'super-reduced', '2023-07-07 3', `rate: ${tedb}; first day: ${known}`],

  ['CZ', 'standard', '2019-01-01 21', tedb],
  ['CZ', 'reduced', '2019-01-01 15 | 2024-01-01 12', tedb],
  ['CZ', 'reduced', '2019-01-01 10 | 2024-01-01 -', tedb],

  ['DE', 'standard', '2019-01-01 19 | 2020-07-01 16 | 2021-01-01 19', tedb],
  ['DE', 'reduced', '2019-01-01 7 | 2020-07-01 5 | 2021-01-01 7', tedb],

  ['DK', 'standard', '2019-01-01 25', tedb],

  ['EE', 'standard', '2019-01-01 20 | 2024-01-01 22 | 2025-07-01 24', tedb],
  ['EE', 'reduced', '2019-01-01 9', tedb],
  ['EE', 'reduced', '2025-01-01 13', `rate: ${tedb}; first day: ${set}`],
  ['EE', 'super-reduced', '2022-08-01 5 | 2025-01-01 -', `${set}; first day: ${known}`],

  ['ES', 'standard', '2019-01-01 21', tedb],
  ['ES', 'reduced', '2019-01-01 10', tedb],
  ['ES', 'super-reduced', '2019-01-01 4', tedb],
  // Food against inflation: oil and pasta 5, then 7.5; bread and milk 0, then 2.
  ['ES', 'reduced', '2023-01-01 5 | 2024-10-01 7.5 | 2025-01-01 -', `${news}; days: ${known}`],
  ['ES', 'super-reduced', '2024-10-01 2 | 2025-01-01 -', `${news}; days: ${known}`],

  ['FI', 'standard', '2019-01-01 24 | 2024-09-01 25.5', tedb],
  ['FI', 'reduced', '2019-01-01 14 | 2026-01-01 13.5', news],
  ['FI', 'reduced', '2019-01-01 10', tedb],

  ['FR', 'standard', '2019-01-01 20', tedb],
  ['FR', 'reduced', '2019-01-01 10', tedb],
  ['FR', 'reduced', '2019-01-01 5.5', tedb],
  ['FR', 'super-reduced', '2019-01-01 2.1', tedb],
  ['FR FR-20R', 'regional', '2019-01-01 0.9', tedb],
  ['FR FR-20R', 'regional', '2019-01-01 2.1', tedb],
  ['FR FR-20R', 'regional', '2019-01-01 10', tedb],
  ['FR FR-20R', 'regional', '2019-01-01 13', tedb],
  // Overseas: outside the EU VAT area, so these matter only to a merchant who is registered there.
  ...['FR FR-GP', 'FR FR-MQ', 'FR FR-RE'].flatMap((place): Line[] => [
    [place, 'regional', '2019-01-01 8.5', tedb],
    [place, 'regional', '2019-01-01 2.1', tedb],
    [place, 'regional', '2019-01-01 1.75', tedb, false],
    [place, 'regional', '2019-01-01 1.05', tedb, false],
  ]),

  ['GR', 'standard', '2019-01-01 24', tedb],
  ['GR', 'reduced', '2019-01-01 13', tedb],
  ['GR', 'reduced', '2019-01-01 6', tedb],
  ['GR', 'parking', '2019-01-01 13', tedb],
  ['GR GR-AEGEAN', 'regional', '2019-01-01 17', `rates: ${tedb}; which islands: ${known}`],
  ['GR GR-AEGEAN', 'regional', '2019-01-01 9', `rates: ${tedb}; which islands: ${known}`],
  ['GR GR-AEGEAN', 'regional', '2019-01-01 4', `rates: ${tedb}; which islands: ${known}`],

  ['HR', 'standard', '2019-01-01 25', tedb],
  ['HR', 'reduced', '2019-01-01 13', tedb],
  ['HR', 'reduced', '2019-01-01 5', tedb],

  ['HU', 'standard', '2019-01-01 27', tedb],
  ['HU', 'reduced', '2019-01-01 18', tedb],
  ['HU', 'reduced', '2019-01-01 5', tedb],

  ['IE', 'standard', '2019-01-01 23 | 2020-09-01 21 | 2021-03-01 23', set],
  ['IE', 'reduced', '2019-01-01 13.5', tedb],
  ['IE', 'reduced', '2019-01-01 9', tedb],
  ['IE', 'super-reduced', '2019-01-01 4.8', set, false],
  ['IE', 'parking', '2019-01-01 13.5', tedb],

  ['IT', 'standard', '2019-01-01 22', tedb],
  ['IT', 'reduced', '2019-01-01 10', tedb],
  ['IT', 'reduced', '2019-01-01 5', tedb],
  ['IT', 'super-reduced', '2019-01-01 4', tedb],

  ['LT', 'standard', '2019-01-01 21', tedb],
  ['LT', 'reduced', '2019-01-01 9 | 2026-01-01 12', news],
  ['LT', 'reduced', '2019-01-01 5', tedb],

  ['LU', 'standard', '2019-01-01 17 | 2023-01-01 16 | 2024-01-01 17', tedb],
  ['LU', 'reduced', '2019-01-01 8 | 2023-01-01 7 | 2024-01-01 8', tedb],
  ['LU', 'super-reduced', '2019-01-01 3', tedb],
  [
    'LU',
    'parking',
    '2019-01-01 14 | 2023-01-01 13 | 2024-01-01 14',
    `${tedb}; before 2023: ${known}`,
  ],

  ['LV', 'standard', '2019-01-01 21', tedb],
  ['LV', 'reduced', '2019-01-01 12', tedb],
  ['LV', 'reduced', '2019-01-01 5', tedb],

  ['MT', 'standard', '2019-01-01 18', tedb],
  ['MT', 'reduced', '2019-01-01 7', tedb],
  ['MT', 'reduced', '2019-01-01 5', tedb],
  ['MT', 'parking', '2024-01-01 12', `rate: ${tedb}; first day: ${known}`],

  ['NL', 'standard', '2019-01-01 21', tedb],
  ['NL', 'reduced', '2019-01-01 9', tedb],

  ['PL', 'standard', '2019-01-01 23', tedb],
  ['PL', 'reduced', '2019-01-01 8', tedb],
  ['PL', 'reduced', '2019-01-01 5', tedb],

  ['PT', 'standard', '2019-01-01 23', tedb],
  ['PT', 'reduced', '2019-01-01 13', tedb],
  ['PT', 'reduced', '2019-01-01 6', tedb],
  ['PT', 'parking', '2019-01-01 13', tedb],
  ['PT PT-30', 'regional', '2019-01-01 22', tedb],
  ['PT PT-30', 'regional', '2019-01-01 12', tedb],
  ['PT PT-30', 'regional', '2019-01-01 5 | 2024-10-01 4', `rate: ${tedb}; change: ${known}`],
  ['PT PT-20', 'regional', '2019-01-01 18 | 2021-07-01 16', `rate: ${tedb}; change: ${known}`],
  ['PT PT-20', 'regional', '2019-01-01 9', tedb],
  ['PT PT-20', 'regional', '2019-01-01 4', tedb],

  ['RO', 'standard', '2019-01-01 19 | 2025-08-01 21', tedb],
  ['RO', 'reduced', '2019-01-01 9 | 2025-08-01 11', tedb],
  ['RO', 'reduced', '2019-01-01 5 | 2025-08-01 -', tedb],

  ['SE', 'standard', '2019-01-01 25', tedb],
  ['SE', 'reduced', '2019-01-01 12', tedb],
  ['SE', 'reduced', '2019-01-01 6', tedb],

  ['SI', 'standard', '2019-01-01 22', tedb],
  ['SI', 'reduced', '2019-01-01 9.5', tedb],
  ['SI', 'reduced', '2020-01-01 5', `rate: ${tedb}; first day: ${known}`],

  ['SK', 'standard', '2019-01-01 20 | 2025-01-01 23', tedb],
  ['SK', 'reduced', '2019-01-01 10 | 2025-01-01 19', tedb],
  ['SK', 'reduced', '2023-01-01 5', `rate: ${tedb}; first day: ${known}`],

  // Great Britain and Northern Ireland; XI finds these rows through its country.
  ['GB', 'standard', '2019-01-01 20', tedb],
  ['GB', 'reduced', '2019-01-01 5', tedb],
  // Restaurants and hotels after the pandemic's 5 %.
  ['GB', 'reduced', '2021-10-01 12.5 | 2022-04-01 -', known, false],

  ...['CH', 'LI'].flatMap((place): Line[] => [
    [place, 'standard', '2019-01-01 7.7 | 2024-01-01 8.1', tedb],
    [place, 'reduced', '2019-01-01 2.5 | 2024-01-01 2.6', tedb],
    [place, 'reduced', '2019-01-01 3.7 | 2024-01-01 3.8', tedb],
  ]),

  ['NO', 'standard', '2019-01-01 25', tedb],
  ['NO', 'reduced', '2019-01-01 15', tedb],
  // 6 % on travel and culture in the pandemic.
  [
    'NO',
    'reduced',
    '2019-01-01 12 | 2020-04-01 6 | 2021-10-01 12',
    `rate: ${tedb}; 2020–21: ${known}`,
  ],
]

const dayBefore = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)

const rowsOf = ([place, rateClass, steps, source, inWebshops = true]: Line): Rate[] => {
  const [country = '', territory = country] = place.split(' ')
  const parsed = steps.split(' | ').map((step) => step.split(' '))
  return parsed.flatMap(([from = '', percent = ''], index): Rate[] => {
    if (percent === '-') return []
    const next = parsed[index + 1]?.[0]
    const to = next === undefined ? null : dayBefore(next)
    return [{ country, territory, class: rateClass, percent, from, to, inWebshops, source }]
  })
}

/**
 * Every VAT rate of every country of contracts/vat.md §3.2 since 2019, dated. Our own table, because data
 * sets have no dates for reduced rates or list rates that no webshop meets, and inference gets worse with
 * every extra rate. Compare with a newer data set: scripts/vat-rates/compare.ts.
 */
export const rates: readonly Rate[] = lines.flatMap(rowsOf)
