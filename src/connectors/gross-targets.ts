import { round, withVat, zero, type Amount } from '../money/amount.ts'
import type { DraftLine } from '../sale/draft.ts'

/**
 * What every line must come to incl. VAT, in whole cents. Lines that the shop states excl. VAT are rounded on
 * their running total, so that each rate keeps the gross total of the draft.
 */
export const grossTargets = (lines: readonly DraftLine[]): Amount[] => {
  const running = new Map<string, Amount>()
  return lines.map((line) => {
    if (line.amountIncludesVat) return line.amount
    const rate = line.vatPercent.toString()
    const before = running.get(rate) ?? zero
    const after = before.plus(withVat(line.amount, line.vatPercent))
    running.set(rate, after)
    return round(after).minus(round(before))
  })
}
