import { reason, Trouble } from '../../../problems/reason.ts'
import type { HttpAnswer, HttpSilence } from '../../http.ts'
import { bodyOf } from '../../reading.ts'
import type { SignIn } from '../../sign-in.ts'
import { encode } from '../magento/encode.ts'
import type { Keys } from '../magento/signing.ts'
import { originsSeen, shopAddressOf } from './address.ts'
import { oauthProblem, recogniseAt } from './recognise.ts'
import type { Credentials } from './settings.ts'
import { sendAsSeen, type Caller } from './signed.ts'
import { system } from './system.ts'

const failed = () => new Trouble('reconnect', reason('SIGN_IN_FAILED', { system }))

/** What a refusal of the handshake means to the merchant (contract §3.5, §7). */
const troubleOf = (answer: HttpAnswer): Trouble | null => {
  const problem = oauthProblem(answer)
  if (problem === null) return null
  const { status } = answer
  // Nothing of what we sent arrived: the host drops the header, and REST would fail too.
  if (problem === 'parameter_absent') {
    return new Trouble('reconnect', reason('AUTHORIZATION_STRIPPED', { system }))
  }
  if (problem === 'internal_error') {
    return new Trouble('later', reason('REMOTE_TROUBLE', { system, status }))
  }
  if (/^(consumer|signature)_/.test(problem)) {
    return new Trouble('reconnect', reason('CREDENTIALS_REFUSED', { system, status }))
  }
  return failed()
}

/** The token of an answer of the handshake, form-encoded. @throws Trouble */
const tokenOf = (caller: Caller, answer: HttpAnswer | HttpSilence) => {
  const trouble = answer.is === 'answer' ? troubleOf(answer) : null
  if (trouble !== null) throw trouble
  const form = new URLSearchParams(bodyOf(answer, system, recogniseAt(caller.clock)).trim())
  const [key, secret] = [form.get('oauth_token'), form.get('oauth_token_secret')]
  if (key && secret) return { key, secret }
  throw new Trouble('later', reason('REMOTE_ANSWER_UNREADABLE', { system }))
}

const keysOf = ({ consumerKey, consumerSecret }: Credentials): Keys => ({
  consumerKey,
  consumerSecret,
})

/** The address with `state` in it: Magento adds its own parameters behind (contract §3.4). */
const callbackOf = (returnAddress: string, state: string): string =>
  `${returnAddress}${returnAddress.includes('?') ? '&' : '?'}state=${encode(state)}`

const begin: SignIn<Credentials>['begin'] = async (caller, asked) => {
  const { credentials, returnAddress, state } = asked
  const { oauth, admin, origin } = shopAddressOf(credentials.adminUrl)
  const { answer, origin: seen } = await sendAsSeen(
    caller,
    'POST',
    `${oauth}/oauth/initiate`,
    keysOf(credentials),
    originsSeen(origin, 'handshake'),
    { oauth_callback: callbackOf(returnAddress, state) },
  )
  const token = tokenOf(caller, answer)
  return {
    goTo: `${admin}/oauth_authorize?oauth_token=${encode(token.key)}`,
    kept: { requestToken: token.key, requestSecret: token.secret, seen },
  }
}

/** The origin with which the shop's REST accepts our signature; '' when that is what we call it. */
const restOriginOf = async (
  caller: Caller,
  credentials: Credentials,
  token: { key: string; secret: string },
): Promise<string> => {
  const { rest, origin } = shopAddressOf(credentials.adminUrl)
  const keys = { ...keysOf(credentials), token }
  const url = `${rest}/api/rest/accounting/info`
  const { origin: seen } = await sendAsSeen(caller, 'GET', url, keys, originsSeen(origin, 'rest'))
  return seen === origin ? '' : seen
}

const finish: SignIn<Credentials>['finish'] = async (caller, { credentials, kept, query }) => {
  const { requestToken = '', requestSecret = '', seen = '' } = kept
  const verifier = query.get('oauth_verifier') ?? ''
  // Another tab's token, a rejection, or no answer at all.
  if (query.get('oauth_token') !== requestToken || requestToken === '' || verifier === '') {
    throw failed()
  }
  const { oauth } = shopAddressOf(credentials.adminUrl)
  const keys: Keys = {
    ...keysOf(credentials),
    token: { key: requestToken, secret: requestSecret },
  }
  // The origin that was right at the beginning is right now; never repeated, a verifier works once.
  const { answer } = await sendAsSeen(caller, 'POST', `${oauth}/oauth/token`, keys, [seen], {
    oauth_verifier: verifier,
  })
  const access = tokenOf(caller, answer)
  return {
    ...credentials,
    accessToken: access.key,
    accessTokenSecret: access.secret,
    signedOrigin: await restOriginOf(caller, credentials, access),
  }
}

/** OAuth 1.0a with three legs: initiate, consent in the admin, token (contract §3.4). */
export const signIn: SignIn<Credentials> = { needsApp: false, begin, finish }
