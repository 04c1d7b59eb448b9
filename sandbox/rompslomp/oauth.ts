import { createHash } from 'node:crypto'
import { html, json } from '../kit/message.ts'
import { escapeHtml, page } from '../kit/page.ts'
import { type SandboxAnswer, type SandboxRequest } from '../kit/server.ts'
import { type Books } from './books.ts'
import { readForm } from './form.ts'
import { issuePair, newToken, revokePair, scopesOf } from './tokens.ts'

/** The flat errors of the token endpoint (contract §2 point 5), with Doorkeeper's header. */
function oauthError(status: number, error: string, description: string): SandboxAnswer {
  const challenge = `Bearer realm="Doorkeeper", error="${error}", error_description="${description}"`
  return json({ error, error_description: description }, status, { 'WWW-Authenticate': challenge })
}

const appOf = ({ account }: Books, query: URLSearchParams) =>
  account.apps.find(
    (app) => app.id === query.get('client_id') && app.redirectUri === query.get('redirect_uri'),
  )

/**
 * GET and POST /oauth/authorize: a consent page whose form decides; `?auto=approve` or
 * `?auto=refuse` decides at once, for scripts.
 */
export function authorize(books: Books, request: SandboxRequest): SandboxAnswer {
  const asked = request.method === 'POST' ? readForm(request) : request.query
  const app = appOf(books, asked)
  if (app === undefined || asked.get('response_type') !== 'code') {
    return html(page('Er ging iets mis', '<p>Onbekende applicatie of ongeldig verzoek.</p>'), 401)
  }
  const decision = request.method === 'POST' ? asked.get('decision') : asked.get('auto')
  if (decision !== 'approve' && decision !== 'refuse') return consentPage(asked)

  const back = new URL(app.redirectUri)
  if (decision === 'approve') back.searchParams.set('code', newCode(books, asked, app.redirectUri))
  else {
    back.searchParams.set('error', 'access_denied')
    back.searchParams.set('error_description', 'De gebruiker weigerde de toegang.')
  }
  const state = asked.get('state')
  if (state !== null && books.switches.returnsState) back.searchParams.set('state', state)
  return { status: 302, headers: { location: back.href } }
}

function newCode(books: Books, asked: URLSearchParams, redirectUri: string): string {
  const code = newToken(books)
  books.codes.set(code, {
    clientId: asked.get('client_id') ?? '',
    scopes: scopesOf(asked.get('scope') ?? ''),
    expiresAtMs: books.now().getTime() + books.account.codeLifeS * 1000,
    redirectUri,
    challenge: asked.get('code_challenge') ?? '',
  })
  return code
}

/** RFC 7636, S256: a challenge and a verifier go together, or there is neither. */
function isVerified({ switches }: Books, challenge: string, verifier: string): boolean {
  if (!switches.checksPkce || (challenge === '' && verifier === '')) return true
  return createHash('sha256').update(verifier).digest('base64url') === challenge
}

function consentPage(asked: URLSearchParams): SandboxAnswer {
  const hidden = [...asked]
    .map(
      ([name, value]) =>
        `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
    )
    .join('')
  return html(
    page(
      'Toegang tot Rompslomp',
      `<p>Gevraagd: <code>${escapeHtml(scopesOf(asked.get('scope') ?? '').join(' '))}</code></p>` +
        `<form method="post" action="/oauth/authorize">${hidden}` +
        '<button name="decision" value="approve">Toestaan</button> ' +
        '<button name="decision" value="refuse">Weigeren</button></form>',
    ),
  )
}

/** POST /oauth/token (contract §2 points 2–5). */
export function tokenAnswer(books: Books, request: SandboxRequest): SandboxAnswer {
  const form = readForm(request)
  const missing = ['client_id', 'client_secret', 'grant_type'].find((name) => !form.get(name))
  if (missing !== undefined) {
    return oauthError(400, 'invalid_request', `Verplichte parameter ontbreekt: ${missing}`)
  }
  const app = books.account.apps.find(({ id }) => id === form.get('client_id'))
  if (app === undefined || app.secret !== form.get('client_secret')) {
    return oauthError(401, 'invalid_client', 'Client-authenticatie mislukt')
  }
  const badGrant = () =>
    oauthError(books.switches.invalidGrantStatus, 'invalid_grant', 'De machtiging is ongeldig')

  switch (form.get('grant_type') ?? '') {
    case 'authorization_code': {
      const code = form.get('code') ?? ''
      const grant = books.codes.get(code)
      // Single use, whatever comes of it.
      books.codes.delete(code)
      const fits =
        grant !== undefined &&
        grant.clientId === app.id &&
        grant.redirectUri === form.get('redirect_uri') &&
        grant.expiresAtMs > books.now().getTime() &&
        isVerified(books, grant.challenge, form.get('code_verifier') ?? '')
      return fits ? json(issuePair(books, grant, null)) : badGrant()
    }
    case 'refresh_token': {
      const refresh = form.get('refresh_token') ?? ''
      const grant = books.refreshTokens.get(refresh)
      if (grant?.clientId !== app.id) return badGrant()
      const old = { access: grant.access, refresh }
      const { oldRefreshToken } = books.switches
      if (oldRefreshToken === 'revoke-now') revokePair(books, old)
      return json(issuePair(books, grant, oldRefreshToken === 'revoke-on-first-use' ? old : null))
    }
    default:
      return oauthError(400, 'unsupported_grant_type', 'Dit grant type wordt niet ondersteund')
  }
}
