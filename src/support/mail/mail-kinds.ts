import { registration } from './kinds/registration.ts'

/** Every mail Doorvoer sends. A new kind is a file in `kinds/` and a line here. */
export const mailKinds = {
  registration,
} as const

export type MailKindName = keyof typeof mailKinds
