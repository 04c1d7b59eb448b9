import { knownAddress } from './kinds/known-address.ts'
import { passwordChanged } from './kinds/password-changed.ts'
import { passwordReset } from './kinds/password-reset.ts'
import { registration } from './kinds/registration.ts'
import { seatOffer } from './kinds/seat-offer.ts'
import { operatorAlarms } from './kinds/operator-alarms.ts'
import { ticketAnswer } from './kinds/ticket-answer.ts'
import { ticketAsked } from './kinds/ticket-asked.ts'

/** Every mail Doorvoer sends. A new kind is a file in `kinds/` and a line here. */
export const mailKinds = {
  operatorAlarms,
  registration,
  'known-address': knownAddress,
  'password-reset': passwordReset,
  'password-changed': passwordChanged,
  'seat-offer': seatOffer,
  ticketAnswer,
  ticketAsked,
} as const

export type MailKindName = keyof typeof mailKinds
