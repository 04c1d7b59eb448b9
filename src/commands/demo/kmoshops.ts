import { presets, startKmoshops, type OrderSpec } from '../../../sandbox/kmoshops/index.ts'
import type { DemoShop, Expectation, PlacedSale } from './remotes.ts'

interface Wanted {
  spec: OrderSpec
  expectation: Expectation
  /** Changed after it was seen, and to be booked then. */
  paidLater?: true
}

const booked: Expectation = { state: 'booked' }
const refused = (code: string): Expectation => ({ state: 'refused', code })

/** Of right form, but VIES knows no such number. */
export const unknownVatNumber = 'NL810433941B01'

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

const buyer = (index: number): Partial<OrderSpec> => ({
  firstName: names[index % names.length] ?? 'An',
  lastName: `Peeters${index}`,
  email: `klant${index}@voorbeeld.example`,
  postcode: String(1000 + index * 7),
  city: 'Gent',
})

const shirt = { name: 'T-shirt biologisch katoen', sku: 'TSH-1', unitPrice: 24.2, vatPercent: 21 }
const book = { name: 'Kookboek', sku: 'BOEK-1', unitPrice: 31.8, vatPercent: 6 }
const sticker = { name: 'Sticker', sku: 'STK-1', unitPrice: 0.06, vatPercent: 21 }

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index))

/** Sixty orders with everything that can happen to one (see the README's table of what is expected). */
const mix = (): Wanted[] => [
  ...times(10, (i) => ({
    spec: { ...buyer(i), lines: [{ ...shirt, quantity: i + 1 }], shipping: 5.95 },
    expectation: booked,
  })),
  // The same new customer twice at the same moment: one debtor, two invoices.
  ...times(2, () => ({ spec: { ...buyer(90), lines: [shirt] }, expectation: booked })),
  ...times(7, (i) => ({
    spec: {
      ...buyer(10 + i),
      lines: [shirt, { ...book, quantity: i + 1 }],
      shipping: 5.95,
      paymentCosts: 1.21,
    },
    expectation: booked,
  })),
  ...times(4, (i) => ({
    spec: { ...presets['coupon'], ...buyer(20 + i), lines: presets['coupon']?.lines ?? [] },
    expectation: booked,
  })),
  ...times(3, (i) => ({
    spec: { ...buyer(24 + i), lines: [{ ...shirt, quantity: 3, discountPerUnit: 2.42 }] },
    expectation: booked,
  })),
  // Many tiny amounts: the VAT of one is a cent or nothing.
  { spec: { ...buyer(27), lines: [sticker, { ...sticker, quantity: 7 }] }, expectation: booked },
  {
    spec: { ...buyer(28), lines: [{ ...book, quantity: 3, unitPrice: 2.93 }], shipping: 5.95 },
    expectation: booked,
  },
  ...times(4, (i) => ({
    spec: {
      ...buyer(30 + i),
      company: `Bakkerij ${i} bv`,
      vatNumber: 'BE0123456749',
      lines: [{ ...shirt, quantity: 2 }],
      shipping: 5.95,
    },
    expectation: booked,
  })),
  ...times(3, (i) => ({
    spec: {
      ...presets['icpWithNumber'],
      email: `inkoop${i}@koffie.example`,
      lines: presets['icpWithNumber']?.lines ?? [],
    },
    expectation: booked,
  })),
  {
    spec: {
      ...presets['icpWithNumber'],
      email: 'vervallen@koffie.example',
      vatNumber: unknownVatNumber,
      lines: presets['icpWithNumber']?.lines ?? [],
    },
    expectation: refused('VAT_NUMBER_INVALID'),
  },
  ...times(3, (i) => ({
    spec: {
      ...presets['icpWithoutNumber'],
      email: `zonder${i}@koffie.example`,
      lines: presets['icpWithoutNumber']?.lines ?? [],
    },
    expectation: refused('VAT_NUMBER_MISSING'),
  })),
  ...times(3, (i) => ({
    spec: {
      ...presets['outsideEu'],
      email: `urs${i}@klant.example`,
      lines: presets['outsideEu']?.lines ?? [],
    },
    expectation: booked,
  })),
  {
    spec: { ...buyer(40), country: 'CH', postcode: '8001', city: 'Zürich', lines: [shirt] },
    expectation: refused('VAT_ON_EXPORT'),
  },
  ...times(3, (i) => ({
    spec: { ...buyer(41 + i), lines: [shirt], paid: false },
    expectation: { state: 'open' as const, code: 'STATUS_NOT_YET' },
  })),
  {
    spec: { ...buyer(44), lines: [shirt], paid: false, status: 2 },
    expectation: { state: 'open', code: 'NOT_PAID_YET' },
  },
  {
    spec: { ...buyer(45), lines: [shirt, book], paid: false },
    expectation: booked,
    paidLater: true,
  },
  ...times(2, (i) => ({
    spec: { ...buyer(46 + i), lines: [shirt], status: 8 },
    expectation: { state: 'closed' as const, code: 'SALE_CANCELLED' },
  })),
  ...times(2, (i) => ({
    spec: { ...buyer(48 + i), lines: [shirt], shipping: 5.95, totalOverride: 54.45 },
    expectation: refused('TOTAL_DIFFERS_FROM_LINES'),
  })),
  ...times(4, (i) => ({
    spec: { ...buyer(50 + i), lines: [shirt, book], webhook: 'twice' as const },
    expectation: booked,
  })),
  ...times(4, (i) => ({
    spec: { ...buyer(54 + i), lines: [book], webhook: 'lost' as const },
    expectation: booked,
  })),
]

const streamed: readonly string[] = [
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

const presetOf = (name: string): OrderSpec => {
  const preset = presets[name]
  if (preset === undefined) throw new Error(`the sandbox has no preset ${name}`)
  return preset
}

/** The sandbox of KMO Shops as the demo's shop. */
export const startShop = async (): Promise<DemoShop> => {
  const sandbox = await startKmoshops({})
  const later: number[] = []
  let streamedCount = 0
  return {
    url: sandbox.url,
    system: 'kmoshops',
    credentials: { apiRoot: sandbox.url, ...sandbox.credentials },
    settings: {},
    homeCountry: 'BE',
    placeMix: () =>
      mix().map(({ spec, expectation, paidLater }): PlacedSale => {
        const order = sandbox.placeOrder(spec)
        if (paidLater) later.push(order.id)
        return { number: order.number ?? '', totalCents: order.totalCents, expectation }
      }),
    changeMix() {
      for (const id of later) sandbox.changeOrder(id, { paid: true, status: 2 })
    },
    placeNamed(name) {
      const order = sandbox.placeOrder(presetOf(name))
      return order.number ?? ''
    },
    mend(number, change) {
      const order = sandbox.orders().find((each) => each.number === number)
      if (order === undefined) throw new Error(`there is no order ${number}`)
      sandbox.changeOrder(order.id, { edit: change })
    },
    placeOne() {
      const preset = presetOf(streamed[streamedCount % streamed.length] ?? 'consumer21')
      streamedCount += 1
      sandbox.placeOrder({
        ...preset,
        ...(preset.country === undefined && buyer(100 + (streamedCount % 40))),
      })
    },
    settled: () => sandbox.settled(),
    close: () => sandbox.close(),
  }
}
