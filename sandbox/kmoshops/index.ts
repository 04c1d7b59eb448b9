import { type Sandbox, type SandboxOptions, startServer } from '../kit/server.ts'
import { type App } from './app.ts'
import { backOffice } from './back-office.ts'
import { controlRoutes } from './control.ts'
import { createShop, type ShopControl } from './shop.ts'
import { applySwitches, defaultSwitches, type SwitchChange } from './switches.ts'
import { createWorld } from './world.ts'

export type { App } from './app.ts'
export type { InstallResult, InstallWish } from './app-store.ts'
export type { Delivery } from './deliveries.ts'
export type { Ledger } from './ledger.ts'
export type { Order } from './order.ts'
export type { AddressSpec, LineSpec, OrderEdit, OrderSpec, WebhookMode } from './order-spec.ts'
export type { OrderChange } from './orders.ts'
export { presets } from './presets.ts'
export type { ShopControl } from './shop.ts'
export type { Dialect, SwitchChange, Switches } from './switches.ts'

export interface KmoshopsOptions extends SandboxOptions {
  app?: Partial<App>
  switches?: SwitchChange
  /** `api_root` when it differs from where the sandbox listens, e.g. behind a proxy. */
  publicUrl?: string
}

export type Kmoshops = Sandbox & ShopControl

/** An app nobody has registered yet: its addresses come with options.app or PUT /_sandbox/app. */
const unregistered: App = {
  id: 77,
  secret: 'k3Jq8ZtW1nVb5LxR0cYd7Gh2Ms9Pf4Ea',
  handshakeUrl: null,
  installUrl: null,
  uninstallUrl: null,
}

/** Starts one KMO Shops shop with its app store and back office (contracts/kmoshops.md). */
export async function startKmoshops(options: KmoshopsOptions = {}): Promise<Kmoshops> {
  const seed = options.seed ?? 1
  const world = createWorld({
    now: options.now ?? (() => new Date()),
    seed,
    switches: applySwitches(defaultSwitches, options.switches ?? {}),
  })
  const app = { ...unregistered, ...options.app }
  const shop = createShop(world, { app, limits: options.limits ?? 'real', seed })
  const sandbox = await startServer({
    name: 'KMO Shops',
    options,
    handle: (request) => shop.handle(request),
    rateLimited: () => shop.rateLimited(),
    unauthorized: () => shop.unauthorized(),
    control: controlRoutes(shop.control),
    backOffice: () => backOffice(shop.control),
    reset: () => shop.control.reset(),
  })
  world.root = options.publicUrl ?? sandbox.url
  return {
    ...sandbox,
    ...shop.control,
    reset: () => {
      sandbox.faults.clear()
      shop.control.reset()
    },
    close: () => {
      shop.close()
      return sandbox.close()
    },
  }
}
