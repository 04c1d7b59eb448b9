import {
  type Books,
  contactTexts,
  type Invoice,
  type Line,
  type Relation,
  relationTexts,
} from './books.ts'
import { addDays, dayOf } from './calendar.ts'
import { unit } from './decimal.ts'
import { totalsOf } from './invoices.ts'
import { mapOf, money, whole } from './reply.ts'

const pick = <K extends string>(from: Record<K, string>, names: readonly K[]) =>
  Object.fromEntries(names.map((name) => [name, from[name]]))

/** A relation as v1 writes it (contract §6). */
export const writeRelation = (books: Books, relation: Relation): unknown => ({
  relation_number: relation.relation_number,
  relation_type: whole(books, relation.relation_type),
  ...pick(relation, relationTexts),
  sales_invoice_template_id: whole(books, relation.sales_invoice_template_id),
  payment_condition_id: whole(books, relation.payment_condition_id),
  contacts: mapOf(books, relation.contacts, (contact) => pick(contact, contactTexts)),
})

const cents = (value: number) => (BigInt(value) * unit) / 100n

/** A line as v1 writes it; `tax` or `vat` is in dispute (contract §7). */
const writeLine = (books: Books, line: Line): unknown => ({
  info: whole(books, line.info ? 1 : 0),
  qty: money(books, line.qty),
  product_id: whole(books, line.productId),
  description: line.description,
  amount: money(books, line.amount),
  discount: money(books, line.discount),
  [`${books.switches.fieldNames}_id`]: whole(books, line.vatId),
  [`${books.switches.fieldNames}_percentage`]: money(books, line.percentage),
  ledger_account_id: whole(books, line.ledgerId),
  costs_id: whole(books, line.costsId),
})

/** An invoice as v1 writes it (contract §7). */
export function writeInvoice(books: Books, invoice: Invoice): unknown {
  const { fieldNames } = books.switches
  const totals = totalsOf(books, invoice)
  const expiry = addDays(invoice.date, invoice.days)
  return {
    relation_id: whole(books, invoice.relationId),
    contact_id: whole(books, 0),
    contact_name: invoice.contactName,
    template_id: whole(books, invoice.templateId),
    payment_condition_id: whole(books, invoice.paymentConditionId),
    number: invoice.number,
    date: invoice.date,
    expiry_days: whole(books, invoice.days),
    expiry_date: expiry,
    expired: whole(books, !invoice.concept && expiry < dayOf(books.now()) ? 1 : 0),
    [`total_price_excl_${fieldNames}`]: money(books, cents(totals.exclCents)),
    [`total_price_incl_${fieldNames}`]: money(books, cents(totals.inclCents)),
    [`${fieldNames}_option`]: invoice.vatOption,
    comment: invoice.comment,
    footer_text: invoice.footer,
    reference: invoice.reference,
    concept: whole(books, invoice.concept ? 1 : 0),
    reminder_status: whole(books, 0),
    last_reminder_date: '',
    attachments: mapOf(books, [], () => null),
    line: mapOf(books, invoice.lines, (line) => writeLine(books, line)),
  }
}
