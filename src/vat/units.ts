import { type Amount } from '../money/amount.ts'

/**
 * Amounts as whole millionths of the currency's major unit: fine enough for half a step of four decimals,
 * so that inference compares integers only (contracts/vat.md §8.2).
 */
export const unitsPerMajor = 1_000_000n

const decimalsMax = 6

/** Beyond this no webshop sells; it keeps the integers small. */
const exponentMax = 15

/** False for NaN, infinities, more than six decimals, or an amount beyond any trade. */
export const isReadable = (amount: Amount): boolean =>
  amount.isFinite() && amount.e <= exponentMax && amount.decimalPlaces() <= decimalsMax

/** @returns null for what is not readable */
export const unitsOf = (amount: Amount): bigint | null => {
  if (!isReadable(amount)) return null
  const [whole = '', fraction = ''] = amount.toFixed().split('.')
  return BigInt(whole + fraction.padEnd(decimalsMax, '0'))
}

/** How many decimals a stated amount has been rounded to: a property of the shop's field. */
export type Decimals = 2 | 4

/** Half of the last decimal place: how far a rounded amount may be from the truth. */
export const halfStep = (decimals: Decimals): bigint => (decimals === 2 ? 5_000n : 50n)
