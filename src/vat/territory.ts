import { countryCodeOf } from './country-names.ts'
import { areaByCode, areaOf, postcodesMatter } from './areas.ts'

/** The 27 member states, ISO 3166 alpha-2 (Greece is GR). */
export const euCountries: readonly string[] =
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ')

const memberStates: ReadonlySet<string> = new Set(euCountries)

/**
 * A place as VAT sees it, for goods (contracts/vat.md §4). `code` is one of
 * - a country of ISO 3166: `NL`, `CH`, `AW`, … also the ones with a VAT area of their own: `MC`, `IM`, `FO`, `GL`, `SM`, `VA`;
 * - `XI`: Northern Ireland, inside the EU for goods;
 * - a part of a country that is treated differently: `ES-CN` (Canary Islands), `ES-EA` (Ceuta, Melilla), `FI-AX` (Åland),
 *   `GR-69` (Athos), `IT-LIVIGNO`, `IT-CAMPIONE`, `DE-BUESINGEN`, `DE-HELGOLAND`, `CY-NORTH`, the French overseas
 *   `FR-GP FR-MQ FR-RE FR-GF FR-YT FR-MF FR-BL FR-PM FR-PF FR-NC FR-WF FR-TF`: all outside the EU VAT area;
 * - a part with rates of its own inside it: `FR-20R` (Corsica), `PT-30` (Madeira), `PT-20` (Azores), `AT-JUNGHOLZ`,
 *   `AT-MITTELBERG`, `GR-AEGEAN` (islands with lowered rates).
 */
export interface Territory {
  code: string
  /** The country whose rates apply, ISO 3166 alpha-2, `GR` for Greece. */
  countryCode: string
  /** Whether goods delivered here stay inside the EU VAT area. */
  inEuVatArea: boolean
  /** The prefix of a customer's VAT number in VIES: `EL` for Greece, `XI`; null outside VIES. */
  vatPrefix: string | null
  /** `no-postcode`: parts of this country are treated differently and no readable postcode told which. */
  assumed: 'no-postcode' | null
}

/** VAT prefixes that are not the country code. Monaco's businesses hold French numbers (§1.5). */
const prefixes: Readonly<Record<string, string>> = { GR: 'EL' }

const inside = (code: string, countryCode: string): Territory => ({
  code,
  countryCode,
  inEuVatArea: true,
  vatPrefix: prefixes[countryCode] ?? countryCode,
  assumed: null,
})

const outside = (code: string, countryCode: string): Territory => ({
  code,
  countryCode,
  inEuVatArea: false,
  vatPrefix: null,
  assumed: null,
})

/** Codes of countries that VAT sees as part of another one, or that shops use for a part of a country. */
const dependencies: Readonly<Record<string, Territory>> = {
  XI: { ...inside('XI', 'GB'), vatPrefix: 'XI' },
  MC: inside('MC', 'FR'),
  IM: outside('IM', 'GB'),
  IC: outside('ES-CN', 'ES'),
  EA: outside('ES-EA', 'ES'),
  AX: outside('FI-AX', 'FI'),
  ...Object.fromEntries(
    'GP MQ RE GF YT MF BL PM PF NC WF TF'
      .split(' ')
      .map((part) => [part, outside(`FR-${part}`, 'FR')]),
  ),
}

const ofCountry = (code: string): Territory =>
  dependencies[code] ?? (memberStates.has(code) ? inside(code, code) : outside(code, code))

/**
 * Where goods go, as VAT sees it. Use the delivery address.
 * @param countryCode what the shop says: ISO alpha-2 or alpha-3 in any case, `EL`, `UK`, `XI`, or a name in
 *   Dutch, English, French or German
 * @param postcode in any notation; '' when unknown: then the country as a whole, with `assumed` set where it matters
 * @returns null when there is no such country
 */
export const territoryOf = (countryCode: string, postcode: string): Territory | null => {
  const code = countryCodeOf(countryCode)
  if (code === null) return null
  const area = areaOf(code, postcode)
  if (area === 'unreadable') {
    return { ...ofCountry(code), assumed: postcodesMatter(code) ? 'no-postcode' : null }
  }
  if (area === null) return ofCountry(code)
  if (area.is === 'country') return ofCountry(area.code)
  return area.is === 'inside' ? inside(area.code, code) : outside(area.code, code)
}

/**
 * A territory by its code (`NL`, `XI`, `PT-30`, `FR-GP`, see Territory) or by anything territoryOf takes for
 * a country; then the country as a whole.
 */
export const territoryByCode = (text: string): Territory | null => {
  const code = text.trim().toUpperCase()
  const area = areaByCode.get(code)
  if (area !== undefined)
    return area.inEuVatArea ? inside(code, area.country) : outside(code, area.country)
  const dependency = Object.values(dependencies).find((each) => each.code === code)
  const territory = dependency ?? territoryOf(code, '')
  return territory && { ...territory, assumed: null }
}
