import { type Books } from './books.ts'
import { dayOf } from './calendar.ts'
import { createInvoice, finalise } from './invoices.ts'
import { isMembers, type Members, readText } from './members.ts'
import { createContact, createRelation } from './relations.ts'

function readObjects(value: unknown): Members[] {
  const list: unknown[] = Array.isArray(value) ? value : [value]
  return list.map((item) => {
    if (isMembers(item)) return item
    throw new Error('send one object or a list of objects')
  })
}

/** When it was last edited, if the body says so: an ISO moment. */
function editedAt(books: Books, fields: Members): Date {
  const given = readText(fields, 'last_edit')
  return given === '' ? books.now() : new Date(given)
}

/** Puts relations in the books, with the members of v1; what is missing is filled in. @returns their ids */
export const plantRelations = (books: Books, value: unknown): number[] =>
  readObjects(value).map(({ contacts, ...fields }) => {
    const filled = {
      relation_type: '1',
      firstname: 'Met',
      surname: 'de Hand',
      street: 'Havenweg',
      house_number: '1',
      zip: '3011 AB',
      city: 'Rotterdam',
      country: 'NL',
      ...fields,
    }
    const relation = createRelation(books, filled)
    for (const contact of contacts === undefined ? [] : readObjects(contacts)) {
      createContact(books, { ...contact, relation_id: relation.id })
    }
    relation.lastEdit = editedAt(books, fields)
    return relation.id
  })

/**
 * Puts invoices in the books, with the members of v1, `final` to give them a number, and `last_edit`; what is
 * missing is filled in. @returns their ids
 */
export const plantInvoices = (books: Books, value: unknown): number[] =>
  readObjects(value).map((fields) => {
    const { account } = books
    const [vat] = account.vat
    const line = { description: 'Hand', qty: 1, amount: 1, vat_id: vat?.id, ledger_id: 90010 }
    const filled = {
      invoice_date: dayOf(books.now()),
      vat_option: 'incl',
      payment_condition_id: account.paymentConditions[0]?.id,
      currency_id: account.currencies[0]?.id,
      template_id: account.templates[0]?.id,
      lines: [line],
      ...fields,
    }
    const invoice = createInvoice(books, filled, 'hand')
    if (fields['final'] === true) finalise(books, invoice)
    invoice.lastEdit = editedAt(books, fields)
    return invoice.id
  })
