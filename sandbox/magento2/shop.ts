import { mulberry32 } from '../kit/random.ts'
import { type SandboxAnswer, type SandboxRequest } from '../kit/server.ts'
import { html } from '../kit/message.ts'
import { activate, type Activated, type ActivationWish, successPath } from './activation.ts'
import { createApi } from './api.ts'
import { type CreditWish, type InvoiceWish } from './documents.ts'
import { createHandshake } from './handshake.ts'
import { hostAnswer, passedOn } from './host.ts'
import { createIntegrations, type FourValues } from './integrations.ts'
import {
  createLedgers,
  type OrderMend,
  type PaperChange,
  type PaperSummary,
  type Placed,
  summaryOf,
} from './ledgers.ts'
import { createOauth } from './oauth.ts'
import { type OrderSpec } from './order-spec.ts'
import { randomOrders } from './random-orders.ts'
import { signatureInvalid } from './refusal.ts'
import { applySwitches, type SwitchChange, type Switches } from './switches.ts'
import { type World } from './world.ts'

/** What an auditor sees from outside. */
export interface Ledger {
  orders: { orderId: number; orderNumber: string; state: string; grandCents: number }[]
  invoices: PaperSummary[]
  creditMemos: PaperSummary[]
  /** How often each path below /rest was asked, e.g. `GET invoices`. */
  requests: Record<string, number>
  integrations: { id: number; name: string; isActive: boolean; tokenKind: string | null }[]
}

/** What tests and the back office can do with the shop; the same as the control routes. */
export interface ShopControl {
  /** Of the integration that was made without call-back (contract 3.3). */
  fourValues: FourValues
  place(spec: OrderSpec): Placed
  placeRandom(count: number): Placed[]
  invoice(orderId: number, wish?: InvoiceWish): PaperSummary
  credit(orderId: number, wish?: CreditWish): PaperSummary
  change(kind: 'invoice' | 'creditmemo', entityId: number, change: PaperChange): PaperSummary
  mend(orderId: number, change: OrderMend): void
  activate(wish: ActivationWish): Promise<Activated>
  switches(): Switches
  setSwitches(change: SwitchChange): Switches
  ledger(): Ledger
  reset(): void
}

export interface Shop {
  control: ShopControl
  handle(request: SandboxRequest): SandboxAnswer
  unauthorized(): SandboxAnswer
}

/** Puts the shop together. */
export function createShop(world: World, seed: number): Shop {
  const initialSwitches = world.switches
  const integrations = createIntegrations(world)
  const oauth = createOauth(world, integrations)
  const ledgers = createLedgers(world)
  const handshake = createHandshake(world, { oauth, integrations })
  const api = createApi(world, { oauth, integrations, ledgers })
  let requests: Record<string, number> = {}
  let chance = mulberry32(seed)

  function count({ method, path }: SandboxRequest): void {
    const name = path.replace(/^(\/index\.php)?\/rest(\/\w+)?\/V1\//, '').split('/')[0] ?? ''
    const key = `${method} ${name}`
    requests[key] = (requests[key] ?? 0) + 1
  }

  function ledger(): Ledger {
    return {
      orders: [...ledgers.orders.values()].map(({ entityId, incrementId, state, totals }) => ({
        orderId: entityId,
        orderNumber: incrementId,
        state,
        grandCents: totals.grandCents,
      })),
      invoices: [...ledgers.invoices.values()].map(summaryOf),
      creditMemos: [...ledgers.creditMemos.values()].map(summaryOf),
      requests,
      integrations: integrations.all().map(({ id, name, isActive, token }) => ({
        id,
        name,
        isActive,
        tokenKind: token?.kind ?? null,
      })),
    }
  }

  function setSwitches(change: SwitchChange): Switches {
    world.switches = applySwitches(world.switches, change)
    return world.switches
  }

  return {
    control: {
      fourValues: integrations.byHand,
      place: (spec) => ledgers.place(spec),
      placeRandom: (count) => randomOrders(count, chance).map((spec) => ledgers.place(spec)),
      invoice: (orderId, wish = {}) => ledgers.invoice(orderId, wish),
      credit: (orderId, wish = {}) => ledgers.credit(orderId, wish),
      change: (kind, entityId, change) => ledgers.change(kind, entityId, change),
      mend: (orderId, change) => {
        ledgers.mend(orderId, change)
      },
      activate: (wish) => activate(world, integrations, wish),
      switches: () => world.switches,
      setSwitches,
      ledger,
      reset: () => {
        ledgers.clear()
        integrations.reset()
        oauth.clear()
        requests = {}
        world.switches = initialSwitches
        chance = mulberry32(seed)
      },
    },
    handle: (request) => {
      count(request)
      const { hosting } = world.switches
      const answered = hostAnswer(hosting, request)
      if (answered !== null) return answered
      const call = passedOn(hosting, request)
      return handshake.handle(call) ?? api.handle(call) ?? shopPage(call.path)
    },
    unauthorized: () => api.refuse(signatureInvalid),
  }
}

/** What a browser gets from the shop's own host. */
function shopPage(path: string): SandboxAnswer {
  if (path === successPath) return html('<script>setTimeout("window.close()", 1000)</script>')
  return path === '/' ? html('<h1>Demo Magento</h1>') : html('<h1>404 Not Found</h1>', 404)
}
