import { type OrderSpec } from './order-spec.ts'

const mug = { name: 'Mok', sku: 'MOK-1', unitPrice: 12.1, vatPercent: 21 }
const bakery = { company: 'Bakkerij Peeters BV', vatNumber: 'BE0123456749' }
const abroad = { country: 'DE', zipcode: '50667', city: 'Keulen' }

/** Orders worth having at hand, by name. `contract` is the full example of section 6.1. */
export const presets: Record<string, OrderSpec> = {
  consumer21: { lines: [mug] },
  unpaid: { lines: [mug], paid: false, paymentId: 'invoice', paymentTitle: 'Op rekening' },
  twoRates: { lines: [mug, { name: 'Kookboek', unitPrice: 31.8, vatPercent: 6 }], shipping: 5.95 },
  contract: {
    lines: [
      {
        name: 'Filterkoffieapparaat',
        variant: 'Zwart',
        brand: 'Melitta',
        articleCode: 'KOF-1',
        unitPrice: 100,
      },
      {
        name: 'Koffiebonen 1 kg',
        articleCode: 'BON-1',
        quantity: 3,
        unitPrice: 15,
        vatPercent: 6,
      },
      { name: 'Filters nr. 4', articleCode: 'FIL-4', quantity: 2, unitPrice: 5 },
    ],
    pricesIncludeVat: false,
    coupon: { code: 'LENTE10', percentage: 10 },
    shipping: 4.95,
    paymentCosts: 1,
    billing: { extension: 'B' },
    comment: 'Graag voor 10 uur',
    ...bakery,
  },
  exclVat: { lines: [{ ...mug, unitPrice: 10 }], pricesIncludeVat: false, ...bakery },
  icp: {
    lines: [{ ...mug, vatPercent: 0 }],
    vatShifted: true,
    company: 'Kaffeehaus GmbH',
    vatNumber: 'DE123456788',
    billing: abroad,
  },
  outsideEu: {
    lines: [{ ...mug, vatPercent: 0 }],
    billing: { country: 'US', zipcode: '10001', city: 'New York' },
  },
  giftCard: { lines: [mug], giftCards: [{ code: 'CADEAU', amount: 5 }] },
  pickup: { lines: [mug], pickup: true },
  guest: { lines: [mug], customer: 'none' },
}
