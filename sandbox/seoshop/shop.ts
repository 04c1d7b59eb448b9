import { type SandboxAnswer, type SandboxRequest } from '../kit/server.ts'
import { html } from '../kit/message.ts'
import { mulberry32 } from '../kit/random.ts'
import { errorAnswer, Refusal } from './answer.ts'
import { createApi } from './api.ts'
import { type App, type AppStore, createAppStore } from './app-store.ts'
import { createDeliveries, type Deliveries, type Delivery } from './deliveries.ts'
import { createInvoices, type CreditWish, type Invoices } from './invoices.ts'
import { createKeys } from './keys.ts'
import { createLimits } from './limits.ts'
import { type Invoice, type Order } from './model.ts'
import { toCents } from './money.ts'
import { type OrderChange, type OrderSpec } from './order-spec.ts'
import { createOrders } from './orders.ts'
import { randomOrders, type RandomWish } from './random-orders.ts'
import { saleResources } from './resources.ts'
import { shopResources } from './shop-resources.ts'
import { applySwitches, type SwitchChange, type Switches } from './switches.ts'
import { createWebhooks, type Webhook } from './webhooks.ts'
import { type World } from './world.ts'

/** An order in a few words, in cents. */
export interface OrderSummary {
  id: number
  number: string
  createdAt: string
  updatedAt: string
  status: string
  paymentStatus: string
  customerId: number | null
  exclCents: number
  totalCents: number
}

export interface InvoiceSummary {
  id: number
  number: string
  orderId: number
  isCreditNote: boolean
  totalCents: number
}

/** What the shop knows and what happened to it: for checkers and for the back office. */
export interface Ledger {
  orders: OrderSummary[]
  invoices: InvoiceSummary[]
  webhooks: Webhook[]
  deliveries: Delivery[]
  /** Requests that were let in, e.g. "GET orders". */
  requests: Record<string, number>
  app: Omit<App, 'secret'>
  installation: 'none' | 'active' | 'cancelled' | 'expired'
}

/** What tests and the back office can do with the shop; the same as the control routes. */
export interface ShopControl {
  /** A key of the merchant's own: always valid (section 3). */
  credentials: { key: string; secret: string }
  placeOrder(spec: OrderSpec): OrderSummary
  placeOrders(specs: Iterable<OrderSpec>): OrderSummary[]
  placeRandomOrders(wish: RandomWish): OrderSummary[]
  changeOrder(id: number, change: OrderChange): OrderSummary
  removeOrder(id: number): void
  issueInvoice(orderId: number): InvoiceSummary
  credit(orderId: number, wish?: CreditWish): InvoiceSummary
  setApp(change: Partial<App>): App
  installApp(wish?: Parameters<AppStore['install']>[0]): ReturnType<AppStore['install']>
  cancelApp(wish?: Parameters<AppStore['cancel']>[0]): ReturnType<AppStore['cancel']>
  uninstallApp(wish?: Parameters<AppStore['uninstall']>[0]): ReturnType<AppStore['uninstall']>
  switches(): Switches
  setSwitches(change: SwitchChange): Switches
  ledger(): Ledger
  /** The orders alone, oldest first. */
  orders(): OrderSummary[]
  /** Resolves when no webhook is on its way any more. */
  settled: Deliveries['settled']
  reset(): void
}

export interface Shop {
  control: ShopControl
  handle(request: SandboxRequest): SandboxAnswer
  rateLimited(): SandboxAnswer
  unauthorized(): SandboxAnswer
  close(): void
}

const summaryOf = (order: Order): OrderSummary => ({
  id: order.id,
  number: order.number,
  createdAt: order.createdAt.toISOString(),
  updatedAt: order.updatedAt.toISOString(),
  status: order.status,
  paymentStatus: order.paymentStatus,
  customerId: order.customerId,
  exclCents: toCents(order.amounts.total.excl),
  totalCents: toCents(order.amounts.total.incl),
})

const invoiceSummary = ({ id, number, order, isCreditNote, total }: Invoice): InvoiceSummary => ({
  id,
  number,
  orderId: order.id,
  isCreditNote,
  totalCents: toCents(total.incl),
})

