import { amountsOf } from './amounts.ts'
import { type Invoices } from './invoices.ts'
import { type Happening, type Order, type OrderEvent } from './model.ts'
import {
  type Order as Wish,
  type OrderChange,
  type OrderSpec,
  orderSpec,
  type WebhookMode,
} from './order-spec.ts'
import { readBy } from './switches.ts'
import { type World } from './world.ts'

export interface Orders {
  place(spec: OrderSpec): Order
  /** Throws when there is no such order. */
  change(id: number, change: OrderChange): Order
  /** Something about its invoices changed. */
  touch(order: Order, message: string, mode: WebhookMode): void
  remove(id: number): void
  find(id: number): Order | undefined
  all(): readonly Order[]
  clear(): void
}

const laterThanPaid: Record<string, string> = {
  completed_shipped: 'shipped',
  processing_partially_shipped: 'partially_shipped',
}

/** The shop's orders. Every change bumps `updatedAt`, appends an event and tells who listens. */
export function createOrders(
  world: World,
  parts: { invoices: () => Invoices; happened: (happenings: Happening[]) => void },
): Orders {
  let orders = new Map<number, Order>()
  let lastNumber = 41

  function happened(order: Order, actions: readonly string[], mode: WebhookMode): void {
    parts.happened(actions.map((action) => ({ group: 'orders', action, order, mode })))
  }

  function note(order: Order, channel: OrderEvent['channel'], message: string): void {
    order.events.push({ id: world.nextId('event'), at: world.now(), channel, message })
  }

  function place(spec: OrderSpec): Order {
    const wish = readBy(orderSpec, spec)
    const createdAt = wish.createdAt === undefined ? world.now() : new Date(wish.createdAt)
    lastNumber += 1
    const order: Order = {
      id: world.nextId('order'),
      number: wish.number ?? `ORD${String(lastNumber).padStart(5, '0')}`,
      createdAt,
      updatedAt: createdAt,
      wish,
      amounts: amountsOf(wish, world.switches),
      lineIds: wish.lines.map(() => world.nextId('line')),
      customerId: customerOf(wish),
      status: wish.status ?? (wish.paid ? paidStatus(wish) : 'processing_awaiting_payment'),
      paymentStatus: wish.paid ? 'paid' : 'not_paid',
      shipmentStatus: 'not_shipped',
      customStatusId: wish.customStatusId,
      events: [],
      refunded: wish.lines.map(() => 0),
    }
    orders.set(order.id, order)
    note(order, 'auto', 'new')
    if (wish.paid) note(order, 'auto', 'paid')
    const { invoiceWhen } = world.switches
    if (invoiceWhen === 'at-once' || (invoiceWhen === 'on-payment' && wish.paid)) {
      parts.invoices().issue(order, wish.webhook)
    }
    // A paid checkout fires three within seconds (section 7).
    happened(order, wish.paid ? ['created', 'updated', 'paid'] : ['created'], wish.webhook)
    return order
  }

  function customerOf({ customer }: Wish): number | null {
    if (customer === 'none') return null
    return customer === 'new' ? world.nextId('customer') : customer
  }

  function change(id: number, wish: OrderChange): Order {
    const order = orders.get(id)
    if (order === undefined) throw new Error(`there is no order ${id}`)
    const mode = wish.webhook ?? 'send'
    const channel = wish.channel ?? 'backend'
    const wasPaid = order.paymentStatus === 'paid'
    const wasShipped = order.shipmentStatus === 'shipped'
    if (wish.edit !== undefined) {
      const edited = readBy(orderSpec, { ...order.wish, ...wish.edit })
      order.wish = edited
      order.amounts = amountsOf(edited, world.switches)
      order.lineIds = edited.lines.map((_, index) => order.lineIds[index] ?? world.nextId('line'))
      order.refunded = edited.lines.map((_, index) => order.refunded[index] ?? 0)
    }
    if (wish.number !== undefined) order.number = wish.number
    if (wish.customStatusId !== undefined) order.customStatusId = wish.customStatusId
    if (wish.paymentStatus !== undefined) pay(order, wish.paymentStatus)
    if (wish.shipmentStatus !== undefined) order.shipmentStatus = wish.shipmentStatus
    if (wish.status !== undefined) {
      order.status = wish.status
      const shipped = laterThanPaid[wish.status]
      if (shipped === 'shipped' || shipped === 'partially_shipped') order.shipmentStatus = shipped
      if (wish.status === 'cancelled') order.shipmentStatus = 'cancelled'
    }
    const isPaid = !wasPaid && order.paymentStatus === 'paid'
    const isShipped = !wasShipped && order.shipmentStatus === 'shipped'
    note(order, channel, isPaid ? 'paid' : isShipped ? 'shipped' : (wish.status ?? 'updated'))
    order.updatedAt = world.now()
    const more = [...(isPaid ? ['paid'] : []), ...(isShipped ? ['shipped'] : [])]
    happened(order, ['updated', ...more], mode)
    return order
  }

  function pay(order: Order, status: Order['paymentStatus']): void {
    order.paymentStatus = status
    if (status === 'paid' && order.status === 'processing_awaiting_payment') {
      order.status = paidStatus(order.wish)
    }
    if (status === 'not_paid' && order.status.startsWith('processing_awaiting_')) {
      order.status = 'processing_awaiting_payment'
    }
    const invoices = parts.invoices()
    invoices.paid(order, status === 'paid')
    const hasNone = invoices.of(order.id).length === 0
    if (status === 'paid' && hasNone && world.switches.invoiceWhen === 'on-payment') {
      invoices.issue(order, 'send')
    }
  }

  return {
    place,
    change,
    touch: (order, message, mode) => {
      order.updatedAt = world.now()
      note(order, 'backend', message)
      happened(order, ['updated'], mode)
    },
    remove: (id) => {
      const order = orders.get(id)
      if (order === undefined) throw new Error(`there is no order ${id}`)
      orders.delete(id)
      happened(order, ['deleted'], 'send')
    },
    find: (id) => orders.get(id),
    all: () => [...orders.values()],
    clear: () => {
      orders = new Map()
      lastNumber = 41
    },
  }
}

function paidStatus({ pickup }: Wish): Order['status'] {
  return pickup ? 'processing_awaiting_pickup' : 'processing_awaiting_shipment'
}
