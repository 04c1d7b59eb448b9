import { type Random } from '../kit/random.ts'
import { type OrderSpec } from './order-spec.ts'

/** What kind of orders to invent. */
export interface RandomWish {
  count: number
  /** Create dates run evenly from `from` to `to`; default: all now. */
  from?: string | undefined
  to?: string | undefined
  /** Laid over every order; judged when it is placed. */
  order?: Record<string, unknown> | undefined
}

const firstNames = ['An', 'Bram', 'Chris', 'Dina', 'Els', 'Frank', 'Gitte', 'Hans', 'Ine', 'Joris']
const lastNames = ['Peeters', 'Janssens', 'Maes', 'Jacobs', 'Mertens', 'Willems', 'Claes']
const goods = ['Mok', 'Theepot', 'Kookboek', 'Bord', 'Schaal', 'Lepel', 'Koffie', 'Thee', 'Kaars']
const places = [
  ['BE', '3000', 'Leuven'],
  ['BE', '9000', 'Gent'],
  ['NL', '1011 AB', 'Amsterdam'],
  ['NL', '3511 AA', 'Utrecht'],
  ['LU', '1111', 'Luxemburg'],
] as const

/** Invents orders, one at a time so that fifty thousand of them need no list of their own. */
export function* randomOrders(wish: RandomWish, random: Random): Generator<OrderSpec> {
  const fromMs = wish.from === undefined ? undefined : Date.parse(wish.from)
  const untilMs = wish.to === undefined ? fromMs : Date.parse(wish.to)
  for (let index = 0; index < wish.count; index += 1) {
    const time =
      fromMs === undefined || untilMs === undefined
        ? {}
        : { createdAt: new Date(fromMs + ((untilMs - fromMs) * index) / wish.count).toISOString() }
    yield { ...randomOrder(random), ...time, ...wish.order }
  }
}

function randomOrder(random: Random): OrderSpec {
  const pick = <T>(list: readonly [T, ...T[]] | readonly T[]): T =>
    list[Math.floor(random() * list.length)] as T
  const upTo = (max: number) => Math.floor(random() * max)
  const [country, zipcode, city] = pick(places)
  const firstname = pick(firstNames)
  const lastname = pick(lastNames)
  return {
    firstname,
    lastname,
    billing: { country, zipcode, city, number: String(1 + upTo(200)) },
    email: `${firstname}.${lastname}${upTo(10_000)}@klant.example`.toLowerCase(),
    lines: Array.from({ length: 1 + upTo(4) }, () => {
      const name = pick(goods)
      return {
        name,
        sku: name.slice(0, 3).toUpperCase(),
        quantity: 1 + upTo(3),
        unitPrice: (100 + upTo(9_900)) / 100,
        vatPercent: random() < 0.7 ? 21 : 6,
      }
    }),
    shipping: random() < 0.6 ? 5.95 : 0,
    paymentCosts: random() < 0.2 ? 1.21 : 0,
    coupon: random() < 0.1 ? { code: 'WELKOM', amount: 1 } : null,
  }
}
