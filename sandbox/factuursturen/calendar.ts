const dayMs = 86_400_000

// Making a formatter is slow, using one is not.
const amsterdam = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Amsterdam',
  dateStyle: 'short',
  timeStyle: 'short',
})

/** The date (YYYY-MM-DD) and time (HH:MM) on the clock of the remote, which is a Dutch company. */
export function dateAndTime(moment: Date): { date: string; time: string } {
  const [date = '', time = ''] = amsterdam.format(moment).split(' ')
  return { date, time }
}

/** Whether a text is a day that exists, as YYYY-MM-DD. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const moment = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text)
}

/** The date so many days later. */
export function addDays(date: string, days: number): string {
  const moment = new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs)
  return moment.toISOString().slice(0, 10)
}
