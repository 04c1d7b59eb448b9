import { type ControlRoute, readJson } from '../kit/control.ts'
import { json } from '../kit/message.ts'
import { readAppChange } from './app.ts'
import { type InstallWish } from './app-store.ts'
import { type InvoiceWish } from './invoices.ts'
import {
  type OrderSpec,
  readOrderEdit,
  readOrderSpec,
  readPartialOrder,
  readWebhookMode,
} from './order-spec.ts'
import { type OrderChange } from './orders.ts'
import { presets } from './presets.ts'
import { type RandomWish } from './random-orders.ts'
import { fields, flag, listOf, moment, oneOf, orNull, record, text, whole } from '../kit/reading.ts'
import { type ShopControl } from './shop.ts'
import { readSwitchChange } from './switches.ts'

const bulkMax = 200_000

const readTrue = (value: unknown, name: string): true => {
  if (value === true) return true
  throw new Error(`${name} can only be true`)
}

const readChange = record<OrderChange & { id: number }>(
  {
    id: whole,
    edit: readOrderEdit,
    complete: readTrue,
    paid: flag,
    status: whole,
    cancel: readTrue,
    invoiceNumber: orNull(whole),
    trackAndTrace: record<{ code: string; carrier: string }>({ code: text, carrier: text }, [
      'code',
      'carrier',
    ]),
    webhook: readWebhookMode,
  },
  ['id'],
)

const readInvoice = record<InvoiceWish & { orderId: number }>(
  {
    orderId: whole,
    type: oneOf('debit', 'credit'),
    lines: (value, name) => readOrderSpec({ lines: value }, name).lines,
  },
  ['orderId'],
)

const readInstall = record<InstallWish>({
  handshake: oneOf('signed', 'badly-signed', 'unsigned', 'skipped'),
  link: oneOf('signed', 'badly-signed', 'unsigned', 'unknown-key'),
  language: text,
})

const readUninstall = record<{ signature?: 'signed' | 'badly-signed' | 'unsigned' }>({
  signature: oneOf('signed', 'badly-signed', 'unsigned'),
})

const readRandom = record<RandomWish>(
  { count: whole, from: moment, to: moment, order: readPartialOrder },
  ['count'],
)

/** The control routes of this shop below /_sandbox (section 8); README.md has their bodies. */
export function controlRoutes(shop: ShopControl): Record<string, ControlRoute> {
  return {
    'GET /orders': ({ query }) => json(shop.orders().slice(-Number(query.get('last') ?? 0))),
    'POST /orders': ({ body }) => json(shop.placeOrder(readOrder(body)), 201),
    'POST /orders/bulk': ({ body }) => json(placeMany(shop, readJson(body)), 201),
    'POST /orders/change': ({ body }) => {
      const { id, ...change } = readChange(readJson(body), 'change')
      return json(shop.changeOrder(id, change))
    },
    'POST /orders/invoice': ({ body }) => {
      const { orderId, ...wish } = readInvoice(readJson(body), 'invoice')
      return json({ id: shop.issueInvoice(orderId, wish) }, 201)
    },
    'GET /credentials': () => json(shop.credentials),
    'PUT /app': ({ body }) => json(shop.setApp(readAppChange(readJson(body), 'app'))),
    'POST /install': async ({ body }) =>
      json(await shop.installApp(readInstall(readOptional(body), 'install'))),
    'POST /replay-handshake': async () => json(await shop.replayHandshake()),
    'POST /uninstall': async ({ body }) =>
      json(await shop.uninstallApp(readUninstall(readOptional(body), 'uninstall'))),
    'GET /switches': () => json(shop.switches()),
    'PUT /switches': ({ body }) =>
      json(shop.setSwitches(readSwitchChange(readJson(body), 'switches'))),
    'GET /ledger': () => json(shop.ledger()),
    'POST /settled': async () => {
      await shop.settled()
      return json({ settled: true })
    },
  }
}

/** An order in full, or a preset with what differs: `{"preset":"unpaid","email":"x@y.example"}`. */
function readOrder(body: string): OrderSpec {
  const { preset, ...rest } = fields(readJson(body), 'order')
  if (preset === undefined) return readOrderSpec(rest, 'order')
  const known = typeof preset === 'string' ? presets[preset] : undefined
  if (known === undefined)
    throw new Error(`preset must be one of ${Object.keys(presets).join(', ')}`)
  return { ...known, ...readPartialOrder(rest, 'order') }
}

/** `{"orders":[…]}` places these; `{"count":n,…}` invents them. The answer is short: many are placed. */
function placeMany(shop: ShopControl, value: unknown): { placed: number; ids: number[] } {
  const { orders, ...wish } = fields(value, 'bulk')
  if (orders !== undefined) {
    const specs = listOf(readOrderSpec, bulkMax)(orders, 'orders')
    return placed(shop.placeOrders(specs))
  }
  const random = readRandom(wish, 'bulk')
  if (random.count < 0 || random.count > bulkMax)
    throw new Error(`bulk.count must be 0 to ${bulkMax}`)
  return placed(shop.placeRandomOrders(random))
}

function placed(orders: { id: number }[]): { placed: number; ids: number[] } {
  return { placed: orders.length, ids: orders.map(({ id }) => id) }
}

function readOptional(body: string): unknown {
  return body === '' ? {} : readJson(body)
}
