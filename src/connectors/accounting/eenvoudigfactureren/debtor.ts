import { reason, type Reason } from '../../../problems/reason.ts'
import type { Draft, DraftDebtor } from '../../../sale/draft.ts'
import { countryCodeOf } from '../../../vat/country-names.ts'
import { readVatNumber } from '../../../vat/vat-number.ts'
import type { Debtor } from '../../accounting.ts'
import { clean, cut, lengthOf, system, tooLong } from './fields.ts'
import type { WireClient } from './wire.ts'

/** The properties of a debtor that matter to its invoices. */
export interface DebtorTraits {
  /** ISO 3166 alpha-2; '' when it is not known. */
  country: string
  /** Whether it has a VAT or enterprise number: whom Peppol can reach. */
  hasTaxCode: boolean
}

/** Traits as the contract carries them: texts only. */
const writeTraits = ({ country, hasTaxCode }: DebtorTraits): Debtor['traits'] => ({
  country,
  hasTaxCode: String(hasTaxCode),
})

export const readTraits = (traits: Debtor['traits']): DebtorTraits => ({
  country: traits['country'] ?? '',
  hasTaxCode: traits['hasTaxCode'] === 'true',
})

export const debtorOf = (client: WireClient): Debtor => ({
  id: client.client_id,
  traits: writeTraits({ country: client.country_code, hasTaxCode: client.tax_code !== '' }),
})

/** What shops use besides ISO 3166, and what that is there. */
const isoOf: Readonly<Record<string, string>> = { XI: 'GB', IC: 'ES', EA: 'ES' }

/** The country of the address; that of the delivery when the address names none; '' when nobody knows it. */
const countryOf = ({ debtor, destination }: Draft): string => {
  const { countryCode, countryName } = debtor.address
  const stated = clean(countryCode) || clean(countryName)
  const code = countryCodeOf(stated || destination)
  return code === null ? '' : (isoOf[code] ?? code)
}

/** `BE 0468.561.072`: how the vendor writes Belgian numbers (contract 2.1). */
const dotted = (ten: string): string => `${ten.slice(0, 4)}.${ten.slice(4, 7)}.${ten.slice(7)}`

/**
 * The VAT number; for a Belgian business that gives none its enterprise number, without the BE of a VAT
 * number: the same ten digits, which are its address in Peppol (contracts/vat.md §9). What does not look like
 * a VAT number goes as it was typed: a person will see it.
 */
const taxCodeOf = ({ buyer }: DraftDebtor, country: string): string => {
  const read = readVatNumber(buyer.vatNumber, country)
  if (read.form === 'ok') {
    return read.country === 'BE' ? `BE ${dotted(read.number)}` : read.normalised
  }
  if (read.why !== 'empty') return clean(buyer.vatNumber)
  const digits = buyer.companyNumber.replace(/\D/g, '')
  if (country !== 'BE' || !/^\d{9,10}$/.test(digits)) return ''
  return dotted(digits.padStart(10, '0'))
}

export const planDebtor = (draft: Draft): Debtor['traits'] => {
  const country = countryOf(draft)
  return writeTraits({ country, hasTaxCode: taxCodeOf(draft.debtor, country) !== '' })
}

/** The body of POST /clients: the rows of the manual's field table, under the names of contract 2.1. */
export interface WireDebtor {
  name: string
  attention: string
  street: string
  postal_code: string
  city: string
  country_code: string
  tax_code: string
  email_address: string
  phone_number: string
  contacts: [{ contact_name: string; email_address: string; phone_number: string }]
}

const lengths = {
  name: 75,
  attention: 100,
  street: 150,
  postcode: 10,
  city: 50,
  taxCode: 75,
  email: 125,
} as const

/** The maximum is unknown (contract 2.1); this is what an international number needs (E.164 and a plus). */
const phoneMax = 16

/** Without separators when they don't fit; '' when it still does not fit: half a number is none. */
const phoneOf = (number: string): string => {
  const given = clean(number)
  if (lengthOf(given) <= phoneMax) return given
  const digits = given.replace(/\(0\)/g, '').replace(/[^\d+]/g, '')
  return digits.length <= phoneMax ? digits : ''
}

/** A postcode that does not fit loses its blanks, then goes before the city: the print is the same. */
const placeOf = (postcode: string, city: string): { postal_code: string; city: string } => {
  const given = clean(postcode)
  const short = lengthOf(given) <= lengths.postcode ? given : given.replaceAll(' ', '')
  if (lengthOf(short) <= lengths.postcode)
    return { postal_code: short, city: cut(city, lengths.city) }
  return { postal_code: '', city: cut(`${given} ${city}`, lengths.city) }
}

/**
 * A new debtor in EenvoudigFactureren's words. Names and addresses that are too long are cut, for the remote
 * refuses them: what is left still tells who and where. What would be useless when cut is refused.
 */
export const writeDebtor = (
  debtor: DraftDebtor,
  { country }: DebtorTraits,
): { is: 'written'; body: WireDebtor } | { is: 'refused'; reason: Reason } => {
  const { buyer, address } = debtor
  const email = clean(buyer.email)
  const taxCode = taxCodeOf(debtor, country)
  // Without an address for the search a lost answer could never be looked up.
  if (email === '') return { is: 'refused', reason: reason('EMAIL_MISSING') }
  if (lengthOf(email) > lengths.email) {
    return { is: 'refused', reason: tooLong('email_address', email, lengths.email) }
  }
  if (lengthOf(taxCode) > lengths.taxCode) {
    return { is: 'refused', reason: tooLong('tax_code', taxCode, lengths.taxCode) }
  }
  // Peppol refuses what it can't read the country of (contracts/vat.md §5.3).
  if (country === '') {
    return { is: 'refused', reason: reason('COUNTRY_UNKNOWN_TO_BOOKS', { system }) }
  }
  const company = clean(buyer.company) || clean(address.company)
  const person = clean(`${buyer.firstName} ${buyer.lastName}`) || clean(address.name)
  const phone = phoneOf(buyer.phone) || phoneOf(buyer.mobile)
  const name = cut(company || person || email, lengths.name)
  return {
    is: 'written',
    body: {
      name,
      attention: company === '' ? '' : cut(person, lengths.attention),
      street: cut(address.street, lengths.street),
      ...placeOf(address.postcode, address.city),
      country_code: country,
      tax_code: taxCode,
      email_address: email,
      phone_number: phone,
      contacts: [
        {
          contact_name: cut(person, lengths.name) || name,
          email_address: email,
          phone_number: phone,
        },
      ],
    },
  }
}
