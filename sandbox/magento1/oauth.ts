import { type SandboxRequest } from '../kit/server.ts'
import { isSame } from '../magento2/signature.ts'
import { type Consumer, type Consumers, type Token } from './consumers.ts'
import { problem, type Problem } from './problem.ts'
import { baseString, parametersOf, signatureOf } from './signature.ts'
import { type World } from './world.ts'

const futureSecondsMax = 600
const methods = new Set(['RSA-SHA1', 'HMAC-SHA1', 'PLAINTEXT'])

export type Step = 'initiate' | 'token' | 'resource'

export type Signed =
  | { is: 'signed'; consumer: Consumer; token: Token | null; oauth: ReadonlyMap<string, string> }
  | { is: 'refused'; why: Problem }

export interface Oauth {
  verify(request: SandboxRequest, step: Step): Signed
  clear(): void
}

const isUrl = (text: string) => /^https?:\/\/[^/\s]+/.test(text) && URL.canParse(text)

/** Magento's checks in Magento's order (contract 3.5): the nonce is stored before anything is proven. */
export function createOauth(world: World, consumers: Consumers): Oauth {
  const nonces = new Map<string, string>()

  function nonceProblem(nonce: string, timestamp: string): Problem | null {
    const seconds = Number.parseInt(timestamp, 10)
    const nowSeconds = Math.floor(world.now().getTime() / 1000)
    if (!(seconds > 0) || seconds > nowSeconds + futureSecondsMax)
      return problem('timestamp_refused')
    const known = nonces.get(nonce)
    if (known === String(seconds)) return problem('nonce_used')
    if (known !== undefined) {
      const entry = `Duplicate entry '${nonce}' for key 'UNQ_OAUTH_NONCE_NONCE'`
      const text = `SQLSTATE[23000]: Integrity constraint violation: 1062 ${entry}, query was: INSERT INTO \`oauth_nonce\` (\`nonce\`, \`timestamp\`) VALUES (?, ?)`
      return problem('internal_error', text)
    }
    nonces.set(nonce, String(seconds))
    return null
  }

  function protocolProblem(oauth: ReadonlyMap<string, string>): Problem | null {
    const version = oauth.get('oauth_version')
    if (version !== undefined && version !== '1.0') return problem('version_rejected')
    const absent = (names: readonly string[]) => names.find((name) => !oauth.get(name))
    const needed = absent(['oauth_consumer_key', 'oauth_signature_method', 'oauth_signature'])
    if (needed !== undefined) return problem('parameter_absent', needed)
    if (oauth.get('oauth_consumer_key')?.length !== 32) return problem('consumer_key_rejected')
    const method = oauth.get('oauth_signature_method') ?? ''
    if (!methods.has(method)) return problem('signature_method_rejected')
    if (method === 'PLAINTEXT') return null
    const once = absent(['oauth_nonce', 'oauth_timestamp'])
    if (once !== undefined) return problem('parameter_absent', once)
    return nonceProblem(oauth.get('oauth_nonce') ?? '', oauth.get('oauth_timestamp') ?? '')
  }

  function callbackProblem(oauth: ReadonlyMap<string, string>, consumer: Consumer): Problem | null {
    const callback = oauth.get('oauth_callback')
    if (callback === undefined) return problem('parameter_absent', 'oauth_callback')
    const own = consumer.callbackUrl
    if (own !== null && callback.startsWith(own)) return null
    if (own !== null && world.switches.strictCallback) return problem('parameter_rejected')
    return callback === 'oob' || isUrl(callback) ? null : problem('parameter_rejected')
  }

  function tokenOf(
    oauth: ReadonlyMap<string, string>,
    step: 'token' | 'resource',
  ): Token | Problem {
    const value = oauth.get('oauth_token') ?? ''
    if (value === '') return problem('parameter_absent', 'oauth_token')
    if (value.length !== 32) return problem('token_rejected')
    const token = consumers.byToken(value)
    if (token === null) return problem('token_rejected')
    if (step === 'resource') {
      if (token.type !== 'access') return problem('token_rejected')
      return token.revoked ? problem('token_revoked') : token
    }
    const verifier = oauth.get('oauth_verifier') ?? ''
    if (verifier === '') return problem('parameter_absent', 'oauth_verifier')
    if (verifier.length !== 32 || verifier !== token.verifier) return problem('verifier_invalid')
    return token.type === 'request' ? token : problem('token_used')
  }

  /** The two traps of contract 3.2: the handshake drops the port, and REST believes only HTTPS=on. */
  function originOf(request: SandboxRequest, step: Step): string {
    const isOffloaded = request.headers['x-forwarded-proto'] === 'https'
    const isBehindTls = isOffloaded || world.switches.hosting === 'tls-offload'
    const scheme = isBehindTls && step !== 'resource' ? 'https' : 'http'
    const host = (request.headers.host ?? '').toLowerCase()
    return `${scheme}://${step === 'resource' ? host : host.replace(/:\d+$/, '')}`
  }

  function verify(request: SandboxRequest, step: Step): Signed {
    const refused = (why: Problem): Signed => ({ is: 'refused', why })
    const parameters = parametersOf(request)
    const { oauth } = parameters
    const protocol = protocolProblem(oauth)
    if (protocol !== null) return refused(protocol)
    const consumer = consumers.byKey(oauth.get('oauth_consumer_key') ?? '')
    if (consumer === null) return refused(problem('consumer_key_rejected'))
    let token: Token | null = null
    if (step === 'initiate') {
      const why = callbackProblem(oauth, consumer)
      if (why !== null) return refused(why)
    } else {
      const found = tokenOf(oauth, step)
      if ('code' in found) return refused(found)
      token = found
    }
    const base = baseString(request, originOf(request, step), parameters, world.switches.profile)
    const method = oauth.get('oauth_signature_method') ?? ''
    const secrets = { consumer: consumer.secret, token: token?.secret ?? '' }
    const ours = signatureOf(base, method, secrets)
    const isRight = ours !== null && isSame(ours, oauth.get('oauth_signature') ?? '')
    return isRight
      ? { is: 'signed', consumer, token, oauth }
      : refused(problem('signature_invalid'))
  }

  return { verify, clear: () => nonces.clear() }
}
