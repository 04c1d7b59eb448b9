import { type SandboxRequest } from '../kit/server.ts'
import { type Consumer, type Integrations, type Token } from './integrations.ts'
import { missingFields, type Refusal, refusal, signatureInvalid } from './refusal.ts'
import { baseString, isSame, readHeader, signatureOf } from './signature.ts'
import { type World } from './world.ts'

const futureSecondsMax = 600
const nonceKeptMs = 120 * 60_000

/** What a signed request has to carry, beyond what every one has. */
export interface Wanted {
  /** The kind of token that signs. 'none': the first step of the handshake. */
  token: 'access' | 'request' | 'none'
}

export type Signed =
  | { is: 'signed'; consumer: Consumer; token: Token | null; oauth: ReadonlyMap<string, string> }
  | { is: 'refused'; why: Refusal }

export interface Oauth {
  /** null when the request carries no OAuth header at all: then it is anonymous. */
  verify(request: SandboxRequest, wanted: Wanted): Signed | null
  clear(): void
}

const alwaysNeeded = [
  'oauth_consumer_key',
  'oauth_signature',
  'oauth_signature_method',
  'oauth_nonce',
  'oauth_timestamp',
]

/**
 * Magento's checks in Magento's order: version, required, lengths, method, consumer, nonce (stored here,
 * before the signature is looked at), token, signature (contract 3.2).
 */
export function createOauth(world: World, integrations: Integrations): Oauth {
  const nonces = new Map<string, number>()

  function nonceProblem(consumer: Consumer, nonce: string, timestamp: string): Refusal | null {
    const seconds = Number(timestamp)
    const nowMs = world.now().getTime()
    const isReadable = /^\d+$/.test(timestamp) && seconds > 0
    if (!isReadable || seconds * 1000 > nowMs + futureSecondsMax * 1000) {
      return refusal(401, 'An error occurred validating the nonce')
    }
    const key = `${consumer.id} ${nonce}`
    if (nonces.has(key)) {
      return refusal(401, 'The nonce is already being used by the consumer with ID %1', [
        String(consumer.id),
      ])
    }
    for (const [each, atMs] of nonces) if (atMs < nowMs - nonceKeptMs) nonces.delete(each)
    nonces.set(key, nowMs)
    return null
  }

  function protocolProblem(oauth: ReadonlyMap<string, string>, wanted: Wanted): Refusal | null {
    const version = oauth.get('oauth_version')
    if (version !== undefined && version !== '1.0') {
      return refusal(400, 'The "%1" Oauth version isn\'t supported.', [version])
    }
    const verifier = wanted.token === 'request' ? ['oauth_verifier'] : []
    const token = wanted.token === 'none' ? [] : ['oauth_token']
    const needed = [...alwaysNeeded, ...token, ...verifier]
    const missing = needed.filter((name) => (oauth.get(name) ?? '') === '')
    if (missing.length > 0) return missingFields(missing)
    if (wanted.token !== 'none' && oauth.get('oauth_token')?.length !== 32) {
      return refusal(400, 'The token length is invalid. Check the length and try again.')
    }
    const method = oauth.get('oauth_signature_method') ?? ''
    const isKnown = method === 'HMAC-SHA256' || (method === 'HMAC-SHA1' && world.profile().sha1)
    return isKnown ? null : refusal(400, 'Signature method %1 is not supported', [method])
  }

  function consumerOf(oauth: ReadonlyMap<string, string>): Consumer | Refusal {
    const key = oauth.get('oauth_consumer_key') ?? ''
    if (key.length !== 32) return refusal(401, 'Consumer key is not the correct length')
    return (
      integrations.byKey(key) ?? refusal(401, 'A consumer having the specified key does not exist')
    )
  }

  /** Scheme and host as PHP sees them: from the Host header, never from what the client believes. */
  function originOf(request: SandboxRequest): string {
    const host = (request.headers.host ?? '').toLowerCase()
    const announced = world.switches.hosting !== 'tls-not-announced'
    const isSecure = announced && request.headers['x-forwarded-proto'] === 'https'
    const scheme = isSecure ? 'https' : 'http'
    return `${scheme}://${host.replace(isSecure ? /:443$/ : /:80$/, '')}`
  }

  function verify(request: SandboxRequest, wanted: Wanted): Signed | null {
    const oauth = readHeader(request.headers.authorization)
    if (oauth === null) return null
    const refused = (why: Refusal): Signed => ({ is: 'refused', why })
    const protocol = protocolProblem(oauth, wanted)
    if (protocol !== null) return refused(protocol)
    const consumer = consumerOf(oauth)
    if ('status' in consumer) return refused(consumer)
    const nonce = nonceProblem(
      consumer,
      oauth.get('oauth_nonce') ?? '',
      oauth.get('oauth_timestamp') ?? '',
    )
    if (nonce !== null) return refused(nonce)
    let token: Token | null = null
    if (wanted.token !== 'none') {
      const found = integrations.findToken(consumer, oauth.get('oauth_token') ?? '', wanted.token)
      if ('status' in found) return refused(found)
      token = found
    }
    const method = oauth.get('oauth_signature_method') ?? ''
    const base = baseString(request, originOf(request), oauth, world.profile())
    const secrets = { consumer: consumer.secret, token: token?.secret ?? '' }
    const isRight = isSame(signatureOf(base, method, secrets), oauth.get('oauth_signature') ?? '')
    return isRight ? { is: 'signed', consumer, token, oauth } : refused(signatureInvalid)
  }

  return { verify, clear: () => nonces.clear() }
}
