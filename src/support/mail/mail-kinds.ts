import { confirmAddress } from './kinds/confirm-address.ts'
import { connectionRed } from './kinds/connection-red.ts'
import { digest } from './kinds/digest.ts'
import { installFinished } from './kinds/install-finished.ts'
import { integrationStopped } from './kinds/integration-stopped.ts'
import { knownAddress } from './kinds/known-address.ts'
import { licenceStep } from './kinds/licence-step.ts'
import { moneyBack } from './kinds/money-back.ts'
import { operatorAlarms } from './kinds/operator-alarms.ts'
import { passwordChanged } from './kinds/password-changed.ts'
import { passwordReset } from './kinds/password-reset.ts'
import { paymentReceived } from './kinds/payment-received.ts'
import { registration } from './kinds/registration.ts'
import { seatOffer } from './kinds/seat-offer.ts'
import { serviceOffer } from './kinds/service-offer.ts'
import { ticketAnswer } from './kinds/ticket-answer.ts'
import { ticketAsked } from './kinds/ticket-asked.ts'

/** Every mail Doorvoer sends. A new kind is a file in `kinds/` and a line here. */
export const mailKinds = {
  registration,
  'known-address': knownAddress,
  'password-reset': passwordReset,
  'password-changed': passwordChanged,
  'seat-offer': seatOffer,
  'confirm-address': confirmAddress,
  'install-finished': installFinished,
  'licence-step': licenceStep,
  'service-offer': serviceOffer,
  'payment-received': paymentReceived,
  'money-back': moneyBack,
  'connection-red': connectionRed,
  'integration-stopped': integrationStopped,
  'ticket-asked': ticketAsked,
  'ticket-answer': ticketAnswer,
  'operator-alarms': operatorAlarms,
  digest,
} as const

export type MailKindName = keyof typeof mailKinds
