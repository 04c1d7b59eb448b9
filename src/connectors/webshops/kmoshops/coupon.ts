import { allocate } from '../../../money/allocate.ts'
import { amount, zero, type Amount } from '../../../money/amount.ts'
import type { SaleLine } from '../../../sale/sale.ts'

const one = amount(1)

interface RateGroup {
  vatPercent: Amount | null
  amount: Amount
}

/** The rows by VAT rate, in the order of their first appearance. */
const byRate = (rows: readonly SaleLine[]): RateGroup[] => {
  const groups = new Map<string, RateGroup>()
  for (const { vatPercent, amount } of rows) {
    const key = vatPercent?.toString() ?? ''
    const known = groups.get(key)
    groups.set(key, { vatPercent, amount: known ? known.amount.plus(amount) : amount })
  }
  return [...groups.values()]
}

/**
 * A discount on the whole order as one line per VAT rate of its rows, in proportion to what was bought at
 * that rate and to the cent. The API tells neither the rate nor the division; this one comes within a cent
 * of the VAT the platform states (contract §6.3; contracts/vat.md §7 H asks for it).
 *
 * @param discount what is taken off, positive, in the rows' own basis (incl. or excl. VAT)
 */
export const spreadDiscount = (
  discount: Amount,
  description: string,
  rows: readonly SaleLine[],
): SaleLine[] => {
  // An order of costs only has no rate to take it off; the line then says so and is not booked.
  const groups = rows.length === 0 ? [{ vatPercent: null, amount: one }] : byRate(rows)
  // Returned goods in the basket (negative rows) earn no discount.
  const weights = groups.map((group) => (group.amount.isNegative() ? zero : group.amount))
  const parts = allocate(discount, weights)
  return groups.flatMap(({ vatPercent }, index) => {
    const part = parts[index] ?? zero
    const line = { kind: 'discount' as const, description, quantity: one, vatPercent }
    return part.isZero() ? [] : [{ ...line, amount: part.negated() }]
  })
}
