import { reason, type Reason } from '../../../problems/reason.ts'
import type { Outcome } from '../../../problems/outcome.ts'
import { system } from './fields.ts'

/** The call that sends an invoice, below it (contract 3.6, as the vendor's own plugin does it). */
export type Sending =
  | { path: 'sendemail'; body: { recipient: 'main_contact' } }
  | {
      path: 'send'
      body: { methods: { peppol: []; email: { recipient: 'main_contact' } } }
    }

/** How an invoice leaves under a setting; null when it stays. Peppol is for who has a VAT number. */
export const sendingOf = (setting: string, hasTaxCode: boolean): Sending | null => {
  const recipient = 'main_contact'
  if (setting === 'peppol' && hasTaxCode) {
    return { path: 'send', body: { methods: { peppol: [], email: { recipient } } } }
  }
  return setting === 'no' ? null : { path: 'sendemail', body: { recipient } }
}

export const notSent = (number: string): Reason => reason('INVOICE_NOT_SENT', { system, number })

export const sendingUnknown = (number: string): Reason =>
  reason('INVOICE_SENDING_UNKNOWN', { system, number })

/** What a person must be told about an attempt to send; null when it went well. */
export const warningOf = (outcome: Outcome<true>, number: string): Reason | null => {
  if (outcome.is === 'done') return null
  return outcome.is === 'uncertain' ? sendingUnknown(number) : notSent(number)
}
