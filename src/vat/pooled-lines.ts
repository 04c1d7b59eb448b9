import type { BaseField, Interval, Reading } from './readings.ts'
import type { Candidate } from './sale-line.ts'
import { halfStep } from './units.ts'

/** Lines of one rate taken together, in units: what is stated, and between which bounds the base lies. */
export interface Pool {
  count: number
  tax: bigint
  base: Interval
  /** Half a step of the coarsest VAT among them. */
  half: bigint
}

export const emptyPool: Pool = { count: 0, tax: 0n, base: [0n, 0n], half: 0n }

/** The field that lines are added up by: the gross when all prices were entered that way, else the net. */
export const baseFieldOf = (lines: readonly Candidate[]): BaseField =>
  lines.every(({ line }) => line.entered === 'gross') ? 'gross' : 'net'

export const poolOfOne = ({ line, units, bases }: Candidate, field: BaseField): Pool => ({
  count: 1,
  tax: units.tax,
  base: bases[field],
  half: halfStep(line.decimals.tax),
})

export const together = (one: Pool, other: Pool): Pool => ({
  count: one.count + other.count,
  tax: one.tax + other.tax,
  base: [one.base[0] + other.base[0], one.base[1] + other.base[1]],
  half: one.half > other.half ? one.half : other.half,
})

export const poolOf = (lines: readonly Candidate[], field: BaseField): Pool =>
  lines.reduce((pool, line) => together(pool, poolOfOne(line, field)), emptyPool)

/**
 * What a pool says about its rate when its VAT is truly within `error` of `tax`. Its base is large, so a
 * bound that does not grow with the number of lines separates rates better than the lines do.
 */
export const pooledReading = (
  pool: Pool,
  field: BaseField,
  tax: bigint,
  error: bigint,
): Reading => {
  const bounds: Interval = [tax - error, tax + error]
  return field === 'net'
    ? { net: pool.base, tax: bounds, gross: null }
    : { net: null, tax: bounds, gross: pool.base }
}
