import { allocate } from '../money/allocate.ts'
import { sum, zero, type Amount } from '../money/amount.ts'
import { reason, type Reason } from '../problems/reason.ts'
import type { DraftLine } from './draft.ts'
import type { Sale, SaleLine } from './sale.ts'

/** A discount on the whole sale of which the shop says nothing about VAT. */
export const isBareDiscount = ({ kind, vatPercent, stated }: SaleLine): boolean =>
  kind === 'discount' && vatPercent === null && stated === undefined

/** Lines with one rate for one reason, and what they come to in the direction of the sale. */
interface RateGroup {
  line: DraftLine
  weight: Amount
}

const groupsOf = (lines: readonly DraftLine[], sign: 1 | -1): RateGroup[] =>
  [
    ...Map.groupBy(lines, ({ vatPercent, vat }) => `${vatPercent.toString()} ${vat.treatment}`),
  ].flatMap(([, [line, ...others]]) => {
    if (line === undefined) return []
    const total = sum([line, ...others].map(({ amount }) => amount)).times(sign)
    // Returned goods in the basket earn no discount.
    return total.greaterThan(0) ? [{ line, weight: total }] : []
  })

/** A gift card is money and a deposit comes back in full: neither gets cheaper. */
const isGoods = ({ kind, vat: { treatment } }: DraftLine): boolean =>
  kind === 'product' && treatment !== 'voucher' && treatment !== 'deposit'

export type Spreading =
  { is: 'spread'; lines: DraftLine[]; remark: Reason } | { is: 'refused'; reason: Reason }

/**
 * A discount on the whole sale as one line per VAT rate, in proportion to what was bought at that rate and to
 * the cent; never one line at the highest rate (contracts/vat.md §7 H). Goods bear it; shipping and other
 * costs only where there are none.
 * @param number the line's place in the sale, from 1
 * @param others the other lines of the draft
 * @returns refused when no line has anything to take it off
 */
export const spreadDiscount = (
  discount: SaleLine,
  number: number,
  others: readonly DraftLine[],
  sale: Pick<Sale, 'ref' | 'pricesIncludeVat'>,
): Spreading => {
  const sign = sale.ref.kind === 'credit' ? -1 : 1
  const groups = [others.filter(isGoods), others]
    .map((lines) => groupsOf(lines, sign))
    .find((each) => each.length > 0)
  if (groups === undefined) {
    return { is: 'refused', reason: reason('LINE_VAT_MISSING', { line: number }) }
  }
  const parts = allocate(
    discount.amount,
    groups.map(({ weight }) => weight),
    Math.max(2, discount.amount.decimalPlaces()),
  )
  const lines = groups.flatMap(({ line: { vatPercent, vat } }, index): DraftLine[] => {
    const part = parts[index] ?? zero
    if (part.isZero()) return []
    return [
      {
        kind: 'discount',
        description: discount.description,
        sku: discount.sku ?? '',
        quantity: discount.quantity,
        vatPercent,
        amount: part,
        amountIncludesVat: sale.pricesIncludeVat,
        vat: {
          treatment: vat.treatment,
          status: 'evidenced',
          by: 'goods',
          compatible: [vatPercent.toString()],
        },
      },
    ]
  })
  const rate = lines.map(({ vatPercent }) => `${vatPercent.toString()} %`).join(', ')
  const shown = discount.amount.toFixed(2)
  return {
    is: 'spread',
    lines,
    remark: reason('DISCOUNT_SPREAD', { line: number, amount: shown, rate }),
  }
}
