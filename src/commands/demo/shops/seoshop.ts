import { startSeoshop, type OrderSpec } from '../../../../sandbox/seoshop/index.ts'
import type { Expectation, MixBuyer, MixLine, MixOrder } from '../mix.ts'
import type { ShopEnd } from '../remotes.ts'

/** There are no options with a price of their own: the piece costs as much more. */
const lineOf = (line: MixLine): OrderSpec['lines'][number] => {
  const { name, sku, unitPrice, vatPercent, quantity = 1, discountPerUnit = 0, option } = line
  return {
    name,
    sku,
    unitPrice: unitPrice + (option?.price ?? 0),
    vatPercent,
    quantity,
    discount: discountPerUnit * quantity,
    ...(option !== undefined && { variant: `${option.name}: ${option.value}` }),
  }
}

const buyerOf = (buyer: MixBuyer): Omit<OrderSpec, 'lines'> => ({
  firstname: buyer.firstName,
  lastname: buyer.lastName,
  email: buyer.email,
  company: buyer.company ?? '',
  vatNumber: buyer.vatNumber ?? '',
  ...(buyer.customerNumber !== undefined && { customer: buyer.customerNumber }),
  billing: {
    street: buyer.street,
    number: String(buyer.houseNumber),
    zipcode: buyer.postcode,
    city: buyer.city,
    country: buyer.country,
  },
})

const statuses = { 'in-process': 'processing_awaiting_shipment', cancelled: 'cancelled' } as const

/** A total that is not the sum of its lines can't be said here; a rate that no country has can. */
const atWrongRate = (line: MixLine): MixLine => ({ ...line, vatPercent: 20.5 })
const wrongRate: Expectation = { state: 'refused', code: 'VAT_RATE_IMPOSSIBLE' }

const specOf = (order: MixOrder): OrderSpec => {
  const { buyer, lines, shippingVatPercent = 21, coupon, progress, statedTotal } = order
  return {
    ...buyerOf(buyer),
    lines: (statedTotal === undefined ? lines : lines.map(atWrongRate)).map(lineOf),
    shipping: order.shipping ?? 0,
    shippingVatPercent,
    paymentCosts: order.paymentCosts ?? 0,
    coupon: coupon ?? null,
    vatShifted: order.intraCommunity === true,
    paid: order.paid ?? true,
    ...(progress !== undefined && { status: statuses[progress] }),
    ...(order.webhook !== undefined && { webhook: order.webhook }),
  }
}

/** The sandbox of SEOshop as the demo's shop. */
export const startSeoshopEnd = async (): Promise<ShopEnd> => {
  const sandbox = await startSeoshop({ limits: 'off' })
  return {
    url: sandbox.url,
    credentials: {
      apiKey: sandbox.credentials.key,
      apiSecret: sandbox.credentials.secret,
      language: 'nl',
      cluster: 'eu1',
      apiRoot: sandbox.url,
      signingSecret: '',
    },
    settings: {},
    unlimited: true,
    place(order) {
      const { id, number, totalCents } = sandbox.placeOrder(specOf(order))
      return {
        ref: { kind: 'order', id: String(id) },
        number,
        totalCents,
        ...(order.statedTotal !== undefined && { expectation: wrongRate }),
      }
    },
    pay: ({ id }) => void sandbox.changeOrder(Number(id), { paymentStatus: 'paid' }),
    mend(number, change) {
      const order = sandbox.orders().find((each) => each.number === number)
      if (order === undefined) throw new Error(`there is no order ${number}`)
      sandbox.changeOrder(order.id, { edit: change, webhook: 'lost' })
    },
    settled: () => sandbox.settled(),
    close: () => sandbox.close(),
  }
}
