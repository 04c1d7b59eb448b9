import { sign, type Keys, type Once } from '../magento/signing.ts'

export type { Keys } from '../magento/signing.ts'

/**
 * The Authorization header of one request, HMAC-SHA256: accepted by every version of Magento 2, and since
 * 2.4.4 the only one (contract §1, §4.1).
 *
 * @param url exactly as it is sent: absolute, every name and value percent-encoded, a space as %20
 */
export const authorize = (
  method: 'GET' | 'POST',
  url: string,
  keys: Keys,
  once: Once,
  verifier?: string,
): string => {
  const own = verifier === undefined ? {} : { oauth_verifier: verifier }
  return sign(method, url, { ...keys, method: 'HMAC-SHA256' }, once, own)
}
