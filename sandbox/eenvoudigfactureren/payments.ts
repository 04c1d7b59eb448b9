import { created, type Reply } from './answer.ts'
import { type Books, nextId, today } from './books.ts'
import { toCents } from './decimal.ts'
import { paidCents, uriOf, wireId } from './encode.ts'
import { type Fields, readDate, readNumber, readObjects, readText, readYes } from './fields.ts'
import { type Invoice, type Payment } from './invoice.ts'
import { Refusal } from './refusal.ts'

const methods = 'transfer cash debitcard creditcard directcollection online bancontact ideal'.split(
  ' ',
)

/**
 * The payments inside a new invoice (contract 3.5).
 * @param open what is still to be paid, in cents
 * @throws Refusal
 */
export function readPayments(fields: Fields, open: bigint, books: Books): Payment[] {
  const payments: Payment[] = []
  let left = open
  for (const each of readObjects(fields, 'payments')) {
    const payment = readPayment(each, left, books)
    left -= payment.cents
    payments.push(payment)
  }
  return payments
}

/** POST /invoices/{id}/payments: twice makes two payments (contract 3.5). */
export function pay(books: Books, invoice: Invoice, fields: Fields): Reply {
  const payment = readPayment(fields, invoice.totals.total - paidCents(invoice), books)
  const payments = [...invoice.payments, payment]
  books.invoices.set(invoice.invoiceId, { ...invoice, payments })
  const uri = uriOf(`invoices/${invoice.invoiceId}/payments/${payment.paymentId}`)
  return created('payment', 'payment_id', wireId(payment.paymentId, books), uri)
}

function readPayment(fields: Fields, open: bigint, books: Books): Payment {
  const isRest = readYes(fields, 'remaining_amount', false)
  const amount = readNumber(fields, 'amount')
  if (!isRest && amount === undefined) throw new Refusal('amount is required')
  const cents = isRest ? open : toCents(amount ?? 0n)
  if (cents === 0n && ['payments', 'both'].includes(books.switches.zeroAmount)) {
    throw new Refusal('amount can not be 0.00')
  }
  const method = readText(fields, 'method')
  if (method !== '' && !methods.includes(method)) throw new Refusal('method unknown')
  return {
    paymentId: nextId(books),
    date: readDate(fields, 'date', today(books)),
    cents,
    description: readText(fields, 'description'),
    method,
  }
}
