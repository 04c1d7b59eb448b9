import type {
  CreditWish,
  OrderSpec,
  PaperSummary,
  Placed,
} from '../../../../sandbox/magento2/index.ts'
import type { Expectation, MixLine, MixOrder } from '../mix.ts'
import { buyer } from '../mix.ts'
import type { PlacedSale, ShopEnd } from '../remotes.ts'

/** What the sandboxes of both Magentos can do, and the demo needs. */
interface MagentoShop {
  place(spec: OrderSpec): Placed
  invoice(orderId: number, wish?: { quantities?: Record<string, number> }): PaperSummary
  credit(orderId: number, wish?: CreditWish): PaperSummary
  change(kind: 'invoice', entityId: number, change: { state: number }): PaperSummary
  mend(orderId: number, change: { vatNumber: string }): void
  ledger(): { orders: { orderId: number; orderNumber: string }[] }
}

/** What a Magento books: only what is paid, so that an open invoice of the mix waits for its money. */
export const paidOnly = { states: ['2'] }

/** Where Magento rounds VAT is a setting of the shop (contract §6.4); here each order has the next one. */
const methods = ['total', 'row', 'unit'] as const

const payments = [
  { paymentMethod: 'mollie_methods_ideal', paymentTitle: 'iDEAL' },
  { paymentMethod: 'paypal_express', paymentTitle: 'PayPal' },
  { paymentMethod: 'banktransfer', paymentTitle: 'Bank Transfer Payment' },
] as const

/** An option costs more per piece, as that of a configurable does; a discount per piece is a special price. */
const lineOf = (line: MixLine): OrderSpec['lines'][number] => {
  const { name, sku, unitPrice, vatPercent, quantity = 1, discountPerUnit = 0, option } = line
  const cents = Math.round((unitPrice + (option?.price ?? 0) - discountPerUnit) * 100)
  return { name, sku, quantity, vatPercent, unitPrice: cents / 100 }
}

const specOf = (order: MixOrder, index: number): OrderSpec => {
  const { buyer: who, coupon, statedTotal, paymentCosts } = order
  return {
    ...payments[index % payments.length],
    method: methods[index % methods.length] ?? 'total',
    lines: order.lines.map(lineOf),
    shipping: order.shipping ?? 0,
    shippingVatPercent: order.shippingVatPercent ?? 21,
    firstName: who.firstName,
    lastName: who.lastName,
    email: who.email,
    ...(who.company !== undefined && { company: who.company }),
    ...(who.vatNumber !== undefined && { vatNumber: who.vatNumber }),
    ...(who.customerNumber !== undefined && { customerId: who.customerNumber }),
    billing: {
      street: [`${who.street} ${who.houseNumber}`],
      postcode: who.postcode,
      city: who.city,
      country: who.country,
    },
    ...(paymentCosts !== undefined && { paymentFee: paymentCosts }),
    ...(coupon !== undefined && { coupon }),
    ...(order.paid === false && { paid: false }),
    ...(order.progress === 'cancelled' && { cancelled: true }),
    ...(statedTotal !== undefined && { statedTotal }),
  }
}

/** There is no state between open and paid: what is being worked on without money is just open. */
const expectationOf = ({ progress }: MixOrder): Partial<{ expectation: Expectation }> =>
  progress === 'in-process' ? { expectation: { state: 'open', code: 'STATUS_NOT_YET' } } : {}

const booked: Expectation = { state: 'booked' }

const atHome = (index: number): OrderSpec => ({
  ...specOf({ buyer: buyer(index), lines: [] }, index),
  lines: [],
})

const mug = { name: 'Mok', sku: 'MOK-1', unitPrice: 9.99, vatPercent: 21 }
const guide = { name: 'Reisgids', sku: 'GIDS-1', unitPrice: 17.95, vatPercent: 6 }

/** Prices excl. VAT, and rows that count nowhere because their parent or their children do. */
const own: readonly OrderSpec[] = [
  ...methods.map((method, index) => ({
    ...atHome(70 + index),
    method,
    includesVat: false,
    lines: [
      { ...mug, unitPrice: 7.35, quantity: 3 },
      { ...guide, unitPrice: 12.07, quantity: 7 },
    ],
    shipping: 4.95,
  })),
  {
    ...atHome(73),
    lines: [{ name: 'Pakket', type: 'bundle', unitPrice: 0, quantity: 2, children: [mug, guide] }],
    shipping: 5.95,
  },
  {
    ...atHome(74),
    lines: [
      {
        name: 'T-shirt',
        type: 'configurable',
        unitPrice: 24.99,
        quantity: 3,
        vatPercent: 21,
        children: [{ name: 'T-shirt maat M', unitPrice: 0 }],
      },
    ],
  },
]

