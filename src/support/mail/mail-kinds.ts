import { connectionRed } from './kinds/connection-red.ts'
import { digest } from './kinds/digest.ts'
import { installFinished } from './kinds/install-finished.ts'
import { integrationStopped } from './kinds/integration-stopped.ts'
import { licenceStep } from './kinds/licence-step.ts'
import { moneyBack } from './kinds/money-back.ts'
import { operatorAlarms } from './kinds/operator-alarms.ts'
import { paymentReceived } from './kinds/payment-received.ts'
import { registration } from './kinds/registration.ts'
import { serviceOffer } from './kinds/service-offer.ts'
import { ticketAnswer } from './kinds/ticket-answer.ts'
import { ticketAsked } from './kinds/ticket-asked.ts'

/** Every mail Doorvoer sends. A new kind is a file in `kinds/` and a line here. */
export const mailKinds = {
  registration,
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
