const dayMs = 86_400_000

/** Easter Sunday by Gauss's rule in the form of Butcher; days since 1970. */
const easter = (year: number): number => {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const d = Math.floor((8 * b + 13) / 25)
  const h = (19 * a + b - Math.floor(b / 4) - d + 15) % 30
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  const month = Math.floor((h + l - 7 * m + 114) / 31)
  const day = ((h + l - 7 * m + 114) % 31) + 1
  return Date.UTC(year, month - 1, day) / dayMs
}

/** Month and day of holidays that do not move, in the Netherlands or in Belgium. */
const fixed = new Set(['1-1', '4-27', '5-1', '7-21', '8-15', '11-1', '11-11', '12-25', '12-26'])
/** Days after Easter: Easter itself and its Monday, Ascension, Whitsun and its Monday. */
const moving = new Set([0, 1, 39, 49, 50])

/**
 * Whether many shops of our merchants are closed, or hardly sell, on a day.
 * @param day YYYY-MM-DD
 */
export const isHoliday = (day: string): boolean => {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  const since = Date.UTC(year, month - 1, date) / dayMs
  // King's Day goes to the Saturday when the 27th is a Sunday.
  const kings = month === 4 && date === 26 && new Date(since * dayMs).getUTCDay() === 6
  return fixed.has(`${month}-${date}`) || moving.has(since - easter(year)) || kings
}
