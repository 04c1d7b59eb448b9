import { createHmac, timingSafeEqual } from 'node:crypto'
import { type SandboxRequest } from '../kit/server.ts'
import { type Profile } from './switches.ts'

/** The oauth_ parameters of an Authorization header; null when it has no OAuth part (contract 4.1). */
export function readHeader(header: string | undefined): Map<string, string> | null {
  const start = header?.toLowerCase().indexOf('oauth ') ?? -1
  if (header === undefined || start === -1) return null
  const found = new Map<string, string>()
  for (const part of header.slice(start + 'oauth '.length).split(',')) {
    const mark = part.indexOf('=')
    if (mark === -1) continue
    const name = part.slice(0, mark).trim()
    const value = part
      .slice(mark + 1)
      .trim()
      .replaceAll('"', '')
    if (/^oauth_[a-z_-]+$/i.test(name)) found.set(name, rawUrlDecode(value))
  }
  return found
}

/** PHP's rawurldecode: never throws, and leaves a plus alone. */
export function rawUrlDecode(text: string): string {
  if (!text.includes('%')) return text
  const [first = '', ...rest] = text.split('%')
  const bytes = rest.map((piece) => {
    const hex = /^[0-9a-f]{2}/i.exec(piece)?.[0]
    return hex === undefined
      ? Buffer.from(`%${piece}`)
      : Buffer.concat([Buffer.from(hex, 'hex'), Buffer.from(piece.slice(2))])
  })
  return Buffer.concat([Buffer.from(first), ...bytes]).toString('utf8')
}

export function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

/** Pieces of the raw query with exactly one equals sign (contract 4.2). */
export function rawPairs(rawUrl: string): [string, string][] {
  const mark = rawUrl.indexOf('?')
  if (mark === -1) return []
  return rawUrl
    .slice(mark + 1)
    .split('&')
    .map((piece) => piece.split('='))
    .filter((parts) => parts.length === 2)
    .map(([name = '', value = '']) => [rawUrlDecode(name), rawUrlDecode(value)])
}

/** Text in natural order, as PHP's strnatcmp: numbers inside count as numbers. */
export function naturally(left: string, right: string): number {
  const [ours, theirs] = [left.match(/\d+|\D+/g) ?? [], right.match(/\d+|\D+/g) ?? []]
  for (let index = 0; index < Math.max(ours.length, theirs.length); index += 1) {
    const [one, other] = [ours[index] ?? '', theirs[index] ?? '']
    if (one === other) continue
    const bothNumbers = /^\d+$/.test(one) && /^\d+$/.test(other)
    if (bothNumbers && Number(one) !== Number(other)) return Number(one) - Number(other)
    return one < other ? -1 : 1
  }
  return 0
}

const bytewise = (left: string, right: string) => (left < right ? -1 : left > right ? 1 : 0)

/** What is signed, as this version of Magento builds it (contract 4.3). */
export function baseString(
  request: Pick<SandboxRequest, 'method' | 'rawUrl'>,
  origin: string,
  oauth: ReadonlyMap<string, string>,
  profile: Profile,
): string {
  const header = [...oauth].filter(([name]) => name !== 'oauth_signature')
  const pairs = [...header, ...rawPairs(request.rawUrl)].map(([name, value]): [string, string] => {
    const twice = profile.doubleEncode && !name.startsWith('oauth_')
    return [name, twice ? percentEncode(value) : value]
  })
  const sorted =
    profile.sort === 'natural'
      ? pairs.sort(([one], [other]) => naturally(percentEncode(one), percentEncode(other)))
      : pairs.sort(([one], [other]) => bytewise(one, other))
  const parameters = sorted.map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`)
  const path = request.rawUrl.split('?')[0] ?? ''
  return [request.method, percentEncode(origin + path), percentEncode(parameters.join('&'))].join(
    '&',
  )
}

export function signatureOf(
  base: string,
  method: string,
  secrets: { consumer: string; token: string },
) {
  const key = `${percentEncode(secrets.consumer)}&${percentEncode(secrets.token)}`
  return createHmac(method === 'HMAC-SHA1' ? 'sha1' : 'sha256', key)
    .update(base)
    .digest('base64')
}

export function isSame(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)]
  return left.length === right.length && timingSafeEqual(left, right)
}
