import { isHoliday } from './holidays.ts'

/** Where in the week of our merchants an hour lies. */
export interface HourOfWeek {
  /** 0 is Monday. */
  day: number
  hour: number
  holiday: boolean
}

const parts = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Amsterdam',
  weekday: 'short',
  hour: '2-digit',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
})
const names = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/** Intl is slow and asked for the same hours again and again; ten weeks of them fit in here. */
const known = new Map<number, HourOfWeek>()
const knownMax = 2_000

export const hourOfWeek = (atMs: number): HourOfWeek => {
  const key = Math.floor(atMs / 3_600_000)
  const found = known.get(key)
  if (found !== undefined) return found
  const said = Object.fromEntries(parts.formatToParts(atMs).map(({ type, value }) => [type, value]))
  const { weekday = 'Mon', hour = '0', year = '', month = '', day = '' } = said
  const made = {
    day: names.indexOf(weekday),
    hour: Number(hour),
    holiday: isHoliday(`${year}-${month}-${day}`),
  }
  if (known.size >= knownMax) known.clear()
  known.set(key, made)
  return made
}
