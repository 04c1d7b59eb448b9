import type { Language } from '../problems/problem.ts'
import type { Day } from '../world/calendar-day.ts'

const locales: Readonly<Record<Language, string>> = { nl: 'nl-NL', en: 'en-GB' }

const perLanguage = <T>(make: (locale: string) => T): Readonly<Record<Language, T>> => ({
  nl: make(locales.nl),
  en: make(locales.en),
})

const moneys = perLanguage(
  (locale) => new Intl.NumberFormat(locale, { style: 'currency', currency: 'EUR' }),
)
const days = perLanguage(
  (locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }),
)
const countries = perLanguage((locale) => new Intl.DisplayNames(locale, { type: 'region' }))

/** An amount of euros as people write it: "€ 145,20" in Dutch, "€145.20" in English. */
export const inMoney = (cents: number, language: Language): string =>
  moneys[language].format(cents / 100)

/** A day as people write it: "20 december 2026". */
export const inDays = (day: Day, language: Language): string =>
  days[language].format(new Date(`${day}T00:00:00Z`))

/** A country of ISO 3166 by its name. */
export const inCountries = (country: string, language: Language): string =>
  countries[language].of(country) ?? country
