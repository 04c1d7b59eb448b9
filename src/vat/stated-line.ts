import { amount, parseAmount, type Amount } from '../money/amount.ts'
import { halfStep, unitsOf, unitsPerMajor, type Decimals } from './units.ts'

/**
 * Where a shop rounds (contracts/vat.md §6, §8.1): the VAT of each row, of each unit, or of the whole sale
 * with the residue carried from line to line.
 */
export type Rounding = 'row' | 'unit' | 'total'

export const roundings: readonly Rounding[] = ['row', 'unit', 'total']

/** The amounts of one line as a shop states them, for the whole line. May be negative: a discount, a credit. */
export interface StatedLine {
  net: Amount
  tax: Amount
  /** Net and tax together; null when the shop does not state it. */
  gross: Amount | null
  quantity: Amount
  /** To how many decimals each field is rounded. */
  decimals: Readonly<Record<'net' | 'tax' | 'gross', Decimals>>
  /** The field that follows from the price as entered without any rounding; null when unknown. */
  entered: 'net' | 'gross' | null
}

/** Between which bounds the unrounded truth lies, both included, in units.ts's units. */
export type Interval = readonly [low: bigint, high: bigint]

/** One possible reading of a line: the bounds of those fields that say something by themselves. */
export interface Reading {
  net: Interval | null
  tax: Interval
  gross: Interval | null
}

/** The amounts of a line in the integers of units.ts; the quantity without its sign. */
export interface Units {
  net: bigint
  tax: bigint
  gross: bigint | null
  quantity: bigint
}

/** The amounts of a line as integers; null when one of them is no amount. */
export const readable = (line: StatedLine): Units | null => {
  const [net, tax, quantity] = [unitsOf(line.net), unitsOf(line.tax), unitsOf(line.quantity)]
  const gross = line.gross === null ? null : unitsOf(line.gross)
  if (net === null || tax === null || quantity === null) return null
  if (gross === null && line.gross !== null) return null
  return { net, tax, gross, quantity: quantity < 0n ? -quantity : quantity }
}

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
 * What a line says about the truth in one rounding mode. Several readings are alternatives: a rate fits the
 * line when it fits one of them.
 */
export const readingsOf = (line: StatedLine, units: Units, rounding: Rounding): Reading[] => {
  const error = (field: 'net' | 'tax' | 'gross'): bigint =>
    line.entered === field ? 0n : errorOf(halfStep(line.decimals[field]), rounding, units.quantity)
  const net = around(units.net, error('net'))
  if (rounding !== 'total') {
    const gross = units.gross === null ? null : around(units.gross, error('gross'))
    return [{ net, tax: around(units.tax, error('tax')), gross }]
  }

  // The residue carried along makes the tax wrong by up to a whole step …
  const tax = around(units.tax, 2n * error('tax'))
  if (units.gross === null && line.entered !== 'gross') return [{ net, tax, gross: null }]
  const stated = units.gross ?? units.net + units.tax
  const gross = around(stated, error('gross'))
  if (units.net + units.tax !== stated) return [{ net, tax, gross }]
  // … and with it whichever of net and gross the shop worked out from the other, so that one says nothing.
  const fromNet: Reading = { net, tax, gross: null }
  const fromGross: Reading = { net: null, tax, gross }
  if (line.entered === 'net') return [fromNet]
  return line.entered === 'gross' ? [fromGross] : [fromNet, fromGross]
}

/**
 * Reads a line from the texts or numbers of a shop, a file or a command line.
 * @param raw amounts with a decimal dot; `gross` null when absent
 * @returns the name of the first field that is no amount
 */
export const readStatedLine = (
  raw: Readonly<{ net: unknown; tax: unknown; gross?: unknown; quantity?: unknown }>,
  options: Readonly<{ decimals?: Decimals; entered?: 'net' | 'gross' | null }> = {},
):
  | { is: 'line'; line: StatedLine }
  | { is: 'unreadable'; field: 'net' | 'tax' | 'gross' | 'quantity' } => {
  const [net, tax] = [parseAmount(raw.net), parseAmount(raw.tax)]
  const gross = raw.gross == null ? null : parseAmount(raw.gross)
  const quantity = raw.quantity == null ? amount(1) : parseAmount(raw.quantity)
  if (net === null || unitsOf(net) === null) return { is: 'unreadable', field: 'net' }
  if (tax === null || unitsOf(tax) === null) return { is: 'unreadable', field: 'tax' }
  if (raw.gross != null && (gross === null || unitsOf(gross) === null)) {
    return { is: 'unreadable', field: 'gross' }
  }
  if (quantity === null || unitsOf(quantity) === null)
    return { is: 'unreadable', field: 'quantity' }
  const decimals = options.decimals ?? 2
  return {
    is: 'line',
    line: {
      net,
      tax,
      gross,
      quantity,
      decimals: { net: decimals, tax: decimals, gross: decimals },
      entered: options.entered ?? null,
    },
  }
}
