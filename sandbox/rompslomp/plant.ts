import { type Company } from './account.ts'
import { type Books, ledgersOf } from './books.ts'
import { createContact } from './contacts.ts'
import { type InvoiceRoom } from './invoice-read.ts'
import { plantInvoice } from './invoices.ts'
import { isMembers, type Members } from './members.ts'

function readObjects(value: unknown): Members[] {
  const list: unknown[] = Array.isArray(value) ? value : [value]
  return list.map((item) => {
    if (isMembers(item)) return item
    throw new Error('send one object or a list of objects')
  })
}

/** The administration that `company_id` names, else the first; and the other members. */
function roomOf(books: Books, fields: Members): { room: InvoiceRoom; rest: Members } {
  const { company_id: id, ...rest } = fields
  const { companies } = books.account
  const company: Company | undefined =
    id === undefined ? companies[0] : companies.find((each) => each.id === id)
  if (company === undefined) throw new Error('no such company')
  // A person who plants is not held to the limits of a plan, only to what a record must have.
  const calm = { ...books, switches: { ...books.switches, quotaReached: false } }
  const room = { books: calm, company, ledgers: ledgersOf(books, company) }
  return { room, rest }
}

function plant<T>(books: Books, value: unknown, put: (room: InvoiceRoom, fields: Members) => T) {
  return readObjects(value).map((fields) => {
    const { room, rest } = roomOf(books, fields)
    const made = put(room, rest)
    books.nextId = room.books.nextId
    return made
  })
}

/** Puts contacts in the books, with the members of the API; a name is filled in. @returns their ids */
export const plantContacts = (books: Books, value: unknown): number[] =>
  plant(books, value, ({ books: room, ledgers }, fields) => {
    const named = { is_individual: true, contact_person_name: 'Met de hand', ...fields }
    return createContact(room, ledgers, named).id
  })

/**
 * Puts invoices in the books, with the members of the API and `invoice_number`. An api_reference may be
 * there twice: two creates at one moment may both pass in real life (contract §10). @returns their ids
 */
export const plantInvoices = (books: Books, value: unknown): number[] =>
  plant(books, value, (room, fields) => plantInvoice(room, fields).id)
