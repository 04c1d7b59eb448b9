/** A decimal number, exactly: whole millionths. */
export type Decimal = bigint

const places = 6
export const unit: Decimal = 1_000_000n

/**
 * Reads a JSON number or a text with a decimal dot (contract §5).
 * @returns undefined when it is none, or has more than six decimals
 */
export function parseDecimal(value: unknown): Decimal | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  const match = /^([+-]?)(\d{1,15})(?:\.(\d{1,6}))?$/.exec(String(value).trim())
  if (match === null) return undefined
  const [, sign, whole = '', decimals = ''] = match
  const size = BigInt(whole + decimals.padEnd(places, '0'))
  return sign === '-' ? -size : size
}

/** Writes a number with two decimals, or more where it has them: '12.50', '1.234'. */
export function formatDecimal(value: Decimal): string {
  const size = value < 0n ? -value : value
  const decimals = String(size % unit)
    .padStart(places, '0')
    .replace(/0{1,4}$/, '')
  return `${value < 0n ? '-' : ''}${size / unit}.${decimals}`
}

/** Writes whole cents: 1250 is '12.50'. */
export const formatCents = (cents: number): string => formatDecimal((BigInt(cents) * unit) / 100n)

/** Divides, rounding a half away from zero. The divisor is positive. */
export function roundDivide(dividend: bigint, divisor: bigint): bigint {
  const size = dividend < 0n ? -dividend : dividend
  const rounded = (2n * size + divisor) / (2n * divisor)
  return dividend < 0n ? -rounded : rounded
}
