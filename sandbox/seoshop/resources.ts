import { found, Refusal } from './answer.ts'
import { type ApiCall, type Group, type Route, type Routes } from './api.ts'
import { invoiceJson, itemJson } from './invoice-json.ts'
import { type Invoices } from './invoices.ts'
import { matching, onlyFields, pageOf } from './lists.ts'
import { type Invoice, type Order } from './model.ts'
import { eventJson, lineJson, orderJson, personJson } from './order-json.ts'
import { type Orders } from './orders.ts'
import { isoMoment, type World } from './world.ts'

/** Orders, invoices and customers: everything that is read and never written. */
export function saleResources(
  world: World,
  { orders, invoices }: { orders: Orders; invoices: Invoices },
): Routes {
  const get = (
    resource: string,
    guard: () => Group | null,
    act: (call: ApiCall) => unknown,
  ): Route => ({ resource, guard, methods: { GET: (call) => found(act(call)) } })
  const ofOrders = () => 'orders' as const
  const ofInvoices = () => world.switches.guards.invoices
  const ofCustomers = () => 'customers' as const

  const whole = (order: Order) =>
    orderJson(world, order, { invoices, embed: world.switches.embedInSingle })
  const orderOf = (id: number | undefined): Order => {
    const order = orders.find(id ?? 0)
    if (order === undefined) throw new Refusal(404, 'Not found')
    return order
  }
  const invoiceOf = (id: number | undefined): Invoice => {
    const invoice = invoices.find(id ?? 0)
    if (invoice === undefined) throw new Refusal(404, 'Not found')
    return invoice
  }
  const ordersFor = (query: URLSearchParams) => {
    const customer = query.get('customer')
    return orders.all().filter((each) => customer === null || String(each.customerId) === customer)
  }
  const invoicesFor = (query: URLSearchParams) => {
    const [order, customer] = [query.get('order'), query.get('customer')]
    return invoices
      .all()
      .filter(
        (each) =>
          (order === null || String(each.order.id) === order) &&
          (customer === null || String(each.order.customerId) === customer),
      )
  }
  /** A customer is as its last order says. */
  const customers = () => {
    const byId = new Map<number, Order>()
    for (const order of orders.all()) {
      if (order.customerId !== null) byId.set(order.customerId, order)
    }
    return [...byId].map(([id, order]) => ({
      id,
      createdAt: order.createdAt,
      updatedAt: order.updatedAt,
      order,
    }))
  }
  const customerJson = (each: ReturnType<typeof customers>[number]) => ({
    id: each.id,
    createdAt: isoMoment(each.createdAt),
    updatedAt: isoMoment(each.updatedAt),
    isConfirmed: true,
    type: 'registered',
    ...personJson(world, each.order),
    memo: null,
    language: false,
  })
  const partsOf = (order: Order, query: URLSearchParams) => {
    const page = Math.max(1, Number(query.get('page') ?? 1))
    const limit = Math.min(250, Math.max(1, Number(query.get('limit') ?? 50)))
    return order.lineIds
      .map((_, index) => lineJson(world, order, index))
      .slice((page - 1) * limit, page * limit)
  }
  const eventsOf = (query: URLSearchParams) =>
    orders
      .all()
      .filter(({ id }) => query.get('order') === null || String(id) === query.get('order'))
      .flatMap((order) => order.events.map((event) => eventJson(world, order, event)))

  return {
    orders: get('orders', ofOrders, ({ query }) => ({
      orders: pageOf(world, ordersFor(query), query).map((order) =>
        onlyFields(
          query,
          orderJson(world, order, { invoices, embed: world.switches.embedInLists }),
        ),
      ),
    })),
    'orders/count': get('orders', ofOrders, ({ query }) => ({
      count: matching(world, ordersFor(query), query).length,
    })),
    'orders/:id': get('orders', ofOrders, ({ ids, query }) => ({
      order: onlyFields(query, whole(orderOf(ids[0]))),
    })),
    'orders/:id/products': {
      ...get('orders', ofOrders, ({ ids, query }) => ({
        orderProducts: partsOf(orderOf(ids[0]), query),
      })),
      isOrderPart: true,
    },
    'orders/:id/products/:id': {
      ...get('orders', ofOrders, ({ ids }) => {
        const order = orderOf(ids[0])
        const index = order.lineIds.indexOf(ids[1] ?? 0)
        if (index === -1) throw new Refusal(404, 'Not found')
        return { orderProduct: lineJson(world, order, index) }
      }),
      isOrderPart: true,
    },
    'orders/:id/metafields': {
      ...get('orders', ofOrders, ({ ids }) => ({ orderMetafields: [orderOf(ids[0])].slice(1) })),
      isOrderPart: true,
    },
    'orders/events': get('orders', ofOrders, ({ query }) => ({ ordersEvents: eventsOf(query) })),
    'orders/customstatuses': get('orders', ofOrders, () => ({ customStatuses: [] })),
    invoices: get('invoices', ofInvoices, ({ query }) => ({
      invoices: pageOf(world, invoicesFor(query), query).map((invoice) =>
        onlyFields(query, invoiceJson(world, invoice)),
      ),
    })),
    'invoices/count': get('invoices', ofInvoices, ({ query }) => ({
      count: matching(world, invoicesFor(query), query).length,
    })),
    'invoices/:id': get('invoices', ofInvoices, ({ ids }) => ({
      invoice: invoiceJson(world, invoiceOf(ids[0])),
    })),
    'invoices/:id/items': get('invoices', ofInvoices, ({ ids }) => {
      const invoice = invoiceOf(ids[0])
      return { invoiceItems: invoice.items.map((item) => itemJson(world, invoice, item)) }
    }),
    customers: get('customers', ofCustomers, ({ query }) => ({
      customers: pageOf(world, customers(), query).map(customerJson),
    })),
    'customers/count': get('customers', ofCustomers, ({ query }) => ({
      count: matching(world, customers(), query).length,
    })),
    'customers/:id': get('customers', ofCustomers, ({ ids }) => {
      const customer = customers().find(({ id }) => id === ids[0])
      if (customer === undefined) throw new Refusal(404, 'Not found')
      return { customer: customerJson(customer) }
    }),
  }
}
