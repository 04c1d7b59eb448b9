import type { Rounding } from '../../src/vat/stated-line.ts'
import type { LineKind } from '../../src/sale/sale.ts'
import { diceOf, type Dice } from './chance.ts'

/** One line as somebody put it into a basket, with the rate it truly has. Prices are whole steps of the shop. */
export interface Item {
  kind: LineKind
  /** Hundredths of a percent. */
  rate: number
  price: number
  /** Thousandths of a piece. */
  quantity: number
  /** Taken off the row, in steps. */
  off: number
}

/** How a shop calculates and what it tells. */
export interface Shop {
  rounding: Rounding
  entered: 'net' | 'gross'
  decimals: 2 | 4
  says: 'percent' | 'stated' | 'both'
  saysGross: boolean
  saysClass: boolean
  saysTotals: boolean
  saysRates: boolean
}

export interface Basket {
  seed: number
  /** Where the merchant is established. */
  home: 'NL' | 'BE'
  country: string
  shop: Shop
  items: readonly Item[]
  /** Off the whole order, in steps: stated per rate, or as one line that says nothing about VAT. */
  coupon: { kind: 'per rate' | 'bare'; steps: number } | null
  isCredit: boolean
}

/** Rates of goods, in hundredths of a percent, most common first. Zero at home needs a marked product. */
const ratesOf: Readonly<Record<string, readonly number[]>> = {
  NL: [2100, 900, 0],
  BE: [2100, 600, 1200],
  FR: [2000, 550, 1000, 210],
  DE: [1900, 700],
  CH: [0],
}

const mirrored: Readonly<Record<string, string>> = { NL: 'BE', BE: 'NL' }

const features = [
  'cents',
  'dear',
  'many pieces',
  'weights',
  'fine prices',
  'free items',
  'row discounts',
  'returned goods',
  'shipping',
  'payment costs',
  'several rates',
] as const
type Features = ReadonlySet<(typeof features)[number]>

/** Most baskets are small; one in three hundred is long. */
const lineCount = (dice: Dice): number => {
  if (dice.chance(0.9)) return dice.between(1, 3)
  if (dice.chance(0.84)) return dice.between(4, 15)
  return dice.chance(0.84) ? dice.between(16, 60) : dice.between(61, 200)
}

const quantityOf = (dice: Dice, has: Features): number => {
  if (has.has('weights') && dice.chance(0.3)) return dice.between(50, 5_000)
  if (has.has('many pieces') && dice.chance(0.4)) return dice.between(10, 1_000) * 1000
  return dice.chance(0.6) ? 1000 : dice.between(1, 6) * 1000
}

/** In cents; shops with four decimals have finer prices now and then. */
const centsOf = (dice: Dice, has: Features): number => {
  if (has.has('free items') && dice.chance(0.1)) return 0
  if (has.has('cents') && dice.chance(0.5)) return dice.between(1, 40)
  if (has.has('dear') && dice.chance(0.3)) return dice.between(10_000, 250_000)
  return dice.chance(0.5)
    ? dice.between(1, 99) * 100 - dice.pick([0, 1, 5, 50])
    : dice.between(50, 15_000)
}

const productOf = (
  dice: Dice,
  has: Features,
  { rounding, decimals }: Shop,
  rates: readonly number[],
): Item => {
  const quantity = quantityOf(dice, has)
  const perCent = decimals === 4 ? 100 : 1
  const fine = decimals === 4 && has.has('fine prices') && dice.chance(0.5)
  const price = centsOf(dice, has) * perCent + (fine ? dice.between(1, 99) : 0)
  const rate = has.has('several rates') ? dice.pick(rates) : (rates[0] ?? 0)
  const row = Math.floor((price * quantity) / 1000)
  // A shop that rounds each piece has a price for each piece.
  const isOff = rounding !== 'unit' && has.has('row discounts') && dice.chance(0.5)
  const off = isOff
    ? Math.floor((row * dice.pick([5, 10, 15, 33, 50])) / 100 / perCent) * perCent
    : 0
  const isBack = has.has('returned goods') && dice.chance(0.03)
  return {
    kind: 'product',
    rate,
    price,
    quantity: isBack ? -quantity : quantity,
    off: isBack ? 0 : off,
  }
}

const rowOf = ({ price, quantity, off }: Item) => Math.floor((price * quantity) / 1000) - off

/** The basket of a seed: always the same. */
export const basketOf = (seed: number): Basket => {
  const dice = diceOf(seed)
  // One merchant in three is Belgian, and sells to the Netherlands as a Dutch one does to Belgium.
  const home = Math.floor(seed / 20) % 3 === 1 ? 'BE' : 'NL'
  const picked = dice.pick(['NL', 'NL', 'NL', 'NL', 'BE', 'BE', 'BE', 'FR', 'DE', 'CH'])
  const country = home === 'BE' ? (mirrored[picked] ?? picked) : picked
  const entered = dice.pick(['net', 'gross'] as const)
  const shop: Shop = {
    rounding: dice.pick(['row', 'row', 'unit', 'total'] as const),
    entered,
    decimals: dice.chance(0.75) ? 2 : 4,
    says: dice.pick(['percent', 'stated', 'both'] as const),
    saysGross: dice.chance(0.8),
    saysClass: dice.chance(0.5),
    saysTotals: dice.chance(0.5),
    saysRates: dice.chance(0.3),
  }
  const has = dice.swarm(features, 0.4)
  // A merchant below the threshold of OSS charges the rates of home.
  const isDistance = country !== home && country !== 'CH'
  const isOrigin = isDistance && dice.chance(0.15)
  const rates = isOrigin ? [2100, home === 'BE' ? 600 : 900] : (ratesOf[country] ?? [])
  const items = Array.from({ length: lineCount(dice) }, () => productOf(dice, has, shop, rates))
  const perCent = shop.decimals === 4 ? 100 : 1
  const cost = (kind: LineKind, price: number): Item => ({
    kind,
    // Costs follow the goods: the rate of the first of them.
    rate: items[0]?.rate ?? 0,
    price: price * perCent,
    quantity: 1000,
    off: 0,
  })
  if (has.has('shipping')) items.push(cost('shipping', dice.pick([395, 495, 675, 695, 1250])))
  if (has.has('payment costs')) items.push(cost('payment', dice.between(15, 150)))
  const goods = items.filter(({ kind, rate }) => kind === 'product' && rate >= 0)
  const worth = goods.reduce((sum, item) => sum + rowOf(item), 0)
  const most = Math.floor(worth / perCent / (dice.chance(0.1) ? 1 : 4))
  const coupon =
    dice.chance(0.3) && most > 1
      ? { kind: dice.pick(['per rate', 'bare'] as const), steps: dice.between(1, most) * perCent }
      : null
  return { seed, home, country, shop, items, coupon, isCredit: dice.chance(0.15) }
}
