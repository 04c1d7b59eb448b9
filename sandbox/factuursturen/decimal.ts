/** An exact decimal number in millionths: 12.10 is 12_100_000n. */
export type Decimal = bigint

/** 1, as a Decimal. */
export const unit = 1_000_000n

const places = 6

/**
 * Reads a JSON number or a numeric text (dot as decimal sign, contract 1). More than six decimals
 * are rounded, for a caller's float noise (0.30000000000000004) must not show.
 * @returns undefined when it is not a number, or not one a bookkeeping could mean.
 */
export function readDecimal(value: unknown): Decimal | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined
  let text = String(value).trim()
  if (/^-?\d+(\.\d+)?e[+-]?\d+$/i.test(text)) text = Number(text).toFixed(places + 1)
  const match = /^([+-]?)(\d{1,15})(?:\.(\d{0,40}))?$/.exec(text)
  if (match === null) return undefined
  const [, sign = '', whole = '', decimals = ''] = match
  // One digit more than is kept, so that the last one can round.
  const kept = decimals.slice(0, places + 1).padEnd(places + 1, '0')
  const size = roundDivide(BigInt(whole + kept), 10n)
  return sign === '-' ? -size : size
}

/** Writes a Decimal without superfluous zeros: '12.1', '-0.5', '3'. */
export function formatDecimal(value: Decimal): string {
  const size = value < 0n ? -value : value
  const decimals = String(size % unit)
    .padStart(places, '0')
    .replace(/0+$/, '')
  const sign = value < 0n ? '-' : ''
  return `${sign}${size / unit}${decimals === '' ? '' : `.${decimals}`}`
}

/** A Decimal as the JSON number that prints the same. */
export function decimalNumber(value: Decimal): number {
  return Number(formatDecimal(value))
}

/** Writes whole cents as an amount with two decimals: 3025 is '30.25'. */
export function formatCents(cents: number): string {
  const size = String(Math.abs(cents)).padStart(3, '0')
  return `${cents < 0 ? '-' : ''}${size.slice(0, -2)}.${size.slice(-2)}`
}

/** A Decimal amount in whole cents, half a cent away from zero. */
export function toCents(amount: Decimal): number {
  return Number(roundDivide(amount, unit / 100n))
}

/** Divides, rounding a half away from zero. The divisor is positive. */
export function roundDivide(dividend: bigint, divisor: bigint): bigint {
  const size = dividend < 0n ? -dividend : dividend
  const rounded = (2n * size + divisor) / (2n * divisor)
  return dividend < 0n ? -rounded : rounded
}
