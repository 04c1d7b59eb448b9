import type { Rounding, StatedLine, Units } from './stated-line.ts'
import { halfStep, unitsPerMajor } from './units.ts'

/** Between which bounds the unrounded truth lies, both included, in units.ts's units. */
export type Interval = readonly [low: bigint, high: bigint]

/** One possible reading of a line: the bounds of those fields that say something by themselves. */
export interface Reading {
  net: Interval | null
  tax: Interval
  gross: Interval | null
}

/** The two amounts that VAT is worked out from. */
export type BaseField = 'net' | 'gross'

const around = (value: bigint, error: bigint): Interval => [value - error, value + error]

/**
 * How far the stated field may be from the truth (contracts/vat.md §8.1). Rounded units make an error of
 * half a step per unit; a quantity that is no whole number was rounded once more as a row.
 */
const errorOf = (half: bigint, rounding: Rounding, quantity: bigint): bigint => {
  if (rounding !== 'unit' || quantity === 0n) return half
  const whole = quantity % unitsPerMajor === 0n
  return (half * quantity + unitsPerMajor - 1n) / unitsPerMajor + (whole ? 0n : half)
}

/**
 * What rounding twice adds: half a step of the finer one for every piece and for the discount, so that 1,234
 * pieces at 10.0050 may be 6 cents from the truth.
 */
const errorBefore = ({ workedIn }: StatedLine, { quantity }: Units): bigint =>
  workedIn === undefined
    ? 0n
    : errorOf(halfStep(workedIn), 'unit', quantity === 0n ? unitsPerMajor : quantity) +
      halfStep(workedIn)

/**
 * Between which bounds the true net or gross of a line lies; a gross that is not stated is net and tax
 * together. The price as entered is exact, unless a fraction of a piece made the shop round the row.
 */
export const baseInterval = (
  line: StatedLine,
  units: Units,
  rounding: Rounding,
  field: BaseField,
): Interval => {
  const stated = field === 'net' ? units.net : (units.gross ?? units.net + units.tax)
  const half = halfStep(line.decimals[field])
  if (line.entered !== field) {
    return around(stated, errorOf(half, rounding, units.quantity) + errorBefore(line, units))
  }
  return around(stated, units.quantity % unitsPerMajor === 0n ? 0n : half)
}

/**
 * What a line says about the truth in one rounding mode. Several readings are alternatives: a rate fits the
 * line when it fits one of them.
 */
export const readingsOf = (line: StatedLine, units: Units, rounding: Rounding): Reading[] => {
  const net = baseInterval(line, units, rounding, 'net')
  const gross = baseInterval(line, units, rounding, 'gross')
  const taxError =
    errorOf(halfStep(line.decimals.tax), rounding, units.quantity) + errorBefore(line, units)
  if (rounding !== 'total') {
    return [{ net, tax: around(units.tax, taxError), gross: units.gross === null ? null : gross }]
  }

  // The residue carried along makes the tax wrong by up to a whole step …
  const tax = around(units.tax, 2n * taxError)
  if (units.gross === null && line.entered !== 'gross') return [{ net, tax, gross: null }]
  if (units.gross !== null && units.net + units.tax !== units.gross) return [{ net, tax, gross }]
  // … and with it whichever of net and gross the shop worked out from the other, so that one says nothing.
  const fromNet: Reading = { net, tax, gross: null }
  const fromGross: Reading = { net: null, tax, gross }
  if (line.entered === 'net') return [fromNet]
  return line.entered === 'gross' ? [fromGross] : [fromNet, fromGross]
}
