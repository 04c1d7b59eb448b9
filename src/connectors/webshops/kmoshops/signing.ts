import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * The one signature of this platform: hex(HMAC-SHA512(secret, parts joined by "|")), lower case
 * (contract §3). An empty part keeps its bar.
 */
export const sign = (secret: string, ...parts: readonly string[]): string =>
  createHmac('sha512', secret).update(parts.join('|'), 'utf8').digest('hex')

const hexOfSha512 = /^[0-9a-f]{128}$/i

/**
 * Whether `given` is the signature of `parts`. Compares without regard to case and in constant time. Fails
 * closed: no secret (anybody can compute that one), no signature, another length or another alphabet.
 */
export const isSignedBy = (
  secret: string,
  given: string | undefined,
  ...parts: readonly string[]
): boolean => {
  // The form first: timingSafeEqual throws on buffers of different length.
  if (secret === '' || given === undefined || !hexOfSha512.test(given)) return false
  const expected = Buffer.from(sign(secret, ...parts), 'hex')
  return timingSafeEqual(expected, Buffer.from(given, 'hex'))
}
