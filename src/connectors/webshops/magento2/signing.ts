import { createHmac } from 'node:crypto'
import OAuth from 'oauth-1.0a'
import type { Clock } from '../../../world/clock.ts'
import { systemRandom } from '../../../world/random.ts'

/** Who signs. The first step of the handshake has no token yet. */
export interface Keys {
  consumerKey: string
  consumerSecret: string
  token?: { key: string; secret: string }
}

/** The moment and the nonce of one signature; a nonce may be used only once, even when it failed. */
export interface Once {
  clock: Clock
  nonce?: string
}

/** The library with our own clock and better chance than its own Math.random(). */
class Signer extends OAuth {
  readonly #once: Once

  constructor(keys: Keys, once: Once) {
    super({
      consumer: { key: keys.consumerKey, secret: keys.consumerSecret },
      // Accepted by every version of Magento 2, and since 2.4.4 the only one (contract §1).
      signature_method: 'HMAC-SHA256',
      hash_function: (base, key) => createHmac('sha256', key).update(base).digest('base64'),
    })
    this.#once = once
  }

  override getNonce(): string {
    return this.#once.nonce ?? Buffer.from(systemRandom.bytes(16)).toString('hex')
  }

  override getTimeStamp(): number {
    return Math.floor(this.#once.clock.now().getTime() / 1000)
  }
}

/**
 * The parameters of a raw query, decoded. Handed to the library as data: of a query in the address it decodes
 * only the values and would encode the brackets in our names twice.
 */
const parametersOf = (url: string): Record<string, string> => {
  const query = url.split('?')[1] ?? ''
  const pairs = query.split('&').filter((piece) => piece !== '')
  return Object.fromEntries(
    pairs.map((piece) => piece.split('=').map((part) => decodeURIComponent(part))),
  ) as Record<string, string>
}

/**
 * The Authorization header of one request, HMAC-SHA256 (contract §4.1).
 *
 * The base string sorts names in byte order; Magento's own order differs from index 10 on, so never use more
 * than ten filters, groups or sorts (contract §4.3).
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
  const signer = new Signer(keys, once)
  const own = verifier === undefined ? {} : { oauth_verifier: verifier }
  const data = { ...parametersOf(url), ...own }
  const signed = signer.authorize({ method, url: url.split('?')[0] ?? url, data }, keys.token)
  return signer.toHeader({ ...signed, ...own }).Authorization
}
