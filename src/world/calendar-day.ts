/** A day of the calendar, YYYY-MM-DD: it has no time and no zone, and sorts as text. */
export type Day = string

const days = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Amsterdam' })
const dayMs = 86_400_000

/** The day of a moment where our merchants live. */
export const calendarDay = (moment: Date): Day => days.format(moment)

const utcMs = (day: Day): number => Date.parse(`${day}T00:00:00Z`)
const fromUtcMs = (ms: number): Day => new Date(ms).toISOString().slice(0, 10)

/** `day` moved by `count` days (may be negative). */
export const addDays = (day: Day, count: number): Day => fromUtcMs(utcMs(day) + count * dayMs)

/** How many days `until` is after `from`; negative when it is before. */
export const daysBetween = (from: Day, until: Day): number => (utcMs(until) - utcMs(from)) / dayMs

/** The same day `count` months on; the last day of the month where that month has no such day. */
export const addMonths = (day: Day, count: number): Day => {
  const from = new Date(utcMs(day))
  const first = Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + count, 1)
  const last = new Date(first)
  const lastDate = Date.UTC(last.getUTCFullYear(), last.getUTCMonth() + 1, 0)
  return fromUtcMs(Math.min(first + (from.getUTCDate() - 1) * dayMs, lastDate))
}

/** The later of two days. */
export const laterDay = (one: Day, other: Day): Day => (one > other ? one : other)
