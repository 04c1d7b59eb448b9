import { mulberry32 } from '../kit/random.ts'
import { type SandboxAnswer, type SandboxRequest } from '../kit/server.ts'
import { html } from '../kit/message.ts'
import { type CreditWish, type InvoiceWish, type Paper } from '../magento2/documents.ts'
import {
  createLedgers,
  type OrderMend,
  type PaperChange,
  type PaperSummary,
  type Placed,
  summaryOf,
} from '../magento2/ledgers.ts'
import { type OrderSpec } from '../magento2/order-spec.ts'
import { randomOrders } from '../magento2/random-orders.ts'
import { administrator, createAdmin } from './admin.ts'
import { createApi } from './api.ts'
import { createConsumers, type FourValues } from './consumers.ts'
import { headOf, wholeCents } from './document-json.ts'
import { createHandshake } from './handshake.ts'
import { hostAnswer, noPage, passedOn } from './host.ts'
import { createOauth } from './oauth.ts'
import { createResources } from './resources.ts'
import { type SwitchChange, type Switches } from './switches.ts'
import { type World } from './world.ts'

/** What an auditor sees from outside. */
export interface Ledger {
  orders: { orderId: number; orderNumber: string; state: string; grandCents: number }[]
  invoices: PaperSummary[]
  creditMemos: PaperSummary[]
  /** How often each path was asked, e.g. `GET accounting/invoices`. */
  requests: Record<string, number>
  tokens: { type: string; authorized: boolean; revoked: boolean }[]
}

/** What tests and the back office can do with the shop; the same as the control routes. */
export interface ShopControl {
  /** Of a connection that was authorised already. */
  fourValues: FourValues
  administrator: { name: string; password: string }
  place(spec: OrderSpec): Placed
  placeRandom(count: number): Placed[]
  invoice(orderId: number, wish?: InvoiceWish): PaperSummary
  credit(orderId: number, wish?: CreditWish): PaperSummary
  change(kind: 'invoice' | 'creditmemo', entityId: number, change: PaperChange): PaperSummary
  mend(orderId: number, change: OrderMend): void
  setCallbacks(callbackUrl: string | null, rejectedCallbackUrl: string | null): void
  revokeTokens(): void
  connectAnew(): FourValues
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
  const consumers = createConsumers(world)
  const oauth = createOauth(world, consumers)
  const ledgers = createLedgers(world)
  const handshake = createHandshake({ oauth, consumers })
  const admin = createAdmin({ consumers, session: () => world.secret() })
  const api = createApi(world, { oauth, resources: createResources(world, ledgers) })
  let requests: Record<string, number> = {}
  let chance = mulberry32(seed)

  function count({ method, path }: SandboxRequest): void {
    const name = path
      .replace(/^\/api\/rest\//, '')
      .replace(/^\//, '')
      .replace(/\/\d+$/, '')
    const key = `${method} ${name}`
    requests[key] = (requests[key] ?? 0) + 1
  }

  /** The totals as this Magento prints them, in whole cents. */
  function summarise(paper: Paper): PaperSummary {
    return { ...summaryOf(paper), grandCents: wholeCents(headOf(paper).base.grandCents) }
  }

  function told(summary: PaperSummary): PaperSummary {
    const papers = summary.kind === 'invoice' ? ledgers.invoices : ledgers.creditMemos
    const paper = papers.get(summary.entityId)
    return paper === undefined ? summary : summarise(paper)
  }

  function place(spec: OrderSpec): Placed {
    const placed = ledgers.place(spec)
    return { ...placed, invoice: placed.invoice && told(placed.invoice) }
  }

  return {
    control: {
      fourValues: consumers.connected,
      administrator,
      place,
      placeRandom: (many) => randomOrders(many, chance).map(place),
      invoice: (orderId, wish = {}) => told(ledgers.invoice(orderId, wish)),
      credit: (orderId, wish = {}) => told(ledgers.credit(orderId, wish)),
      change: (kind, entityId, change) => told(ledgers.change(kind, entityId, change)),
      mend: (orderId, change) => {
        ledgers.mend(orderId, change)
      },
      setCallbacks: consumers.setCallbacks,
      revokeTokens: consumers.revokeAll,
      connectAnew: consumers.connectAnew,
      switches: () => world.switches,
      setSwitches: (change) => {
        world.switches = { ...world.switches, ...change }
        return world.switches
      },
      ledger: () => ({
        orders: [...ledgers.orders.values()].map(({ entityId, incrementId, state, totals }) => ({
          orderId: entityId,
          orderNumber: incrementId,
          state,
          grandCents: wholeCents(totals.grandCents),
        })),
        invoices: [...ledgers.invoices.values()].map(summarise),
        creditMemos: [...ledgers.creditMemos.values()].map(summarise),
        requests,
        tokens: consumers.tokens().map(({ type, authorized, revoked }) => ({
          type,
          authorized,
          revoked,
        })),
      }),
      reset: () => {
        ledgers.clear()
        consumers.reset()
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
      const made = handshake.handle(call) ?? admin.handle(call) ?? api.handle(call)
      return made ?? (call.path === '/' ? html('<h1>Demo Magento</h1>') : noPage)
    },
    unauthorized: () => api.unauthorized(),
  }
}
