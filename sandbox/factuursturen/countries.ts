/** The languages of GET /countrylist/{language} (contract 4). */
export const languages = ['nl', 'en', 'de', 'fr', 'es'] as const

export type Language = (typeof languages)[number]

/** Ids by ISO code. The ids follow the alphabet of the Dutch names. */
const countryIds: Record<string, number> = {
  // Read in the recorded list (contract 4).
  AT: 163,
  BE: 18,
  CH: 237,
  CZ: 213,
  DE: 50,
  DK: 46,
  ES: 192,
  FI: 62,
  FR: 63,
  GB: 224,
  GR: 73,
  HU: 84,
  IE: 86,
  IT: 93,
  LU: 119,
  NL: 146,
  NO: 157,
  PL: 171,
  PT: 172,
  SE: 236,
  US: 226,
  // INVENTED: not in the contract; put where the Dutch alphabet leaves room.
  AU: 11,
  BG: 32,
  CA: 36,
  CN: 39,
  CY: 45,
  EE: 56,
  HR: 109,
  IS: 87,
  JP: 97,
  LI: 116,
  LT: 117,
  LV: 113,
  MA: 126,
  MC: 133,
  MT: 125,
  RO: 175,
  SI: 187,
  SK: 188,
  SM: 179,
  SR: 195,
  TR: 215,
  UA: 219,
  ZA: 234,
}

interface Country {
  id: number
  names: Record<Language, string>
}

const countries: Country[] = Object.entries(countryIds)
  .map(([iso, id]) => ({ id, names: namesOf(iso) }))
  .sort((one, other) => one.id - other.id)

const idsByName = new Map(
  countries.flatMap(({ id, names }) =>
    languages.map((language) => [names[language].toLowerCase(), id] as const),
  ),
)

const ids = new Set(Object.values(countryIds))

/** All countries with their name in one language, by id. */
export function listCountries(language: Language): { id: string; name: string }[] {
  return countries.map(({ id, names }) => ({ id: String(id), name: names[language] }))
}

/**
 * Finds the id meant by an id or a name in any of the five languages, in any case. ISO codes mean
 * nothing to the remote (contract 2.2, 4).
 */
export function matchCountry(text: string): number | undefined {
  if (/^\d{1,4}$/.test(text)) return ids.has(Number(text)) ? Number(text) : undefined
  return idsByName.get(text.trim().toLowerCase())
}

function namesOf(iso: string): Record<Language, string> {
  const nameIn = (language: Language): string =>
    new Intl.DisplayNames([language], { type: 'region' }).of(iso) ?? iso
  return {
    nl: nameIn('nl'),
    en: nameIn('en'),
    de: nameIn('de'),
    fr: nameIn('fr'),
    es: nameIn('es'),
  }
}
