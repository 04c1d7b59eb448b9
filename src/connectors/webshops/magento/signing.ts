import { createHmac } from 'node:crypto'
import OAuth from 'oauth-1.0a'
import type { Clock } from '../../../world/clock.ts'
import { systemRandom } from '../../../world/random.ts'

/** Who signs, and how. The first step of a handshake has no token yet. */
export interface Signing extends Keys {
  method: 'HMAC-SHA1' | 'HMAC-SHA256'
}

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

  constructor({ consumerKey, consumerSecret, method }: Signing, once: Once) {
    const hash = method === 'HMAC-SHA1' ? 'sha1' : 'sha256'
    super({
      consumer: { key: consumerKey, secret: consumerSecret },
      signature_method: method,
      hash_function: (base, key) => createHmac(hash, key).update(base).digest('base64'),
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
 * The Authorization header of one request (RFC 5849).
 *
 * The base string sorts names in byte order; Magento's own order differs from index 10 on, so never use more
 * than ten filters, groups or sorts (contracts of both, recordings).
 *
 * @param url as the shop will see it: absolute, every name and value percent-encoded, a space as %20
 * @param own parameters of a handshake: oauth_callback, oauth_verifier
 */
export const sign = (
  method: 'GET' | 'POST',
  url: string,
  signing: Signing,
  once: Once,
  own: Readonly<Record<string, string>> = {},
): string => {
  const signer = new Signer(signing, once)
  const data = { ...parametersOf(url), ...own }
  const signed = signer.authorize({ method, url: url.split('?')[0] ?? url, data }, signing.token)
  return signer.toHeader({ ...signed, ...own }).Authorization
}
