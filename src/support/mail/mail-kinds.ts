import { operatorAlarms } from './kinds/operator-alarms.ts'
import { registration } from './kinds/registration.ts'
import { ticketAnswer } from './kinds/ticket-answer.ts'
import { ticketAsked } from './kinds/ticket-asked.ts'

/** Every mail Doorvoer sends. A new kind is a file in `kinds/` and a line here. */
export const mailKinds = {
  operatorAlarms,
  registration,
  ticketAnswer,
  ticketAsked,
} as const

export type MailKindName = keyof typeof mailKinds
