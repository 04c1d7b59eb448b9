import { placeName } from './place-name.ts'

/** The languages of the product; more can be added as files (spec §5). */
export type Language = 'nl' | 'en'

/** A text in every language of the product. `{name}` stands for a parameter of the reason. */
export type Text = Readonly<Record<Language, string>>

/** One entry of the catalogue: what a merchant or operator is told about a problem. */
export interface Problem {
  /** One sentence, with the figures. */
  text: Text
  cause: Text
  remedy: Text
  /** The status of an HTTP answer that carries this problem, where it can be one. */
  httpStatus?: number
}

/** The parameters that are amounts of money; an invoice number may look like one. */
const amounts = new Set('total sum difference vat booked found predicted amount rate'.split(' '))

/** The parameters that are days, where they are written YYYY-MM-DD. */
const days = new Set(['date', 'from', 'until'])

const dayIn: Readonly<Record<Language, Intl.DateTimeFormat>> = {
  nl: new Intl.DateTimeFormat('nl-NL', { dateStyle: 'long', timeZone: 'UTC' }),
  en: new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }),
}

/**
 * A parameter in the writing of a language: the amount "30.25" is "30,25" in Dutch, the country "BE" is "België", the
 * day "2026-11-20" is "20 november 2026".
 */
const localised = (name: string, value: string, language: Language): string => {
  if (name === 'country') return placeName(value, language)
  if (days.has(name) && /^\d{4}-\d\d-\d\d$/.test(value)) {
    const at = new Date(value)
    return Number.isNaN(at.getTime()) ? value : dayIn[language].format(at)
  }
  return language === 'nl' && amounts.has(name) && /^-?\d+\.\d+$/.test(value)
    ? value.replace('.', ',')
    : value
}

/** Fills the `{name}` places of a text; a missing parameter stays visible as its name. */
export const fillIn = (
  text: Text,
  params: Readonly<Record<string, string | number>>,
  language: Language,
): string =>
  text[language].replace(/\{(\w+)\}/g, (place, name: string) =>
    localised(name, String(params[name] ?? place), language),
  )
