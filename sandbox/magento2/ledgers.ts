import { databaseMoment } from './json.ts'
import {
  type CreditWish,
  type InvoiceWish,
  makeCreditMemo,
  makeInvoice,
  type Paper,
} from './documents.ts'
import { increment, makeOrder, type Order } from './order.ts'
import { type OrderSpec } from './order-spec.ts'

/** What a change of a document may be. */
export interface PaperChange {
  state?: number
  /** The moment of change; now when absent. */
  at?: string
}

/** What an administrator can mend in an order that was placed. */
export interface OrderMend {
  vatNumber: string
}

/** What is kept of a document for whoever audits from outside. All in cents of the base currency. */
export interface PaperSummary {
  kind: Paper['kind']
  entityId: number
  incrementId: string
  orderId: number
  orderNumber: string
  createdAt: string
  state: number
  grandCents: number
  taxCents: number
}

export interface Placed {
  orderId: number
  orderNumber: string
  /** Of its rows, each with its children behind it: what quantities of documents are named by. */
  itemIds: number[]
  invoice: PaperSummary | null
}

export const summaryOf = (paper: Paper): PaperSummary => ({
  kind: paper.kind,
  entityId: paper.entityId,
  incrementId: paper.incrementId,
  orderId: paper.order.entityId,
  orderNumber: paper.order.incrementId,
  createdAt: databaseMoment(paper.createdAtMs),
  state: paper.state,
  grandCents: paper.totals.grandCents,
  taxCents: paper.totals.taxCents,
})

/** The orders of the shop with their invoices and credit memos: each has a sequence of its own. */
export interface Ledgers {
  orders: ReadonlyMap<number, Order>
  invoices: ReadonlyMap<number, Paper>
  creditMemos: ReadonlyMap<number, Paper>
  papersOf(order: Order): Paper[]
  /** Another number when the order or one of its documents changed. */
  revisionOf(order: Order): number
  place(spec: OrderSpec): Placed
  invoice(orderId: number, wish: InvoiceWish): PaperSummary
  credit(orderId: number, wish: CreditWish): PaperSummary
  change(kind: Paper['kind'], entityId: number, change: PaperChange): PaperSummary
  /** An administrator mends an order's address: no moment of change moves, no document is touched. */
  mend(orderId: number, change: OrderMend): void
  clear(): void
}

/** What the books need to know of their shop. */
export interface BooksWorld {
  now: () => Date
  switches: { untouchedRows: 'omitted' | 'zero' }
  /** Magento 1 begins its numbers with the store's id. Default 0. */
  storePrefix?: number
  /** Magento 1 changes an invoice, too, when it is credited (recordings). Default false. */
  creditTouchesInvoice?: boolean
  /** Magento 1 rounds a coupon on the shipping nowhere (recordings). Default false. */
  keepsHalfCents?: boolean
}

