import { reason, type Reason } from '../../../problems/reason.ts'
import type { Draft, DraftDebtor } from '../../../sale/draft.ts'
import type { BooksFacts, Debtor } from '../../accounting.ts'
import type { TaxType } from './arithmetic.ts'
import { countryIdFor } from './countries.ts'
import { clean, cut, lengthOf, system, tooLong } from './fields.ts'
import type { FactuursturenSettings } from './settings.ts'
import type { WireClient } from './wire.ts'

/** The properties of a debtor that decide how its invoices must be written. */
export interface DebtorTraits {
  taxType: TaxType
  taxShifted: boolean
  /** Percentage, as text. */
  standardDiscount: string
  /** ISO 4217; '' is the currency of the account. */
  currency: string
  /** Country id; '' when it is not known. */
  country: string
}

/** Traits as the contract carries them: texts only. */
const writeTraits = (traits: DebtorTraits): Debtor['traits'] => ({
  ...traits,
  taxShifted: String(traits.taxShifted),
})

/** @throws Error when these are not the traits of a Factuursturen debtor: that is a bug */
export const readTraits = (traits: Debtor['traits']): DebtorTraits => {
  const taxType = traits['taxType']
  if (taxType !== 'intax' && taxType !== 'extax') throw new Error('a debtor without tax type')
  return {
    taxType,
    taxShifted: traits['taxShifted'] === 'true',
    standardDiscount: traits['standardDiscount'] ?? '0',
    currency: traits['currency'] ?? '',
    country: traits['country'] ?? '',
  }
}

export const debtorOf = (client: WireClient): Debtor => ({
  id: client.clientnr,
  traits: writeTraits({
    taxType: client.tax_type,
    taxShifted: client.tax_shifted,
    standardDiscount: client.stddiscount.toString(),
    currency: client.currency,
    country: client.country,
  }),
})

/** The traits a new debtor gets: prices are read as this shop states them (manual, row tax_type). */
export const planDebtor = (draft: Draft, facts: BooksFacts<FactuursturenSettings>) =>
  writeTraits({
    taxType: draft.lines.some((line) => line.amountIncludesVat) ? 'intax' : 'extax',
    taxShifted: false,
    standardDiscount: '0',
    currency: '',
    country: countryIdFor(draft.debtor.address, facts.choices) ?? '',
  })

/** The body of POST /clients: the rows of the manual's field table, under the names of contract 2.2. */
export interface WireDebtor {
  contact: string
  showcontact: true
  company: string
  address: string
  zipcode: string
  city: string
  country: number
  phone: string
  mobile: string
  email: string
  bankcode: ''
  taxnumber: string
  tax_shifted: false
  sendmethod: 'mail' | 'email'
  paymentmethod: 'bank'
  mailintro: string
  reference: { line1: string; line2?: string }
  notes_on_invoice: false
  tax_type: TaxType
}

const lengths = {
  name: 50,
  zipcode: 7,
  phone: 13,
  email: 255,
  taxnumber: 18,
  mailintro: 128,
} as const

/** Ids of the countries where the greeting is Dutch: the Netherlands, Belgium. */
const dutchGreeting = new Set(['146', '18'])

/**
 * Seven characters hold every Dutch, Belgian and German postcode, and a British one without its blank. A
 * longer one (US ZIP+4, Portugal) goes before the city: the print is the same, no field is lost, and
 * `address_addon`, where it could also go, is not there on every account (contract 2.2).
 */
const placeOf = (postcode: string, city: string): { zipcode: string; city: string } => {
  const given = clean(postcode)
  const short = lengthOf(given) <= lengths.zipcode ? given : given.replaceAll(' ', '')
  if (lengthOf(short) <= lengths.zipcode) return { zipcode: short, city: cut(city, lengths.name) }
  return { zipcode: '', city: cut(`${given} ${city}`, lengths.name) }
}

/** Without separators when they don't fit; '' when it still does not fit: half a number is none. */
const phoneOf = (number: string): string => {
  const given = clean(number)
  if (lengthOf(given) <= lengths.phone) return given
  const digits = given.replace(/\(0\)/g, '').replace(/[^\d+]/g, '')
  return digits.length <= lengths.phone ? digits : ''
}

const nameOf = ({ buyer, address }: DraftDebtor): string =>
  clean(`${buyer.firstName} ${buyer.lastName}`) || clean(address.name)

/** A customer number of the shop can't become the client number (contract 2.2), so it is noted here. */
const referenceOf = (customerNumber: string, isDutch: boolean): WireDebtor['reference'] => ({
  line1: isDutch ? 'Bedankt voor uw bestelling' : 'Thank you for your order',
  ...(customerNumber !== '' && {
    line2: cut(`${isDutch ? 'Klantnummer' : 'Customer number'}: ${customerNumber}`, lengths.name),
  }),
})

/**
 * A new debtor in Factuursturen's words. Names and addresses that are too long are cut: what is left still
 * tells who and where. What would be useless when cut is refused.
 */
export const writeDebtor = (
  debtor: DraftDebtor,
  traits: DebtorTraits,
  sendInvoice: string,
): { is: 'written'; body: WireDebtor } | { is: 'refused'; reason: Reason } => {
  const { buyer, address } = debtor
  const email = clean(buyer.email)
  const spacedNumber = clean(buyer.vatNumber)
  const taxnumber =
    lengthOf(spacedNumber) > lengths.taxnumber ? spacedNumber.replace(/[\s.-]/g, '') : spacedNumber
  // Without an address for the search a lost answer could never be looked up.
  if (email === '') return { is: 'refused', reason: reason('EMAIL_MISSING') }
  if (lengthOf(email) > lengths.email) {
    return { is: 'refused', reason: tooLong('email', email, lengths.email) }
  }
  if (lengthOf(taxnumber) > lengths.taxnumber) {
    return { is: 'refused', reason: tooLong('taxnumber', taxnumber, lengths.taxnumber) }
  }
  if (traits.country === '') {
    return { is: 'refused', reason: reason('COUNTRY_UNKNOWN_TO_BOOKS', { system }) }
  }
  const name = nameOf(debtor)
  const isDutch = dutchGreeting.has(traits.country)
  return {
    is: 'written',
    body: {
      contact: cut(name, lengths.name),
      showcontact: true,
      company: cut(buyer.company || address.company, lengths.name),
      address: cut(address.street, lengths.name),
      ...placeOf(address.postcode, address.city),
      country: Number(traits.country),
      phone: phoneOf(buyer.phone),
      mobile: phoneOf(buyer.mobile),
      email,
      bankcode: '',
      taxnumber,
      tax_shifted: false,
      sendmethod: sendInvoice === 'email' ? 'email' : 'mail',
      paymentmethod: 'bank',
      mailintro: cut(`${isDutch ? 'Beste' : 'Dear'} ${name || buyer.company}`, lengths.mailintro),
      reference: referenceOf(clean(buyer.customerNumber), isDutch),
      notes_on_invoice: false,
      tax_type: traits.taxType,
    },
  }
}
