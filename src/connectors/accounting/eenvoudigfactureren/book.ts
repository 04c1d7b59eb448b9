import { amount } from '../../../money/amount.ts'
import { Trouble } from '../../../problems/reason.ts'
import type { Outcome } from '../../../problems/outcome.ts'
import type { Receipt } from '../../accounting.ts'
import { createInvoice, readInvoice, sendInvoice } from './api.ts'
import { sameText } from './fields.ts'
import { receiptOf } from './look-up.ts'
import type { WireInvoice } from './map.ts'
import type { Books } from './remote.ts'
import { notSent, warningOf } from './sending.ts'

/** What the books say about an invoice just made; only its id when they don't say it now. */
const readBack = async (books: Books, wire: WireInvoice, id: string): Promise<Receipt> => {
  const unread = { remoteId: id, remoteNumber: id, total: null }
  try {
    const row = await readInvoice(books, id)
    const isOurs = sameText(row.external_invoice_id ?? '', wire.body.external_invoice_id)
    return row.invoice_id === id && (isOurs || row.external_invoice_id === undefined)
      ? receiptOf(row)
      : unread
  } catch (error) {
    if (error instanceof Trouble) return unread
    throw error
  }
}

/**
 * Makes the invoice, reads it back, and has it sent when the merchant wants that.
 *
 * Sending is a second call that is not idempotent, so it is made at most once, here and nowhere else, and
 * only for an invoice that was seen to have the right total. Whatever goes wrong with it becomes a warning on
 * the receipt. When we die in between, or the answer to the create was lost, the booking is finished by
 * `find`, which never sends and always warns: nothing is sent twice, and nothing stays unsent in silence.
 */
export const create = async (books: Books, wire: WireInvoice): Promise<Outcome<Receipt>> => {
  const made = await createInvoice(books, wire.body)
  if (made.is !== 'done') return made
  const receipt = await readBack(books, wire, made.value)
  if (wire.sending === null) return { is: 'done', value: receipt }

  const number = receipt.remoteNumber
  const isRight = receipt.total?.equals(amount(wire.total)) === true
  const warning = isRight
    ? warningOf(await sendInvoice(books, made.value, wire.sending), number)
    : notSent(number)
  return { is: 'done', value: warning === null ? receipt : { ...receipt, warning } }
}