export function createLedgers(world: BooksWorld): Ledgers {
  const storePrefix = world.storePrefix ?? 0
  const orders = new Map<number, Order>()
  const invoices = new Map<number, Paper>()
  const creditMemos = new Map<number, Paper>()
  const papers = new Map<Order, Paper[]>()
  const revisions = new Map<Order, number>()
  let itemId = 0
  let rowId = 0
  const nextItemId = () => (itemId += 1)
  const nextRowId = () => (rowId += 1)

  const momentOf = (at: string | undefined) =>
    Math.floor((at === undefined ? world.now().getTime() : Date.parse(at)) / 1000) * 1000

  function orderOf(id: number): Order {
    const order = orders.get(id)
    if (order === undefined) throw new Error(`there is no order ${id}`)
    return order
  }

  function papersOf(order: Order): Paper[] {
    const all = papers.get(order) ?? []
    const of = (kind: Paper['kind']) => all.filter((paper) => paper.kind === kind)
    return [...of('invoice'), ...of('creditmemo')]
  }

  function touch(order: Order): void {
    revisions.set(order, revisionOf(order) + 1)
  }

  function revisionOf(order: Order): number {
    return revisions.get(order) ?? 0
  }

  function file(paper: Paper): void {
    const { order } = paper
    papers.set(order, [...(papers.get(order) ?? []), paper])
    touch(order)
  }

  function invoice(orderId: number, wish: InvoiceWish): PaperSummary {
    const order = orderOf(orderId)
    const nowMs = momentOf(wish.at)
    const entityId = invoices.size + 1
    const paper = makeInvoice(order, wish, {
      entityId,
      incrementId: increment(entityId, storePrefix),
      nextRowId,
      nowMs,
      isFirst: !papersOf(order).some(({ kind }) => kind === 'invoice'),
    })
    invoices.set(entityId, paper)
    file(paper)
    order.state = 'processing'
    order.updatedAtMs = nowMs
    return summaryOf(paper)
  }

  function credit(orderId: number, wish: CreditWish): PaperSummary {
    const order = orderOf(orderId)
    const nowMs = momentOf(wish.at)
    const entityId = creditMemos.size + 1
    const paper = makeCreditMemo(order, wish, {
      entityId,
      incrementId: increment(entityId, storePrefix),
      nextRowId,
      nowMs,
      isFirst: !papersOf(order).some(({ kind }) => kind === 'creditmemo'),
      invoice: wish.invoiceId === undefined ? null : (invoices.get(wish.invoiceId) ?? null),
      untouchedRows: world.switches.untouchedRows,
    })
    creditMemos.set(entityId, paper)
    file(paper)
    // A credit memo changes the order, and not its invoice (recordings).
    order.updatedAtMs = nowMs
    if (world.creditTouchesInvoice === true) {
      for (const each of papersOf(order)) each.updatedAtMs = nowMs
    }
    const goneBack = order.items.every((item) => item.refunded.quantity === item.quantity)
    const moneyOf = (kind: Paper['kind']) =>
      papersOf(order)
        .filter((each) => each.kind === kind)
        .reduce((sum, each) => sum + each.totals.grandCents, 0)
    // What an adjustment holds back could still be refunded: such an order is complete (recordings).
    if (goneBack) {
      order.state = moneyOf('creditmemo') < moneyOf('invoice') ? 'complete' : 'closed'
    }
    return summaryOf(paper)
  }

  return {
    orders,
    invoices,
    creditMemos,
    papersOf,
    revisionOf,
    invoice,
    credit,
    place: (spec) => {
      const entityId = orders.size + 1
      const nowMs = momentOf(spec.placedAt)
      const order = makeOrder(spec, {
        entityId,
        nextItemId,
        nowMs,
        storePrefix,
        keepsHalfCents: world.keepsHalfCents ?? false,
      })
      orders.set(entityId, order)
      const wish: InvoiceWish = {
        state: spec.cancelled === true ? 3 : spec.paid === false ? 1 : 2,
        ...(spec.placedAt !== undefined && { at: spec.placedAt }),
      }
      return {
        orderId: entityId,
        orderNumber: order.incrementId,
        itemIds: order.items.map(({ itemId: id }) => id),
        invoice: spec.invoice === false ? null : invoice(entityId, wish),
      }
    },
    change: (kind, entityId, { state, at }) => {
      const paper = (kind === 'invoice' ? invoices : creditMemos).get(entityId)
      if (paper === undefined) throw new Error(`there is no ${kind} ${entityId}`)
      if (state !== undefined) paper.state = state
      paper.updatedAtMs = momentOf(at)
      touch(paper.order)
      return summaryOf(paper)
    },
    mend: (orderId, change) => {
      const order = orderOf(orderId)
      order.spec = { ...order.spec, ...change }
      touch(order)
    },
    clear: () => {
      orders.clear()
      invoices.clear()
      creditMemos.clear()
      papers.clear()
      revisions.clear()
      itemId = 0
      rowId = 0
    },
  }
}
