import type pg from 'pg'
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

/** Makes a merchant with its first user, who owns it. @returns their ids */
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
