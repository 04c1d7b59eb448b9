/** What the demo wants to become of one sale; made by hand with the sale, never computed by the product. */
export interface Expectation {
  state: 'booked' | 'refused' | 'open' | 'closed'
  /** The code that explains a state other than booked. */
  code?: string
}

/** The merchant of the demo is a Belgian one, in every pair of sandboxes. */
export const homeCountry = 'BE'

/** Where the merchant of a real shop may be at home. */
export type Home = 'NL' | 'BE'

/** The rates at home that the demo's books have codes for; those of Belgium are the mix's own. */
export const homeRates: Readonly<Record<Home, readonly number[]>> = {
  BE: [21, 6, 0],
  NL: [21, 9, 0],
}

/** Of right form, but VIES knows no such number. */
export const unknownVatNumber = 'NL810433941B01'

/** Amounts are in euros and incl. VAT. */
export interface MixLine {
  name: string
  sku: string
  unitPrice: number
  vatPercent: number
  quantity?: number
  discountPerUnit?: number
  /** What the buyer chose with it, and what that costs more per piece. */
  option?: { name: string; value: string; price: number }
}

/** Who buys and where it goes. */
export interface MixBuyer {
  firstName: string
  lastName: string
  email: string
  street: string
  houseNumber: number
  postcode: string
  city: string
  country: string
  company?: string
  vatNumber?: string
  customerNumber?: number
}

/** One order, in words that every webshop can be told in; each shop translates it into its own. */
export interface MixOrder {
  buyer: MixBuyer
  lines: MixLine[]
  shipping?: number
  /** 21 where nothing is said. */
  shippingVatPercent?: number
  paymentCosts?: number
  /** So many euros off the whole order. */
  coupon?: { code: string; amount: number }
  /** The shop says that this is an intra-Community supply; its lines have no VAT. */
  intraCommunity?: true
  paid?: false
  /** How far it is, where that does not follow from whether it is paid. */
  progress?: 'in-process' | 'cancelled'
  /** What the shop says it comes to, wrongly. */
  statedTotal?: number
  webhook?: 'twice' | 'lost'
}

export interface Wanted {
  order: MixOrder
  expectation: Expectation
  /** Changed after it was seen, and to be booked then. */
  paidLater?: true
}

const booked: Expectation = { state: 'booked' }
const refused = (code: string): Expectation => ({ state: 'refused', code })

const names = [
  'An',
  'Bram',
  'Chloë',
  'Daan',
  'Els',
  'Femke',
  'Gijs',
  'Hanne',
  'Ilse',
  'Joris',
  'Kobe',
  'Lotte',
]

/** A consumer in Belgium; each index is somebody else. */
export const buyer = (index: number): MixBuyer => ({
  firstName: names[index % names.length] ?? 'An',
  lastName: `Peeters${index}`,
  email: `klant${index}@voorbeeld.example`,
  street: 'Kerkstraat',
  houseNumber: 12,
  postcode: String(1000 + index * 7),
  city: 'Gent',
  country: 'BE',
})

const dutchBusiness: MixBuyer = {
  firstName: 'Piet',
  lastName: 'Janssen',
  company: 'Janssen Koffie BV',
  email: 'piet@janssen.example',
  street: 'Kade',
  houseNumber: 12,
  postcode: '1011 AB',
  city: 'Amsterdam',
  country: 'NL',
}

const swiss: MixBuyer = {
  firstName: 'Urs',
  lastName: 'Keller',
  email: 'urs@klant.example',
  street: 'Bahnhofstrasse',
  houseNumber: 12,
  postcode: '8001',
  city: 'Zürich',
  country: 'CH',
}

const bakery = { company: 'Bakkerij Claes BV', vatNumber: 'BE0123456749' }

const shirt = { name: 'T-shirt biologisch katoen', sku: 'TSH-1', unitPrice: 24.2, vatPercent: 21 }
const book = { name: 'Kookboek', sku: 'BOEK-1', unitPrice: 31.8, vatPercent: 6 }
const sticker = { name: 'Sticker', sku: 'STK-1', unitPrice: 0.06, vatPercent: 21 }

const withCoupon = {
  lines: [
    {
      name: 'Filterkoffieapparaat',
      sku: 'KOF-1',
      unitPrice: 121,
      vatPercent: 21,
      discountPerUnit: 12.1,
    },
    { name: 'Koffiebonen 1 kg', sku: 'BON-1', unitPrice: 15.9, vatPercent: 6, quantity: 3 },
    {
      name: 'Mok',
      sku: 'MOK-1',
      unitPrice: 10,
      vatPercent: 21,
      quantity: 2,
      option: { name: 'Opdruk', value: 'Naam', price: 2.1 },
    },
  ],
  shipping: 5.95,
  paymentCosts: 1.21,
  coupon: { code: 'LENTE10', amount: 10 },
}

const intraCommunity = {
  lines: [
    { name: 'Koffiemolen', sku: 'MOL-1', unitPrice: 100, vatPercent: 0 },
    { name: 'Filterpapier', sku: 'FIL-1', unitPrice: 2.5, vatPercent: 0, quantity: 20 },
  ],
  shipping: 10,
  shippingVatPercent: 0,
  intraCommunity: true as const,
}

const exported = {
  lines: [{ ...shirt, unitPrice: 20, vatPercent: 0, quantity: 2 }],
  shipping: 15,
  shippingVatPercent: 0,
}

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index))

