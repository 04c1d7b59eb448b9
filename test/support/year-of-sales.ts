import type { Random } from '../../src/world/random.ts'

/** A made-up shop: how much it sells, and when. */
export interface Habit {
  perDay: number
  /** By day of the week, Monday first; 1 is an average day. */
  week: readonly number[]
  /** Sales between these hours only, with a peak in the evening. */
  opens: number
  closes: number
  /** How much one day differs from another by luck: the spread of a log-normal factor. */
  whim: number
  /** How much more it sells in its best season than in its worst: 0 none. */
  season: number
  /** What is left of a day's sales on a public holiday: 0 none, 1 all. */
  onHolidays: number
}

const hourMs = 3_600_000

/** 2025: New Year, Easter Monday, King's Day, Ascension, Whit Monday and both days of Christmas. */
const holidays = new Set([0, 110, 115, 148, 159, 358, 359])
/** Days with summer time: from the last Sunday of March until the last one of October. */
const isSummer = (day: number) => day >= 88 && day < 298

const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random.fraction())) * Math.cos(2 * Math.PI * random.fraction())

/** A Poisson number; by halves when it is large, because e^-lambda vanishes. */
const poisson = (lambda: number, random: Random): number => {
  if (lambda > 30) return poisson(lambda / 2, random) + poisson(lambda / 2, random)
  const floor = Math.exp(-lambda)
  let count = 0
  for (let product = random.fraction(); product > floor; product *= random.fraction()) count += 1
  return count
}

/**
 * The sales of one year, hour by hour, with chance of its own: independent sales at a pace that goes up and
 * down with the hour, the day, the season and mere luck.
 */
export const yearOfSales = (
  habit: Habit,
  begin: Date,
  random: Random,
): { at: Date; count: number }[] => {
  const open = habit.closes - habit.opens
  const hours: { at: Date; count: number }[] = []
  for (let day = 0; day < 365; day += 1) {
    const holiday = holidays.has(day) ? habit.onHolidays : 1
    const luck = Math.exp(habit.whim * normal(random) - habit.whim ** 2 / 2)
    const season = 1 + (habit.season / 2) * Math.sin((2 * Math.PI * (day + 60)) / 365)
    // 1 January 2025 was a Wednesday.
    const weekday = habit.week[(day + 2) % 7] ?? 1
    const pace = habit.perDay * weekday * luck * season * holiday
    for (let hour = habit.opens; hour < habit.closes; hour += 1) {
      const evening = 1 + 0.6 * Math.sin(Math.PI * ((hour - habit.opens) / open - 0.25))
      const count = poisson((pace / open) * Math.max(0.1, evening), random)
      const sinceBegin = day * 24 + hour - (isSummer(day) ? 1 : 0)
      if (count > 0) hours.push({ at: new Date(begin.getTime() + sinceBegin * hourMs), count })
    }
  }
  return hours
}
