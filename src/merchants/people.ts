import { sql, type Kysely } from 'kysely'
import type pg from 'pg'
import type { Tables } from '../database/schema.ts'
import { newIdentifier } from '../world/identifier.ts'
import type { Clock } from '../world/clock.ts'
import type { Random } from '../world/random.ts'
import type { SignIn } from './sign-in.ts'

export type Role = 'owner' | 'admin' | 'member'

interface PeopleRoom {
  pool: pg.Pool
  signIn: SignIn
  clock: Clock
  random: Random
}

/** What is known of a user who signs in. */
export interface User {
  id: string
  name: string
  email: string
  language: 'nl' | 'en'
}

/** Merchants, seats and users are rows of sign-in; these are written in the caller's own transaction. */
export const insertMerchant = async (
  trx: Kysely<Tables>,
  { clock, random }: Pick<PeopleRoom, 'clock' | 'random'>,
  { company, userId }: { company: string; userId: string },
): Promise<string> => {
  const merchantId = newIdentifier(clock, random)
  await sql`insert into merchant (id, name, slug, "createdAt")
    values (${merchantId}, ${company}, ${merchantId}, ${clock.now()})`.execute(trx)
  await insertSeat(trx, { clock, random }, { merchantId, userId, role: 'owner' })
  return merchantId
}

/** Gives a user a seat; one that is there already stays as it is. */
export const insertSeat = async (
  trx: Kysely<Tables>,
  { clock, random }: Pick<PeopleRoom, 'clock' | 'random'>,
  { merchantId, userId, role }: { merchantId: string; userId: string; role: Role },
): Promise<void> => {
  await sql`insert into seat (id, "organizationId", "userId", role, "createdAt")
    select ${newIdentifier(clock, random)}, ${merchantId}, ${userId}, ${role}, ${clock.now()}
    where not exists (
      select 1 from seat where "organizationId" = ${merchantId} and "userId" = ${userId})`.execute(
    trx,
  )
}

/**
 * Makes a user who has no password yet.
 * @param email in any case; the address is believed, so it must have been or will be proved by a mail
 * @returns null when the address belongs to somebody already
 */
export const insertUser = async (
  trx: Kysely<Tables>,
  { clock, random }: Pick<PeopleRoom, 'clock' | 'random'>,
  { name, email, language }: Omit<User, 'id'>,
): Promise<User | null> => {
  const id = newIdentifier(clock, random)
  const address = email.toLowerCase()
  const now = clock.now()
  const made = await sql<{ id: string }>`
    insert into "user" (id, name, email, "emailVerified", language, "createdAt", "updatedAt")
    values (${id}, ${name}, ${address}, true, ${language}, ${now}, ${now})
    on conflict (email) do nothing returning id`.execute(trx)
  return made.rows.length === 0 ? null : { id, name, email: address, language }
}

/** The user with an e-mail address, in any case. */
export const userByEmail = async (db: Kysely<Tables>, email: string): Promise<User | null> => {
  const found = await sql<User>`
    select id, name, email, language from "user" where email = ${email.toLowerCase()}`.execute(db)
  return found.rows[0] ?? null
}

/** The user with an id; null when there is none (any more). */
export const userById = async (pool: pg.Pool, userId: string): Promise<User | null> => {
  const found = await pool.query<User>(
    `select id, name, email, language from "user" where id = $1`,
    [userId],
  )
  return found.rows[0] ?? null
}

/** Whether somebody who signs in as this user must show more than a password, or can: TOTP or a passkey. */
export const hasSecondFactor = async (pool: pg.Pool, userId: string): Promise<boolean> => {
  const found = await pool.query<{ has: boolean }>(
    `select "twoFactorEnabled" is true
       or exists (select 1 from passkey where "userId" = $1) as has
     from "user" where id = $1`,
    [userId],
  )
  return found.rows[0]?.has ?? false
}

/** Makes a merchant with its first user, who owns it and has a password. @returns their ids */
export const createMerchant = async (
  { pool, signIn, clock, random }: PeopleRoom,
  wanted: { company: string; name: string; email: string; password: string; language: 'nl' | 'en' },
): Promise<{ merchantId: string; userId: string }> => {
  const context = await signIn.$context
  const user = await context.internalAdapter.createUser(
    {
      name: wanted.name,
      email: wanted.email.toLowerCase(),
      emailVerified: true,
      language: wanted.language,
    },
    { method: 'email-password' },
  )
  await context.internalAdapter.linkAccount({
    userId: user.id,
    providerId: 'credential',
    accountId: user.id,
    password: await context.password.hash(wanted.password),
  })
  const merchantId = newIdentifier(clock, random)
  const now = clock.now()
  await pool.query(`insert into merchant (id, name, slug, "createdAt") values ($1, $2, $1, $3)`, [
    merchantId,
    wanted.company,
    now,
  ])
  await pool.query(
    `insert into seat (id, "organizationId", "userId", role, "createdAt") values ($1, $2, $3, 'owner', $4)`,
    [newIdentifier(clock, random), merchantId, user.id, now],
  )
  return { merchantId, userId: user.id }
}

/** The merchants a user has a seat at. */
export const seatsOf = async (
  pool: pg.Pool,
  userId: string,
): Promise<{ merchantId: string; merchant: string; role: Role }[]> => {
  const found = await pool.query<{ merchantId: string; merchant: string; role: Role }>(
    `select m.id as "merchantId", m.name as merchant, s.role
     from seat s join merchant m on m.id = s."organizationId" where s."userId" = $1
     order by m.name, m.id`,
    [userId],
  )
  return found.rows
}

export const setLanguage = async (
  pool: pg.Pool,
  userId: string,
  language: 'nl' | 'en',
): Promise<void> => {
  await pool.query(`update "user" set language = $2 where id = $1`, [userId, language])
}

export const setName = async (pool: pg.Pool, userId: string, name: string): Promise<void> => {
  await pool.query(`update "user" set name = $2 where id = $1`, [userId, name])
}

/** How a user gets in. */
export const waysIn = async (
  pool: pg.Pool,
  userId: string,
): Promise<{
  hasPassword: boolean
  totp: boolean
  passkeys: { id: string; name: string; createdAt: Date | null }[]
}> => {
  const found = await pool.query<{ hasPassword: boolean; totp: boolean }>(
    `select "twoFactorEnabled" is true as totp, exists (
       select 1 from account a where a."userId" = u.id and a.password is not null
     ) as "hasPassword" from "user" u where id = $1`,
    [userId],
  )
  const passkeys = await pool.query<{ id: string; name: string; createdAt: Date | null }>(
    `select id, coalesce(name, '') as name, "createdAt" from passkey
     where "userId" = $1 order by "createdAt"`,
    [userId],
  )
  const [ways = { hasPassword: false, totp: false }] = found.rows
  return { ...ways, passkeys: passkeys.rows }
}
