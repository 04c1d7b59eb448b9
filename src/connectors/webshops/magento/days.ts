/** The shops are Dutch and Belgian. */
export const defaultTimeZone = 'Europe/Amsterdam'

const dayMs = 86_400_000

/** By time zone; making one takes longer than using it a hundred times. */
const formats = new Map<string, Intl.DateTimeFormat>()
/** More than a worker has shops in different zones. */
const formatsMax = 100

const formatOf = (timeZone: string): Intl.DateTimeFormat => {
  const format = formats.get(timeZone) ?? newFormat(timeZone)
  if (formats.size < formatsMax) formats.set(timeZone, format)
  return format
}

const newFormat = (timeZone: string): Intl.DateTimeFormat => {
  try {
    return new Intl.DateTimeFormat('sv-SE', { timeZone })
  } catch {
    // A zone that this machine does not know: the shops are Dutch and Belgian.
    return new Intl.DateTimeFormat('sv-SE', { timeZone: defaultTimeZone })
  }
}

/**
 * The calendar day of `moment` in the shop, YYYY-MM-DD. Magento writes UTC: an invoice of 31 December
 * 23:30 UTC is one of the new year.
 */
export const shopDay = (moment: Date, timeZone: string): string => formatOf(timeZone).format(moment)

/** `day` moved by `count` days. @throws RangeError when `day` is no date */
export const shiftDay = (day: string, count: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + count * dayMs).toISOString().slice(0, 10)

/** As a filter wants it: UTC without a zone, for an offset would be ignored (recordings). */
export const databaseMoment = (ms: number): string =>
  new Date(ms).toISOString().slice(0, 19).replace('T', ' ')
