import { percentOf } from './percent.ts'
import type { Interval, Reading } from './readings.ts'

const whole = 10_000n

/** A bound times a positive factor keeps its side, so intervals can be compared without dividing. */
const scaled = ([low, high]: Interval, factor: bigint): Interval => [low * factor, high * factor]

const meet = (intervals: readonly (Interval | null)[]): boolean => {
  let low: bigint | null = null
  let high: bigint | null = null
  for (const interval of intervals) {
    if (interval === null) continue
    if (low === null || interval[0] > low) low = interval[0]
    if (high === null || interval[1] < high) high = interval[1]
  }
  return low === null || high === null || low <= high
}

/**
 * Whether a net amount exists that, taxed at `rate`, explains every stated amount (contracts/vat.md §8.2):
 * net in N±e, net·r in T±e, net·(1+r) in G±e, all multiplied by r·(1+r) so that no division is needed.
 * @param rate in hundredths of a percent
 */
export const fits = (rate: bigint, reading: Reading): boolean => {
  const { net, tax, gross } = reading
  if (rate === 0n) return tax[0] <= 0n && tax[1] >= 0n && meet([net, gross])
  const taxed = whole + rate
  return meet([
    net && scaled(net, rate * taxed),
    scaled(tax, whole * taxed),
    gross && scaled(gross, whole * rate),
  ])
}

/** Those of `rates` (hundredths of a percent) that fit one of the readings of a line, in their order. */
export const compatibleRates = (
  rates: readonly bigint[],
  readings: readonly Reading[],
): readonly bigint[] => rates.filter((rate) => readings.some((reading) => fits(rate, reading)))

export const percentsOf = (rates: readonly bigint[]): readonly string[] => rates.map(percentOf)
