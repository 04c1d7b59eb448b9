import { type SandboxAnswer, type SandboxRequest } from '../kit/server.ts'
import { type Consumers, type Token } from './consumers.ts'
import { type Oauth } from './oauth.ts'
import { problem, type Problem, sentence, statusOf } from './problem.ts'

const answer = (status: number, body: string): SandboxAnswer => ({
  status,
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body,
})

const refused = (why: Problem) => answer(statusOf(why), sentence(why))

const tokenBody = ({ value, secret }: Token) => `oauth_token=${value}&oauth_token_secret=${secret}`

/** The two token endpoints (contract 3.1, 3.4). */
export function createHandshake(parts: { oauth: Oauth; consumers: Consumers }) {
  const { oauth, consumers } = parts

  function initiate(request: SandboxRequest): SandboxAnswer {
    const signed = oauth.verify(request, 'initiate')
    if (signed.is === 'refused') return refused(signed.why)
    const asked = signed.oauth.get('oauth_callback') ?? 'oob'
    const own = signed.consumer.callbackUrl
    const token = consumers.requestToken(signed.consumer, asked === 'oob' && own ? own : asked)
    return answer(200, `${tokenBody(token)}&oauth_callback_confirmed=true`)
  }

  function access(request: SandboxRequest): SandboxAnswer {
    const signed = oauth.verify(request, 'token')
    if (signed.is === 'refused') return refused(signed.why)
    if (signed.token === null) return refused(problem('token_rejected'))
    return answer(200, tokenBody(consumers.toAccess(signed.token)))
  }

  return {
    /** Undefined when the path is none of the two. */
    handle(request: SandboxRequest): SandboxAnswer | undefined {
      const path = request.path.replace(/^\/index\.php/, '').replace(/\/$/, '')
      if (path === '/oauth/initiate') return initiate(request)
      if (path === '/oauth/token') return access(request)
      return undefined
    },
  }
}
