import { useLanguage, type Language } from './language.ts'
import { inLargestUnit } from './largest-unit.ts'

/** Amounts, dates and times as people in the user's country write them. */
export interface Format {
  /** "30.25" and "EUR" as € 30,25. An amount is never turned into a floating-point number on the way. */
  money: (amount: string, currency: string) => string
  /** A decimal as it came, with the country's comma: a quantity or a percentage. */
  decimal: (text: string) => string
  percent: (text: string) => string
  count: (value: number) => string
  /** ISO 3166 alpha-2 as a name; anything else as it came. */
  country: (code: string) => string
  /** YYYY-MM-DD as 20 nov 2026. */
  day: (day: string) => string
  /** YYYY-MM-DD as 20-11, for the foot of a chart. */
  shortDay: (day: string) => string
  /** An ISO moment as date and time, in the time zone of the user. */
  moment: (moment: string) => string
  time: (moment: Date) => string
  /** How far `moment` is from now, in the largest unit that fits: "over 5 minuten". */
  relative: (moment: string, nowMs: number) => string
  /** A while in the largest unit that fits, rounded: 90 as "2 min". */
  lasting: (seconds: number) => string
  /** "vandaag 14:03", "gisteren 09:12", else date and time. */
  recent: (moment: string, nowMs: number) => string
}

/** The user's own country where it speaks the language; else the one most users are in. */
const localeOf = (language: Language): string => {
  const own = navigator.languages.find((tag) => tag.startsWith(`${language}-`))
  return own ?? { nl: 'nl-NL', en: 'en-GB' }[language]
}

const isDecimal = (text: string): text is `${number}` => /^-?\d+(\.\d+)?$/.test(text)

const formatOf = (locale: string): Format => {
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short' })
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })
  const shortDay = new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  })
  const countries = new Intl.DisplayNames(locale, { type: 'region' })
  const decimal = new Intl.NumberFormat(locale, { maximumFractionDigits: 10 })
  const dayOf = (date: Date) =>
    Math.floor((date.getTime() - date.getTimezoneOffset() * 60_000) / 86_400_000)
  return {
    money: (amount, currency) =>
      isDecimal(amount)
        ? new Intl.NumberFormat(locale, { style: 'currency', currency }).format(amount)
        : amount,
    decimal: (text) => (isDecimal(text) ? decimal.format(text) : text),
    percent: (text) => `${isDecimal(text) ? decimal.format(text) : text}\u00a0%`,
    count: (value) => decimal.format(value),
    country: (code) => (/^[A-Z]{2}$/.test(code) ? (countries.of(code) ?? code) : code),
    day: (text) => day.format(new Date(`${text}T00:00:00Z`)),
    shortDay: (text) => shortDay.format(new Date(`${text}T00:00:00Z`)),
    moment: (text) => moment.format(new Date(text)),
    time: (date) => time.format(date),
    relative: (text, nowMs) => {
      const apartMs = new Date(text).getTime() - nowMs
      if (Math.abs(apartMs) < 45_000) return relative.format(0, 'second')
      const { unit, count } = inLargestUnit(Math.abs(apartMs) / 1000, 'minute')
      return relative.format(Math.sign(apartMs) * count, unit)
    },
    lasting: (seconds) => {
      const { unit, count } = inLargestUnit(seconds)
      return new Intl.NumberFormat(locale, { style: 'unit', unit }).format(count)
    },
    recent: (text, nowMs) => {
      const date = new Date(text)
      const daysApart = dayOf(date) - dayOf(new Date(nowMs))
      return daysApart === 0 || daysApart === -1
        ? `${relative.format(daysApart, 'day')} ${time.format(date)}`
        : moment.format(date)
    },
  }
}

const formats = new Map<string, Format>()

export const useFormat = (): Format => {
  const locale = localeOf(useLanguage())
  const known = formats.get(locale)
  if (known !== undefined) return known
  const made = formatOf(locale)
  formats.set(locale, made)
  return made
}
