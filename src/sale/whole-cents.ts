import { round, sum } from '../money/amount.ts'
import { roundTogether } from '../money/round-together.ts'
import type { DraftLine } from './draft.ts'

/**
 * Lines in whole cents, for shops that state four decimals: those of one rate are rounded together, so that
 * their total is the shop's own, rounded once.
 */
export const inWholeCents = (lines: readonly DraftLine[]): DraftLine[] => {
  if (lines.every(({ amount }) => amount.decimalPlaces() <= 2)) return [...lines]
  const rounded = [...lines]
  const numbered = lines.map((line, index) => ({ line, index }))
  for (const group of Map.groupBy(numbered, ({ line }) => line.vatPercent.toString()).values()) {
    const exact = group.map(({ line }) => line.amount)
    const whole = roundTogether(exact, round(sum(exact))) ?? exact.map((each) => round(each))
    group.forEach(({ line, index }, position) => {
      rounded[index] = { ...line, amount: whole[position] ?? line.amount }
    })
  }
  return rounded
}
