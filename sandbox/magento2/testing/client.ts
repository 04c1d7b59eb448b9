import { createHmac, randomBytes } from 'node:crypto'
import { type FourValues } from '../integrations.ts'

/** RFC 3986, as OAuth 1.0a wants it. */
export const encode = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )

export interface SignOptions {
  method?: string
  /** Overrides or, with undefined, leaves out. */
  oauth?: Record<string, string | undefined>
  spoil?: boolean
  algorithm?: 'sha1' | 'sha256'
  verifier?: string
}

/** The Authorization header by the book (RFC 5849): the base string in byte order of encoded names. */
export function authorization(
  url: string,
  keys: Partial<FourValues>,
  nowMs: number,
  options: SignOptions = {},
): string {
  const parsed = new URL(url)
  const method = options.method ?? 'GET'
  const oauth: Record<string, string | undefined> = {
    oauth_consumer_key: keys.consumerKey,
    oauth_nonce: randomBytes(16).toString('hex'),
    oauth_signature_method: options.algorithm === 'sha1' ? 'HMAC-SHA1' : 'HMAC-SHA256',
    oauth_timestamp: String(Math.floor(nowMs / 1000)),
    oauth_token: keys.accessToken,
    oauth_version: '1.0',
    oauth_verifier: options.verifier,
    ...options.oauth,
  }
  const given = Object.entries(oauth).filter(
    (pair): pair is [string, string] => pair[1] !== undefined,
  )
  const query = parsed.search
    .slice(1)
    .split('&')
    .filter(Boolean)
    .map((piece) => piece.split('=').map((part) => decodeURIComponent(part)))
  const pairs = [...given.filter(([name]) => name !== 'oauth_signature'), ...query]
    .map(([name = '', value = '']) => `${encode(name)}=${encode(value)}`)
    .sort()
  const base = [method, encode(parsed.origin + parsed.pathname), encode(pairs.join('&'))].join('&')
  const key = `${encode(keys.consumerSecret ?? '')}&${encode(keys.accessTokenSecret ?? '')}`
  const signature = createHmac(options.algorithm ?? 'sha256', key)
    .update(base)
    .digest('base64')
  const shown =
    'oauth_signature' in (options.oauth ?? {}) ? options.oauth?.['oauth_signature'] : signature
  const all =
    shown === undefined
      ? given
      : [...given, ['oauth_signature', options.spoil ? `x${shown.slice(1)}` : shown]]
  return `OAuth ${all.map(([name = '', value = '']) => `${encode(name)}="${encode(value)}"`).join(', ')}`
}
