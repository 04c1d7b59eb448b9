import { add, type Both, type Priced } from './amounts.ts'
import { type Happening, type Invoice, type InvoiceItem, type Order } from './model.ts'
import { inCents, type Units } from './money.ts'
import { type WebhookMode } from './order-spec.ts'
import { type World } from './world.ts'

/** What to credit: everything when nothing is said. */
export interface CreditWish {
  lines?: { line: number; quantity: number }[] | undefined
  shipping?: boolean | undefined
  payment?: boolean | undefined
  webhook?: WebhookMode | undefined
}

export interface Invoices {
  issue(order: Order, mode: WebhookMode): Invoice
  /** Throws when the order has no invoice, or a line has no so many pieces left. */
  credit(order: Order, wish: CreditWish): Invoice
  paid(order: Order, isPaid: boolean): void
  of(orderId: number): Invoice[]
  find(id: number): Invoice | undefined
  all(): readonly Invoice[]
  clear(): void
}

/** Some pieces of a line: its share of price and discount, on both sides and to the cent. */
function partOf(priced: Priced, quantity: number): Priced {
  if (quantity === priced.quantity) return priced
  const share = (units: Units) => inCents(Math.round((units * quantity) / priced.quantity))
  const both = ({ excl, incl }: Both): Both => ({ excl: share(excl), incl: share(incl) })
  const price = both(priced.price)
  const discount = both(priced.discount)
  return { ...priced, quantity, price, discount, tax: price.incl - price.excl }
}

/** The platform's invoices and credit notes, in one series of numbers (section 6.2). */
export function createInvoices(
  world: World,
  happened: (happenings: Happening[]) => void,
): Invoices {
  let invoices: Invoice[] = []
  let lastNumber = 32

  function register(
    order: Order,
    items: InvoiceItem[],
    more: Pick<Invoice, 'isCreditNote' | 'isPaid' | 'other'>,
    mode: WebhookMode,
  ): Invoice {
    lastNumber += 1
    const at = more.isCreditNote ? world.now() : order.createdAt
    const invoice: Invoice = {
      id: world.nextId('invoice'),
      number: `INV${String(lastNumber).padStart(5, '0')}`,
      createdAt: at,
      updatedAt: at,
      order,
      items,
      total: add(items.map(({ priced }) => priced)),
      ...more,
    }
    invoices.push(invoice)
    happened([{ group: 'invoices', action: 'created', invoice, mode }])
    return invoice
  }

  function productItem(order: Order, line: number, quantity: number): InvoiceItem {
    const priced = order.amounts.lines[line]
    const spec = order.wish.lines[line]
    if (priced === undefined || spec === undefined) throw new Error(`there is no line ${line}`)
    return {
      id: world.nextId('item'),
      type: 'product',
      title: spec.name,
      variant: spec.variant,
      line,
      priced: partOf(priced, quantity),
    }
  }

  /** Costs have underscored titles, the method as variant and no product (section 6.2). */
  function costItems(order: Order, wish: { shipping: boolean; payment: boolean }): InvoiceItem[] {
    const { shipping, payment } = order.amounts
    const items: InvoiceItem[] = []
    if (wish.shipping && shipping.price.incl !== 0) {
      items.push({
        id: world.nextId('item'),
        type: 'shipment',
        title: '_shippingcosts_',
        variant: order.wish.shippingTitle,
        line: null,
        priced: shipping,
      })
    }
    if (wish.payment && payment.price.incl !== 0) {
      items.push({
        id: world.nextId('item'),
        type: 'payment',
        title: '_paymentcosts_',
        variant: order.wish.paymentTitle,
        line: null,
        priced: payment,
      })
    }
    return items
  }

  function credit(order: Order, wish: CreditWish): Invoice {
    const original = invoices.find((each) => each.order === order && !each.isCreditNote)
    if (original === undefined) throw new Error(`order ${order.id} has no invoice to credit`)
    const all =
      wish.lines === undefined && wish.shipping === undefined && wish.payment === undefined
    const lines =
      wish.lines ??
      (all
        ? order.amounts.lines.map((priced, line) => ({
            line,
            quantity: priced.quantity - (order.refunded[line] ?? 0),
          }))
        : [])
    for (const { line, quantity } of lines) {
      const left = (order.amounts.lines[line]?.quantity ?? 0) - (order.refunded[line] ?? 0)
      if (quantity > left) throw new Error(`line ${line} has only ${left} left to credit`)
    }
    const items = [
      ...lines
        .filter(({ quantity }) => quantity !== 0)
        .map(({ line, quantity }) => productItem(order, line, quantity)),
      ...costItems(order, { shipping: wish.shipping ?? all, payment: wish.payment ?? all }),
    ]
    if (items.length === 0) throw new Error('there is nothing to credit')
    for (const { line, quantity } of lines)
      order.refunded[line] = (order.refunded[line] ?? 0) + quantity
    const note = register(
      order,
      items,
      { isCreditNote: true, isPaid: false, other: original },
      wish.webhook ?? 'send',
    )
    original.other = note
    original.updatedAt = world.now()
    return note
  }

  return {
    issue: (order, mode) =>
      register(
        order,
        [
          ...order.amounts.lines.map((priced, line) => productItem(order, line, priced.quantity)),
          ...costItems(order, { shipping: true, payment: true }),
        ],
        { isCreditNote: false, isPaid: order.paymentStatus === 'paid', other: null },
        mode,
      ),
    credit,
    paid: (order, isPaid) => {
      for (const invoice of invoices.filter((each) => each.order === order)) {
        if (invoice.isCreditNote || invoice.isPaid === isPaid) continue
        invoice.isPaid = isPaid
        invoice.updatedAt = world.now()
      }
    },
    of: (orderId) => invoices.filter(({ order }) => order.id === orderId),
    find: (id) => invoices.find((each) => each.id === id),
    all: () => invoices,
    clear: () => {
      invoices = []
      lastNumber = 32
    },
  }
}
