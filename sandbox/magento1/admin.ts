import { html } from '../kit/message.ts'
import { escapeHtml } from '../kit/page.ts'
import { type SandboxAnswer, type SandboxRequest } from '../kit/server.ts'
import { type Consumers, type Token } from './consumers.ts'

/** The one administrator of this shop. */
export const administrator = { name: 'admin', password: 'voorbeeld1' }

const cookieName = 'adminhtml'

const page = (title: string, body: string, status = 200) =>
  html(
    `<!DOCTYPE html><html><head><title>${title} / Magento Admin</title></head><body>${body}</body></html>`,
    status,
  )

const redirect = (location: string, headers: Record<string, string> = {}): SandboxAnswer => ({
  status: 302,
  headers: { location, ...headers },
})

const withQuery = (url: string, query: Record<string, string>) =>
  `${url}${url.includes('?') ? '&' : '?'}${new URLSearchParams(query).toString()}`

/** The admin's consent pages: sign in, Authorize or Reject, and the verifier for who has no callback. */
export function createAdmin(parts: { consumers: Consumers; session: () => string }) {
  const { consumers } = parts
  const session = parts.session()

  const isIn = ({ headers }: SandboxRequest) =>
    (headers.cookie ?? '').split(/;\s*/).includes(`${cookieName}=${session}`)

  function signIn(request: SandboxRequest): SandboxAnswer {
    const form = new URLSearchParams(request.body)
    const isRight =
      form.get('login[username]') === administrator.name &&
      form.get('login[password]') === administrator.password
    if (isRight) {
      // Marked Secure on http too (recordings): a strict cookie jar loses the login there.
      const cookie = `${cookieName}=${session}; path=/; secure; HttpOnly`
      return redirect(request.rawUrl, { 'set-cookie': cookie })
    }
    const message = request.method === 'POST' ? '<p>Invalid User Name or Password.</p>' : ''
    return page(
      'Log in',
      `${message}<form method="post"><input name="login[username]"><input name="login[password]" type="password"><button>Login</button></form>`,
    )
  }

  const consentPage = (token: Token, path: string) => {
    const query = `?oauth_token=${token.value}`
    return page(
      'Authorize application',
      `<h2>Authorize application</h2><p>${escapeHtml(token.consumer.name)} requests access to your account</p>` +
        `<form method="get" action="${path}/confirm"><input type="hidden" name="oauth_token" value="${token.value}"><button>Authorize</button></form>` +
        `<a href="${path}/reject${query}">Reject</a>`,
    )
  }

  function confirm(token: Token): SandboxAnswer {
    consumers.authorize(token)
    const verifier = token.verifier ?? ''
    if (token.callbackUrl === 'oob') {
      return page('Authorized', `<p>Verifier code: <strong>${verifier}</strong></p>`)
    }
    return redirect(
      withQuery(token.callbackUrl, { oauth_token: token.value, oauth_verifier: verifier }),
    )
  }

  function reject(token: Token): SandboxAnswer {
    token.revoked = true
    const back = token.consumer.rejectedCallbackUrl ?? token.callbackUrl
    if (back === 'oob')
      return page('Rejected', '<p>The application access request is rejected.</p>')
    return redirect(withQuery(back, { oauth_token: token.value, rejected: '1' }))
  }

  return {
    /** Undefined when the path is not in the admin. */
    handle(request: SandboxRequest): SandboxAnswer | undefined {
      const found = /^((?:\/index\.php)?\/admin\/oauth_authorize)(?:\/(\w+))?\/?$/.exec(
        request.path,
      )
      if (found === null) return undefined
      const [, path = '', action = 'index'] = found
      if (!isIn(request)) return signIn(request)
      const token = consumers.byToken(request.query.get('oauth_token') ?? '')
      const isFresh = token?.type === 'request' && !token.authorized && !token.revoked
      if (request.method !== 'GET' || token === null || !isFresh) {
        return page('Error', '<p>An error occurred. Your authorization request is invalid.</p>')
      }
      if (action === 'confirm') return confirm(token)
      if (action === 'reject') return reject(token)
      return consentPage(token, path)
    },
  }
}
