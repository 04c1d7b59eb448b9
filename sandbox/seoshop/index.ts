import { type Sandbox, type SandboxOptions, startServer } from '../kit/server.ts'
import { type App } from './app-store.ts'
import { backOffice } from './back-office.ts'
import { controlRoutes } from './control.ts'
import { createShop, type ShopControl } from './shop.ts'
import { applySwitches, defaultSwitches, type SwitchChange } from './switches.ts'
import { createWorld } from './world.ts'

export type { App, StoreCallResult } from './app-store.ts'
export type { OrderChange, OrderSpec } from './order-spec.ts'
export { presets } from './presets.ts'
export type { Ledger, OrderSummary, ShopControl } from './shop.ts'
export type { SwitchChange, Switches } from './switches.ts'

export interface SeoshopOptions extends SandboxOptions {
  app?: Partial<App>
  switches?: SwitchChange
  shopId?: number
  /** Scheme and host in the links, when the sandbox listens elsewhere, e.g. behind a proxy. */
  publicUrl?: string
}

export type Seoshop = Sandbox & ShopControl

/** An app whose addresses come with options.app or PUT /_sandbox/app. */
const unregistered: App = {
  key: 'c0ffee00c0ffee00c0ffee00c0ffee00',
  secret: '0f1e2d3c4b5a69788796a5b4c3d2e1f0',
  successUrl: null,
  cancelUrl: null,
  uninstallUrl: null,
}

/** Starts one SEOshop (Lightspeed eCom C-Series) shop with its App Store (contracts/seoshop.md). */
export async function startSeoshop(options: SeoshopOptions = {}): Promise<Seoshop> {
  const seed = options.seed ?? 1
  const world = createWorld({
    now: options.now ?? (() => new Date()),
    seed,
    switches: applySwitches(defaultSwitches, options.switches ?? {}),
    shopId: options.shopId ?? 123_456,
  })
  const app = { ...unregistered, ...options.app }
  const shop = createShop(world, { app, limits: options.limits ?? 'real', seed })
  const sandbox = await startServer({
    name: 'SEOshop',
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
