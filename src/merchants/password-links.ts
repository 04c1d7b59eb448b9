import type { Kysely } from 'kysely'
import type { Tables } from '../database/schema.ts'
import { later, type Clock } from '../world/clock.ts'
import type { Random } from '../world/random.ts'
import { hashOf, newSecret } from '../world/secret.ts'
import type { SignIn } from './sign-in.ts'

interface LinkRoom {
  clock: Clock
  random: Random
}

/** The page that the link opens. The token is behind the #, so that no server and no log ever sees it. */
const addressOf = (publicUrl: string, token: string): string => `${publicUrl}/password#${token}`

/**
 * Makes a token with which this user sets a password, once.
 * @param hours how long it works
 */
export const makePasswordToken = async (
  db: Kysely<Tables>,
  { clock, random }: LinkRoom,
  userId: string,
  hours: number,
): Promise<string> => {
  const token = newSecret(random)
  // Links that nobody used are swept up by the next one that is made.
  await db.deleteFrom('passwordLinks').where('expiresAt', '<', clock.now()).execute()
  await db
    .insertInto('passwordLinks')
    .values({
      tokenHash: hashOf(token),
      userId,
      expiresAt: later(clock.now(), hours * 3_600_000),
    })
    .execute()
  return token
}

/**
 * Makes a link with which this user sets a password, once.
 * @param hours how long it works
 */
export const makePasswordLink = async (
  db: Kysely<Tables>,
  room: LinkRoom,
  publicUrl: string,
  userId: string,
  hours: number,
): Promise<string> => addressOf(publicUrl, await makePasswordToken(db, room, userId, hours))

/** Sets a user's password and ends every session that the old one opened. */
const setPassword = async (signIn: SignIn, userId: string, password: string): Promise<void> => {
  const { internalAdapter, password: hashing } = await signIn.$context
  const hash = await hashing.hash(password)
  const account = await internalAdapter.findCredentialAccount(userId)
  if (account) await internalAdapter.updatePassword(userId, hash)
  else {
    await internalAdapter.linkAccount({
      userId,
      providerId: 'credential',
      accountId: userId,
      password: hash,
    })
  }
  await internalAdapter.deleteUserSessions(userId)
}

/**
 * Uses a link up. Whoever comes second with the same one finds nothing.
 * @returns the e-mail address that signs in with the new password; null when the link does not work (any more)
 */
export const usePasswordLink = async (
  { db, clock, signIn }: { db: Kysely<Tables>; clock: Clock; signIn: SignIn },
  token: string,
  password: string,
): Promise<string | null> => {
  const used = await db
    .deleteFrom('passwordLinks')
    .where('tokenHash', '=', hashOf(token))
    .returning(['userId', 'expiresAt'])
    .executeTakeFirst()
  if (used === undefined || used.expiresAt < clock.now()) return null
  const { internalAdapter } = await signIn.$context
  const user = await internalAdapter.findUserById(used.userId)
  if (!user) return null
  await setPassword(signIn, used.userId, password)
  // One that was asked for twice must not work a second time.
  await db.deleteFrom('passwordLinks').where('userId', '=', used.userId).execute()
  return user.email
}
