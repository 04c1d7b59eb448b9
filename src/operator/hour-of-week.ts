const parts = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Amsterdam',
  weekday: 'short',
  hour: '2-digit',
  hourCycle: 'h23',
})
const names = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/** Intl is slow and asked for the same hours again and again; ten weeks of them fit in here. */
const known = new Map<number, HourOfWeek>()
const knownMax = 2_000

interface HourOfWeek {
  /** 0 is Monday. */
  day: number
  hour: number
}

/** Where in the week of our merchants a moment lies. */
export const hourOfWeek = (at: Date): HourOfWeek => {
  const key = Math.floor(at.getTime() / 3_600_000)
  const found = known.get(key)
  if (found !== undefined) return found
  const given = Object.fromEntries(parts.formatToParts(at).map(({ type, value }) => [type, value]))
  const made = {
    day: names.indexOf(given['weekday'] ?? 'Mon'),
    hour: Number(given['hour'] ?? 0),
  }
  if (known.size >= knownMax) known.clear()
  known.set(key, made)
  return made
}
