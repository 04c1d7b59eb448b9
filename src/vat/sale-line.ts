import type { BaseField, Interval } from './readings.ts'
import type { StatedLine, Units } from './stated-line.ts'

/** A line of a sale with what the shop and earlier sales say about its rate. Percentages are texts (`21`). */
export interface SaleRateLine extends StatedLine {
  /** The percentage stated on the line; null when the shop states none. */
  stated: string | null
  /** What the shop calls the class of goods that share a rate; null when it has none. */
  taxClass: string | null
  /** '' when the line is no product. */
  sku: string
  /** What was proved for the same product or tax class in an earlier sale to the same territory. */
  earlier: string | null
}

/** A line during inference: its amounts as integers and the rates (hundredths of a percent) that fit. */
export interface Candidate {
  line: SaleRateLine
  units: Units
  /** Between which bounds its true net and gross lie. */
  bases: Readonly<Record<BaseField, Interval>>
  fitting: readonly bigint[]
}

/** A line of nothing (a free item) fits every rate and says nothing about any. */
export const isFree = ({ units }: Candidate): boolean => units.net === 0n && units.tax === 0n
