const day = (date: Date): string =>
  [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-')

/** Today in the user's time zone, YYYY-MM-DD. */
export const todayOf = (now: Date): string => day(now)

/** The day before today. */
export const yesterdayOf = (now: Date): string =>
  day(new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1))

/** The first day of this year; of this month. */
export const yearStartOf = (now: Date): string => day(new Date(now.getFullYear(), 0, 1))
export const monthStartOf = (now: Date): string =>
  day(new Date(now.getFullYear(), now.getMonth(), 1))

/** The quarters to choose from, the one that is over last first: "2026-Q3". */
export const quartersOf = (now: Date, count = 8): string[] => {
  const current = now.getFullYear() * 4 + Math.floor(now.getMonth() / 3)
  return Array.from({ length: count }, (_, back) => {
    const quarter = current - back
    return `${Math.floor(quarter / 4)}-Q${(quarter % 4) + 1}`
  })
}
