import { allScopes } from './account.ts'
import { type Books, type Grant } from './books.ts'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** A text of 43 URL-safe characters, as codes and tokens are (contract §2). */
export function newToken({ random }: Books): string {
  return Array.from({ length: 43 }, () => alphabet[Math.floor(random() * 64)] ?? 'A').join('')
}

/** The scopes asked for that exist; `public` when none was asked for (contract §2). */
export function scopesOf(asked: string): string[] {
  const known = asked.split(/\s+/).filter((scope) => allScopes.includes(scope))
  return known.length === 0 ? ['public'] : known
}

/** A new pair of tokens, and the answer that hands them over. */
export function issuePair(
  books: Books,
  { clientId, scopes }: Pick<Grant, 'clientId' | 'scopes'>,
  replaces: { access: string; refresh: string } | null,
): Record<string, string | number> {
  const access = newToken(books)
  const refresh = newToken(books)
  const nowMs = books.now().getTime()
  const { accessTokenLifeS } = books.account
  books.accessTokens.set(access, {
    clientId,
    scopes,
    expiresAtMs: nowMs + accessTokenLifeS * 1000,
    replaces,
  })
  books.refreshTokens.set(refresh, { clientId, scopes, access })
  return {
    access_token: access,
    token_type: 'Bearer',
    expires_in: accessTokenLifeS,
    refresh_token: refresh,
    scope: scopes.join(' '),
    created_at: Math.floor(nowMs / 1000),
  }
}

export function revokePair(books: Books, pair: { access: string; refresh: string }): void {
  books.accessTokens.delete(pair.access)
  books.refreshTokens.delete(pair.refresh)
}

export type Bearer =
  | { is: 'allowed'; token: string; scopes: readonly string[] }
  | { is: 'expired' }
  | { is: 'unknown' }

/** Who stands behind the Authorization header. A new token's first use may end the old pair. */
export function readBearer(books: Books, authorization: string | undefined): Bearer {
  const token = /^bearer +(\S+)$/i.exec(authorization ?? '')?.[1]
  if (token === undefined) return { is: 'unknown' }
  const { personalToken, personalScopes } = books.account
  if (token === personalToken) return { is: 'allowed', token, scopes: personalScopes }
  const grant = books.accessTokens.get(token)
  if (grant === undefined) return { is: 'unknown' }
  if (grant.expiresAtMs <= books.now().getTime()) return { is: 'expired' }
  if (grant.replaces !== null) {
    revokePair(books, grant.replaces)
    grant.replaces = null
  }
  return { is: 'allowed', token, scopes: grant.scopes }
}
