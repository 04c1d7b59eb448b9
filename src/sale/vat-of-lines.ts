import { amount, Decimal, sum, type Amount } from '../money/amount.ts'
import { roundings } from '../vat/stated-line.ts'
import type { DraftLine } from './draft.ts'
import { shopDecimals, shopTax } from './shop-tax.ts'

/** Half a cent for every amount that was rounded by itself, but never more than five cents. */
const perAmount = amount('0.005')
const toleranceMax = amount('0.05')

/**
 * What the VAT of some lines may come to in their shop, the likeliest first: as it states it line by line; where it
 * doesn't, on their sum or rounded in one of the ways of shops. By the piece, the VAT on a thousand pieces may be
 * five euros from that on their sum.
 */
function* waysOf(lines: readonly DraftLine[], onSum: Amount): Generator<Amount> {
  const silent = lines.filter(({ statedVat }) => statedVat === undefined)
  const stated = sum(lines.flatMap(({ statedVat }) => statedVat ?? []))
  if (silent.length === 0) {
    yield stated
    return
  }
  yield silent.length === lines.length ? onSum : stated.plus(sum(silent.map(taxCarried)))
  for (const rounding of roundings) {
    for (const decimals of shopDecimals) {
      yield stated.plus(sum(silent.map((line) => shopTax(line, rounding, decimals))))
    }
  }
  yield onSum
}

const taxCarried = (line: DraftLine): Amount => shopTax(line, 'total', 2)

/**
 * Compares the VAT a shop states for some lines with what it can be (contracts/vat.md §7 checks B and E).
 * @param onSum the VAT on the sum of these lines
 * @param amounts how many amounts of the sale were rounded by themselves
 * @returns null when it is right; else what it should be
 */
export const rightVat = (
  stated: Amount,
  lines: readonly DraftLine[],
  { onSum, amounts }: { onSum: Amount; amounts: number },
): Amount | null => {
  const tolerance = Decimal.min(perAmount.times(amounts), toleranceMax)
  let likeliest: Amount | null = null
  for (const vat of waysOf(lines, onSum)) {
    if (stated.minus(vat).abs().lessThanOrEqualTo(tolerance)) return null
    likeliest ??= vat
  }
  return likeliest
}
