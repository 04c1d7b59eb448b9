import { createHash, timingSafeEqual } from 'node:crypto'

/** The one function of this platform: MD5 as lower-case hex, a secret at the end of what is signed. */
export const md5 = (text: string): string => createHash('md5').update(text, 'utf8').digest('hex')

const hexOfMd5 = /^[0-9a-f]{32}$/i

/**
 * Whether `given` is the signature of `text`. Compares in constant time. Fails closed: no secret (anybody can
 * compute that one), no signature, another length or another alphabet.
 */
export const isSignedBy = (secret: string, given: string | undefined, text: string): boolean => {
  // The form first: timingSafeEqual throws on buffers of different length.
  if (secret === '' || given === undefined || !hexOfMd5.test(given)) return false
  return timingSafeEqual(Buffer.from(md5(text + secret), 'hex'), Buffer.from(given, 'hex'))
}

/** What a store call signs: the named parameters by name, run together without separators (contract §2.1). */
export const signedText = (parameters: Readonly<Record<string, string>>): string =>
  Object.keys(parameters)
    .sort()
    .map((name) => `${name}=${parameters[name] ?? ''}`)
    .join('')
