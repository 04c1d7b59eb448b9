import { type OrderSpec } from './order-spec.ts'

const german = { country: 'DE', postcode: '50667', city: 'Köln', street: ['Hauptstraße 5'] }
const belgian = { country: 'BE', postcode: '2000', city: 'Antwerpen', street: ['Meir 1'] }
const american = { country: 'US', postcode: '10001', city: 'New York', street: ['5th Avenue 1'] }
const lamp = { name: 'Fietslamp', sku: 'FIETS-21', unitPrice: 49.95, vatPercent: 21 }
const book = { name: 'Kookboek', sku: 'BOEK-9', unitPrice: 17.95, vatPercent: 9 }

/** Baskets worth having at hand, by name. */
export const presets: Readonly<Record<string, OrderSpec>> = {
  consumer21: { lines: [lamp], shipping: 6.95 },
  twoRates: {
    lines: [
      { ...lamp, quantity: 2 },
      { ...book, quantity: 3 },
    ],
    shipping: 6.95,
  },
  coupon: {
    lines: [{ ...lamp, quantity: 2 }, book],
    shipping: 6.95,
    coupon: { code: 'ZOMER10', percent: 10 },
  },
  icp: {
    lines: [{ ...lamp, vatPercent: 0, quantity: 10 }],
    includesVat: false,
    company: 'Brasserie BVBA',
    vatNumber: 'BE0123456749',
    billing: belgian,
    shipping: 5.74,
  },
  oss: { lines: [{ ...lamp, vatPercent: 19 }], shipping: 6.84, billing: german },
  outsideEu: { lines: [{ ...lamp, vatPercent: 0 }], includesVat: false, billing: american },
  bundle: {
    lines: [{ name: 'Pakket', type: 'bundle', unitPrice: 0, quantity: 2, children: [lamp, book] }],
    shipping: 6.95,
  },
  configurable: {
    lines: [
      { ...lamp, type: 'configurable', children: [{ name: 'Fietslamp rood', unitPrice: 0 }] },
    ],
  },
  free: {
    lines: [book],
    shipping: 6.95,
    coupon: { code: 'GRATIS', percent: 100, onShipping: true },
  },
  dollars: { lines: [lamp], currency: 'USD', currencyRate: 1.085 },
  fee: { lines: [lamp], paymentFee: 1.21, paymentMethod: 'mollie_methods_klarna' },
  open: { lines: [lamp], paid: false, paymentMethod: 'banktransfer' },
}
