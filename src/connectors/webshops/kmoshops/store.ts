import type { z } from 'zod'
import { reason, Trouble, type Reason } from '../../../problems/reason.ts'
import type { RawRequest, StoreApp, StoreInstall } from '../../webshop.ts'
import type { ValuesOf } from '../../settings.ts'
import { createApi, system } from './api.ts'
import type { credentials } from './settings.ts'
import { isSignedBy } from './signing.ts'
import * as wire from './wire.ts'

type Credentials = ValuesOf<typeof credentials>
interface Rejected {
  is: 'rejected'
  reason: Reason
}

const rejected = (code: Reason['code']): Rejected => ({ is: 'rejected', reason: reason(code) })

const isLoopback = (hostname: string) =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)

/** An address we may be sent to: https, or http on this machine (sandbox); without user or password. */
const readAddress = (address: string): URL | null => {
  const url = URL.parse(address)
  if (url === null || url.username !== '' || url.password !== '') return null
  const isPlainButHere = url.protocol === 'http:' && isLoopback(url.hostname)
  return url.protocol === 'https:' || isPlainButHere ? url : null
}

/**
 * Where the browser may go after installing: only to the shop itself, else a forged handshake would make us
 * an open redirect.
 */
const isReturnOf = (returnUrl: string, apiRoot: string): boolean => {
  const [there, shop] = [readAddress(returnUrl), readAddress(apiRoot)]
  return there !== null && shop !== null && there.host === shop.host
}

/** A signed body of one of the server-to-server calls: HMAC(app secret, registered URL | raw body). */
const readSigned = <T>(
  request: RawRequest,
  { secret }: StoreApp,
  registeredUrl: string,
  schema: z.ZodType<T>,
): { is: 'read'; value: T } | Rejected => {
  // Nobody may sign with a secret that was never set (isSignedBy refuses it too).
  if (secret === '') return notConfigured
  if (!isSignedBy(secret, request.headers['x-hash'], registeredUrl, request.body)) {
    return rejected('STORE_SIGNATURE_WRONG')
  }
  try {
    const value = schema.safeParse(JSON.parse(request.body))
    if (request.method === 'POST' && value.success) return { is: 'read', value: value.data }
  } catch {
    // No JSON at all: the same as JSON of another form.
  }
  return rejected('STORE_MALFORMED')
}

const notConfigured = {
  is: 'rejected' as const,
  reason: reason('STORE_NOT_CONFIGURED', { system }),
}

/** The life of the app in the platform's store (contract §3). */
export const store = {
  handshake: (request, app) => {
    const body = readSigned(request, app, app.handshakeUrl, wire.handshake)
    if (body.is === 'rejected') return body
    const { api_public: apiPublic, api_secret: apiSecret, api_root, return_url } = body.value
    if (!isReturnOf(return_url, api_root)) return rejected('STORE_MALFORMED')
    // No name or id of the shop is handed over: the public key is what tells shops apart.
    return {
      is: 'verified',
      account: apiPublic,
      credentials: {
        apiRoot: new URL(api_root).origin,
        apiPublic,
        apiSecret,
        returnUrl: return_url,
      },
    }
  },

  open: (request, app) => {
    if (app.secret === '') return notConfigured
    const [keys, hashes] = [request.query.getAll('api_public'), request.query.getAll('x-hash')]
    const [account = ''] = keys
    if (!isSignedBy(app.secret, hashes[0], app.installUrl, account)) {
      return rejected('STORE_SIGNATURE_WRONG')
    }
    const isPlain = request.method === 'GET' && keys.length === 1 && account !== ''
    return isPlain ? { is: 'verified', account } : rejected('STORE_MALFORMED')
  },

  uninstall: (request, app) => {
    const body = readSigned(request, app, app.uninstallUrl, wire.uninstall)
    return body.is === 'rejected' ? body : { is: 'verified', account: body.value.api_public }
  },

  finish: async ({ credentials, http, clock }) => {
    const { returnUrl, apiRoot } = credentials
    // Asked before the platform hears that all is well: stored values may be older than our rules.
    if (!isReturnOf(returnUrl, apiRoot)) throw new Trouble('never', reason('STORE_MALFORMED'))
    const api = createApi({ credentials, http, clock, responseSignature: 'require' })
    const [app, ...others] = await api.all('apps', wire.app)
    if (app === undefined || others.length > 0) {
      throw new Trouble('never', reason('REMOTE_SHAPE', { system, field: 'apps' }))
    }
    // Without this the app stays "not installed" (contract §3.2).
    await api.change(`apps/${app.id}`, { is_installed: true })
    return { returnUrl }
  },
} satisfies StoreInstall<Credentials>
