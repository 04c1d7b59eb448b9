import * as oauth from 'oauth4webapi'
import { reason, Trouble } from '../../../problems/reason.ts'
import { later, type Clock } from '../../../world/clock.ts'
import type { HttpClient } from '../../http.ts'
import { bodyOf } from '../../reading.ts'
import type { RemoteApp, SignIn } from '../../sign-in.ts'
import { system } from './fields.ts'
import type { RompslompCredentials } from './settings.ts'

const origin = 'https://api.rompslomp.nl'

/** All that is needed to book (contract §2). */
const scopes = 'public manage:contacts manage:products manage:sales_invoices read:accounts'

/** Renewed this long before the end, so that no booking begins with a token that dies under it. */
const renewAheadMs = 10 * 60_000
/** What a token lives when the answer does not say (contract §2). */
const tokenLifeS = 7_200

const loopback = new Set(['127.0.0.1', '[::1]', 'localhost'])

/**
 * Where merchants sign in. The secret of our registration goes there, so a merchant can't name another
 * place: the address of the API counts only on this machine, where the sandbox runs.
 */
const originOf = ({ baseUrl }: RompslompCredentials): string => {
  const asked = URL.canParse(baseUrl) ? new URL(baseUrl) : null
  return asked !== null && loopback.has(asked.hostname) ? asked.origin : origin
}

const server: oauth.AuthorizationServer = {
  issuer: origin,
  token_endpoint: `${origin}/oauth/token`,
}

const registered = (app: RemoteApp): { id: string; secret: string } => {
  if (app === null) throw new Error(`signing in at ${system} needs a registration`)
  return app
}

/** Answers that are no answer of a token endpoint (an outage, a limit), as Trouble. */
const isTokenAnswer = (status: number): boolean =>
  status === 200 || status === 400 || status === 401

/**
 * The library's fetch through our own client. The library insists on https and knows only the real address;
 * where the request goes is decided here. Of the headers it gets the type only: with Doorkeeper's
 * WWW-Authenticate it would not look at the error in the body.
 */
const fetchVia =
  (http: HttpClient, credentials: RompslompCredentials) =>
  async (
    _url: string,
    { body, headers }: oauth.CustomFetchOptions<'POST', URLSearchParams>,
  ): Promise<Response> => {
    const result = await http.send({
      method: 'POST',
      url: `${originOf(credentials)}/oauth/token`,
      headers,
      body: body.toString(),
    })
    if (result.is === 'silence' || !isTokenAnswer(result.status)) bodyOf(result, system)
    if (result.is === 'silence') throw new Error('a silence that is no trouble')
    const type = result.headers['content-type'] ?? ''
    return new Response(result.body, { status: result.status, headers: { 'content-type': type } })
  }

/** What an error of the token endpoint, or an answer that is none, means (contract §2 point 5). */
const troubleOf = (error: unknown, refusedGrant: Trouble): Trouble | null => {
  if (error instanceof Trouble) return error
  if (error instanceof oauth.ResponseBodyError) {
    if (error.error === 'invalid_grant') return refusedGrant
    return new Trouble('reconnect', reason('APP_REFUSED', { system, status: error.status }))
  }
  if (error instanceof oauth.AuthorizationResponseError) return refusedGrant
  if (error instanceof oauth.OperationProcessingError) {
    return new Trouble('later', reason('REMOTE_NOT_JSON', { system }))
  }
  return null
}

const withTrouble = async <T>(refusedGrant: Trouble, work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    throw troubleOf(error, refusedGrant) ?? error
  }
}

/** The credentials with a new pair of tokens. A token by hand has no place beside them. */
const withTokens = (
  credentials: RompslompCredentials,
  tokens: oauth.TokenEndpointResponse,
  clock: Clock,
): RompslompCredentials => ({
  ...credentials,
  apiToken: '',
  accessToken: tokens.access_token,
  refreshToken: tokens.refresh_token ?? credentials.refreshToken,
  expiresAt: later(clock.now(), (tokens.expires_in ?? tokenLifeS) * 1000).toISOString(),
})

const signInFailed = () => new Trouble('reconnect', reason('SIGN_IN_FAILED', { system }))

/** OAuth 2 with a code (contract §2). */
export const signIn: SignIn<RompslompCredentials> = {
  needsApp: true,

  // Whether Rompslomp looks at PKCE is unknown (contract §2); a server that does not, ignores it.
  begin: async ({ app, random }, { credentials, returnAddress, state }) => {
    const verifier = Buffer.from(random.bytes(32)).toString('base64url')
    const address = new URL(`${originOf(credentials)}/oauth/authorize`)
    address.search = new URLSearchParams({
      client_id: registered(app).id,
      redirect_uri: returnAddress,
      response_type: 'code',
      scope: scopes,
      state,
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    }).toString()
    return { goTo: address.href, kept: { state, verifier } }
  },

  finish: ({ http, clock, app }, { credentials, returnAddress, kept, query }) =>
    withTrouble(signInFailed(), async () => {
      const { id, secret } = registered(app)
      const client = { client_id: id }
      const state = kept['state']
      if (state === undefined || query.get('state') !== state) throw signInFailed()
      const response = await oauth.authorizationCodeGrantRequest(
        server,
        client,
        oauth.ClientSecretPost(secret),
        oauth.validateAuthResponse(server, client, query, state),
        returnAddress,
        kept['verifier'] ?? '',
        { [oauth.customFetch]: fetchVia(http, credentials) },
      )
      const tokens = await oauth.processAuthorizationCodeResponse(server, client, response)
      return withTokens(credentials, tokens, clock)
    }),

  renewal: {
    staleAt: ({ accessToken, expiresAt }) => {
      if (accessToken === '') return null
      const until = new Date(expiresAt)
      return Number.isNaN(until.getTime()) ? new Date(0) : later(until, -renewAheadMs)
    },
    renew: ({ http, clock, app }, credentials) => {
      const refused = reason('CREDENTIALS_REFUSED', { system })
      return withTrouble(new Trouble('reconnect', refused), async () => {
        const { id, secret } = registered(app)
        const client = { client_id: id }
        const response = await oauth.refreshTokenGrantRequest(
          server,
          client,
          oauth.ClientSecretPost(secret),
          credentials.refreshToken,
          { [oauth.customFetch]: fetchVia(http, credentials) },
        )
        const tokens = await oauth.processRefreshTokenResponse(server, client, response)
        return withTokens(credentials, tokens, clock)
      })
    },
  },
}
