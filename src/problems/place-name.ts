const names = {
  nl: new Intl.DisplayNames('nl', { type: 'region' }),
  en: new Intl.DisplayNames('en', { type: 'region' }),
} as const

/** The languages of problem.ts, which stands on this file. */
type Language = keyof typeof names

/** Codes of the VAT world that ISO 3166 gives no country, and names that take an article in a sentence. */
const others: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  EL: { nl: 'Griekenland', en: 'Greece' },
  NL: { nl: 'Nederland', en: 'the Netherlands' },
  GB: { nl: 'het Verenigd Koninkrijk', en: 'the United Kingdom' },
  US: { nl: 'de Verenigde Staten', en: 'the United States' },
  ICP_SERVICES: { nl: 'ICP-diensten', en: 'ICP services' },
  INTERNATIONAL_SERVICES: { nl: 'internationale diensten', en: 'international services' },
  XI: { nl: 'Noord-Ierland', en: 'Northern Ireland' },
}

/**
 * A country or a part of one in words: `NL` is Nederland, `ES-CN` is Spanje (ES-CN). The rows of the
 * VAT table for services have words too; anything else stays as it is.
 */
export const placeName = (code: string, language: Language): string => {
  const [, country, part] = /^([A-Z]{2})(-[A-Z0-9]+)?$/.exec(code) ?? []
  if (country === undefined) return others[code]?.[language] ?? code
  const name = others[country]?.[language] ?? names[language].of(country) ?? country
  return part === undefined ? name : `${name} (${code})`
}
