import { z } from 'zod'
import { type Keys } from './keys.ts'
import { callOut, type RemoteAnswer } from './outgoing.ts'
import { type Webhooks } from './webhooks.ts'
import { inventHex, md5, type World } from './world.ts'

const callTimeoutMs = 10_000
/** Cancelled this soon after installing, the app is uninstalled at once (section 2.2). */
const regretMs = 12 * 60 * 60_000

const hex = z.string().regex(/^[0-9a-f]{32}$/)
const url = z.url({ protocol: /^https?$/ }).nullable()

/** The app's record in the partner dashboard (section 2). */
export const appSchema = z.strictObject({
  key: hex,
  secret: hex,
  successUrl: url,
  cancelUrl: url,
  uninstallUrl: url,
})
export type App = z.infer<typeof appSchema>

/** Two of these are somebody else's doing. */
export const signature = z.enum(['signed', 'badly-signed', 'unsigned'])
export type Signature = z.infer<typeof signature>

export interface Installation {
  status: 'active' | 'cancelled' | 'expired'
  installedAt: Date
  token: string
}

export interface StoreCallResult {
  /** What the app answered. */
  answer: RemoteAnswer
  /** The call itself, for who wants to send it again. */
  address: string
  body: string
}

export interface AppStore {
  app(): App
  setApp(change: Partial<App>): App
  installation(): Installation | null
  /** Gives a new token; answers where the merchant's browser is sent. Throws without a success URL. */
  install(wish: { signature?: Signature; language?: string }): { installUrl: string; token: string }
  cancel(wish: {
    signature?: Signature
  }): Promise<{ cancel: StoreCallResult; uninstall: StoreCallResult | null }>
  /** Badly signed or unsigned leaves the installation alone. */
  uninstall(wish: { signature?: Signature }): Promise<StoreCallResult>
  reset(): void
}

/** md5 of the signed parameters, sorted and run together, and the secret (section 2.1). */
export function signatureOf(parameters: Record<string, string>, secret: string): string {
  const names = Object.keys(parameters).sort()
  return md5(names.map((name) => `${name}=${parameters[name] ?? ''}`).join('') + secret)
}

/** The app store: install link, cancel and uninstall calls (section 2). */
export function createAppStore(
  world: World,
  parts: { initialApp: App; keys: Keys; webhooks: Webhooks },
): AppStore {
  const { keys, webhooks } = parts
  let app = parts.initialApp
  let installation: Installation | null = null

  /** The parameters of a call, signed or as a fault wants it; cluster_id is never signed. */
  function signed(parameters: Record<string, string>, how: Signature = 'signed'): URLSearchParams {
    const secret = how === 'signed' ? app.secret : 'another secret'
    return new URLSearchParams({
      ...parameters,
      ...(how === 'unsigned' ? {} : { signature: signatureOf(parameters, secret) }),
      cluster_id: world.clusterId,
    })
  }

  function common(language = 'nl'): Record<string, string> {
    return {
      language,
      shop_id: String(world.shopId),
      timestamp: String(Math.floor(world.now().getTime() / 1000)),
    }
  }

  async function call(address: string | null, how?: Signature): Promise<StoreCallResult> {
    if (address === null) throw new Error('the app has no such address: PUT /_sandbox/app')
    const query = signed(common(), how).toString()
    const isGet = world.switches.storeCallMethod === 'GET'
    const target = isGet ? `${address}${address.includes('?') ? '&' : '?'}${query}` : address
    const answer = await callOut({
      method: isGet ? 'GET' : 'POST',
      address: target,
      timeoutMs: callTimeoutMs,
      ...(!isGet && {
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: query,
      }),
    })
    return { answer, address: target, body: isGet ? '' : query }
  }

  async function uninstall(how?: Signature): Promise<StoreCallResult> {
    const result = await call(app.uninstallUrl, how)
    if ((how ?? 'signed') === 'signed') {
      // The token is revoked and the app's webhooks are deleted, whatever the app answered.
      keys.setApp(null)
      webhooks.removeOf('app')
      if (installation !== null) installation = { ...installation, status: 'expired' }
    }
    return result
  }

  return {
    app: () => app,
    setApp: (change) => {
      app = { ...app, ...change }
      return app
    },
    installation: () => installation,
    install: ({ signature: how, language }) => {
      if (app.successUrl === null) throw new Error('the app has no success URL')
      const token = inventHex(world)
      installation = { status: 'active', installedAt: world.now(), token }
      keys.setApp({ key: app.key, secret: app.secret, token })
      const query = signed({ ...common(language), token }, how)
      const mark = app.successUrl.includes('?') ? '&' : '?'
      return { installUrl: `${app.successUrl}${mark}${query.toString()}`, token }
    },
    cancel: async ({ signature: how }) => {
      const cancel = await call(app.cancelUrl, how)
      if ((how ?? 'signed') !== 'signed' || installation === null)
        return { cancel, uninstall: null }
      const ageMs = world.now().getTime() - installation.installedAt.getTime()
      installation = { ...installation, status: 'cancelled' }
      const isEnded = ageMs < regretMs && !world.switches.appInTest
      return { cancel, uninstall: isEnded ? await uninstall() : null }
    },
    uninstall: ({ signature: how }) => uninstall(how),
    reset: () => {
      app = parts.initialApp
      installation = null
      keys.setApp(null)
    },
  }
}