/** Sixty orders with everything that can happen to one, and what must become of each. */
export const mix = (): Wanted[] => [
  ...times(10, (i) => ({
    order: { buyer: buyer(i), lines: [{ ...shirt, quantity: i + 1 }], shipping: 5.95 },
    expectation: booked,
  })),
  // The same new customer twice at the same moment: one debtor, two invoices.
  ...times(2, () => ({ order: { buyer: buyer(90), lines: [shirt] }, expectation: booked })),
  ...times(7, (i) => ({
    order: {
      buyer: buyer(10 + i),
      lines: [shirt, { ...book, quantity: i + 1 }],
      shipping: 5.95,
      paymentCosts: 1.21,
    },
    expectation: booked,
  })),
  ...times(4, (i) => ({
    order: { ...withCoupon, buyer: { ...buyer(20 + i), ...bakery, customerNumber: 24_464 } },
    expectation: booked,
  })),
  ...times(3, (i) => ({
    order: { buyer: buyer(24 + i), lines: [{ ...shirt, quantity: 3, discountPerUnit: 2.42 }] },
    expectation: booked,
  })),
  // Many tiny amounts: the VAT of one is a cent or nothing.
  {
    order: { buyer: buyer(27), lines: [sticker, { ...sticker, quantity: 7 }] },
    expectation: booked,
  },
  {
    order: {
      buyer: buyer(28),
      lines: [{ ...book, quantity: 3, unitPrice: 2.93 }],
      shipping: 5.95,
      shippingVatPercent: 6,
    },
    expectation: booked,
  },
  ...times(4, (i) => ({
    order: {
      buyer: { ...buyer(30 + i), ...bakery, company: `Bakkerij ${i} bv` },
      lines: [{ ...shirt, quantity: 2 }],
      shipping: 5.95,
    },
    expectation: booked,
  })),
  ...times(3, (i) => ({
    order: {
      ...intraCommunity,
      buyer: {
        ...dutchBusiness,
        email: `inkoop${i}@koffie.example`,
        vatNumber: 'NL123456782B90',
      },
    },
    expectation: booked,
  })),
  {
    order: {
      ...intraCommunity,
      buyer: {
        ...dutchBusiness,
        email: 'vervallen@koffie.example',
        vatNumber: unknownVatNumber,
      },
    },
    expectation: refused('VAT_NUMBER_INVALID'),
  },
  ...times(3, (i) => ({
    order: { ...intraCommunity, buyer: { ...dutchBusiness, email: `zonder${i}@koffie.example` } },
    expectation: refused('VAT_NUMBER_MISSING'),
  })),
  ...times(3, (i) => ({
    order: { ...exported, buyer: { ...swiss, email: `urs${i}@klant.example` } },
    expectation: booked,
  })),
  {
    order: {
      buyer: { ...buyer(40), country: 'CH', postcode: '8001', city: 'Zürich' },
      lines: [shirt],
    },
    // The shop charges Dutch VAT on it: booked as charged, with a remark.
    expectation: booked,
  },
  ...times(3, (i) => ({
    order: { buyer: buyer(41 + i), lines: [shirt], paid: false as const },
    expectation: { state: 'open' as const, code: 'STATUS_NOT_YET' },
  })),
  {
    order: { buyer: buyer(44), lines: [shirt], paid: false, progress: 'in-process' },
    expectation: { state: 'open', code: 'NOT_PAID_YET' },
  },
  {
    order: { buyer: buyer(45), lines: [shirt, book], paid: false },
    expectation: booked,
    paidLater: true,
  },
  ...times(2, (i) => ({
    order: { buyer: buyer(46 + i), lines: [shirt], progress: 'cancelled' as const },
    expectation: { state: 'closed' as const, code: 'SALE_CANCELLED' },
  })),
  ...times(2, (i) => ({
    order: { buyer: buyer(48 + i), lines: [shirt], shipping: 5.95, statedTotal: 54.45 },
    expectation: refused('TOTAL_DIFFERS_FROM_LINES'),
  })),
  ...times(4, (i) => ({
    order: { buyer: buyer(50 + i), lines: [shirt, book], webhook: 'twice' as const },
    expectation: booked,
  })),
  ...times(4, (i) => ({
    order: { buyer: buyer(54 + i), lines: [book], webhook: 'lost' as const },
    expectation: booked,
  })),
]

const shirts = { lines: [{ ...shirt, quantity: 2 }], shipping: 5.95 }

/** Orders to place one at a time, by name. */
const named = {
  consumer21: { ...shirts, buyer: buyer(60) },
  twoRates: { lines: [...shirts.lines, book], shipping: 5.95, buyer: buyer(61) },
  coupon: { ...withCoupon, buyer: { ...buyer(62), ...bakery } },
  icpWithNumber: { ...intraCommunity, buyer: { ...dutchBusiness, vatNumber: 'NL123456782B90' } },
  icpWithoutNumber: { ...intraCommunity, buyer: dutchBusiness },
  outsideEu: { ...exported, buyer: swiss },
  unpaid: { ...shirts, buyer: buyer(63), paid: false },
  wrongTotal: { ...shirts, buyer: buyer(64), statedTotal: 54.45 },
} satisfies Readonly<Record<string, MixOrder>>

export type OrderName = keyof typeof named

export const namedOrder = (name: OrderName): MixOrder => named[name]

const streamed: readonly OrderName[] = [
  'consumer21',
  'twoRates',
  'coupon',
  'icpWithNumber',
  'outsideEu',
  'consumer21',
  'twoRates',
  'unpaid',
  'wrongTotal',
  'icpWithoutNumber',
]

/** The order that comes in next in the live stream; those at home are of ever other people. */
export const streamedOrder = (index: number): MixOrder => {
  const order = namedOrder(streamed[index % streamed.length] ?? 'consumer21')
  if (order.buyer.country !== homeCountry) return order
  return { ...order, buyer: { ...order.buyer, ...buyer(100 + (index % 40)) } }
}
