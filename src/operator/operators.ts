import { sql } from 'kysely'
import type pg from 'pg'
import type { Database } from '../database/connect.ts'
import { makePasswordToken } from '../merchants/password-links.ts'
import type { SignIn } from '../merchants/sign-in.ts'
import { writeLog, type LogRoom } from './log.ts'

export interface Operator {
  userId: string
  name: string
  email: string
  language: 'nl' | 'en'
}

/** Whether a user is an operator of this installation, apart from any seat at a merchant. */
export const isOperator = async (db: Database, userId: string): Promise<boolean> => {
  const row = await db
    .selectFrom('operators')
    .select('userId')
    .where('userId', '=', userId)
    .where('removedAt', 'is', null)
    .executeTakeFirst()
  return row !== undefined
}

export const listOperators = async (db: Database): Promise<Operator[]> => {
  const found = await sql<Operator>`
    select o.user_id, u.name, u.email, case when u.language = 'en' then 'en' else 'nl' end as language
    from operators o join "user" u on u.id = o.user_id
    where o.removed_at is null order by u.email`.execute(db)
  return found.rows
}

export interface OperatorRoom extends LogRoom {
  pool: pg.Pool
  signIn: SignIn
}

/** How long the link works that sets the first password. */
export const linkHours = 24

/** The machine's own hand: whoever can run a command on it. */
const commandLine = { userId: 'command-line', name: 'command line' }

/**
 * Makes somebody an operator. Who is new gets a token that sets their password, once; who has an account
 * already keeps the password they have.
 * @returns the token, or null when the account was there
 */
export const addOperator = async (
  room: OperatorRoom,
  wanted: { email: string; name: string; language: 'nl' | 'en' },
): Promise<{ token: string | null }> => {
  const { db, clock, signIn } = room
  const { internalAdapter } = await signIn.$context
  const email = wanted.email.trim().toLowerCase()
  const known = await internalAdapter.findUserByEmail(email, { includeAccounts: true })
  const user =
    known?.user ??
    (await internalAdapter.createUser(
      { name: wanted.name, email, emailVerified: true, language: wanted.language },
      { method: 'email-password' },
    ))
  const now = clock.now()
  await db
    .insertInto('operators')
    .values({ userId: user.id, addedAt: now, removedAt: null })
    .onConflict((conflict) => conflict.column('userId').doUpdateSet({ removedAt: null }))
    .execute()
  await writeLog(room, commandLine, { deed: 'operator-added', params: { operator: user.id } })
  if (known !== null && known.accounts.some(({ password }) => password != null)) {
    return { token: null }
  }
  return { token: await makePasswordToken(db, room, user.id, linkHours) }
}

/** Takes the console away from somebody; their sessions end at once. @returns false: was no operator */
export const removeOperator = async (room: OperatorRoom, email: string): Promise<boolean> => {
  const { db, clock, signIn } = room
  const { internalAdapter } = await signIn.$context
  const known = await internalAdapter.findUserByEmail(email.trim().toLowerCase())
  if (known === null) return false
  const done = await db
    .updateTable('operators')
    .set({ removedAt: clock.now() })
    .where('userId', '=', known.user.id)
    .where('removedAt', 'is', null)
    .executeTakeFirst()
  if (done.numUpdatedRows === 0n) return false
  await internalAdapter.deleteUserSessions(known.user.id)
  await writeLog(room, commandLine, {
    deed: 'operator-removed',
    params: { operator: known.user.id },
  })
  return true
}
