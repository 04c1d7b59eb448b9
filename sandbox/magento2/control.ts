import { type ControlRoute, readJson } from '../kit/control.ts'
import { json } from '../kit/message.ts'
import { type ActivationWish } from './activation.ts'
import { type CreditWish, type InvoiceWish } from './documents.ts'
import { type OrderMend, type PaperChange } from './ledgers.ts'
import { type OrderSpec, readOrderSpec } from './order-spec.ts'
import { presets } from './presets.ts'
import {
  decimal,
  fields,
  flag,
  moment,
  numbers,
  oneOf,
  record,
  text,
  whole,
} from '../kit/reading.ts'
import { type ShopControl } from './shop.ts'
import { readSwitchChange } from './switches.ts'

const bulkMax = 20_000

const readInvoice = record<InvoiceWish & { orderId: number }>(
  { orderId: whole, quantities: numbers, state: whole, at: moment },
  ['orderId'],
)

const readCredit = record<CreditWish & { orderId: number }>(
  {
    orderId: whole,
    invoiceId: whole,
    quantities: numbers,
    shipping: decimal,
    adjustmentPositive: decimal,
    adjustmentNegative: decimal,
    at: moment,
  },
  ['orderId'],
)

const readChange = record<PaperChange & { kind: 'invoice' | 'creditmemo'; id: number }>(
  { kind: oneOf('invoice', 'creditmemo'), id: whole, state: whole, at: moment },
  ['kind', 'id'],
)

const readActivation = record<ActivationWish>(
  { callbackUrl: text, identityLinkUrl: text, open: flag },
  ['callbackUrl', 'identityLinkUrl'],
)

const readMend = record<OrderMend & { orderId: number }>({ orderId: whole, vatNumber: text }, [
  'orderId',
  'vatNumber',
])

const readCount = record<{ count: number }>({ count: whole }, ['count'])

/** An order, or a preset with what differs. */
function readOrder(body: string): OrderSpec {
  const { preset, ...spec } = fields(readJson(body), 'order')
  if (preset === undefined) return readOrderSpec(spec, 'order')
  const known = typeof preset === 'string' ? presets[preset] : undefined
  if (known === undefined) throw new Error(`presets: ${Object.keys(presets).join(', ')}`)
  return readOrderSpec({ ...known, ...spec }, 'order')
}

/** The control routes of this shop below /_sandbox; README.md has their bodies. */
export function controlRoutes(shop: ShopControl): Record<string, ControlRoute> {
  return {
    'GET /credentials': () => json(shop.fourValues),
    'POST /orders': ({ body }) => json(shop.place(readOrder(body)), 201),
    'POST /orders/bulk': ({ body }) => {
      const { count } = readCount(readJson(body), 'bulk')
      if (count < 1 || count > bulkMax) throw new Error(`count is 1 to ${bulkMax}`)
      return json({ placed: shop.placeRandom(count).length }, 201)
    },
    'POST /invoices': ({ body }) => {
      const { orderId, ...wish } = readInvoice(readJson(body), 'invoice')
      return json(shop.invoice(orderId, wish), 201)
    },
    'POST /creditmemos': ({ body }) => {
      const { orderId, ...wish } = readCredit(readJson(body), 'credit memo')
      return json(shop.credit(orderId, wish), 201)
    },
    'POST /documents/change': ({ body }) => {
      const { kind, id, ...change } = readChange(readJson(body), 'change')
      return json(shop.change(kind, id, change))
    },
    'POST /activate': async ({ body }) =>
      json(await shop.activate(readActivation(readJson(body), 'activation'))),
    'POST /orders/mend': ({ body }) => {
      const { orderId, ...change } = readMend(readJson(body), 'mend')
      shop.mend(orderId, change)
      return json({ orderId, ...change })
    },
    'GET /switches': () => json(shop.switches()),
    'PUT /switches': ({ body }) =>
      json(shop.setSwitches(readSwitchChange(readJson(body), 'switches'))),
    'GET /ledger': () => json(shop.ledger()),
  }
}
