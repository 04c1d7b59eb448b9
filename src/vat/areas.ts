/**
 * Parts of countries that VAT treats differently, by postcode (contracts/vat.md §4). Each pattern is matched
 * against the postcode without its country prefix, spaces and punctuation.
 */
export type Area =
  /** Treated as that country or dependency: French 98000 is Monaco. */
  | { is: 'country'; code: string }
  /** Part of the EU VAT area, with rates of its own. */
  | { is: 'inside'; code: string }
  /** Not part of the EU VAT area. */
  | { is: 'outside'; code: string }

type Rule = readonly [pattern: RegExp, area: Area]

const country = (pattern: RegExp, code: string): Rule => [pattern, { is: 'country', code }]
const inside = (pattern: RegExp, code: string): Rule => [pattern, { is: 'inside', code }]
const outside = (pattern: RegExp, code: string): Rule => [pattern, { is: 'outside', code }]

interface Postcodes {
  /** What any postcode of the country looks like; anything else says nothing about the place. */
  form: RegExp
  /** The first that matches decides; none: the country as a whole. */
  rules: readonly Rule[]
}

const fiveDigits = /^\d{5}$/

const postcodes: Readonly<Record<string, Postcodes>> = {
  ES: { form: fiveDigits, rules: [outside(/^(35|38)/, 'ES-CN'), outside(/^5[12]/, 'ES-EA')] },
  FI: { form: fiveDigits, rules: [outside(/^22/, 'FI-AX')] },
  GR: {
    form: fiveDigits,
    rules: [
      outside(/^6308[67]$/, 'GR-69'),
      // Lesbos and Lemnos, Chios, Samos and Ikaria, Kos, Leros.
      inside(/^(81|82|83|853|854)/, 'GR-AEGEAN'),
    ],
  },
  IT: {
    form: fiveDigits,
    rules: [
      // The old codes 23030 and 22060 are shared with towns that stayed inside, so they decide nothing.
      outside(/^23041$/, 'IT-LIVIGNO'),
      outside(/^22061$/, 'IT-CAMPIONE'),
      country(/^4789/, 'SM'),
      country(/^00120$/, 'VA'),
    ],
  },
  DE: {
    form: fiveDigits,
    rules: [outside(/^78266$/, 'DE-BUESINGEN'), outside(/^27498$/, 'DE-HELGOLAND')],
  },
  FR: {
    form: fiveDigits,
    rules: [
      inside(/^20/, 'FR-20R'),
      country(/^980/, 'MC'),
      country(/^97150$|^978/, 'MF'),
      country(/^97133$|^977/, 'BL'),
      country(/^971/, 'GP'),
      country(/^972/, 'MQ'),
      country(/^973/, 'GF'),
      country(/^974/, 'RE'),
      country(/^975/, 'PM'),
      country(/^976/, 'YT'),
      country(/^984/, 'TF'),
      country(/^986/, 'WF'),
      country(/^987/, 'PF'),
      country(/^988/, 'NC'),
    ],
  },
  PT: {
    form: /^\d{4}(\d{3})?$/,
    rules: [inside(/^9[0-4]/, 'PT-30'), inside(/^9[5-9]/, 'PT-20')],
  },
  AT: {
    form: /^\d{4}$/,
    rules: [inside(/^6691$/, 'AT-JUNGHOLZ'), inside(/^699[123]$/, 'AT-MITTELBERG')],
  },
  GB: {
    form: /^[A-Z]{1,2}\d|^BFPO\d/,
    rules: [
      country(/^BT\d/, 'XI'),
      country(/^IM\d/, 'IM'),
      country(/^JE\d/, 'JE'),
      country(/^GY\d/, 'GG'),
      country(/^GX\d/, 'GI'),
      // The British bases Akrotiri and Dhekelia count as Cyprus.
      country(/^BFPO5[789]$/, 'CY'),
    ],
  },
  DK: { form: /^\d{3,4}$/, rules: [country(/^39\d\d$/, 'GL')] },
  // Only the Turkish-Cypriot post office has five digits, 99xxx; the Republic's codes have four.
  CY: { form: /^\d{4,5}$/, rules: [outside(/^99\d{3}$/, 'CY-NORTH')] },
}

/** Country prefixes that people write before a postcode: `D-27498`, `FI-22100`, `AX-22100`. */
const prefix = /^(A|AT|AX|CY|D|DE|DK|E|ES|F|FI|FIN|FR|GL|GR|EL|I|IT|P|PT|SM|V|VA)[\s-]*(?=\d)/

/** Whether parts of this country (ISO alpha-2) are told apart by postcode. */
export const postcodesMatter = (countryCode: string): boolean => countryCode in postcodes

/**
 * The part of a country that a postcode lies in.
 * @returns null for the country as a whole; `unreadable` when the postcode is missing or is none of that country
 */
export const areaOf = (countryCode: string, postcode: string): Area | null | 'unreadable' => {
  const known = postcodes[countryCode]
  if (known === undefined) return null
  const text = postcode.trim().toUpperCase()
  const bare = countryCode === 'GB' ? text : text.replace(prefix, '')
  const code = bare.replace(/[^A-Z0-9]/g, '')
  if (!known.form.test(code)) return 'unreadable'
  return known.rules.find(([pattern]) => pattern.test(code))?.[1] ?? null
}

/** The parts of countries that have a code of their own here, by that code. */
export const areaByCode: ReadonlyMap<
  string,
  Readonly<{ country: string; inEuVatArea: boolean }>
> = new Map(
  Object.entries(postcodes).flatMap(([country, { rules }]) =>
    rules
      .filter(([, area]) => area.is !== 'country')
      .map(([, area]) => [area.code, { country, inEuVatArea: area.is === 'inside' }] as const),
  ),
)
