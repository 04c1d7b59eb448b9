import { amount, round, sum, withoutVat, zero, type Amount } from '../../../money/amount.ts'
import type { LineKind } from '../../../sale/sale.ts'
import { fits, type Figures, type Price } from './figures.ts'
import type { MagentoDocument, MagentoOrder } from './document.ts'

/** One amount of a document that is no row. */
export interface Cost extends Price {
  kind: LineKind
  description: string
  vatPercent: Amount | null
}

export interface Costs {
  list: readonly Cost[]
  assumptions: readonly string[]
}

const one = amount(1)
const cent = amount('0.01')

/** The percentages the order states for its shipping. */
const shippingPercents = (order: MagentoOrder): Amount[] =>
  order.extension_attributes.item_applied_taxes
    .filter(({ type }) => type === 'shipping')
    .flatMap(({ applied_taxes: taxes }) => taxes.map(({ percent }) => percent))
    .filter((percent) => percent !== null)

const distinct = (percents: readonly Amount[]): Amount[] =>
  percents.filter((percent, index) => percents.findIndex((each) => each.equals(percent)) === index)

/**
 * The percentage of an amount that states none of its own: the shipping's, where its VAT fits; else the only
 * one of this sale that does.
 */
const percentOf = (price: Price, order: MagentoOrder, rows: readonly Figures[]) => {
  const stated = shippingPercents(order)
  const [first] = stated
  if (stated.length === 1 && first !== undefined && fits(price, first, one)) {
    return { percent: first, isAssumed: false }
  }
  const known = rows.map(({ vatPercent }) => vatPercent).filter((percent) => percent !== null)
  const isUntaxed = price.net.equals(price.gross)
  const others = distinct(isUntaxed ? [zero] : [...stated, ...known])
  const fitting = others.filter((percent) => fits(price, percent, one))
  return { percent: fitting.length === 1 ? (fitting[0] ?? null) : null, isAssumed: true }
}

/**
 * Shipping after its discount. The header's discount holds more than the rows' where shipping got one, and
 * so does its compensation; an invoice keeps the shipping's compensation apart (contract §6.1, §6.2).
 */
const shippingOf = (document: MagentoDocument, compensation: Amount): Price => {
  const rows = document.items
  const rowDiscounts = sum(rows.map((row) => row.base_discount_amount))
  const discount = document.base_discount_amount.negated().minus(rowDiscounts)
  const net = document.base_shipping_amount.minus(discount).plus(compensation)
  return { net, gross: net.plus(document.base_shipping_tax_amount) }
}

/** The two readings of the shipping's compensation; on one kind of document they are the same. */
const compensations = (document: MagentoDocument): [Amount, Amount] => {
  const rows = sum(document.items.map((row) => row.base_discount_tax_compensation_amount))
  const inHeader = document.base_discount_tax_compensation_amount.minus(rows)
  return [inHeader.plus(document.base_shipping_discount_tax_compensation_amnt), inHeader]
}

/** What modules and custom work on the shop's side may have added (manual, chapter 6). */
const extrasOf = (document: MagentoDocument, order: MagentoOrder): Omit<Cost, 'vatPercent'>[] => {
  const own = document.extension_attributes
  const { base_mollie_payment_fee: fee, base_mollie_payment_fee_tax: feeTax } =
    order.extension_attributes
  const stated = (kind: LineKind, description: string, gross: Amount) => ({
    kind,
    description,
    // Only the amount with VAT is told; without it follows from the rate.
    net: gross,
    gross,
  })
  return [
    { kind: 'payment' as const, description: 'Betaalkosten', net: fee, gross: fee.plus(feeTax) },
    stated('payment', 'Betaalkosten', own.paymethod_costs),
    stated('payment', 'Betaaloptie', own.extra_payment_option_price),
    stated('surcharge', 'Toeslag', own.extra_costs),
    stated('discount', 'Spaarpunten', own.credit_point_discount.abs().negated()),
  ].filter((cost) => !cost.gross.isZero())
}

/**
 * The VAT of costs that state none: of one what the header's VAT holds beyond that of the rows and the shipping;
 * of several their share at `percent`, where together they are that rest.
 */
const withRestOfVat = (
  costs: readonly Omit<Cost, 'vatPercent'>[],
  document: MagentoDocument,
  percent: Amount | null,
): readonly Omit<Cost, 'vatPercent'>[] => {
  if (costs.length === 0 || costs.some(({ net, gross }) => !net.equals(gross))) return costs
  const ofRows = sum(document.items.map((row) => row.base_tax_amount))
  const known = ofRows.plus(document.base_shipping_tax_amount)
  const rest = (document.base_tax_amount ?? zero).minus(known)
  if (rest.isZero()) return costs
  const [only, ...more] = costs
  if (only !== undefined && more.length === 0) return [{ ...only, net: only.gross.minus(rest) }]
  if (percent === null) return costs
  const split = costs.map((cost) => ({ ...cost, net: round(withoutVat(cost.gross, percent)) }))
  const off = rest.minus(sum(split.map(({ net, gross }) => gross.minus(net))))
  if (off.abs().greaterThan(cent.times(costs.length))) return costs
  return split.map((cost, nth) => (nth === 0 ? { ...cost, net: cost.net.minus(off) } : cost))
}

/**
 * Everything on a document that is no row and no adjustment, each only when it is not zero. Payment costs and
 * surcharges are told beside the document, so they are only believed when they are exactly what its total
 * lacks without them; where they are not, the check of the total says what is wrong.
 */
export const costsOf = (
  document: MagentoDocument,
  order: MagentoOrder,
  rows: readonly Figures[],
): Costs => {
  const goods = sum(rows.map(({ after }) => after.gross))
  const missing = document.base_grand_total.minus(goods).minus(document.base_adjustment)
  const extras = extrasOf(document, order)
  const extra = sum(extras.map(({ gross }) => gross))
  const readings = compensations(document).map((each) => shippingOf(document, each))
  const [plain = { net: zero, gross: zero }] = readings
  const closing = (rest: Amount) => readings.find(({ gross }) => gross.plus(rest).equals(missing))
  const without = closing(zero)
  const withExtras = extras.length === 0 ? undefined : closing(extra)
  const shipping = without ?? withExtras ?? plain
  const assumptions = new Set<string>()
  const list: Cost[] = []
  if (!shipping.gross.isZero() || !shipping.net.isZero()) {
    const { percent, isAssumed } = percentOf(shipping, order, rows)
    if (isAssumed) assumptions.add('shipping-vat-from-amounts')
    list.push({ kind: 'shipping', description: 'Verzendkosten', ...shipping, vatPercent: percent })
  }
  const known = distinct(
    rows.flatMap(({ vatPercent }) => (vatPercent === null ? [] : [vatPercent])),
  )
  const [stated] = shippingPercents(order)
  // VAT that is told nowhere is that of the shipping, or of everything else.
  const usual = stated ?? list[0]?.vatPercent ?? (known.length === 1 ? (known[0] ?? null) : null)
  const isExtra = without === undefined && withExtras !== undefined
  for (const cost of isExtra ? withRestOfVat(extras, document, usual) : []) {
    assumptions.add('costs-vat-as-shipping')
    const isSplit = !cost.net.equals(cost.gross)
    const vatPercent = isSplit ? percentOf(cost, order, rows).percent : usual
    list.push({ ...cost, vatPercent })
  }
  return { list, assumptions: [...assumptions] }
}
