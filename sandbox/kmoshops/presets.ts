import { type OrderSpec } from './order-spec.ts'

const shirt = { name: 'T-shirt', sku: 'TSH-1', unitPrice: 24.2, vatPercent: 21, quantity: 2 }
const book = { name: 'Kookboek', sku: 'BOEK-1', unitPrice: 31.8, vatPercent: 6 }
const dutchBusiness = {
  company: 'Janssen Koffie BV',
  firstName: 'Piet',
  lastName: 'Janssen',
  street: 'Kade',
  housenumber: 12,
  housenumberSuffix: '',
  postcode: '1011 AB',
  city: 'Amsterdam',
  country: 'NL',
  email: 'piet@janssen.example',
}
const icpLines = [
  { name: 'Koffiemolen', sku: 'MOL-1', unitPrice: 100 },
  { name: 'Filterpapier', sku: 'FIL-1', unitPrice: 2.5, quantity: 20 },
]

/** Ready-made orders for the back office and for tests, each with something to get wrong. */
export const presets: Record<string, OrderSpec> = {
  consumer21: { lines: [shirt], shipping: 5.95, email: 'ann@klant.example', firstName: 'Ann' },
  twoRates: { lines: [shirt, book], shipping: 5.95, email: 'bob@klant.example', firstName: 'Bob' },
  icpWithNumber: {
    ...dutchBusiness,
    intraCommunity: true,
    vatNumber: 'NL123456782B90',
    lines: icpLines,
    shipping: 10,
  },
  icpWithoutNumber: { ...dutchBusiness, intraCommunity: true, lines: icpLines, shipping: 10 },
  outsideEu: {
    lines: [{ ...shirt, vatPercent: 0, unitPrice: 20 }],
    shipping: 15,
    shippingVatPercent: 0,
    firstName: 'Urs',
    lastName: 'Keller',
    street: 'Bahnhofstrasse',
    housenumberSuffix: '',
    postcode: '8001',
    city: 'Zürich',
    country: 'CH',
    email: 'urs@klant.example',
  },
  unpaid: { lines: [shirt], shipping: 5.95, paid: false, email: 'cas@klant.example' },
  wrongTotal: { lines: [shirt], shipping: 5.95, totalOverride: 54.45, email: 'dirk@klant.example' },
  /** The full example of the contract (section 6.2) but for its numbers and date. */
  coupon: {
    company: 'Bakkerij Claes BV',
    vatNumber: 'BE0123456749',
    customerNumber: 24464,
    lines: [
      {
        name: 'Filterkoffieapparaat',
        sku: 'KOF-1',
        unitPrice: 121,
        vatPercent: 21,
        discountPerUnit: 12.1,
        purchasePrice: 40,
        weight: 2.9,
      },
      {
        name: 'Koffiebonen 1 kg',
        sku: 'BON-1',
        quantity: 3,
        unitPrice: 15.9,
        vatPercent: 6,
        purchasePrice: 6.5,
        unit: 'zak',
        weight: 1,
      },
      {
        name: 'Mok',
        sku: 'MOK-1',
        subSku: 'MOK-1-GR',
        quantity: 2,
        unitPrice: 10,
        vatPercent: 21,
        purchasePrice: 3,
        weight: 0.1,
        options: [{ name: 'Opdruk', value: 'Naam', price: 2.1 }],
      },
    ],
    shipping: 5.95,
    paymentCosts: 1.21,
    coupon: { code: 'LENTE10', discount: 10 },
  },
  exclVat: {
    lines: [
      { name: 'Bureaustoel', sku: 'STOEL-1', unitPrice: 199.99, vatPercent: 21, quantity: 3 },
      { name: 'Vakblad', sku: 'BLAD-1', unitPrice: 7.35, vatPercent: 6, quantity: 7 },
    ],
    pricesIncludeVat: false,
    shipping: 12.5,
    company: 'Kantoor & Co',
    vatNumber: 'BE0123456749',
    email: 'inkoop@kantoor.example',
  },
  platformSale: { lines: [shirt], shipping: 5.95, platformSale: true, email: 'eva@klant.example' },
  abandoned: { lines: [shirt], completed: false, email: 'fien@klant.example' },
}