const invoiceSale = (paper: PaperSummary, number: string): PlacedSale => ({
  ref: { kind: 'invoice', id: String(paper.entityId) },
  number,
  totalCents: paper.grandCents,
  expectation: booked,
})

/** A credit memo lists as 1 and its id, so that it is never taken for the invoice of that id (manual, chapter 6). */
const creditSale = (
  paper: PaperSummary,
  number: string,
  expectation: Expectation = booked,
): PlacedSale => ({
  ref: { kind: 'credit', id: `1${paper.entityId}` },
  number,
  totalCents: -paper.grandCents,
  expectation,
})

const basket = (index: number): OrderSpec => ({
  ...atHome(index),
  lines: [
    { ...mug, quantity: 3 },
    { ...guide, quantity: 2 },
  ],
  shipping: 5.95,
})

/** An order that is invoiced in two parts: each part is a sale, and the second has a number of its own. */
const placeInParts = (shop: MagentoShop): PlacedSale[] => {
  const { orderId, orderNumber, itemIds } = shop.place({ ...basket(75), invoice: false })
  const [first = 0] = itemIds
  return [
    invoiceSale(shop.invoice(orderId, { quantities: { [first]: 2 } }), orderNumber),
    invoiceSale(shop.invoice(orderId), `${orderNumber}-2`),
  ]
}

/** What money is given back of, each in its own way. */
const toCredit = {
  whole: { ...basket(80), coupon: { code: 'LENTE5', amount: 5 } },
  partly: basket(81),
  adjusted: basket(82),
} satisfies Record<string, OrderSpec>

const withoutVat: Expectation = { state: 'refused', code: 'ADJUSTMENT_WITHOUT_VAT' }

/** Every way of giving money back that Magento knows: all of it, in parts, and with an amount without VAT. */
const placeCredits = (
  shop: MagentoShop,
  { whole, partly, adjusted }: Record<keyof typeof toCredit, Placed>,
): PlacedSale[] => {
  const [mugs = 0, guides = 0] = partly.itemIds
  const credit = ({ orderId }: Placed, wish?: CreditWish) => shop.credit(orderId, wish)
  const numberOf = ({ orderNumber }: Placed) => `C_${orderNumber}`
  const rest = { [mugs]: 2, [guides]: 2 }
  return [
    creditSale(credit(whole), numberOf(whole)),
    creditSale(credit(partly, { quantities: { [mugs]: 1 }, shipping: 0 }), numberOf(partly)),
    creditSale(credit(partly, { quantities: rest, shipping: 0 }), `${numberOf(partly)}-2`),
    creditSale(credit(adjusted, { adjustmentPositive: 2.5 }), numberOf(adjusted), withoutVat),
  ]
}

/** What both Magentos do in the demo; their sandboxes and keys are their own. */
export const magentoEnd = (
  shop: MagentoShop,
): Pick<ShopEnd, 'place' | 'placeOwn' | 'placeCredits' | 'pay' | 'mend' | 'settled'> => {
  let count = 0
  const sold = (spec: OrderSpec): Placed => shop.place(spec)
  const sale = ({ invoice, orderNumber }: Placed): PlacedSale => {
    if (invoice === null) throw new Error(`order ${orderNumber} was not invoiced`)
    return invoiceSale(invoice, orderNumber)
  }
  let credited: Record<keyof typeof toCredit, Placed> | null = null
  return {
    place(order) {
      const { expectation: _, ...placed } = sale(sold(specOf(order, count)))
      count += 1
      return { ...placed, ...expectationOf(order) }
    },
    placeOwn() {
      const { whole, partly, adjusted } = toCredit
      credited = { whole: sold(whole), partly: sold(partly), adjusted: sold(adjusted) }
      return [
        ...own.map(sold).map(sale),
        ...placeInParts(shop),
        ...Object.values(credited).map(sale),
      ]
    },
    placeCredits: () => (credited === null ? [] : placeCredits(shop, credited)),
    pay: ({ id }) => void shop.change('invoice', Number(id), { state: 2 }),
    mend(number, change) {
      const order = shop.ledger().orders.find(({ orderNumber }) => orderNumber === number)
      if (order === undefined) throw new Error(`there is no order ${number}`)
      shop.mend(order.orderId, change)
    },
    // Nobody is called, so nothing is on its way.
    settled: () => Promise.resolve(),
  }
}
