import type { Outcome } from '../../../problems/outcome.ts'
import { reason, type Reason } from '../../../problems/reason.ts'
import type { DraftDebtor } from '../../../sale/draft.ts'
import { readVatNumber } from '../../../vat/vat-number.ts'
import type { Debtor } from '../../accounting.ts'
import { splitStreet } from './address.ts'
import { create, type Books } from './api.ts'
import { clean, cut, lengthOf, system, tooLong } from './fields.ts'
import { debtorOf } from './relations.ts'
import type { InformerSettings } from './settings.ts'

/**
 * The body of POST /relation/: the rows of the manual's field table, and the other fields of the document,
 * which wants all of them to be there (contract §5).
 */
export interface WireDebtor {
  /** 0: Informer makes one. */
  relation_number: 0
  /** 0 company, 1 private. */
  relation_type: '0' | '1'
  company_name: string
  firstname: string
  surname_prefix: ''
  surname: string
  street: string
  house_number: string
  house_number_suffix: string
  zip: string
  city: string
  country: string
  phone_number: string
  fax_number: ''
  web: ''
  email: string
  email_invoice: string
  coc: string
  vat: string
  iban: ''
  bic: ''
  sales_invoice_template_id?: number
  payment_condition_id?: number
}

/** Not published; what text columns of such services commonly hold. */
const textMax = 255

const why = (refused: Reason) => ({ is: 'refused', reason: refused }) as const

/**
 * The enterprise number in a Belgian VAT number: the same ten digits, which are its address in Peppol
 * (contracts/vat.md §9); '' for any other number.
 */
const enterpriseNumberOf = (vat: string): string => {
  const number = readVatNumber(vat, '')
  return number.form === 'ok' && number.country === 'BE' ? number.number : ''
}

type Layout = Pick<InformerSettings, 'template' | 'paymentCondition'>

/** A new relation in Informer's words. With a company it is one, else a person (manual). */
export const writeDebtor = (
  { buyer, address }: DraftDebtor,
  { template, paymentCondition }: Layout,
): { is: 'written'; body: WireDebtor } | { is: 'refused'; reason: Reason } => {
  const email = clean(buyer.email)
  // Without an address to compare a lost answer could never be looked up.
  if (email === '') return why(reason('EMAIL_MISSING'))
  if (lengthOf(email) > textMax) return why(tooLong('email', email, textMax))
  const country = clean(address.countryCode).toUpperCase()
  if (!/^[A-Z]{2}$/.test(country)) return why(reason('COUNTRY_UNKNOWN_TO_BOOKS', { system }))
  const vat = clean(buyer.vatNumber)
    .replace(/[\s.-]/g, '')
    .toUpperCase()
  if (lengthOf(vat) > textMax) return why(tooLong('vat', vat, textMax))

  const company = cut(buyer.company || address.company, textMax)
  const firstname = cut(buyer.firstName, textMax)
  const lastName = cut(buyer.lastName, textMax)
  const isNameless = company === '' && firstname === '' && lastName === ''
  const { street, ...house } = splitStreet(address.street)
  return {
    is: 'written',
    body: {
      relation_number: 0,
      relation_type: company === '' ? '1' : '0',
      company_name: company,
      firstname,
      surname_prefix: '',
      // Somebody without any name is known by the one on the address, or by the e-mail address.
      surname: isNameless ? cut(address.name, textMax) || email : lastName,
      street: cut(street, textMax),
      ...house,
      zip: cut(address.postcode, textMax),
      city: cut(address.city, textMax),
      country,
      phone_number: cut(buyer.phone || buyer.mobile, textMax),
      fax_number: '',
      web: '',
      email,
      email_invoice: email,
      coc: cut(buyer.companyNumber, textMax) || enterpriseNumberOf(vat),
      vat,
      iban: '',
      bic: '',
      ...(template !== '' && { sales_invoice_template_id: Number(template) }),
      ...(paymentCondition !== '' && { payment_condition_id: Number(paymentCondition) }),
    },
  }
}

export const createDebtor = async (books: Books, debtor: DraftDebtor): Promise<Outcome<Debtor>> => {
  const written = writeDebtor(debtor, books.settings)
  if (written.is === 'refused') return written
  const outcome = await create(books, {
    path: '/v1/relation/',
    idName: 'id',
    body: written.body,
    refusal: 'DEBTOR_REFUSED',
  })
  return outcome.is === 'done' ? { is: 'done', value: debtorOf(outcome.value) } : outcome
}
