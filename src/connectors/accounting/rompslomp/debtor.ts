import type { Outcome } from '../../../problems/outcome.ts'
import { reason, type Reason } from '../../../problems/reason.ts'
import type { DraftDebtor } from '../../../sale/draft.ts'
import type { Debtor, DebtorMatch } from '../../accounting.ts'
import { createIn, listIn, readIn, type Books } from './api.ts'
import { clean, cut, lengthOf, tooLong } from './fields.ts'
import { wireContact, type WireContact } from './wire.ts'

/** The body of POST /contacts: the rows of the manual's field table. */
export interface WireDebtor {
  is_individual: boolean
  address: string
  zipcode: string
  city: string
  country_code?: string
  kvk_number: string
  vat_number: string
  contact_person_name: string
  contact_person_email_address: string
  phone: string
  company_name: string
}

/** Not published; what text columns of such services commonly hold. */
const textMax = 255

/** Nothing of a contact changes how an invoice must be written: prices are always excl. VAT. */
const debtorOf = ({ id }: { id: string }): Debtor => ({ id, traits: {} })

/** A new contact in Rompslomp's words. With a company it is one, else a person (manual). */
export const writeDebtor = ({
  buyer,
  address,
}: DraftDebtor): { is: 'written'; body: WireDebtor } | { is: 'refused'; reason: Reason } => {
  const email = clean(buyer.email)
  // Without an address for the search a lost answer could never be looked up.
  if (email === '') return { is: 'refused', reason: reason('EMAIL_MISSING') }
  if (lengthOf(email) > textMax) {
    return { is: 'refused', reason: tooLong('email', email, textMax) }
  }
  const vatNumber = clean(buyer.vatNumber)
  if (lengthOf(vatNumber) > textMax) {
    return { is: 'refused', reason: tooLong('vat_number', vatNumber, textMax) }
  }
  const company = cut(buyer.company || address.company, textMax)
  const name = cut(`${buyer.firstName} ${buyer.lastName}`, textMax) || cut(address.name, textMax)
  const country = clean(address.countryCode).toUpperCase()
  return {
    is: 'written',
    body: {
      is_individual: company === '',
      address: cut(address.street, textMax),
      zipcode: cut(address.postcode, textMax),
      city: cut(address.city, textMax),
      ...(country !== '' && { country_code: country }),
      kvk_number: cut(buyer.companyNumber, textMax),
      vat_number: vatNumber,
      // A person must have a name (contract §7).
      contact_person_name: name || (company === '' ? email : ''),
      contact_person_email_address: email,
      phone: cut(buyer.phone || buyer.mobile, textMax),
      company_name: company,
    },
  }
}

export const createDebtor = async (books: Books, debtor: DraftDebtor): Promise<Outcome<Debtor>> => {
  const written = writeDebtor(debtor)
  if (written.is === 'refused') return written
  const outcome = await createIn(books, {
    path: 'contacts',
    name: 'contact',
    body: written.body,
    item: wireContact,
    refusal: 'DEBTOR_REFUSED',
  })
  return outcome.is === 'done' ? { is: 'done', value: debtorOf(outcome.value) } : outcome
}

/** The oldest one who is not a supplier; of only suppliers the oldest: a new contact would be a double. */
const byFit = (one: WireContact, other: WireContact): number =>
  Number(one.is_supplier) - Number(other.is_supplier) || Number(one.id) - Number(other.id)

/**
 * The exact search may be case-sensitive (contract §7), so the address is asked as it is, in lower case, and
 * then of the loose search, which looks through addresses too. Answers are always compared here.
 */
export const findDebtor = async (books: Books, email: string): Promise<DebtorMatch> => {
  const asked = clean(email)
  const wanted = asked.toLowerCase()
  if (wanted === '') return { is: 'none' }
  const exact = 'search[contact_person_email_address]'
  const searches = new Map([
    [`${exact} ${asked}`, [exact, asked]],
    [`${exact} ${wanted}`, [exact, wanted]],
    ['q', ['search[q]', wanted]],
  ] as const)
  for (const query of searches.values()) {
    const { items } = await listIn(books, {
      path: 'contacts',
      query: [query],
      name: 'contacts',
      item: wireContact,
    })
    const [chosen] = items
      .filter((contact) => contact.contact_person_email_address?.trim().toLowerCase() === wanted)
      .sort(byFit)
    if (chosen !== undefined) return { is: 'found', debtor: debtorOf(chosen) }
  }
  return { is: 'none' }
}

/** The contact with this id; none when it was deleted. */
export const readDebtor = async (books: Books, id: string): Promise<DebtorMatch> => {
  const asked = id.trim()
  if (!/^\d{1,15}$/.test(asked)) return { is: 'none' }
  const contact = await readIn(books, `contacts/${asked}`, 'contact', wireContact)
  return contact === null ? { is: 'none' } : { is: 'found', debtor: debtorOf(contact) }
}
