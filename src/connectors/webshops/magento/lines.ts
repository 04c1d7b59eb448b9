import { amount, sum, zero, type Amount } from '../../../money/amount.ts'
import type { SaleLine } from '../../../sale/sale.ts'
import type { StatedLine } from '../../../vat/stated-line.ts'
import type { Supply } from '../../../vat/supply.ts'
import { enteredIn, includesVat } from './basis.ts'
import { costsOf, type Cost } from './costs.ts'
import { figuresIn, type Figures, type Price } from './figures.ts'
import { percentOfFree } from './free-rows.ts'
import type { MagentoDocument, MagentoOrder } from './document.ts'

/** 1 for an invoice, -1 for a credit memo, whose amounts are positive too (manual, "Factor"). */
export type Factor = 1 | -1

export interface Lines {
  lines: readonly SaleLine[]
  pricesIncludeVat: boolean
  assumptions: readonly string[]
}

const one = amount(1)

/** Product types that are no goods, in both Magentos; others may hold anything, so nothing is said of them. */
const suppliesOf: ReadonlyMap<string, Supply> = new Map([
  ['virtual', 'service'],
  ['downloadable', 'digital'],
])

/** Never minus zero. */
export const signed = (value: Amount, factor: Factor): Amount =>
  value.isZero() ? zero : value.times(factor)

interface Part extends Price {
  quantity: Amount
}

const statedOf = (part: Part, factor: Factor, entered: StatedLine['entered']): StatedLine => ({
  net: signed(part.net, factor),
  tax: signed(part.gross.minus(part.net), factor),
  gross: signed(part.gross, factor),
  quantity: signed(part.quantity, factor),
  decimals: { net: 2, tax: 2, gross: 2 },
  entered,
})

const halfCent = amount('0.005')

/** VAT and net of a row with four decimals, which a custom module of the shop adds (manual, its workaround). */
const fourDecimalsOf = ({ row }: Figures) => {
  const { tax_amount4_decimals: tax, base_row_total4_decimals: net } = row.extension_attributes
  return tax === null || net === null ? null : { tax, net }
}

/**
 * Whether the rows say the same as their four decimals: each is one rounding of them, or they are together,
 * where the shop carries its residue along. Where it rounds each piece (contract §6.4), only the rows say
 * what the buyer pays.
 */
const fourDecimalsHold = (rows: readonly Figures[]): boolean => {
  const off = rows.flatMap((row) => {
    const exact = fourDecimalsOf(row)
    return exact === null ? [] : [row.before.gross.minus(row.before.net).minus(exact.tax)]
  })
  const rates = new Set(rows.map(({ vatPercent }) => vatPercent?.toString()))
  return (
    off.every((each) => each.abs().lessThanOrEqualTo(halfCent)) ||
    sum(off).abs().lessThanOrEqualTo(halfCent.times(rates.size))
  )
}

const withFourDecimals = (stated: StatedLine, row: Figures, factor: Factor): StatedLine => {
  const exact = fourDecimalsOf(row)
  if (exact === null) return stated
  return {
    ...stated,
    net: signed(exact.net, factor),
    tax: signed(exact.tax, factor),
    gross: null,
    decimals: { net: 4, tax: 4, gross: 4 },
  }
}

/** The discounts of the rows as one line per rate, so that unit prices stay those of the shop. */
const discountParts = (rows: readonly Figures[], percentOf: (row: Figures) => Amount | null) => {
  const groups = Map.groupBy(
    rows.filter(({ hasDiscount }) => hasDiscount),
    (row) => percentOf(row)?.toString() ?? '',
  )
  return [...groups.values()].map((group) => ({
    vatPercent: group[0] === undefined ? null : percentOf(group[0]),
    net: sum(group.map(({ before, after }) => after.net.minus(before.net))),
    gross: sum(group.map(({ before, after }) => after.gross.minus(before.gross))),
    quantity: one,
  }))
}

/** An adjustment has no VAT information: it is carried as a line of which nobody may infer a rate. */
const adjustmentLines = (
  document: MagentoDocument,
  order: MagentoOrder,
  factor: Factor,
): SaleLine[] => {
  const adjustment = document.base_adjustment
  if (adjustment.isZero()) return []
  return [
    {
      kind: 'surcharge',
      description: 'Correctie',
      quantity: signed(one, factor),
      amount: signed(adjustment, factor),
      vatPercent: null,
      withoutVatInformation: { proposedPercents: percentsOf(order) },
    },
  ]
}

/** The rates of an order's goods; the child of a configurable says 0 and means nothing. */
const percentsOf = (order: MagentoOrder): Amount[] => {
  const texts = order.items
    .filter((item) => item.parent_item_id === '' || item.tax_percent?.isZero() === false)
    .flatMap(({ tax_percent: percent }) => (percent === null ? [] : [percent.toString()]))
  return [...new Set(texts)].map(amount)
}

/** All lines of a document, in its order: goods, costs, discounts, adjustment. Pure. */
export const linesOf = (document: MagentoDocument, order: MagentoOrder, factor: Factor): Lines => {
  const rows = figuresIn(document, order)
  const free = new Map(rows.map((row) => [row, percentOfFree(row, document)]))
  const percentOf = (row: Figures) => free.get(row)?.percent ?? null
  const costs = costsOf(document, order, rows)
  const gross = includesVat(document, rows, costs.list, percentOf)
  const basis = gross ? 'gross' : 'net'
  const entered = enteredIn(rows)
  const isExact = fourDecimalsHold(rows)

  const product = (row: Figures): SaleLine => {
    const part = { ...row.before, quantity: row.row.qty }
    const stated = statedOf(part, factor, entered)
    const supply = suppliesOf.get(row.productType)
    return {
      kind: 'product',
      description: row.row.name,
      ...(row.row.sku !== '' && { sku: row.row.sku }),
      quantity: signed(part.quantity, factor),
      amount: signed(part[basis], factor),
      vatPercent: percentOf(row),
      ...(supply !== undefined && { supply }),
      stated: isExact ? withFourDecimals(stated, row, factor) : stated,
    }
  }
  const cost = ({ kind, description, vatPercent, ...price }: Cost): SaleLine => ({
    kind,
    description,
    quantity: signed(one, factor),
    amount: signed(price[basis], factor),
    vatPercent,
    stated: statedOf({ ...price, quantity: one }, factor, null),
  })
  const code = document.discount_description
  const discounts = discountParts(rows, percentOf).map(({ vatPercent, ...part }): SaleLine => ({
    kind: 'discount',
    description: code === '' ? 'Korting' : `Korting ${code}`,
    quantity: signed(one, factor),
    amount: signed(part[basis], factor),
    vatPercent,
    // Magento states no VAT of a discount: this is what the rows' VAT before it and after it differ by.
    stated: { ...statedOf(part, factor, null), isDifference: true },
  }))
  const assumed = rows.map((row) => free.get(row)?.assumption ?? null)
  return {
    lines: [
      ...rows.map(product),
      ...costs.list.map(cost),
      ...discounts.filter((line) => !line.amount.isZero()),
      ...adjustmentLines(document, order, factor),
    ],
    pricesIncludeVat: gross,
    assumptions: [...new Set([...assumed.filter((each) => each !== null), ...costs.assumptions])],
  }
}
