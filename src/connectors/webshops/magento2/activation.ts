import { reason, Trouble } from '../../../problems/reason.ts'
import type { HttpClient } from '../../http.ts'
import { bodyOf } from '../../reading.ts'
import type { Session } from '../../session.ts'
import type { ValuesOf } from '../../settings.ts'
import type { Activation } from '../../webshop.ts'
import { baseOf } from './api.ts'
import { recogniseAt } from './recognise.ts'
import type { credentials } from './settings.ts'
import { authorize, type Keys } from './signing.ts'
import { system } from './system.ts'

type Credentials = ValuesOf<typeof credentials>
type Remote = Pick<Session<Credentials, unknown>, 'http' | 'clock'>
/** http or https, and no name or password in it. */
const webAddress = (text: string | null): URL | null => {
  const url = text === null ? null : URL.parse(text)
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:'
  return isWeb && url.username === '' && url.password === '' ? url : null
}

/** Keys, secrets and verifiers are all exactly this (contract §3.2). */
const isSecret = (text: string | null): text is string =>
  text !== null && /^[a-zA-Z0-9]{32}$/.test(text)

const rejected = (field: string) =>
  ({ is: 'rejected', reason: reason('ACTIVATION_MALFORMED', { system, field }) }) as const

/** The one value of a field: named twice, nobody knows which one is meant. */
const only = (form: URLSearchParams, name: string): string | null => {
  const values = form.getAll(name)
  return values.length === 1 ? (values[0] ?? null) : null
}

/** The shop's post to our Callback URL. Nothing in it is signed: what it says is believed after consent only. */
const receive: Activation<Credentials>['receive'] = ({ method, body }) => {
  if (method !== 'POST') return rejected('method')
  const form = new URLSearchParams(body)
  const key = only(form, 'oauth_consumer_key')
  const secret = only(form, 'oauth_consumer_secret')
  const verifier = only(form, 'oauth_verifier')
  const shop = webAddress(only(form, 'store_base_url'))
  if (!isSecret(key)) return rejected('oauth_consumer_key')
  if (!isSecret(secret)) return rejected('oauth_consumer_secret')
  if (!isSecret(verifier)) return rejected('oauth_verifier')
  if (shop === null) return rejected('store_base_url')
  return {
    is: 'verified',
    key,
    kept: {
      consumerKey: key,
      consumerSecret: secret,
      verifier,
      shopUrl: shop.origin + shop.pathname,
    },
  }
}

/** The admin's popup: which integration, and the page of the shop that closes it again. */
const open: Activation<Credentials>['open'] = ({ query }) => {
  const key = only(query, 'oauth_consumer_key')
  const back = webAddress(only(query, 'success_call_back'))
  if (!isSecret(key)) return rejected('oauth_consumer_key')
  if (back === null) return rejected('success_call_back')
  return { is: 'verified', key, returnUrl: back.href }
}

/** One step of the exchange. Never repeated: a token can be exchanged only once. */
const exchange = async (
  { http, clock }: Remote,
  url: string,
  keys: Keys,
  verifier?: string,
): Promise<{ key: string; secret: string }> => {
  const answer = await post(http, url, authorize('POST', url, keys, { clock }, verifier))
  const isRefused = answer.is === 'answer' && answer.body.startsWith('oauth_problem=')
  if (isRefused) {
    const { status } = answer
    throw new Trouble('reconnect', reason('ACTIVATION_REFUSED', { system, status }))
  }
  // Form-encoded, whatever its type says: it says text/html (recordings).
  const form = new URLSearchParams(bodyOf(answer, system, recogniseAt(clock)).trim())
  const [key, secret] = [only(form, 'oauth_token'), only(form, 'oauth_token_secret')]
  if (isSecret(key) && isSecret(secret)) return { key, secret }
  throw new Trouble('later', reason('REMOTE_ANSWER_UNREADABLE', { system }))
}

const post = (http: HttpClient, url: string, authorization: string) =>
  http.send({
    method: 'POST',
    url,
    headers: { accept: '*/*', authorization, 'content-length': '0' },
    body: '',
  })

const finish: Activation<Credentials>['finish'] = async (kept, remote) => {
  const { consumerKey = '', consumerSecret = '', verifier = '', shopUrl = '' } = kept
  const base = baseOf(shopUrl)
  const keys: Keys = { consumerKey, consumerSecret }
  const request = await exchange(remote, `${base}/oauth/token/request`, keys)
  const withToken = { ...keys, token: request }
  const access = await exchange(remote, `${base}/oauth/token/access`, withToken, verifier)
  return {
    shopUrl: base,
    consumerKey,
    consumerSecret,
    accessToken: access.key,
    accessTokenSecret: access.secret,
  }
}

/** The shop's own activation with a Callback URL and an Identity link URL (contract §3.1). */
export const activation: Activation<Credentials> = { receive, open, finish }
