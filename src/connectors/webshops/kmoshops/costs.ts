import {
  amount,
  round,
  sum,
  withoutVat,
  withVat,
  zero,
  type Amount,
} from '../../../money/amount.ts'
import { reason, Trouble } from '../../../problems/reason.ts'
import type { LineKind, SaleLine } from '../../../sale/sale.ts'
import { system } from './api.ts'
import type { WireOrder } from './wire.ts'

/** One amount of the order that is no row. */
interface Cost {
  kind: LineKind
  description: string
  amount: Amount
}

export interface CostLines {
  lines: readonly SaleLine[]
  assumptions: readonly string[]
}

/** A reduction is one whatever its sign: the contract guesses "positive, subtracted" (§6.2). */
const off = (value: Amount): Amount => value.abs().negated()

/** Everything but the rows and the coupon, without what is zero. */
const costsOf = (order: WireOrder): Cost[] => {
  const extra = order.extra_costs
  const option = order.extra_payment_option
  const costs: Cost[] = [
    { kind: 'shipping', description: 'Verzendkosten', amount: order.total_shipping },
    { kind: 'payment', description: 'Betaalkosten', amount: order.paymethod_costs },
    {
      kind: 'payment',
      description: option || 'Betaaloptie',
      amount: order.extra_payment_option_price,
    },
    {
      kind: extra.isNegative() ? 'discount' : 'surcharge',
      description: order.extra_costs_description || (extra.isNegative() ? 'Korting' : 'Toeslag'),
      amount: extra,
    },
    { kind: 'discount', description: 'Spaarpunten', amount: off(order.credit_point_discount) },
  ]
  return costs.filter((cost) => !cost.amount.isZero())
}

const toLine = (cost: Cost, vatPercent: Amount | null): SaleLine => ({
  ...cost,
  quantity: amount(1),
  vatPercent,
})

/** What a line comes to with its VAT, unrounded. */
const grossOf = (line: SaleLine, includesVat: boolean): Amount =>
  includesVat ? line.amount : withVat(line.amount, line.vatPercent ?? zero)

const within = (left: Amount, right: Amount): boolean => left.minus(right).abs().lte('0.01')

/**
 * Costs that say to include VAT where the rows do not, or the other way round.
 *
 * A sale has one basis, so the costs are brought to that of the rows, in whole cents. The flag's own text
 * ("shipping costs are included in the total tax amount") allows a second meaning: that shipping carries VAT
 * at all. The total decides, as the contract's balance wants it (§6.2): whichever reading it proves to
 * within a cent; where it proves neither, nothing is booked.
 */
const converted = (
  order: WireOrder,
  costs: readonly SaleLine[],
  others: readonly SaleLine[],
  vatPercent: Amount,
): CostLines => {
  const rowsInclude = order.order_row_taxes_included
  const rest = sum(others.map((line) => grossOf(line, rowsInclude)))
  const asFlagged = rest.plus(sum(costs.map((line) => grossOf(line, !rowsInclude))))
  const asRows = rest.plus(sum(costs.map((line) => grossOf(line, rowsInclude))))
  const total = order.total_price
  if (within(asFlagged, total)) {
    const toRows = rowsInclude ? withVat : withoutVat
    return {
      lines: costs.map((line) => ({ ...line, amount: round(toRows(line.amount, vatPercent)) })),
      assumptions: ['costs-converted-to-rows-basis'],
    }
  }
  if (within(asRows, total)) return { lines: costs, assumptions: ['costs-in-rows-basis'] }
  throw new Trouble(
    'never',
    reason('TOTAL_DIFFERS_FROM_LINES', {
      total: total.toFixed(2),
      sum: round(asFlagged).toFixed(2),
      difference: round(total.minus(asFlagged)).toFixed(2),
    }),
  )
}

/**
 * Shipping and the other costs as lines of their own, only those that are not zero, in the basis of the rows.
 *
 * @param others the rows and discounts, for the balance
 * @throws Trouble when costs and rows differ in including VAT and no reading gives the total
 */
export const costLines = (order: WireOrder, others: readonly SaleLine[]): CostLines => {
  const vatPercent = order.shipping_tax_percentage
  const lines = costsOf(order).map((cost) => toLine(cost, vatPercent))
  const assumptions: string[] = []
  // Only shipping states a rate; the other costs get the same (contract §6.2, a guess).
  if (lines.some((line) => line.kind !== 'shipping')) assumptions.push('costs-vat-as-shipping')
  if (order.credit_point_discount.isNegative()) assumptions.push('discount-sign-ignored')

  const rowsInclude = order.order_row_taxes_included
  const isSameBasis = (order.shipping_taxes_included ?? rowsInclude) === rowsInclude
  if (isSameBasis || lines.length === 0 || vatPercent?.isZero() === true) {
    return { lines, assumptions }
  }
  if (vatPercent === null) {
    throw new Trouble('never', reason('REMOTE_SHAPE', { system, field: 'shipping_tax_percentage' }))
  }
  const inRowsBasis = converted(order, lines, others, vatPercent)
  return { ...inRowsBasis, assumptions: [...assumptions, ...inRowsBasis.assumptions] }
}
