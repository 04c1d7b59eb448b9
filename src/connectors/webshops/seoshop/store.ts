import { reason, type Reason } from '../../../problems/reason.ts'
import type { ValuesOf } from '../../settings.ts'
import type { RawRequest, StoreApp, StoreCall, StoreInstall } from '../../webshop.ts'
import { system } from './api.ts'
import { clusters, type credentials } from './settings.ts'
import { isSignedBy, md5, signedText } from './signing.ts'

interface Rejected {
  is: 'rejected'
  reason: Reason
}

const rejected = (code: Reason['code']): Rejected => ({ is: 'rejected', reason: reason(code) })

const notConfigured: Rejected = {
  is: 'rejected',
  reason: reason('STORE_NOT_CONFIGURED', { system }),
}

/** Nothing is documented; a browser comes at once and a call of the platform soon (contract §2.1, our policy). */
const freshMs = 60 * 60_000

/** Where the parameters are: in the query, or, should a call come as POST, in a form (contract §2.2). */
const parametersOf = ({ method, query, body }: RawRequest): URLSearchParams =>
  method === 'POST' && !query.has('signature') ? new URLSearchParams(body) : query

/** The values of `names` once each, or null where one is missing, empty or there twice. */
const valuesOf = <const N extends string>(
  parameters: URLSearchParams,
  names: readonly N[],
): Record<N, string> | null => {
  const values = names.map((name) => parameters.getAll(name))
  if (!values.every((each) => each.length === 1 && each[0] !== '')) return null
  return Object.fromEntries(names.map((name, index) => [name, values[index]?.[0] ?? ''])) as Record<
    N,
    string
  >
}

const isFresh = (timestamp: string, receivedAt: Date): boolean => {
  const ageMs = /^\d{9,11}$/.test(timestamp)
    ? Math.abs(receivedAt.getTime() - Number(timestamp) * 1000)
    : Infinity
  return ageMs <= freshMs
}

/**
 * The signed parameters of a call and the shop it is about: its id and the cluster it lives on, which the
 * platform does not sign (contract §0, item 2). An unknown cluster is refused, so that a changed one leads
 * nowhere but to the platform's other host, where the credentials are worth nothing.
 */
const readSigned = <const N extends string>(
  request: RawRequest,
  { secret }: StoreApp,
  names: readonly N[],
): { is: 'read'; values: Record<N, string>; account: string; cluster: string } | Rejected => {
  // Nobody may sign with a secret that was never set (isSignedBy refuses it too).
  if (secret === '') return notConfigured
  const parameters = parametersOf(request)
  const values = valuesOf(parameters, names)
  const [signature, ...others] = parameters.getAll('signature')
  const isSigned = values !== null && isSignedBy(secret, signature, signedText(values))
  if (!isSigned || others.length > 0) return rejected('STORE_SIGNATURE_WRONG')
  const shape: Readonly<Record<string, string>> = values
  const isPlain =
    /^\d{1,12}$/.test(shape['shop_id'] ?? '') && /^[a-z]{2}$/.test(shape['language'] ?? '')
  const cluster = parameters.get('cluster_id') ?? 'eu1'
  if (!isPlain || !Object.hasOwn(clusters, cluster)) return rejected('STORE_MALFORMED')
  if (!isFresh(shape['timestamp'] ?? '', request.receivedAt)) return rejected('STORE_CALL_STALE')
  return { is: 'read', values, cluster, account: `${cluster}:${shape['shop_id'] ?? ''}` }
}

/** Cancel and uninstall sign the same parameters: install's without the token (contract §2.2). */
const readEnd = (request: RawRequest, app: StoreApp): StoreCall => {
  const isKnown = request.method === 'GET' || request.method === 'POST'
  const call = readSigned(request, app, ['language', 'shop_id', 'timestamp'])
  if (call.is === 'rejected') return call
  return isKnown ? { is: 'verified', account: call.account } : rejected('STORE_MALFORMED')
}

/**
 * The life of the app in the App Store (contract §2). The browser brings the token itself, so there is no
 * handshake before it, and nobody has to be told that the installation is complete.
 */
export const store = {
  open: (request, app) => {
    const call = readSigned(request, app, ['language', 'shop_id', 'timestamp', 'token'])
    if (call.is === 'rejected') return call
    const { language, token } = call.values
    if (request.method !== 'GET') return rejected('STORE_MALFORMED')
    return {
      is: 'verified',
      account: call.account,
      credentials: {
        apiKey: app.id,
        apiSecret: md5(token + app.secret),
        language,
        cluster: call.cluster,
        apiRoot: '',
        signingSecret: app.secret,
      },
    }
  },
  cancel: readEnd,
  uninstall: readEnd,
} satisfies StoreInstall<ValuesOf<typeof credentials>>
