import type { Kysely } from 'kysely'
import type { ApiTokenTable, Tables } from '../database/schema.ts'
import { later, type Clock } from '../world/clock.ts'
import { newIdentifier } from '../world/identifier.ts'
import type { Random } from '../world/random.ts'
import { hashOf, newSecret } from '../world/secret.ts'

/** What a token may be allowed; a person in the dashboard may do all of it. */
export const scopes = ['read', 'process', 'configure'] as const
export type Scope = (typeof scopes)[number]

/** So that people, and scanners of leaked secrets, recognise one. */
const mark = 'doorvoer_'
export const tokensMax = 50

interface TokenRoom {
  db: Kysely<Tables>
  clock: Clock
  random: Random
}

export interface ApiToken {
  id: string
  name: string
  /** The last letters of the token: which of the ones in a safe it is. */
  hint: string
  scopes: Scope[]
  createdAt: Date
  expiresAt: Date | null
  lastUsedAt: Date | null
}

const inShape = ({
  id,
  name,
  hint,
  scopes: kept,
  createdAt,
  expiresAt,
  lastUsedAt,
}: Pick<ApiTokenRow, keyof ApiToken>): ApiToken => ({
  id,
  name,
  hint,
  scopes: scopes.filter((scope) => kept.includes(scope)),
  createdAt,
  expiresAt,
  lastUsedAt,
})

type ApiTokenRow = Omit<ApiTokenTable, 'scopes' | 'createdAt' | 'expiresAt' | 'lastUsedAt'> & {
  scopes: string[]
  createdAt: Date
  expiresAt: Date | null
  lastUsedAt: Date | null
}

/**
 * Makes a token of a user's. The token itself is in this answer and nowhere else.
 * @returns null when the user has `tokensMax` already
 */
export const makeApiToken = async (
  { db, clock, random }: TokenRoom,
  wanted: { userId: string; name: string; scopes: readonly Scope[]; days: number | null },
): Promise<{ token: string; made: ApiToken } | null> => {
  const token = mark + newSecret(random)
  const { userId, name, days } = wanted
  const { count } = await db
    .selectFrom('apiTokens')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('userId', '=', userId)
    .executeTakeFirstOrThrow()
  if (count >= tokensMax) return null
  const made = await db
    .insertInto('apiTokens')
    .values({
      id: newIdentifier(clock, random),
      userId,
      name,
      tokenHash: hashOf(token),
      hint: token.slice(-4),
      scopes: JSON.stringify(scopes.filter((scope) => wanted.scopes.includes(scope))),
      createdAt: clock.now(),
      expiresAt: days === null ? null : later(clock.now(), days * 86_400_000),
      lastUsedAt: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return { token, made: inShape(made) }
}

/** The tokens of a user, newest first. */
export const apiTokensOf = async (db: Kysely<Tables>, userId: string): Promise<ApiToken[]> => {
  const rows = await db
    .selectFrom('apiTokens')
    .selectAll()
    .where('userId', '=', userId)
    .orderBy('createdAt', 'desc')
    .execute()
  return rows.map(inShape)
}

/** Takes a token back, at once. @returns false when the user has no such token */
export const revokeApiToken = async (
  db: Kysely<Tables>,
  userId: string,
  id: string,
): Promise<boolean> => {
  const gone = await db
    .deleteFrom('apiTokens')
    .where('userId', '=', userId)
    .where('id', '=', id)
    .executeTakeFirst()
  return gone.numDeletedRows === 1n
}

/** Not every call is worth a write. */
const noteUseEveryMs = 60_000

/** Whose token this is and what it may. @returns null for one that is wrong, revoked or expired */
export const openApiToken = async (
  { db, clock }: Omit<TokenRoom, 'random'>,
  token: string,
): Promise<{ userId: string; scopes: Scope[] } | null> => {
  if (!token.startsWith(mark)) return null
  const row = await db
    .selectFrom('apiTokens')
    .selectAll()
    .where('tokenHash', '=', hashOf(token))
    .executeTakeFirst()
  const now = clock.now()
  if (row === undefined || (row.expiresAt !== null && row.expiresAt <= now)) return null
  if (row.lastUsedAt === null || row.lastUsedAt < later(now, -noteUseEveryMs)) {
    await db.updateTable('apiTokens').set({ lastUsedAt: now }).where('id', '=', row.id).execute()
  }
  return { userId: row.userId, scopes: inShape(row).scopes }
}
