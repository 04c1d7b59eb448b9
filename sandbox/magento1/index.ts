import { type Sandbox, type SandboxOptions, startServer } from '../kit/server.ts'
import { backOffice } from './back-office.ts'
import { controlRoutes } from './control.ts'
import { createShop, type ShopControl } from './shop.ts'
import { defaultSwitches, type SwitchChange } from './switches.ts'
import { createWorld } from './world.ts'

export type { OrderSpec } from '../magento2/order-spec.ts'
export type { PaperSummary, Placed } from '../magento2/ledgers.ts'
export type { FourValues } from './consumers.ts'
export type { SwitchChange } from './switches.ts'

export interface Magento1Options extends SandboxOptions {
  switches?: SwitchChange
}

export type Magento1 = Sandbox & ShopControl & { adminUrl: string }

/** Starts one Magento 1.9 or OpenMage shop with our extension, its OAuth server and its admin. */
export async function startMagento1(options: Magento1Options = {}): Promise<Magento1> {
  const seed = options.seed ?? 1
  const world = createWorld({
    now: options.now ?? (() => new Date()),
    seed,
    switches: { ...defaultSwitches, ...options.switches },
  })
  const shop = createShop(world, seed)
  const sandbox = await startServer({
    name: 'Magento 1',
    options,
    handle: (request) => shop.handle(request),
    unauthorized: () => shop.unauthorized(),
    control: controlRoutes(shop.control),
    backOffice: () => backOffice(shop.control),
    reset: () => shop.control.reset(),
  })
  world.baseUrl = `${sandbox.url}/`
  return {
    ...sandbox,
    ...shop.control,
    adminUrl: `${sandbox.url}/admin`,
    reset: () => {
      sandbox.faults.clear()
      shop.control.reset()
    },
  }
}
