import { territoryOf } from './territory.ts'
import { checkDigitOf, type CheckDigit } from './vat-number-check-digits.ts'
import { hasForm, padded, prefixOfCountry, splitPrefix } from './vat-number-forms.ts'

/** A VAT number as typed by a customer, read (contracts/vat.md §1.5, §2). */
export type VatNumber =
  | {
      form: 'ok'
      /** The prefix: that of VIES (`EL` for Greece, `XI`), or GB, CHE, NO, which VIES does not know. */
      country: string
      /** Without the prefix. The U of an Austrian number belongs to the number. */
      number: string
      /** Prefix and number, as to be stored and shown. */
      normalised: string
      /** `failed` is a warning: only VIES can say that the number does not exist. `none`: this form has no check digit. */
      checkDigit: CheckDigit
    }
  | { form: 'wrong'; why: WrongForm }

/**
 * - `empty`: nothing, or a word for nothing such as `n.v.t.`
 * - `doubled-prefix`: two prefixes in a row (`NL NL8186…`); dropping both would accept numbers that are wrong
 * - `unknown-country`: no prefix and no country to take it from, or the prefix of a country we know no numbers of
 * - `not-a-customer-number`: `EU…` and `IM…`, registrations for the one-stop shop
 * - `shape`: no number of that country looks like this, for instance a KvK number
 */
export type WrongForm =
  'empty' | 'doubled-prefix' | 'unknown-country' | 'not-a-customer-number' | 'shape'

const wrong = (why: WrongForm): VatNumber => ({ form: 'wrong', why })

/** What people type when they have none. */
const nothings = new Set('NVT NA NEE GEEN NONE NO NON NIHIL NULL KEINE AUCUN X XX XXX 0'.split(' '))

/** Words in front of the number: `BTW-nr. NL…`, `VAT123`, `TVA BE…`. No number starts like one of these. */
const label =
  /^(BTWIDENTIFICATIENUMMER|BTWIDNUMMER|BTWID|BTWNUMMER|BTWNR|BTW|VATNUMBER|VATID|VATNO|VATNR|VAT|TVA|USTIDNR|USTID|UST|MWSTNR|MWST|PIVA|IVA)+/

/** Longer texts were pasted by accident. */
const lengthMax = 200

/**
 * Reads a VAT number as customers type it: any case, spaces, dots, with or without prefix.
 * @param billingCountry the country of the invoice address, for numbers without prefix; any notation, may be ''
 */
export const readVatNumber = (text: string, billingCountry: string): VatNumber => {
  if (text.length > lengthMax) return wrong('shape')
  const bare = text
    .toUpperCase()
    .replace(/[^A-Z0-9+*]/g, '')
    .replace(label, '')
  if (bare === '' || nothings.has(bare)) return wrong('empty')
  if (/^(EU|IM)+\d/.test(bare)) return wrong('not-a-customer-number')

  const split = splitPrefix(bare)
  if (split !== null) return withPrefix(split.prefix, split.rest)

  const territory = territoryOf(billingCountry, '')
  const billing = territory && (territory.vatPrefix ?? prefixOfCountry(territory.countryCode))
  const number = billing === null ? '' : padded(billing, bare)
  if (billing !== null && hasForm(billing, number)) return read(billing, number)
  // Two letters in front are the prefix of some other country.
  const foreign = /^[A-Z]{2}\d/.test(bare)
  return wrong(billing === null || foreign ? 'unknown-country' : 'shape')
}

const withPrefix = (prefix: string, rest: string): VatNumber => {
  const number = padded(prefix, rest)
  // Asked first, because the key of a French number may look like a prefix.
  if (hasForm(prefix, number)) return read(prefix, number)
  // The U of Austria may be doubled along with its prefix: `ATU ATU…`.
  const behind = prefix === 'AT' ? rest.replace(/^U/, '') : rest
  return wrong(splitPrefix(behind) === null ? 'shape' : 'doubled-prefix')
}

const read = (prefix: string, number: string): VatNumber => ({
  form: 'ok',
  country: prefix,
  number,
  normalised: `${prefix}${number}`,
  checkDigit: checkDigitOf(prefix, number),
})
