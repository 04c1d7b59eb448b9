import { type Books, type Invoice, type Line } from './books.ts'
import { dayOf } from './calendar.ts'
import { unit } from './decimal.ts'
import { isMembers, type Members, readDate, readDecimal, readId, readText } from './members.ts'
import { invalid, missing, notFound, Refusal } from './refusal.ts'
import { relationOf } from './relations.ts'
import { invoiceTotals, type Totals } from './totals.ts'

/** @throws Refusal when there is none */
export function invoiceOf(books: Books, id: number): Invoice {
  const found = books.invoices.find((invoice) => invoice.id === id)
  if (found === undefined) throw notFound('Sales invoice')
  return found
}

export const totalsOf = ({ switches }: Books, invoice: Invoice): Totals =>
  invoiceTotals(
    invoice.lines.filter(({ info }) => !info),
    invoice.vatOption,
    switches,
  )

/** An id that must be there and known. @throws Refusal */
function demandId(body: Members, name: string, known: readonly { id: number }[]): number {
  const id = readId(body, name)
  if (id === 0) throw missing(name)
  if (!known.some((each) => each.id === id)) throw invalid(name)
  return id
}

/** An id that may be left out or 0. @throws Refusal */
function optionalId(body: Members, name: string, known: readonly { id: number }[]): number {
  return readId(body, name) === 0 ? 0 : demandId(body, name, known)
}

/** @throws Refusal when the line is below zero in a way that the switch does not allow (contract §9) */
function checkSigns({ switches }: Books, { qty, amount }: Pick<Line, 'qty' | 'amount'>): void {
  if (switches.negatives === 'quantity' && amount < 0n) throw invalid('amount')
  if (switches.negatives === 'amount' && qty < 0n) throw invalid('qty')
}

function readLine(books: Books, value: unknown): Line {
  const { account, switches } = books
  // A list in a list is a bug of the sender (contract §7).
  if (!isMembers(value)) throw invalid('lines')
  const description = readText(value, 'description')
  if (description === '') throw missing('description')
  const base = { id: books.nextLineId, info: false, description }
  books.nextLineId += 1
  if (['1', 'true'].includes(String(value['info']))) {
    const none = { vatId: 0, percentage: 0n, ledgerId: 0, productId: 0, costsId: 0 }
    return { ...base, ...none, info: true, qty: 0n, amount: 0n, discount: 0n }
  }
  const qty = readDecimal(value, 'qty', 6)
  if (qty === null) throw missing('qty')
  if (switches.fractionalQuantity === 'refuse' && qty % unit !== 0n) throw invalid('qty')
  const amount = readDecimal(value, 'amount', 2)
  if (amount === null) throw missing('amount')
  checkSigns(books, { qty, amount })
  const discount = readDecimal(value, 'discount', 2) ?? 0n
  if (discount < 0n) throw invalid('discount')
  const sales = account.vat.filter(({ invoiceType }) => invoiceType === 1)
  const vatId = demandId(value, 'vat_id', sales)
  const open = account.ledgers.filter(({ blocked }) => !blocked)
  return {
    ...base,
    qty,
    amount,
    discount,
    vatId,
    percentage: sales.find(({ id }) => id === vatId)?.percentage ?? 0n,
    ledgerId: demandId(value, 'ledger_id', open),
    productId: optionalId(value, 'product_id', account.products),
    costsId: optionalId(value, 'costs_id', account.costs),
  }
}

/** Puts a draft in the books (contract §7). @throws Refusal */
export function createInvoice(books: Books, body: Members, origin: Invoice['origin']): Invoice {
  const { account } = books
  const relationId = readId(body, 'relation_id')
  if (relationId === 0) throw missing('relation_id')
  const relation = relationOf(books, relationId)
  const date = readDate(body, 'invoice_date')
  if (date === '') throw missing('invoice_date')
  const vatOption = readText(body, 'vat_option')
  if (vatOption === '') throw missing('vat_option')
  if (vatOption !== 'incl' && vatOption !== 'excl') throw invalid('vat_option')
  const paymentConditionId = demandId(body, 'payment_condition_id', account.paymentConditions)
  const currencyId = demandId(body, 'currency_id', account.currencies)
  const templates = account.templates.filter(({ type }) => type === 'sales_invoice')
  const templateId = demandId(body, 'template_id', templates)
  const { lines } = body
  if (!Array.isArray(lines) || lines.length === 0) throw missing('lines')

  const invoice: Invoice = {
    id: books.nextInvoiceId,
    relationId: relation.id,
    contactName: readText(body, 'contact_name'),
    reference: readText(body, 'reference'),
    date,
    paymentConditionId,
    days: account.paymentConditions.find(({ id }) => id === paymentConditionId)?.days ?? 0,
    currencyId,
    templateId,
    vatOption,
    comment: readText(body, 'comment'),
    footer: readText(body, 'footer'),
    lines: lines.map((line) => readLine(books, line)),
    concept: true,
    number: '',
    sent: [],
    lastEdit: books.now(),
    createdAt: books.now(),
    origin,
  }
  books.nextInvoiceId += 1
  books.invoices.push(invoice)
  return invoice
}

/** Gives a draft its number, and by switch the date of today (contract §0 point 6). */
export function finalise(books: Books, invoice: Invoice): void {
  if (!invoice.concept) return
  if (books.switches.dateOnSend === 'today') invoice.date = dayOf(books.now())
  const number = String(books.nextInvoiceNumber).padStart(4, '0')
  books.nextInvoiceNumber += 1
  Object.assign(invoice, {
    concept: false,
    number: `${invoice.date.slice(0, 4)}${number}`,
    lastEdit: books.now(),
  })
}

/** The call that finalises and maybe mails (contract §7). @throws Refusal */
export function sendInvoice(books: Books, body: Members): Invoice {
  const invoice = invoiceOf(books, readId(body, 'invoice_id'))
  const method = readText(body, 'method')
  if (method !== 'mark' && method !== 'email' && method !== 'peppol') throw invalid('method')
  const relation = relationOf(books, invoice.relationId)
  const email = readText(body, 'email_address') || relation.email_invoice || relation.email
  if (method === 'email' && email === '') throw missing('email_address')
  if (method === 'mark' && !invoice.concept) {
    throw new Refusal('invalid', 'Invoice has already been sent')
  }
  finalise(books, invoice)
  invoice.sent.push({ method, email: method === 'email' ? email : '' })
  return invoice
}