/** Puts the shop together. */
export function createShop(
  world: World,
  parts: { app: App; limits: 'real' | 'off'; seed: number },
): Shop {
  const initialSwitches = world.switches
  const keys = createKeys(world)
  const limits = createLimits(world, parts.limits)
  const webhooks = createWebhooks(world)
  const deliveries = createDeliveries(world, { webhooks, keys, invoices: () => invoices })
  const invoices: Invoices = createInvoices(world, (all) => deliveries.send(all))
  const orders = createOrders(world, {
    invoices: () => invoices,
    happened: (all) => deliveries.send(all),
  })
  const store = createAppStore(world, { initialApp: parts.app, keys, webhooks })
  const routes = {
    ...saleResources(world, { orders, invoices }),
    ...shopResources(world, limits),
    ...webhooks.routes,
  }
  const api = createApi(world, { keys, limits, routes })
  let chance = mulberry32(parts.seed)

  function placeAll(specs: Iterable<OrderSpec>): OrderSummary[] {
    const placed: OrderSummary[] = []
    for (const spec of specs) placed.push(summaryOf(orders.place(spec)))
    return placed
  }

  function orderOf(id: number): Order {
    const order = orders.find(id)
    if (order === undefined) throw new Error(`there is no order ${id}`)
    return order
  }

  function ledger(): Ledger {
    const { secret: _secret, ...app } = store.app()
    return {
      orders: orders.all().map(summaryOf),
      invoices: invoices.all().map(invoiceSummary),
      webhooks: [...webhooks.all()],
      deliveries: [...deliveries.list()],
      requests: { ...api.requests() },
      app,
      installation: store.installation()?.status ?? 'none',
    }
  }

  function credit(orderId: number, wish: CreditWish): InvoiceSummary {
    const order = orderOf(orderId)
    const note = invoices.credit(order, wish)
    // A credit touches the order (section 5).
    orders.touch(order, 'credited', wish.webhook ?? 'send')
    return invoiceSummary(note)
  }

  function setSwitches(switches: Switches): Switches {
    world.switches = switches
    return switches
  }

  return {
    control: {
      credentials: { key: keys.custom.user, secret: keys.custom.secret },
      placeOrder: (spec) => summaryOf(orders.place(spec)),
      placeOrders: placeAll,
      placeRandomOrders: (wish) => placeAll(randomOrders(wish, chance)),
      changeOrder: (id, change) => summaryOf(orders.change(id, change)),
      removeOrder: (id) => orders.remove(id),
      issueInvoice: (orderId) => invoiceSummary(invoices.issue(orderOf(orderId), 'send')),
      credit: (orderId, wish = {}) => credit(orderId, wish),
      setApp: (change) => store.setApp(change),
      installApp: (wish = {}) => store.install(wish),
      cancelApp: (wish = {}) => store.cancel(wish),
      uninstallApp: (wish = {}) => store.uninstall(wish),
      switches: () => world.switches,
      setSwitches: (change) => setSwitches(applySwitches(world.switches, change)),
      ledger,
      orders: () => orders.all().map(summaryOf),
      settled: () => deliveries.settled(),
      reset: () => {
        deliveries.clear()
        webhooks.clear()
        orders.clear()
        invoices.clear()
        store.reset()
        limits.clear()
        api.clear()
        world.resetIds()
        setSwitches(initialSwitches)
        chance = mulberry32(parts.seed)
      },
    },
    handle: (request) =>
      request.path === '/' ? html('<a href="/_sandbox/">back-office</a>') : api.handle(request),
    rateLimited: () => {
      const nowhere = { method: 'GET', rawUrl: '/' }
      const refused = errorAnswer(world, nowhere, new Refusal(429, 'Too many requests'))
      return { ...refused, headers: { ...refused.headers, ...limits.exhausted() } }
    },
    unauthorized: () =>
      errorAnswer(world, { method: 'GET', rawUrl: '/' }, new Refusal(401, 'Unauthorized')),
    close: () => deliveries.clear(),
  }
}
