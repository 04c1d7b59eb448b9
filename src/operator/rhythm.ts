import { hourOfWeek } from './hour-of-week.ts'

/** How many sales were first heard of in one hour. Hours without any are left out. */
export interface HourOfSales {
  /** The beginning of the hour. */
  at: Date
  count: number
}

export type Quietness =
  /** Too few sales to know a rhythm. */
  | { is: 'unknown' }
  | { is: 'usual' }
  /** `expected`: the sales that would have come since the last one, by the shop's own rhythm. */
  | { is: 'quiet'; hours: number; expected: number }

const hourMs = 3_600_000
/** How much of the past tells the rhythm. */
export const rhythmDays = 56
/** How much of it tells whether business became slower. */
const recentDays = 14
/** Fewer sales than this make no rhythm. */
const salesMin = 12
/** A silence shorter than this is nobody's alarm, however busy the shop. */
export const silenceMinMs = 3 * hourMs
/** So many sales must be missing at least, ... */
const expectedMin = 14
/** ... and so many times what was missing in the longest silence that ended by itself. */
const overLongest = 1.6

/**
 * Whether a shop is quieter than its own rhythm explains.
 *
 * Its rhythm is what it sold by day of the week and by hour of the day, in the weeks before its last sale. So a
 * silence is not measured in hours but in sales that would have come: a night or a Sunday without orders
 * weighs little in a shop that never sells then, and an hour on Monday evening much in one that always does.
 * Were sales independent of each other, fourteen missing ones would happen by chance once in a million times;
 * they are not (a campaign, a holiday), so the shop's own longest silence counts as well.
 *
 * @param hours the sales of the last `rhythmDays`, oldest first
 * @param lastAt when the newest sale was heard of
 */
export const quietnessOf = (hours: readonly HourOfSales[], lastAt: Date, now: Date): Quietness => {
  const [first] = hours
  const total = sum(hours)
  const silenceMs = now.getTime() - lastAt.getTime()
  if (first === undefined || total < salesMin) return { is: 'unknown' }
  const spanMs = Math.max(hourMs, lastAt.getTime() - first.at.getTime())
  // Two weeks of history make a week's rhythm that can be trusted.
  if (spanMs < recentDays * 24 * hourMs) return { is: 'unknown' }
  if (silenceMs < silenceMinMs) return { is: 'usual' }

  const recentFrom = lastAt.getTime() - recentDays * 24 * hourMs
  const recent = sum(hours.filter(({ at }) => at.getTime() >= recentFrom))
  // The slower of both paces: after the season a shop is not quiet, only slower.
  const perHour = Math.min(total / (spanMs / hourMs), (recent + 1) / (recentDays * 24))
  const shares = sharesOf(hours)
  const expectedIn = (from: number, until: number) => expected(shares, from, until) * perHour

  const missing = expectedIn(lastAt.getTime(), now.getTime())
  if (missing < expectedMin) return { is: 'usual' }
  const longest = hours.reduce((most, { at }, index) => {
    const before = hours[index - 1]
    return before === undefined
      ? most
      : Math.max(most, expectedIn(before.at.getTime() + hourMs, at.getTime()))
  }, 0)
  if (missing < overLongest * longest) return { is: 'usual' }
  return { is: 'quiet', hours: Math.round(silenceMs / hourMs), expected: Math.round(missing) }
}

const sum = (hours: readonly HourOfSales[]): number =>
  hours.reduce((total, { count }) => total + count, 0)

interface Shares {
  /** Seven, Monday first; 1 is an average day. */
  days: readonly number[]
  /** Twenty-four; 1 is an average hour. */
  hours: readonly number[]
  /** A holiday is like its quietest day. */
  holiday: number
}

/**
 * How busy each day of the week and each hour of the day is. Apart, because 168 hours of a week would each have
 * too few sales to say anything. A little of everything is added: an hour without sales is not impossible.
 */
const sharesOf = (sales: readonly HourOfSales[]): Shares => {
  const days = Array.from({ length: 7 }, () => 0.5)
  const hours = Array.from({ length: 24 }, () => 0.5)
  for (const { at, count } of sales) {
    const { day, hour } = hourOfWeek(at.getTime())
    days[day] = (days[day] ?? 0) + count
    hours[hour] = (hours[hour] ?? 0) + count
  }
  const shares = normalised(hours)
  return {
    days: normalised(days),
    // As quiet as the quietest hour beside it: people open a little later, and the clocks change twice a year.
    hours: normalised(
      shares.map((share, hour) =>
        Math.min(share, shares[(hour + 23) % 24] ?? share, shares[(hour + 1) % 24] ?? share),
      ),
    ),
    holiday: Math.min(...normalised(days)),
  }
}

const normalised = (weights: readonly number[]): number[] => {
  const mean = weights.reduce((total, weight) => total + weight, 0) / weights.length
  return weights.map((weight) => weight / mean)
}

/** Average hours' worth of business between two moments; at most `rhythmDays` of them are walked. */
const expected = (shares: Shares, from: number, until: number): number => {
  let worth = 0
  const last = Math.min(until, from + rhythmDays * 24 * hourMs)
  for (let at = from; at < last;) {
    const next = Math.min(last, (Math.floor(at / hourMs) + 1) * hourMs)
    const { day, hour, holiday } = hourOfWeek(at)
    const ofDay = holiday ? shares.holiday : (shares.days[day] ?? 1)
    worth += (ofDay * (shares.hours[hour] ?? 1) * (next - at)) / hourMs
    at = next
  }
  return worth
}
