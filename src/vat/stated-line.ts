import { amount, parseAmount, type Amount } from '../money/amount.ts'
import { unitsOf, type Decimals } from './units.ts'

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
  /** The shop rounded pieces and discounts to so many decimals before it rounded the line; absent: it did not. */
  workedIn?: Decimals
  /** The field that follows from the price as entered without any rounding; null when unknown. */
  entered: 'net' | 'gross' | null
  /**
   * Worked out here from other rounded amounts of the shop: it adds up with them, but it is off by more than
   * one rounding, and so no evidence of a rate.
   */
  isDifference?: true
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
