import type { Address } from '../../../sale/sale.ts'
import { countryCodeOf } from '../../../vat/country-names.ts'
import type { Choices } from '../../webshop.ts'

export const netherlands = '146'

/** Ids of the recorded country list; Factuursturen gives no ISO codes (contract 4). */
const knownIds: Readonly<Record<string, string>> = {
  NL: netherlands,
  BE: '18',
  DE: '50',
  FR: '63',
  LU: '119',
  GB: '224',
  US: '226',
  ES: '192',
  IT: '93',
  AT: '163',
  DK: '46',
  SE: '236',
  IE: '86',
  PL: '171',
  PT: '172',
  CH: '237',
  NO: '157',
  FI: '62',
  GR: '73',
  HU: '84',
  CZ: '213',
}

/** Codes that shops use for a part of a country. */
const wholes: Readonly<Record<string, string>> = { XI: 'GB', IC: 'ES', EA: 'ES' }

/**
 * Factuursturen's id of a country by its code. The list of the account (`choices.countries`, names in
 * Dutch and English) is only asked for what the recorded list did not show.
 * @returns null when neither knows it
 */
export const countryIdOf = (code: string, choices: Choices): string | null => {
  const whole = wholes[code] ?? code
  const known = knownIds[whole]
  if (known !== undefined) return known
  const listed = choices['countries']?.find(({ label }) => countryCodeOf(label) === whole)
  return listed?.value ?? null
}

/**
 * The id for an address: a two- or three-letter code or a name becomes the remote's country, and no
 * country at all is the Netherlands (manual, field table of the debtor).
 * @returns null when there is a country but it cannot be told which
 */
export const countryIdFor = (
  address: Pick<Address, 'countryCode' | 'countryName'>,
  choices: Choices,
): string | null => {
  const given = address.countryCode.trim() || address.countryName.trim()
  if (given === '') return netherlands
  const code = countryCodeOf(given) ?? countryCodeOf(address.countryName)
  return code === null ? null : countryIdOf(code, choices)
}
