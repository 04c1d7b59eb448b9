import { Decimal, type Amount } from '../../src/money/amount.ts'
import type { LineKind, Sale, SaleLine } from '../../src/sale/sale.ts'
import { addressIn, saleOf } from '../support/sale.ts'
import type { Basket, Item, Shop } from './basket.ts'

/** Half away from zero, in integers below 2^53. */
const divide = (over: number, under: number): number => {
  const twice = 2 * Math.abs(over) + under
  if (twice > Number.MAX_SAFE_INTEGER) throw new Error('a number that is no longer exact')
  const size = (twice - (twice % (2 * under))) / (2 * under)
  return over < 0 ? -size : size
}

/** A row as the shop has it, in its own steps. */
interface Row {
  kind: LineKind
  rate: number
  quantity: number
  net: number
  tax: number
  gross: number
  isBare: boolean
}

/** The three ways in which Magento rounds VAT (contracts/vat.md §6), written without any of our code. */
const taxOf = (
  { rounding, entered }: Pick<Shop, 'rounding' | 'entered'>,
  { rate, price, quantity }: Item,
  row: number,
  residues: Map<number, number>,
): number => {
  const under = entered === 'net' ? 10_000 : 10_000 + rate
  if (rounding === 'unit') return divide(divide(price * rate, under) * quantity, 1000)
  if (rounding === 'row') return divide(row * rate, under)
  const exact = row * rate + (residues.get(rate) ?? 0)
  const tax = divide(exact, under)
  residues.set(rate, exact - tax * under)
  return tax
}

const rowsOf = ({ shop, items, coupon, isCredit }: Basket): Row[] => {
  const residues = new Map<number, number>()
  const sign = isCredit ? -1 : 1
  const rowOf = (item: Item, isBare = false): Row => {
    const { kind, rate, quantity } = item
    const row = divide(item.price * quantity, 1000) - item.off
    const tax = taxOf(shop, item, row, residues)
    const [net, gross] = shop.entered === 'net' ? [row, row + tax] : [row - tax, row]
    return {
      kind,
      rate,
      quantity: quantity * sign,
      net: net * sign,
      tax: tax * sign,
      gross: gross * sign,
      isBare,
    }
  }
  const rows = items.map((item) => rowOf(item))
  if (coupon === null) return rows

  const field = shop.entered
  const worth = new Map<number, number>()
  for (const row of rows) {
    if (row.kind === 'product') worth.set(row.rate, (worth.get(row.rate) ?? 0) + row[field] * sign)
  }
  const bearing = [...worth].filter(([, weight]) => weight > 0)
  const whole = bearing.reduce((sum, [, weight]) => sum + weight, 0)
  const perCent = shop.decimals === 4 ? 100 : 1
  let left = coupon.steps
  bearing.forEach(([rate, weight], index) => {
    const share = Math.floor(((coupon.steps / whole) * weight) / perCent) * perCent
    const part = index === bearing.length - 1 ? left : share
    left -= part
    if (part === 0) return
    const item: Item = { kind: 'discount', rate, price: -part, quantity: 1000, off: 0 }
    rows.push(rowOf(item, coupon.kind === 'bare'))
  })
  return rows
}

/** A sale as a shop connector would state it, and the percentage each line truly has; null: several. */
export interface ShopSale {
  sale: Sale
  truth: readonly (string | null)[]
}

/** What the merchant marked as zero-rated: bread in London, say; here a product of its own. */
export const zeroRated = 'NUL'

/** The shop's own arithmetic on a basket, and its answer in the shape of a canonical sale. */
export const saleOfBasket = (basket: Basket): ShopSale => {
  const { shop, country, isCredit } = basket
  const step = new Decimal(10).pow(-shop.decimals)
  const perCent = shop.decimals === 4 ? 100 : 1
  const money = (steps: number): Amount => step.times(steps)
  const cents = (steps: number): Amount => new Decimal(divide(steps, perCent)).dividedBy(100)
  const percentOf = (rate: number) => new Decimal(rate).dividedBy(100)

  const rows = rowsOf(basket)
  const told = rows.filter(({ isBare }) => !isBare)
  const bare = rows.filter(({ isBare }) => isBare)
  const saysGross = shop.saysGross || shop.rounding === 'total'
  const lines = told.map((row, index): SaleLine => {
    const quantity = new Decimal(row.quantity).dividedBy(1000)
    const isMarked = row.rate === 0
    return {
      kind: row.kind,
      description: `Artikel ${index + 1}`,
      sku: isMarked ? zeroRated : `ART-${index + 1}`,
      quantity,
      amount: money(row[shop.entered]),
      vatPercent: shop.says === 'stated' ? null : percentOf(row.rate),
      ...(shop.says !== 'percent' && {
        stated: {
          net: money(row.net),
          tax: money(row.tax),
          gross: saysGross ? money(row.gross) : null,
          quantity,
          decimals: { net: shop.decimals, tax: shop.decimals, gross: shop.decimals },
          entered: shop.entered,
        },
      }),
      ...(shop.saysClass && { taxClass: `class ${row.rate}` }),
    }
  })
  if (bare.length > 0) {
    lines.push({
      kind: 'discount',
      description: 'Korting',
      quantity: new Decimal(isCredit ? -1 : 1),
      amount: money(bare.reduce((sum, row) => sum + row[shop.entered], 0)),
      vatPercent: null,
    })
  }
  const sumOf = (field: 'tax' | 'gross', some: readonly Row[] = rows) =>
    some.reduce((sum, row) => sum + row[field], 0)
  const byRate = Map.groupBy(rows, ({ rate }) => rate)
  const sale = saleOf([], {
    ref: { kind: isCredit ? 'credit' : 'order', id: String(basket.seed) },
    pricesIncludeVat: shop.entered === 'gross',
    total: cents(sumOf('gross')),
    vatTotal: shop.saysTotals ? cents(sumOf('tax')) : null,
    ...(shop.saysRates && {
      vatByRate: [...byRate].map(([rate, some]) => ({
        percent: percentOf(rate),
        vat: cents(sumOf('tax', some)),
      })),
    }),
    billing: addressIn(country, country === 'NL' ? '3511 AB' : '1000'),
  })
  return {
    sale: { ...sale, lines },
    truth: [
      ...told.map(({ rate }) => percentOf(rate).toString()),
      ...(bare.length > 0 ? [null] : []),
    ],
  }
}
