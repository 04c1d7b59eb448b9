import { type OrderRecord } from './order.ts'
import { orderParameters, searchOrders } from './order-search.ts'
import { attributeValue, rowValue } from './order-rows.ts'
import { orderValue } from './order-value.ts'
import { type Orders } from './orders.ts'
import { collection, cut, isFailure, readPage } from './paging.ts'
import { type ApiCall, found, invalid, type Resources, unknownId } from './resource.ts'
import { createTextCache } from './text-cache.ts'
import { toJson, type World } from './world.ts'

/** Links of an order behind which this shop never has anything. */
const emptyParts = [
  'ordernotes',
  'ordermessages',
  'ordernotifications',
  'orderaffiliatenetworks',
  'orderlabels',
]

/** GET /orders, /orders/{id} and its rows (sections 6.2 and 6.3); all read-only. */
export function orderResources(
  world: World,
  orders: Orders,
): { resources: Resources; changed: (order: OrderRecord) => void; clear: () => void } {
  const orderTexts = createTextCache(world)
  const rowTexts = createTextCache(world)
  const write = (order: OrderRecord) =>
    orderTexts.get(order.id, () => toJson(world, orderValue(world, order)))

  const list: (call: ApiCall) => ReturnType<typeof found> = ({ query }) => {
    const page = readPage(world, query, orderParameters)
    if (isFailure(page)) return page
    const result = searchOrders(world, orders.all(), query, page)
    if ('wrong' in result) return invalid(result.wrong)
    const items = result.orders.map(write)
    return collection(world, 'orders', query, page, { items, more: result.more })
  }

  const rowsOf: typeof list = ({ id, query }) => {
    const order = orders.find(id)
    if (order === undefined) return unknownId()
    const page = readPage(world, query)
    if (isFailure(page)) return page
    const rows = cut(order.rows, page, (row) =>
      rowTexts.get(row.id, () => toJson(world, rowValue(world, row))),
    )
    return collection(world, `orders/${id}/orderrows`, query, page, rows)
  }

  const nothing =
    (part: string): typeof list =>
    ({ id, query }) => {
      if (orders.find(id) === undefined) return unknownId()
      const page = readPage(world, query)
      if (isFailure(page)) return page
      return collection(world, `orders/${id}/${part}`, query, page, { items: [], more: false })
    }

  const resources: Resources = {
    orders: { GET: list },
    'orders/:id': {
      GET: ({ id }) => {
        const order = orders.find(id)
        return order === undefined ? unknownId() : found('orders', write(order))
      },
    },
    'orders/:id/orderrows': { GET: rowsOf },
    // Listed as POST only (section 6.5), and writing is not played.
    'orders/:id/invoices': {},
    orderrows: {},
    'orderrows/:id': {
      GET: ({ id }) => {
        const row = orders.findRow(id)
        if (row === undefined) return unknownId()
        return found('orderrows', toJson(world, rowValue(world, row)))
      },
    },
    orderrowattributevalues: {},
    'orderrowattributevalues/:id': { GET: ({ id }) => attribute(id) },
    ...Object.fromEntries(emptyParts.map((part) => [`orders/:id/${part}`, { GET: nothing(part) }])),
  }

  function attribute(id: number): ReturnType<typeof found> {
    for (const { rows } of orders.all()) {
      const row = rows.find(({ attributeIds }) => attributeIds.includes(id))
      if (row === undefined) continue
      const value = attributeValue(world, row, row.attributeIds.indexOf(id))
      return found('orderrowattributevalues', toJson(world, value))
    }
    return unknownId()
  }

  return {
    resources,
    changed: (order) => {
      orderTexts.drop(order.id)
      for (const row of order.rows) rowTexts.drop(row.id)
    },
    clear: () => {
      orderTexts.clear()
      rowTexts.clear()
    },
  }
}
