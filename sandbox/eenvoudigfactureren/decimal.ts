/** An exact decimal number in millionths: 12.10 is 12_100_000n. Six decimals is what a price may have. */
export type Decimal = bigint

/** 1, as a Decimal. */
export const unit = 1_000_000n

const places = 6

/**
 * Reads a JSON number or a numeric text with a decimal point. More than six decimals are rounded, for
 * a caller's float noise must not show.
 * @returns undefined when it is not a number
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

/** A Decimal rounded to so many decimals, half away from zero. */
export function roundTo(value: Decimal, decimals: number): Decimal {
  const step = 10n ** BigInt(places - decimals)
  return roundDivide(value, step) * step
}

/** Writes whole cents with two decimals, as all amounts in answers are: 3025n is '30.25'. */
export function formatCents(cents: bigint | number): string {
  const value = BigInt(cents)
  const size = String(value < 0n ? -value : value).padStart(3, '0')
  return `${value < 0n ? '-' : ''}${size.slice(0, -2)}.${size.slice(-2)}`
}

/** A Decimal amount in whole cents. */
export function toCents(value: Decimal): bigint {
  return roundDivide(value, unit / 100n)
}

/** Divides, rounding a half away from zero. The divisor is positive. */
export function roundDivide(dividend: bigint, divisor: bigint): bigint {
  const size = dividend < 0n ? -dividend : dividend
  const rounded = (2n * size + divisor) / (2n * divisor)
  return dividend < 0n ? -rounded : rounded
}
