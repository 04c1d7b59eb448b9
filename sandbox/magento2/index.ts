import { type Sandbox, type SandboxOptions, startServer } from '../kit/server.ts'
import { backOffice } from './back-office.ts'
import { controlRoutes } from './control.ts'
import { createShop, type ShopControl } from './shop.ts'
import { applySwitches, defaultSwitches, type SwitchChange } from './switches.ts'
import { createWorld } from './world.ts'

export type { Activated, ActivationWish } from './activation.ts'
export type { CreditWish, InvoiceWish } from './documents.ts'
export type { FourValues } from './integrations.ts'
export type { PaperSummary, Placed } from './ledgers.ts'
export type { OrderSpec } from './order-spec.ts'
export { presets } from './presets.ts'
export type { Ledger, ShopControl } from './shop.ts'
export type { SwitchChange, Switches } from './switches.ts'

export interface Magento2Options extends SandboxOptions {
  switches?: SwitchChange
  /** store_base_url when it differs from where the sandbox listens; ends in a slash. */
  publicUrl?: string
}

export type Magento2 = Sandbox & ShopControl

/** Starts one Magento 2 shop with its REST API, its token endpoints and its admin. */
export async function startMagento2(options: Magento2Options = {}): Promise<Magento2> {
  const seed = options.seed ?? 1
  const world = createWorld({
    now: options.now ?? (() => new Date()),
    seed,
    switches: applySwitches(defaultSwitches, options.switches ?? {}),
  })
  const shop = createShop(world, seed)
  const sandbox = await startServer({
    name: 'Magento 2',
    options,
    handle: (request) => shop.handle(request),
    unauthorized: () => shop.unauthorized(),
    control: controlRoutes(shop.control),
    backOffice: () => backOffice(shop.control),
    reset: () => shop.control.reset(),
  })
  world.baseUrl = options.publicUrl ?? `${sandbox.url}/`
  return {
    ...sandbox,
    ...shop.control,
    reset: () => {
      sandbox.faults.clear()
      shop.control.reset()
    },
  }
}
