/** The periods to choose from; `custom` has days of its own. */
export const periods = [
  'all',
  'today',
  'week',
  'month',
  'last-month',
  'quarter',
  'year',
  'custom',
] as const
export type Period = (typeof periods)[number]

/** A period as the address of a page carries it. Absent means all. */
export interface PeriodSearch {
  period?: Period
  from?: string
  until?: string
}

/** Reads the period out of an address; anything that is none is left out. */
export const readPeriod = (search: Record<string, unknown>): PeriodSearch => {
  const period = periods.find((each) => each === search['period'])
  if (period === undefined || period === 'all') return {}
  if (period !== 'custom') return { period }
  const from = readDay(search['from'])
  const until = readDay(search['until'])
  return { period, ...(from && { from }), ...(until && { until }) }
}

const readDay = (value: unknown): string | undefined =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined

/** The first and the last day of a period, YYYY-MM-DD in the user's time zone. */
export const daysOf = (
  { period = 'all', from, until }: PeriodSearch,
  today: Date,
): { from?: string; until?: string } => {
  const year = today.getFullYear()
  const month = today.getMonth()
  const day = (y: number, m: number, d: number) => isoDay(new Date(y, m, d))
  switch (period) {
    case 'all':
      return {}
    case 'today':
      return { from: isoDay(today) }
    case 'week':
      return { from: day(year, month, today.getDate() - 6) }
    case 'month':
      return { from: day(year, month, 1) }
    case 'last-month':
      return { from: day(year, month - 1, 1), until: day(year, month, 0) }
    case 'quarter':
      return { from: day(year, month - (month % 3), 1) }
    case 'year':
      return { from: day(year, 0, 1) }
    case 'custom':
      return { ...(from && { from }), ...(until && { until }) }
  }
}

const isoDay = (date: Date): string =>
  [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-')
