import { usePasswordLink, makePasswordLink } from '../../merchants/password-links.ts'
import type { MerchantRoom } from '../../merchants/integrations.ts'
import { mayKnock, openAgain } from '../../merchants/knocks.ts'
import { userByEmail, type User } from '../../merchants/people.ts'
import type { SignIn } from '../../merchants/sign-in.ts'
import { newIdentifier } from '../../world/identifier.ts'
import { queueMail } from '../mail/queue-mail.ts'

const hours = 1

/** Sends the way to a new password to an address that has an account, and nothing to any other. */
export const sendPasswordLink = async (
  room: MerchantRoom,
  publicUrl: string,
  email: string,
): Promise<void> => {
  if (!(await mayKnock(room.db, room.clock, 'password-reset', email))) return
  await room.db.transaction().execute(async (trx) => {
    const user = await userByEmail(trx, email)
    if (user === null) return
    await queueMail(trx, room, {
      kind: 'password-reset',
      to: user.email,
      language: user.language,
      integrationId: null,
      onceKey: `password-reset:${newIdentifier(room.clock, room.random)}`,
      params: {
        name: user.name,
        passwordUrl: await makePasswordLink(trx, room, publicUrl, user.id, hours),
        hours,
      },
    })
  })
}

/** Writes the mail that tells of a changed password. */
const tellOfNewPassword = async (
  room: MerchantRoom,
  publicUrl: string,
  user: User,
): Promise<void> => {
  await queueMail(room.db, room, {
    kind: 'password-changed',
    to: user.email,
    language: user.language,
    integrationId: null,
    onceKey: `password-changed:${newIdentifier(room.clock, room.random)}`,
    params: { name: user.name, forgottenUrl: `${publicUrl}/forgotten` },
  })
}

/** Sets a password with a link, once. @returns the e-mail address to sign in with; null when it does not work */
export const setPasswordByLink = async (
  room: MerchantRoom & { signIn: SignIn },
  publicUrl: string,
  token: string,
  password: string,
): Promise<string | null> => {
  const email = await usePasswordLink(room, token, password)
  // Whoever others locked out by guessing gets in again by their mailbox.
  if (email !== null) await openAgain(room.db, 'wrong-password', email)
  const user = email === null ? null : await userByEmail(room.db, email)
  if (user !== null) await tellOfNewPassword(room, publicUrl, user)
  return email
}
