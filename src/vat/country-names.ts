import { alpha2ByAlpha3, countryCodes } from './country-codes.ts'

/** Languages in which shops write the name of a country. */
const languages = ['nl', 'en', 'fr', 'de']

/**
 * Codes outside ISO 3166-1 that shops and the VAT world use, and what they stand for. XI is Northern
 * Ireland, IC the Canary Islands, EA Ceuta and Melilla: they are resolved to a territory later.
 */
const otherCodes: Readonly<Record<string, string>> = {
  EL: 'GR',
  UK: 'GB',
  XI: 'XI',
  IC: 'IC',
  EA: 'EA',
}

/** Names that the Unicode tables do not have, by code. Free text of customers and of old shops. */
const otherNames: Readonly<Record<string, string>> = {
  NL: 'Holland; The Netherlands; Nederlands; Hollande; Koninkrijk der Nederlanden; Les Pays-Bas',
  BE: 'Belgie; Vlaanderen; Belgique/België; België/Belgique',
  DE: 'Bundesrepublik Deutschland; Federal Republic of Germany',
  GB: 'Great Britain; Groot-Brittannië; Engeland; England; Angleterre; Schotland; Scotland; Wales; Großbritannien; Grande-Bretagne; United Kingdom (UK); U.K.',
  XI: 'Northern Ireland; Noord-Ierland; Irlande du Nord; Nordirland; United Kingdom (Northern Ireland)',
  CZ: 'Czech Republic; Tsjechische Republiek; République tchèque; Tschechische Republik',
  SK: 'Slovak Republic; Slowaakse Republiek; Slovaakse Republiek',
  IE: 'Republic of Ireland; Eire; Ierse Republiek',
  US: 'USA; U.S.A.; Amerika; Verenigde Staten van Amerika; United States of America; America',
  ES: 'España',
  IT: 'Italia',
  PT: 'República Portuguesa',
  PL: 'Polska',
  AT: 'Republik Österreich',
  FR: 'République française',
  LU: 'Groothertogdom Luxemburg; Lëtzebuerg',
  GR: 'Hellas; Ellada; Hellenic Republic',
  CW: 'Curacao',
  SX: 'St. Maarten; Saint Maarten',
  BQ: 'Bonaire; Sint Eustatius; Saba; Caribbean Netherlands; BES-eilanden',
  MK: 'Macedonia; Macedonië; FYROM',
  RU: 'Russian Federation; Russische Federatie',
  TR: 'Turkey; Turkije; Türkiye',
  SZ: 'Swaziland',
  VA: 'Vatican; Vaticaan; Holy See',
  AX: 'Aland; Aland Islands',
  IC: 'Canarias; Canarische Eilanden; Islas Canarias',
  EA: 'Ceuta; Melilla',
}

/** Names of three letters, which are not looked up as names because they could be codes. */
const shortNames: Readonly<Record<string, string>> = { BRD: 'DE', MAN: 'IM' }

/** `text` reduced to what survives typing: no case, no accents, no punctuation. */
const reduced = (text: string): string =>
  text
    .normalize('NFD')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/[^a-z]/g, '')

const codesByName = (): ReadonlyMap<string, string> => {
  const codes = new Map<string, string>()
  const add = (name: string, code: string) => {
    const key = reduced(name)
    // The first name given wins: our own additions, then Dutch, English, French, German.
    if (key.length > 3 && !codes.has(key)) codes.set(key, code)
  }
  for (const [code, names] of Object.entries(otherNames)) {
    for (const name of names.split('; ')) add(name, code)
  }
  for (const language of languages) {
    const names = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' })
    for (const code of [...countryCodes, 'IC', 'EA']) add(names.of(code) ?? '', code)
  }
  return codes
}

const iso2 = new Set(countryCodes)
let names: ReadonlyMap<string, string> | undefined

/**
 * The two-letter code behind whatever a shop calls a country: `be`, `BEL`, `EL`, `UK`, `België`, `Belgium`.
 * Never guesses: a misspelt name is no country.
 * @returns ISO 3166 alpha-2 (`GR` for Greece), or `XI`, `IC`, `EA`, which shops use besides; null when unknown
 */
export const countryCodeOf = (text: string): string | null => {
  const code = text.trim().toUpperCase()
  if (iso2.has(code)) return code
  if (/^[A-Z]{2,3}$/.test(code))
    return otherCodes[code] ?? alpha2ByAlpha3.get(code) ?? shortNames[code] ?? null
  // Built at the first name only: most shops send codes.
  names ??= codesByName()
  return names.get(reduced(text)) ?? null
}
