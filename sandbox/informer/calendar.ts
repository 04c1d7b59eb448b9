const dayMs = 86_400_000

const amsterdam = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Amsterdam',
  dateStyle: 'short',
  timeStyle: 'medium',
})

/** A moment as v2 writes it: YYYY-MM-DD HH:MM:SS, presumably in Amsterdam (contract §5). */
export const momentOf = (date: Date): string => amsterdam.format(date)

/** The day of a moment, YYYY-MM-DD. */
export const dayOf = (date: Date): string => momentOf(date).slice(0, 10)

export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10)
