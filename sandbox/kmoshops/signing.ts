import { createHmac, timingSafeEqual } from 'node:crypto'
import { type Random } from '../kit/random.ts'

/**
 * hex(HMAC-SHA512(secret, parts joined by "|")), lower case: the one formula of every signature on
 * this platform (contract section 3).
 */
export function sign(secret: string, ...parts: string[]): string {
  return createHmac('sha512', secret).update(parts.join('|')).digest('hex')
}

/** Compares two hex hashes without regard to case, and in a time that does not tell where they differ. */
export function sameHash(left: string, right: string): boolean {
  const a = Buffer.from(left.toLowerCase())
  const b = Buffer.from(right.toLowerCase())
  return a.length === b.length && timingSafeEqual(a, b)
}

/** The signature of an API request or of the answer to it (contract section 4). */
export function signMessage(
  key: { apiPublic: string; apiSecret: string },
  message: { method: string; pathWithQuery: string; body: string; date: string },
): string {
  const { method, pathWithQuery, body, date } = message
  return sign(key.apiSecret, key.apiPublic, method, pathWithQuery, body, date)
}

const momentForm = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d{1,9})?(Z|[+-]\d\d:?\d\d)$/

/** The time of an `x-date` in any of the forms in use (section 4); undefined when it is none of them. */
export function readMoment(date: string): number | undefined {
  const match = momentForm.exec(date)
  if (match === null) return undefined
  const [, seconds = '', fraction = '', zone = ''] = match
  const colon = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone
  const time = Date.parse(`${seconds}${fraction.slice(0, 4)}${colon}`)
  return Number.isNaN(time) ? undefined : time
}

/** `x-date` of an answer, in the official form: `2026-03-02T09:15:00+00:00`. */
export function officialMoment(time: Date): string {
  return `${time.toISOString().slice(0, 19)}+00:00`
}

const keyCharacters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789^_'

/** 32 characters that may contain ^ and _, as seen live (section 3.1). */
export function inventKey(random: Random): string {
  const pick = () => keyCharacters.charAt(Math.floor(random() * keyCharacters.length))
  return Array.from({ length: 32 }, pick).join('')
}
