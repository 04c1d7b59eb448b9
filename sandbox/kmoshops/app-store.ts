import { type App, type Installation } from './app.ts'
import { appResources } from './app-resources.ts'
import { hashHeader, installLink, type Signature } from './install-link.ts'
import { type Key, type Keys } from './keys.ts'
import { type Outgoing, type RemoteAnswer } from './outgoing.ts'
import { type Resources } from './resource.ts'
import { inventKey } from './signing.ts'
import { type Webhooks } from './webhooks.ts'
import { toJson, type World } from './world.ts'

const callTimeoutMs = 10_000

/** How to install; the defaults are how it should go. */
export interface InstallWish {
  /** 'skipped' = the link is opened before the handshake; replayHandshake() sends it after all. */
  handshake?: Signature | 'skipped'
  /** 'unknown-key' = a well-signed link for an api_public that was never handed over. */
  link?: Signature | 'unknown-key'
  language?: string
}

export interface InstallResult {
  /** Whether the app answered 200 OK; anything else stops the installation (section 3.1). */
  accepted: boolean
  /** What the app answered; null when it was skipped. */
  handshake: RemoteAnswer | null
  /** What the merchant's browser opens next; null when the handshake was refused. */
  installUrl: string | null
  apiPublic: string
  apiSecret: string
  returnUrl: string
}

export interface AppStore {
  app(): App
  setApp(change: Partial<App>): App
  installation(): Installation | null
  install(wish: InstallWish): Promise<InstallResult>
  /** Sends the last handshake once more, byte for byte, or a skipped one at last. */
  replayHandshake(): Promise<RemoteAnswer>
  /**
   * Badly signed or unsigned is someone else's doing: it leaves the installation alone. When the app is
   * off already this plays a platform that calls again. Throws when there never was a handshake.
   */
  uninstall(wish: { signature?: Signature }): Promise<RemoteAnswer>
  reset(): void
  resources: Resources
}

interface Handshake {
  key: Key
  body: string
  /** False while it was skipped: the app does not know the key yet. */
  isSent: boolean
}

/** The app store: handshake, install link and uninstall call (section 3), and the resource apps. */
export function createAppStore(
  world: World,
  parts: { initialApp: App; keys: Keys; webhooks: Webhooks; outgoing: Outgoing },
): AppStore {
  const { keys, webhooks, outgoing } = parts
  let app = parts.initialApp
  let installation: Installation | null = null
  let lastHandshake: Handshake | null = null

  function post(address: string, body: string, signature: Signature): Promise<RemoteAnswer> {
    const headers = {
      'content-type': 'application/json',
      ...hashHeader(world, app.secret, signature, [address, body]),
    }
    return outgoing.post({ address, headers, body, timeoutMs: callTimeoutMs })
  }

  async function shakeHands(handshake: Handshake, signature: Signature): Promise<RemoteAnswer> {
    const { handshakeUrl } = app
    if (handshakeUrl === null) throw new Error('the app has no handshake URL: PUT /_sandbox/app')
    // Somebody else's handshake, or the same one once more, changes nothing in the shop.
    const isFirst = signature === 'signed' && !handshake.isSent
    if (isFirst) {
      handshake.isSent = true
      // The keys work at once: the app may call back before it answers.
      keys.allow(handshake.key)
    }
    const answer = await post(handshakeUrl, handshake.body, signature)
    if (!isFirst) return answer
    if (saysOk(answer)) {
      end()
      installation = { key: handshake.key, isInstalled: false }
    } else keys.revoke(handshake.key)
    return answer
  }

  async function install(wish: InstallWish): Promise<InstallResult> {
    const { installUrl, secret } = app
    if (installUrl === null) throw new Error('the app has no install URL: PUT /_sandbox/app')
    const key = keys.invent()
    const { apiPublic, apiSecret } = key
    const returnUrl = `${world.root}/onderhoud/apps?done=1`
    const { handshake: how = 'signed', link = 'signed', language = 'nl' } = wish
    const handshake = { key, body: handshakeBody(world, key, returnUrl), isSent: false }
    if (how === 'signed' || how === 'skipped') lastHandshake = handshake
    const answer = how === 'skipped' ? null : await shakeHands(handshake, how)
    const named = link === 'unknown-key' ? inventKey(world.random) : apiPublic
    const signature = link === 'unknown-key' ? 'signed' : link
    const address = { installUrl, apiPublic: named, language, signature }
    return {
      accepted: answer !== null && saysOk(answer),
      handshake: answer,
      installUrl: answer === null || saysOk(answer) ? installLink(world, secret, address) : null,
      apiPublic,
      apiSecret,
      returnUrl,
    }
  }

  function replayHandshake(): Promise<RemoteAnswer> {
    if (lastHandshake === null) throw new Error('there was no handshake yet')
    return shakeHands(lastHandshake, 'signed')
  }

  async function uninstall(wish: { signature?: Signature }): Promise<RemoteAnswer> {
    const { signature = 'signed' } = wish
    if (app.uninstallUrl === null)
      throw new Error('the app has no uninstall URL: PUT /_sandbox/app')
    const key = installation?.key ?? lastHandshake?.key
    if (key === undefined) throw new Error('the app was never installed')
    const body = toJson(world, { api_public: key.apiPublic })
    // Dead before the call: an app that checks finds 401 (section 3.3).
    if (signature === 'signed') end()
    return post(app.uninstallUrl, body, signature)
  }

  /** Ends the installation there is: its keys are dead, and with them (by default) its webhooks. */
  function end(): void {
    if (installation === null) return
    keys.revoke(installation.key)
    if (world.switches.webhooksAfterUninstall === 'removed')
      webhooks.removeOf(installation.key.apiPublic)
    installation = null
  }

  return {
    app: () => app,
    setApp: (change) => (app = { ...app, ...change }),
    installation: () => installation,
    install,
    replayHandshake,
    uninstall,
    reset: () => {
      app = parts.initialApp
      installation = null
      lastHandshake = null
    },
    resources: appResources(world, () => (installation === null ? null : { app, installation })),
  }
}

/** No shop name and no id: the shop is known by its api_public (section 3.1). */
function handshakeBody(world: World, key: Key, returnUrl: string): string {
  return toJson(world, {
    api_public: key.apiPublic,
    api_secret: key.apiSecret,
    api_root: world.root,
    return_url: returnUrl,
  })
}

function saysOk({ status, body }: RemoteAnswer): boolean {
  return status === 200 && body.trim().toLowerCase() === 'ok'
}
