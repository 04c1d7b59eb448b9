import { z } from 'zod'
import { type ControlRoute, readJson } from '../kit/control.ts'
import { json } from '../kit/message.ts'
import { appSchema, signature } from './app-store.ts'
import { orderChange, orderSpec, webhookMode } from './order-spec.ts'
import { presets } from './presets.ts'
import { type ShopControl } from './shop.ts'
import { readBy, type SwitchChange } from './switches.ts'

const bulkMax = 200_000

const id = z.int().positive()
const changeOf = orderChange.extend({ id })
const creditOf = z.strictObject({
  orderId: id,
  lines: z.array(z.strictObject({ line: z.int().min(0), quantity: z.int() })).optional(),
  shipping: z.boolean().optional(),
  payment: z.boolean().optional(),
  webhook: webhookMode.optional(),
})
const bulkOf = z.strictObject({
  orders: z.array(z.unknown()).max(bulkMax).optional(),
  count: z.int().min(1).max(bulkMax).optional(),
  from: z.string().optional(),
  to: z.string().optional(),
  order: z.record(z.string(), z.unknown()).optional(),
})
const installOf = z.strictObject({
  signature: signature.default('signed'),
  language: z.string().length(2).default('nl'),
})
const callOf = z.strictObject({ signature: signature.default('signed') })
const specOf = z.looseObject({ preset: z.string().optional() })

/** An order in full, or a preset with what differs: `{"preset":"unpaid","email":"x@y.example"}`. */
function readOrder(value: unknown) {
  const { preset, ...rest } = readBy(specOf, value)
  const known = preset === undefined ? {} : presets[preset]
  if (known === undefined)
    throw new Error(`preset must be one of ${Object.keys(presets).join(', ')}`)
  return readBy(orderSpec, { ...known, ...rest })
}

function readOptional(body: string): unknown {
  return body === '' ? {} : readJson(body)
}

function placeMany(shop: ShopControl, value: unknown): unknown {
  const { orders, count, from, to, order } = readBy(bulkOf, value)
  const placed =
    orders === undefined
      ? shop.placeRandomOrders({ count: count ?? 1, from, to, order })
      : shop.placeOrders(orders.map(readOrder))
  return { placed: placed.length, ids: placed.map((each) => each.id) }
}

/** The control routes of this shop below /_sandbox; README.md has their bodies. */
export function controlRoutes(shop: ShopControl): Record<string, ControlRoute> {
  return {
    'GET /orders': ({ query }) => json(shop.orders().slice(-Number(query.get('last') ?? 0))),
    'POST /orders': ({ body }) => json(shop.placeOrder(readOrder(readJson(body))), 201),
    'POST /orders/bulk': ({ body }) => json(placeMany(shop, readJson(body)), 201),
    'POST /orders/change': ({ body }) => {
      const { id: orderId, ...change } = readBy(changeOf, readJson(body))
      return json(shop.changeOrder(orderId, change))
    },
    'POST /orders/remove': ({ body }) => {
      shop.removeOrder(readBy(z.strictObject({ id }), readJson(body)).id)
      return json({ removed: true })
    },
    'POST /orders/invoice': ({ body }) => {
      const { orderId } = readBy(z.strictObject({ orderId: id }), readJson(body))
      return json(shop.issueInvoice(orderId), 201)
    },
    'POST /orders/credit': ({ body }) => {
      const { orderId, ...wish } = readBy(creditOf, readJson(body))
      return json(shop.credit(orderId, wish), 201)
    },
    'GET /credentials': () => json(shop.credentials),
    'PUT /app': ({ body }) => {
      const change = readBy(appSchema.partial(), readJson(body))
      const given = Object.entries(change).filter(([, value]) => value !== undefined)
      return json(shop.setApp(Object.fromEntries(given)))
    },
    'POST /install': ({ body }) => json(shop.installApp(readBy(installOf, readOptional(body)))),
    'POST /cancel': async ({ body }) =>
      json(await shop.cancelApp(readBy(callOf, readOptional(body)))),
    'POST /uninstall': async ({ body }) =>
      json(await shop.uninstallApp(readBy(callOf, readOptional(body)))),
    'GET /switches': () => json(shop.switches()),
    // Read by the switches themselves.
    'PUT /switches': ({ body }) => json(shop.setSwitches(readJson(body) as SwitchChange)),
    'GET /ledger': () => json(shop.ledger()),
    'POST /settled': async () => {
      await shop.settled()
      return json({ settled: true })
    },
  }
}
