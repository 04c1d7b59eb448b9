import { describe, expect, test } from 'vitest'
import { yearOfSales, type Habit } from '../../test/support/year-of-sales.ts'
import { seededRandom } from '../world/random.ts'
import { isHoliday } from './holidays.ts'
import { quietnessOf, rhythmDays, type HourOfSales } from './rhythm.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** New Year's day in Amsterdam. */
const begin = new Date('2024-12-31T23:00:00Z')

const weeks = {
  level: [1, 1, 1, 1, 1, 1, 1],
  weekend: [0.8, 0.8, 0.8, 0.9, 1, 1.3, 1.4],
  business: [1.4, 1.4, 1.4, 1.4, 1.4, 0, 0],
}

const habit = (change: Partial<Habit> & Pick<Habit, 'perDay'>): Habit => ({
  week: weeks.weekend,
  opens: 7,
  closes: 24,
  whim: 0.35,
  season: 0.8,
  onHolidays: 0.5,
  ...change,
})

/** From one sale in three days to three hundred a day; consumers, businesses, night owls, whims and seasons. */
const shops: Habit[] = [0.3, 1, 3, 10, 30, 100, 300].flatMap((perDay) => [
  habit({ perDay }),
  habit({ perDay, week: weeks.business, opens: 8, closes: 18, onHolidays: 0 }),
  habit({ perDay, week: weeks.level, opens: 0, whim: 0.1, season: 0 }),
  habit({ perDay, whim: 0.8, season: 1.4, onHolidays: 0.2 }),
])

/** What the monitor would see at `now`: a window that moves on over the year. */
const seenAt = (sales: readonly HourOfSales[], now: number): HourOfSales[] => {
  const from = firstAfter(sales, now - rhythmDays * dayMs)
  return sales.slice(from, firstAfter(sales, now))
}

const firstAfter = (sales: readonly HourOfSales[], atMs: number): number => {
  let low = 0
  let high = sales.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sales[middle]?.at.getTime() ?? Infinity) < atMs) low = middle + 1
    else high = middle
  }
  return low
}

const askAt = (sales: readonly HourOfSales[], now: number) => {
  const seen = seenAt(sales, now)
  const last = seen.at(-1)
  return last === undefined
    ? { is: 'unknown' as const }
    : quietnessOf(seen, new Date(last.at.getTime() + hourMs / 2), new Date(now))
}

/** How often somebody would be called for nothing in a year of looking every hour. */
const falseAlarms = (sales: readonly HourOfSales[]): number => {
  let alarms = 0
  let standing = false
  for (let now = begin.getTime() + 30 * dayMs; now < begin.getTime() + 365 * dayMs; now += hourMs) {
    const quiet = askAt(sales, now).is === 'quiet'
    if (quiet && !standing) alarms += 1
    standing = quiet
  }
  return alarms
}

/** Hours until the alarm when a shop falls silent for ever at `from`. */
const hoursUntilAlarm = (sales: readonly HourOfSales[], from: number): number => {
  const before = sales.filter(({ at }) => at.getTime() < from)
  for (let hours = 1; hours < rhythmDays * 24; hours += 1) {
    if (askAt(before, from + hours * hourMs).is === 'quiet') return hours
  }
  return Number.POSITIVE_INFINITY
}

describe('a year of shops that sell as ever', () => {
  const alarms = shops.map((shop, seed) => ({
    shop,
    count: falseAlarms(yearOfSales(shop, begin, seededRandom(1_000 + seed))),
  }))
  const perShop = (some: typeof alarms) =>
    some.reduce((total, { count }) => total + count, 0) / some.length

  test('calls nobody out of bed for nothing', () => {
    // Measured: 0 alarms at 21 shops with ordinary days.
    expect(perShop(alarms.filter(({ shop }) => shop.whim < 0.5))).toBe(0)
  })

  test('hardly ever even where one day is nothing like another, and Christmas is silent', () => {
    // Measured: 7 alarms, all at the 7 shops whose days differ by a factor of five.
    expect(perShop(alarms)).toBeLessThanOrEqual(0.3)
  })
})

describe('a shop that falls silent', () => {
  test.each([
    [300, 12],
    [100, 14],
    [30, 24],
    [10, 80],
    [3, 200],
  ])('with %d sales a day is noticed within %d hours', { timeout: 60_000 }, (perDay, within) => {
    const sales = yearOfSales(habit({ perDay }), begin, seededRandom(perDay))
    const delays = Array.from({ length: 15 }, (_, n) =>
      hoursUntilAlarm(sales, begin.getTime() + (70 + n * 19) * dayMs + n * 5 * hourMs),
    )
    expect(Math.max(...delays)).toBeLessThanOrEqual(within)
  })
})

describe('too little is known of', () => {
  const hoursApart = (count: number, apart: number): HourOfSales[] =>
    Array.from({ length: count }, (_, n) => ({
      at: new Date(begin.getTime() + n * apart * hourMs),
      count: 1,
    }))
  const ask = (sales: HourOfSales[]) => {
    const last = sales.at(-1)?.at ?? begin
    return quietnessOf(sales, last, new Date(last.getTime() + 40 * dayMs)).is
  }

  test('a shop with a handful of sales, or with a few days of them', () => {
    expect(ask([])).toBe('unknown')
    expect(ask(hoursApart(11, 48))).toBe('unknown')
    expect(ask(hoursApart(100, 2))).toBe('unknown')
    expect(ask(hoursApart(100, 8))).toBe('quiet')
  })
})

test.each([
  ['2025-04-20', true],
  ['2025-04-21', true],
  ['2025-04-26', true],
  ['2025-05-29', true],
  ['2026-04-06', true],
  ['2026-04-27', true],
  ['2026-12-25', true],
  ['2026-11-20', false],
  ['2025-04-22', false],
])('%s is a holiday: %s', (day, holiday) => {
  expect(isHoliday(day)).toBe(holiday)
})
