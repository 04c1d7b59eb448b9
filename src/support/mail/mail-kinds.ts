import { knownAddress } from './kinds/known-address.ts'
import { passwordChanged } from './kinds/password-changed.ts'
import { passwordReset } from './kinds/password-reset.ts'
import { registration } from './kinds/registration.ts'
import { seatOffer } from './kinds/seat-offer.ts'

/** Every mail Doorvoer sends. A new kind is a file in `kinds/` and a line here. */
export const mailKinds = {
  registration,
  'known-address': knownAddress,
  'password-reset': passwordReset,
  'password-changed': passwordChanged,
  'seat-offer': seatOffer,
} as const

export type MailKindName = keyof typeof mailKinds
