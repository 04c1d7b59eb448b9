const dayMs = 86_400_000

const amsterdam = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Amsterdam' })

/**
 * The calendar day of `moment` in the shop, YYYY-MM-DD. The API writes UTC and names no zone; the shops are
 * Dutch and Belgian, where it is the same time all year. An order of 31 December 23:30 UTC is a sale of the
 * new year.
 */
export const shopDay = (moment: Date): string => amsterdam.format(moment)

/** `day` moved by `count` days. @throws RangeError when `day` is no date: callers check that first */
export const shiftDay = (day: string, count: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + count * dayMs).toISOString().slice(0, 10)

/** Whether `text` is an existing day, YYYY-MM-DD. */
export const isDay = (text: string): boolean => {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

/** `moment` as the filters of a list want it, in UTC (contract §5): "2026-03-02 09:14:05". */
export const filterMoment = (moment: Date): string =>
  moment.toISOString().slice(0, 19).replace('T', ' ')
