import { type Random } from '../kit/random.ts'
import { type LineSpec, type OrderSpec } from './order-spec.ts'

const goods = [
  ['Fietslamp', 49.95, 21],
  ['Kookboek', 17.95, 9],
  ['Sokken', 9.99, 21],
  ['Knikker', 0.45, 9],
  ['Schroef', 1.27, 21],
  ['Theepot', 34.5, 21],
  ['Gratis sticker', 0, 21],
] as const

/** Orders of all kinds, the same for the same seed: bases, methods, coupons, bundles, currencies. */
export function randomOrders(count: number, chance: Random): OrderSpec[] {
  const below = (limit: number) => Math.floor(chance() * limit)
  const line = (): LineSpec => {
    const [name, unitPrice, vatPercent] = goods[below(goods.length)] ?? goods[0]
    return { name, unitPrice, vatPercent, quantity: 1 + below(13) }
  }
  const bundle = (): LineSpec => ({
    name: 'Pakket',
    type: 'bundle',
    unitPrice: 0,
    quantity: 1 + below(3),
    children: [
      { name: 'Gieter', unitPrice: 60.5, vatPercent: 21 },
      { name: 'Zaaikalender', unitPrice: 21.8, vatPercent: 9, quantity: 1 + below(2) },
    ],
  })
  const configurable = (): LineSpec => ({
    name: 'T-shirt',
    type: 'configurable',
    unitPrice: 24.99,
    quantity: 1 + below(4),
    children: [{ name: 'T-shirt maat M', unitPrice: 0 }],
  })
  return Array.from({ length: count }, (_, index): OrderSpec => {
    const lines = Array.from({ length: 1 + below(5) }, line)
    if (index % 4 === 1) lines.push(bundle())
    if (index % 4 === 2) lines.push(configurable())
    const kind = below(5)
    return {
      lines,
      includesVat: below(3) > 0,
      method: (['total', 'row', 'unit'] as const)[below(3)] ?? 'total',
      ...(below(4) > 0 && { shipping: 6.95 }),
      ...(kind === 1 && { coupon: { code: 'ZOMER10', percent: 10, onShipping: below(2) === 0 } }),
      ...(kind === 2 && { coupon: { code: 'MIN1', amount: 1 } }),
      ...(kind === 3 && { paymentFee: 1.21 }),
      ...(kind === 4 && { currency: 'USD', currencyRate: 1.085 }),
    }
  })
}
