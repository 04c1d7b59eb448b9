import { type SandboxAnswer, type SandboxRequest } from '../kit/server.ts'
import { html } from '../kit/message.ts'
import { mulberry32 } from '../kit/random.ts'
import { createApi } from './api.ts'
import { type App } from './app.ts'
import { type AppStore, createAppStore } from './app-store.ts'
import { createDeliveries, type Deliveries } from './deliveries.ts'
import { createInvoices, type InvoiceWish } from './invoices.ts'
import { createKeys } from './keys.ts'
import { type Ledger } from './ledger.ts'
import { createLimits, limitReached } from './limits.ts'
import { type Order, summary } from './order.ts'
import { orderResources } from './order-resources.ts'
import { type OrderSpec } from './order-spec.ts'
import { createOrders, type OrderChange } from './orders.ts'
import { createOutgoing } from './outgoing.ts'
import { payMethodResources } from './pay-methods.ts'
import { randomOrders, type RandomWish } from './random-orders.ts'
import { failure, type Resources } from './resource.ts'
import { settingsResources } from './settings.ts'
import { applySwitches, type SwitchChange, type Switches } from './switches.ts'
import { userResources } from './user-resources.ts'
import { createWebhooks } from './webhooks.ts'
import { toJson, type World } from './world.ts'

/** What tests and the back office can do with the shop; the same as the control routes. */
export interface ShopControl {
  /** A merchant-made key: always valid, for the install without an app (section 4). */
  credentials: { apiPublic: string; apiSecret: string }
  placeOrder(spec: OrderSpec): Order
  placeOrders(specs: Iterable<OrderSpec>): Order[]
  placeRandomOrders(wish: RandomWish): Order[]
  changeOrder(id: number, change: OrderChange): Order
  /** Issues an invoice or credit note of the platform; the id it answers is the invoice's. */
  issueInvoice(orderId: number, wish?: InvoiceWish): number
  setApp(change: Partial<App>): App
  installApp(wish?: Parameters<AppStore['install']>[0]): ReturnType<AppStore['install']>
  replayHandshake: AppStore['replayHandshake']
  uninstallApp(wish?: Parameters<AppStore['uninstall']>[0]): ReturnType<AppStore['uninstall']>
  switches(): Switches
  setSwitches(change: SwitchChange): Switches
  ledger(): Ledger
  /** The placed orders alone, oldest first: the ledger without its deliveries. */
  orders(): Order[]
  /** Resolves when no webhook is on its way any more. */
  settled: Deliveries['settled']
  /** Back to how the shop was at its start. */
  reset(): void
}

export interface Shop {
  control: ShopControl
  handle(request: SandboxRequest): SandboxAnswer
  rateLimited(): SandboxAnswer
  unauthorized(): SandboxAnswer
  close(): void
}

/** Puts the shop together. */
export function createShop(
  world: World,
  parts: { app: App; limits: 'real' | 'off'; seed: number },
): Shop {
  const initialSwitches = world.switches
  const keys = createKeys(world)
  const limits = createLimits(world, parts.limits)
  const outgoing = createOutgoing()
  const webhooks = createWebhooks(world)
  const deliveries = createDeliveries(world, webhooks, outgoing)
  const orders = createOrders(world, {
    happened: (event) => deliveries.send(event),
    changed: (order) => orderApi.changed(order),
  })
  const orderApi = orderResources(world, orders)
  const invoices = createInvoices(world, orders)
  const store = createAppStore(world, { initialApp: parts.app, keys, webhooks, outgoing })
  const resources: Resources = {
    ...orderApi.resources,
    ...invoices.resources,
    ...userResources(world, orders),
    ...payMethodResources(world),
    ...webhooks.resources,
    ...store.resources,
    ...settingsResources(world, () => Object.keys(resources).filter((name) => /^\w+$/.test(name))),
  }
  const api = createApi(world, { keys, limits, resources })
  let chance = mulberry32(parts.seed)

  function setSwitches(switches: Switches): Switches {
    world.switches = switches
    world.edition += 1
    return switches
  }

  function placeAll(specs: Iterable<OrderSpec>): Order[] {
    const placed: Order[] = []
    for (const spec of specs) placed.push(summary(orders.place(spec)))
    return placed
  }

  function ledger(): Ledger {
    const { secret: _secret, ...app } = store.app()
    const installation = store.installation()
    return {
      orders: orders.all().map(summary),
      invoices: invoices.all().map(({ id, number, type, order, settled }) => ({
        id,
        orderId: order.id,
        number: `F-${number}`,
        type,
        totalCents: settled.totalCents,
      })),
      webhooks: [...webhooks.all()],
      deliveries: [...deliveries.list()],
      ...api.counts(),
      app,
      installation:
        installation === null
          ? null
          : { apiPublic: installation.key.apiPublic, isInstalled: installation.isInstalled },
    }
  }

  function reset(): void {
    deliveries.clear()
    webhooks.clear()
    orders.clear()
    orderApi.clear()
    invoices.clear()
    store.reset()
    keys.reset()
    limits.clear()
    api.resetCounts()
    setSwitches(initialSwitches)
    chance = mulberry32(parts.seed)
  }

  /** An error as the API would write it, for the faults of the kit. */
  function asFault({ status, body }: ReturnType<typeof failure>): SandboxAnswer {
    const headers = { 'content-type': 'application/json; charset=utf-8' }
    return { status, headers, body: toJson(world, JSON.parse(body)) }
  }

  return {
    control: {
      credentials: { apiPublic: keys.merchant.apiPublic, apiSecret: keys.merchant.apiSecret },
      placeOrder: (spec) => summary(orders.place(spec)),
      placeOrders: placeAll,
      placeRandomOrders: (wish) => placeAll(randomOrders(wish, chance)),
      changeOrder: (id, change) => summary(orders.change(id, change)),
      issueInvoice: (orderId, wish = {}) => invoices.issue(orderId, wish).id,
      setApp: (change) => store.setApp(change),
      installApp: (wish = {}) => store.install(wish),
      replayHandshake: () => store.replayHandshake(),
      uninstallApp: (wish = {}) => store.uninstall(wish),
      switches: () => world.switches,
      setSwitches: (change) => setSwitches(applySwitches(world.switches, change)),
      ledger,
      orders: () => orders.all().map(summary),
      settled: () => deliveries.settled(),
      reset,
    },
    handle: (request) => api.handle(request) ?? shopPage(request.path),
    rateLimited: () => asFault(limitReached()),
    unauthorized: () => asFault(failure('401.10', 'Invalid hash')),
    close: () => {
      deliveries.clear()
      outgoing.close()
    },
  }
}

/** What a browser gets from the shop's own host; `return_url` of the handshake leads here. */
function shopPage(path: string): SandboxAnswer {
  const back = '<p><a href="/_sandbox/">Naar de back-office</a></p>'
  if (path === '/onderhoud/apps') return html(`<h1>De app is gekoppeld</h1>${back}`)
  return path === '/'
    ? html(`<h1>Demo KMO</h1>${back}`)
    : html('<h1>Pagina niet gevonden</h1>', 404)
}
