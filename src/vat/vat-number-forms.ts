/**
 * The form of a VAT number behind its prefix, by prefix (contracts/vat.md §2.2, its column "form"). Wide on
 * purpose where a country's rules are folklore: a wrong form is final, so only what cannot exist may fail it.
 */
const forms: ReadonlyMap<string, RegExp> = new Map([
  ['AT', /^U\d{8}$/],
  ['BE', /^[01]\d{9}$/],
  ['BG', /^\d{9,10}$/],
  ['CY', /^(?!12)\d{8}[A-Z]$/],
  ['CZ', /^\d{8,10}$/],
  ['DE', /^[1-9]\d{8}$/],
  ['DK', /^[1-9]\d{7}$/],
  ['EE', /^\d{9}$/],
  ['EL', /^\d{9}$/],
  ['ES', /^([A-Z]\d{7}[A-Z0-9]|\d{8}[A-Z])$/],
  ['FI', /^\d{8}$/],
  ['FR', /^[0-9A-HJ-NP-Z]{2}\d{9}$/],
  ['HR', /^\d{11}$/],
  ['HU', /^\d{8}$/],
  ['IE', /^(\d{7}[A-Z]{1,2}|\d[A-Z+*]\d{5}[A-Z])$/],
  ['IT', /^\d{11}$/],
  ['LT', /^(\d{7}1\d|\d{10}1\d)$/],
  ['LU', /^\d{8}$/],
  ['LV', /^\d{11}$/],
  ['MT', /^[1-9]\d{7}$/],
  ['NL', /^\d{9}B(?!00)\d{2}$/],
  ['PL', /^\d{10}$/],
  ['PT', /^[1-9]\d{8}$/],
  ['RO', /^\d{2,10}$/],
  ['SE', /^\d{10}01$/],
  ['SI', /^\d{8}$/],
  ['SK', /^\d{10}$/],
  ['XI', /^(\d{9}|\d{12}|GD[0-4]\d{2}|HA[5-9]\d{2})$/],
  ['GB', /^(\d{9}|\d{12}|GD[0-4]\d{2}|HA[5-9]\d{2})$/],
  ['CHE', /^\d{9}$/],
  ['NO', /^\d{9}$/],
])

/** Prefixes that people write for another one. */
const synonyms: ReadonlyMap<string, string> = new Map([
  ['GR', 'EL'],
  ['UK', 'GB'],
])

/** The prefixes that VIES answers for (§1.5). GB, CHE and NO numbers have a form but VIES does not know them. */
export const viesPrefixes: ReadonlySet<string> = new Set(
  [...forms.keys()].filter((prefix) => !['GB', 'CHE', 'NO'].includes(prefix)),
)

/** The prefix of VAT numbers of a country of ISO 3166; null when we know no form of its numbers. */
export const prefixOfCountry = (countryCode: string): string | null => {
  const others: Readonly<Record<string, string>> = {
    GR: 'EL',
    CH: 'CHE',
    LI: 'CHE',
    MC: 'FR',
    IM: 'GB',
  }
  const prefix = others[countryCode] ?? countryCode
  return forms.has(prefix) ? prefix : null
}

/** Splits a known prefix off `text` (upper case, letters and digits only); null when it starts with none. */
export const splitPrefix = (text: string): { prefix: string; rest: string } | null => {
  if (text.startsWith('CHE')) return { prefix: 'CHE', rest: text.slice(3) }
  const letters = text.slice(0, 2)
  const prefix = synonyms.get(letters) ?? letters
  return forms.has(prefix) ? { prefix, rest: text.slice(2) } : null
}

/**
 * Brings a number (without prefix) into its country's own notation: lost leading zeros, words behind it (§2.1).
 */
export const padded = (prefix: string, number: string): string => {
  if (prefix === 'BE' && /^\d{9}$/.test(number)) return `0${number}`
  if (prefix === 'EL' && /^\d{8}$/.test(number)) return `0${number}`
  if (prefix === 'CHE') return number.replace(/(MWST|TVA|IVA|TPV)$/, '')
  if (prefix === 'NO') return number.replace(/MVA$/, '')
  const dutch = /^(\d{1,8})(B\d{2})$/.exec(number)
  if (prefix === 'NL' && dutch) return `${(dutch[1] ?? '').padStart(9, '0')}${dutch[2] ?? ''}`
  return number
}

export const hasForm = (prefix: string, number: string): boolean =>
  forms.get(prefix)?.test(number) ?? false
