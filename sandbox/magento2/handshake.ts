import { type SandboxAnswer, type SandboxRequest } from '../kit/server.ts'
import { type Integrations, type Token } from './integrations.ts'
import { type Oauth } from './oauth.ts'
import { type Refusal, refusal, sentence } from './refusal.ts'
import { type World } from './world.ts'

const windowMs = 300_000

/** Form-encoded, but labelled as HTML (recordings). */
function answer(status: number, body: string): SandboxAnswer {
  return { status, headers: { 'content-type': 'text/html; charset=UTF-8' }, body }
}

const problem = (why: Refusal) =>
  answer(why.status, `oauth_problem=${encodeURIComponent(sentence(why)).replaceAll('%20', '+')}`)

const tokenBody = ({ value, secret }: Token) =>
  answer(200, `oauth_token=${value}&oauth_token_secret=${secret}`)

/** The two token endpoints, beside /rest and without store code (contract 3.2). */
export function createHandshake(world: World, parts: { oauth: Oauth; integrations: Integrations }) {
  const { oauth, integrations } = parts

  function request(call: SandboxRequest): SandboxAnswer {
    const signed = oauth.verify(call, { token: 'none' })
    if (signed === null) return problem(refusal(400, '"oauth_consumer_key" is required.'))
    if (signed.is === 'refused') return problem(signed.why)
    const { consumer } = signed
    if (world.now().getTime() > consumer.updatedAtMs + windowMs) {
      return problem(refusal(401, 'Consumer key has expired'))
    }
    if (consumer.token?.kind !== 'verifier') {
      const why = 'Cannot create request token because consumer token is not a verifier token'
      return problem(refusal(401, why))
    }
    return tokenBody(integrations.newToken(consumer, 'request'))
  }

  function access(call: SandboxRequest): SandboxAnswer {
    const signed = oauth.verify(call, { token: 'request' })
    if (signed === null) return problem(refusal(400, '"oauth_consumer_key" is required.'))
    if (signed.is === 'refused') return problem(signed.why)
    const { consumer } = signed
    const verifier = signed.oauth.get('oauth_verifier') ?? ''
    if (verifier.length !== 32) {
      return problem(refusal(401, 'Verifier is not the correct length'))
    }
    if (verifier !== consumer.verifier) {
      return problem(refusal(401, 'Token verifier and verifier token do not match'))
    }
    consumer.isActive = true
    return tokenBody(integrations.newToken(consumer, 'access'))
  }

  return {
    /** Undefined when the path is none of the two. */
    handle(call: SandboxRequest): SandboxAnswer | undefined {
      if (call.path === '/oauth/token/request') return request(call)
      if (call.path === '/oauth/token/access') return access(call)
      return undefined
    },
  }
}
